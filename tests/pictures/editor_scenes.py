# SPDX-License-Identifier: MIT
"""The scenes of the editor, and of what opens from it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from models.schema import LaterMeasure
from models.speech import shown_day
from models.vocabulary import Level
from tests.models.images.planted import dicom
from tests.pictures.stage import Stage
from ui.editor.drafts_dialog import DraftsDialog
from ui.editor.findings_panel import FindingsPanel
from ui.editor.gain_view import GainView
from ui.editor.image_intake import ImageIntake
from ui.editor.leak_picture_view import LeakPictureView
from ui.editor.similar_panel import SimilarPanel
from ui.widgets.field_box import FieldBox
from ui.widgets.image_viewer import ImageViewer


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


_TOO_EARLY = "2025-11-19"


def editor_findings(stage: Stage) -> QWidget:
    """What cannot be, what is unusual, what is explained, and an explanation being typed."""
    editor = stage.edit(stage.shown.rich)
    stage.enter(discharged_on=_TOO_EARLY)
    panel = editor.findChild(FindingsPanel)
    assert panel is not None
    stage.until(lambda: any(shown_day(_TOO_EARLY) in words for words in _said(panel)))
    counted = panel.tr("{n} explained").partition("{n}")[2]
    explained = next(words for words in panel.focus_boxes() if counted in _name(words))
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


EDITOR_SCENES: dict[str, Callable[[Stage], QWidget]] = {
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
}
