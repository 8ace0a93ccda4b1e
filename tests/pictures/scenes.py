# SPDX-License-Identifier: MIT
"""What is pictured and looked through for words that are cut off: one scene for each state."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from models.followup.spans import Which
from models.query import parse
from models.schema import LaterMeasure
from models.vocabulary import AssessmentMissing, Level, TimePoint
from tests.models.images.planted import dicom
from tests.pictures.filter_scenes import FILTER_SCENES
from tests.pictures.outcomes import OUTCOMES
from tests.pictures.stage import Stage
from ui.data.export_dialog import ExportDialog, Scope
from ui.editor.drafts_dialog import DraftsDialog
from ui.editor.findings_panel import FindingsPanel
from ui.editor.gain_view import GainView
from ui.editor.image_intake import ImageIntake
from ui.editor.leak_picture_view import LeakPictureView
from ui.editor.similar_panel import SimilarPanel
from ui.followup.death_dialog import DeathDialog
from ui.followup.hand_out_dialog import HandOutDialog
from ui.followup.plan_dialog import PlanDialog
from ui.help.about import AboutDialog
from ui.help.shortcuts import ShortcutsDialog
from ui.history.bin_list import BinList
from ui.history.dialog import HistoryDialog
from ui.patients.merge_dialog import MergeDialog
from ui.preferences.dialog import PreferencesDialog
from ui.preferences.names_dialog import NamesDialog
from ui.printing.dialog import PrintDialog
from ui.widgets.field_box import FieldBox
from ui.widgets.image_viewer import ImageViewer

Scene = Callable[[Stage], QWidget]
"""Brings the program there; what is to be looked at."""


def cases(stage: Stage) -> QWidget:
    """The list, with a case of several levels chosen."""
    stage.window.cases.detail.tabs.setCurrentIndex(0)
    stage.window.cases.show_case(stage.shown.rich)
    stage.settle()
    return stage.window


def patient(stage: Stage) -> QWidget:
    """The whole course of a patient with two procedures."""
    cases(stage)
    detail = stage.window.cases.detail
    detail.tabs.setCurrentWidget(detail.patient)
    stage.until(lambda: detail.patient.view is not None and detail.patient.view.isVisible())
    stage.settle()
    return stage.window


def followup(stage: Stage) -> QWidget:
    """Whom to ask today."""
    stage.window.show_page("followup")
    stage.settle()
    return stage.window


def followup_error(stage: Stage) -> QWidget:
    """A score that is on no scale, refused beside its box."""
    followup(stage)
    page = stage.window.followup.page
    assert page is not None
    page.table.go_to(1)
    page.table.score.clear()
    QTest.keyClicks(page.table.score, "7.5")
    QTest.keyClick(page.table.score, Qt.Key.Key_Return)
    stage.settle()
    return stage.window


def followup_plan(stage: Stage) -> QWidget:
    """The visit plan, with an error and its cure."""
    stage.action("visit_plan")
    dialog = stage.dialog(PlanDialog)
    dialog.table.boxes(TimePoint.M3)[1].setValue(150)
    stage.spread(dialog, 660, 510)
    return dialog


def followup_death(stage: Stage) -> QWidget:
    """The question about a death."""
    followup(stage)
    page = stage.window.followup.page
    assert page is not None
    page.save_reason(AssessmentMissing.DIED)
    return stage.dialog(DeathDialog)


def followup_calendar(stage: Stage) -> QWidget:
    """Which visits go into a calendar."""
    followup(stage)
    stage.window.followup.hand_out.write_calendar(Which.OVERDUE)
    return stage.dialog(HandOutDialog)


def cases_sorting(stage: Stage) -> QWidget:
    """What the list can be sorted by."""
    menu = stage.window.cases.table.sort_menu()
    menu.popup(stage.window.mapToGlobal(stage.window.rect().center()))
    stage.settle()
    return menu


def editor_empty(stage: Stage) -> QWidget:
    """A new case."""
    stage.new()
    return stage.window


def editor_half_filled(stage: Stage) -> QWidget:
    """A new case in which a few fields are answered and others are proposed."""
    stage.new()
    stage.enter(patient_code="KYP-0999", sex="f", birth_date="1948", performed_on="2025-11-26")
    stage.form.levels.add([Level.L1])
    stage.settle()
    return stage.window


def editor_findings(stage: Stage) -> QWidget:
    """What cannot be, what is unusual, what is explained, and an explanation being typed."""
    editor = stage.edit(stage.shown.rich)
    stage.enter(discharged_on="2025-11-19")
    panel = editor.findChild(FindingsPanel)
    assert panel is not None
    stage.until(lambda: any("discharg" in words.casefold() for words in _said(panel)))
    explained = next(words for words in panel.focus_boxes() if "explained" in _name(words))
    QTest.keyClick(explained, Qt.Key.Key_Space)
    panel.explain(stage.shown.rich, "age_at_procedure")
    stage.settle()
    return stage.window


def editor_six_levels(stage: Stage) -> QWidget:
    """A case of six levels."""
    stage.edit(stage.shown.six)
    return _at(stage, "levels")


def editor_leaks(stage: Stage) -> QWidget:
    """A level with leaks, drawn."""
    stage.edit(stage.shown.rich)
    stage.form.levels.choose_level(Level.L3)
    return _around(stage, LeakPictureView)


def editor_heights(stage: Stage) -> QWidget:
    """A level with heights, and what is worked out from them."""
    stage.edit(stage.shown.rich)
    stage.form.levels.choose_level(Level.L3)
    return _around(stage, GainView)


def editor_later_heights(stage: Stage) -> QWidget:
    """A level that was measured again at follow-ups, and what it lost."""
    stage.edit(stage.shown.rich)
    stage.form.levels.choose_level(Level.L3)
    stage.settle()
    fields = stage.form.findChildren(FieldBox)
    box = next(box for box in fields if box.field is LaterMeasure.measured_on and box.isVisible())
    stage.form.reveal(box)
    stage.settle()
    return stage.window


def editor_events(stage: Stage) -> QWidget:
    """Adverse events, and the question for cement in the lungs."""
    stage.edit(stage.shown.rich)
    return _at(stage, "events")


def editor_earlier_cement(stage: Stage) -> QWidget:
    """A patient with an earlier case, whose cement is on the spine."""
    stage.edit(stage.shown.rich)
    return _at(stage, "levels")


def editor_assessments(stage: Stage) -> QWidget:
    """Scores of several scales."""
    stage.edit(stage.shown.rich)
    return _at(stage, "followup")


def editor_images(stage: Stage) -> QWidget:
    """The images of a case."""
    stage.edit(stage.shown.rich)
    return _at(stage, "images")


def editor_notice(stage: Stage) -> QWidget:
    """What is told of an image that was just taken in, and of another that cannot be."""
    editor = stage.edit(stage.shown.rich)
    intake = editor.findChild(ImageIntake)
    assert intake is not None
    with TemporaryDirectory() as folder:
        run, letter = Path(folder) / "run.dcm", Path(folder) / "letter.dcm"
        run.write_bytes(dicom("Musterfrau"))
        letter.write_bytes(b"Dear colleague")
        intake.add_files([run, letter])
        intake.wait()
    return _at(stage, "images")


def images_one(stage: Stage) -> QWidget:
    """One image."""
    editor_images(stage)
    stage.form.images.view_wanted.emit(0)
    viewer = stage.dialog(ImageViewer)
    stage.until(lambda: all(view.zoom for view in viewer.views))
    return viewer


def images_side_by_side(stage: Stage) -> QWidget:
    """Before and after."""
    viewer = images_one(stage)
    assert isinstance(viewer, ImageViewer)
    viewer.show_pair(on=True)
    stage.settle()
    return viewer


def similar_patients(stage: Stage) -> QWidget:
    """Who is similar while a code is typed."""
    editor = stage.new()
    stage.type("patient_code", "kyp-7")
    panel = editor.findChild(SimilarPanel)
    assert panel is not None
    stage.until(lambda: panel.lists)
    return stage.window


def similar_patient(stage: Stage) -> QWidget:
    """The earlier cases of one of them."""
    similar_patients(stage)
    (panel,) = stage.window.findChildren(SimilarPanel)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Return):
        box = QApplication.focusWidget()
        assert box is not None
        QTest.keyClick(box, key)
    stage.until(lambda: panel.tells)
    return stage.window


def drafts(stage: Stage) -> QWidget:
    """The drafts of the user."""
    stage.action("drafts")
    return stage.dialog(DraftsDialog)


def history_changes(stage: Stage) -> QWidget:
    """What a version of a case changed."""
    cases(stage)
    stage.action("case_history")
    dialog = stage.dialog(HistoryDialog)
    stage.until(lambda: dialog.history is not None)
    stage.spread(dialog, 1020, 640)
    return dialog


def history_as_it_was(stage: Stage) -> QWidget:
    """The case as it was."""
    dialog = history_changes(stage)
    assert isinstance(dialog, HistoryDialog)
    dialog.tabs.setCurrentIndex(1)
    stage.settle()
    return dialog


def history_hidden_names(stage: Stage) -> QWidget:
    """A version that changed a name, where names are switched off."""
    stage.window.cases.show_case(stage.shown.renamed)
    stage.settle()
    stage.action("case_history")
    dialog = stage.dialog(HistoryDialog)
    stage.until(lambda: dialog.history is not None)
    stage.spread(dialog, 1020, 640)
    return dialog


def bin_list(stage: Stage) -> QWidget:
    """The cases in the bin."""
    stage.action("bin")
    dialog = stage.dialog(BinList)
    stage.spread(dialog, 860, 480)
    return dialog


def merge_who(stage: Stage) -> QWidget:
    """Who is the same person."""
    stage.window.cases.show_case(stage.shown.alike[0])
    stage.settle()
    stage.action("merge_patients")
    dialog = stage.dialog(MergeDialog)
    stage.until(lambda: dialog.finder.list.patients)
    stage.spread(dialog, 620, 560)
    return dialog


def merge_compare(stage: Stage) -> QWidget:
    """Two patients side by side."""
    stage.window.cases.merge_requested.emit(list(stage.shown.alike))
    dialog = stage.dialog(MergeDialog)
    stage.until(lambda: dialog.compare.isVisible())
    stage.spread(dialog, 620, 560)
    return dialog


def settings(stage: Stage) -> QWidget:
    """The settings of the logbook."""
    stage.action("settings")
    return stage.dialog(PreferencesDialog)


def settings_names(stage: Stage) -> QWidget:
    """The question about names that are stored no longer."""
    NamesDialog(stage.kypholog.theme, 12, stage.window).open()
    return stage.dialog(NamesDialog)


def export(stage: Stage) -> QWidget:
    """What to export, and where to."""
    ids = [stage.shown.rich, stage.shown.six]
    return _export(stage, Scope(64, ids))


def export_filter(stage: Stage) -> QWidget:
    """The export of the cases of a filter."""
    return _export(stage, Scope(64, [stage.shown.rich], parse("leak:yes level:T10-L2")))


def _export(stage: Stage, scope: Scope) -> QWidget:
    kypholog, here = stage.kypholog, Path("/media/clinic/exports")
    logbook = kypholog.session.logbook
    assert logbook is not None
    given = (kypholog.jobs, kypholog.theme, kypholog.events, logbook, here, scope)
    ExportDialog(*given, parent=stage.window).open()
    return stage.dialog(ExportDialog)


def print_list(stage: Stage) -> QWidget:
    """The list of cases on its way to paper."""
    cases(stage)
    stage.action("print")
    dialog = stage.dialog(PrintDialog)
    stage.until(lambda: dialog.preview.page and not dialog.is_busy)
    stage.spread(dialog, 980, 640)
    return dialog


def shortcuts(stage: Stage) -> QWidget:
    """All keys."""
    stage.action("shortcuts")
    return stage.dialog(ShortcutsDialog)


def about(stage: Stage) -> QWidget:
    """About the program and the logbook."""
    stage.action("about")
    return stage.dialog(AboutDialog)


SCENES: dict[str, Scene] = {
    "cases": cases,
    "patient": patient,
    "followup": followup,
    "followup-error": followup_error,
    "followup-plan": followup_plan,
    "followup-death": followup_death,
    "followup-calendar": followup_calendar,
    **FILTER_SCENES,
    **OUTCOMES,
    "editor-empty": editor_empty,
    "editor-half-filled": editor_half_filled,
    "editor-findings": editor_findings,
    "editor-six-levels": editor_six_levels,
    "editor-leaks": editor_leaks,
    "editor-heights": editor_heights,
    "editor-later-heights": editor_later_heights,
    "editor-events": editor_events,
    "editor-earlier-cement": editor_earlier_cement,
    "editor-assessments": editor_assessments,
    "editor-images": editor_images,
    "editor-notice": editor_notice,
    "images-one": images_one,
    "images-side-by-side": images_side_by_side,
    "similar-patients": similar_patients,
    "similar-patient": similar_patient,
    "drafts": drafts,
    "history-changes": history_changes,
    "history-as-it-was": history_as_it_was,
    "history-hidden-names": history_hidden_names,
    "bin": bin_list,
    "merge-who": merge_who,
    "merge-compare": merge_compare,
    "settings": settings,
    "settings-names": settings_names,
    "export": export,
    "export-filter": export_filter,
    "print": print_list,
    "shortcuts": shortcuts,
    "about": about,
}


def _at(stage: Stage, section: str) -> QWidget:
    stage.settle()
    stage.form.go_to(section)
    stage.settle()
    return stage.window


def _around(stage: Stage, kind: type[QWidget]) -> QWidget:
    stage.settle()
    view = next(view for view in stage.form.findChildren(kind) if view.isVisible())
    stage.form.reveal(view)
    stage.settle()
    return stage.window


def _said(panel: FindingsPanel) -> list[str]:
    return [_name(box) for box in panel.focus_boxes()]


def _name(box: QWidget) -> str:
    return box.accessibleName()
