# SPDX-License-Identifier: MIT
"""What is pictured and looked through for words that are cut off: one scene for each state."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from models.query import parse
from tests.pictures.access_scenes import ACCESS_SCENES
from tests.pictures.audit_scenes import AUDIT_SCENES
from tests.pictures.backup_scenes import BACKUP_SCENES
from tests.pictures.calling_scenes import CALLING_SCENES
from tests.pictures.cases_scenes import CASES_SCENES, cases
from tests.pictures.editor_scenes import EDITOR_SCENES
from tests.pictures.filter_scenes import FILTER_SCENES
from tests.pictures.followup_scenes import FOLLOWUP_SCENES
from tests.pictures.importing_scenes import IMPORTING_SCENES
from tests.pictures.literature_scenes import LITERATURE_SCENES
from tests.pictures.menu_scenes import MENU_SCENES
from tests.pictures.merging_scenes import MERGING_SCENES
from tests.pictures.outcomes_scenes import OUTCOMES_SCENES
from tests.pictures.question_scenes import QUESTION_SCENES
from tests.pictures.report_scenes import REPORT_SCENES
from tests.pictures.safety_scenes import SAFETY_SCENES
from tests.pictures.stage import Stage
from tests.pictures.together_scenes import TOGETHER_SCENES
from ui.access.server_dialog import ServerDialog
from ui.data.columns_dialog import ColumnsDialog
from ui.data.export_dialog import ExportDialog, Scope
from ui.help.about import AboutDialog
from ui.help.bug_dialog import BugDialog
from ui.help.finder import CommandFinder
from ui.help.reader import HelpDialog
from ui.help.shortcuts import ShortcutsDialog
from ui.help.tour_bubble import TourBubble
from ui.history.bin_list import BinList
from ui.history.dialog import HistoryDialog
from ui.patients.merge_dialog import MergeDialog
from ui.preferences.dialog import PreferencesDialog
from ui.preferences.names_dialog import NamesDialog
from ui.printing.dialog import PrintDialog

Scene = Callable[[Stage], QWidget]
"""Brings the program there; what is to be looked at."""


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


def open_server(stage: Stage) -> QWidget:
    """Where a logbook on a server is asked for."""
    stage.action("open_server")
    return stage.dialog(ServerDialog)


def find_command(stage: Stage) -> QWidget:
    """A command looked for by a few letters."""
    stage.action("find_command")
    dialog = stage.dialog(CommandFinder)
    assert isinstance(dialog, CommandFinder)
    dialog.line.setText("re")
    return dialog


def unexpected(stage: Stage) -> QWidget:
    """A fault of the program, with its report."""
    try:
        SCENES["a scene that is not there"]
    except KeyError as error:
        stage.kypholog.bugs.tell(error)
    dialog = stage.dialog(BugDialog)
    assert isinstance(dialog, BugDialog)
    dialog.show_button.click()
    return dialog


def _tour(steps: int) -> Scene:
    """The tour, so many steps on."""

    def scene(stage: Stage) -> QWidget:
        cases(stage)
        stage.action("tour")
        bubble = stage.window.findChildren(TourBubble)[-1]
        # Who is locked out meanwhile has left it.
        stage.on_leaving(lambda: bubble.leave.click() if isValid(bubble) else None)
        for _ in range(steps):
            bubble.next.click()
        return stage.window

    return scene


def export(stage: Stage) -> QWidget:
    """What to export, and where to."""
    ids = [stage.shown.rich, stage.shown.six]
    return _export(stage, Scope(64, ids))


def export_filter(stage: Stage) -> QWidget:
    """The export of the cases of a filter."""
    return _export(stage, Scope(64, [stage.shown.rich], parse("leak:yes level:T10-L2")))


def export_deidentified(stage: Stage) -> QWidget:
    """A data package without persons, with what it takes away."""
    kind = {"profile": "package", "kind": "safe-harbor", "dates": "days"}
    return _export(stage, Scope(64, []), kind)


def export_columns(stage: Stage) -> QWidget:
    """Which columns an export has."""
    dialog = _export(stage, Scope(64, []))
    dialog.form.columns_wanted.emit()
    return stage.dialog(ColumnsDialog)


def _export(
    stage: Stage, scope: Scope, remembered: Mapping[str, str] | None = None
) -> ExportDialog:
    kypholog, here = stage.kypholog, Path("/media/clinic/exports")
    logbook = kypholog.session.logbook
    assert logbook is not None
    given = (kypholog.jobs, kypholog.theme, kypholog.events, logbook, here, scope)
    opened = ExportDialog(*given, parent=stage.window, remembered=remembered)
    opened.open()
    stage.until(lambda: opened.preview.held.text() and not kypholog.jobs.is_busy)
    dialog = stage.dialog(ExportDialog)
    stage.spread(dialog, 820, 780)
    return dialog


def print_list(stage: Stage) -> QWidget:
    """The list of cases on its way to paper."""
    cases(stage)
    stage.action("print")
    dialog = stage.dialog(PrintDialog)
    stage.until(lambda: dialog.preview.page and not dialog.is_busy)
    stage.spread(dialog, 980, 640)
    return dialog


def help_pages(stage: Stage) -> QWidget:
    """The page about several at once."""
    stage.window.desks.help.show_help("several-at-once")
    dialog = stage.dialog(HelpDialog)
    stage.spread(dialog, 860, 600)
    return dialog


def shortcuts(stage: Stage) -> QWidget:
    """All keys."""
    stage.action("shortcuts")
    return stage.dialog(ShortcutsDialog)


def about(stage: Stage) -> QWidget:
    """About the program and the logbook."""
    stage.action("about")
    dialog = stage.dialog(AboutDialog)
    stage.spread(dialog, 800, 720)
    return dialog


SCENES: dict[str, Scene] = {
    **CASES_SCENES,
    **MENU_SCENES,
    **FOLLOWUP_SCENES,
    **CALLING_SCENES,
    **FILTER_SCENES,
    **OUTCOMES_SCENES,
    **SAFETY_SCENES,
    **LITERATURE_SCENES,
    **EDITOR_SCENES,
    "history-changes": history_changes,
    "history-as-it-was": history_as_it_was,
    "history-hidden-names": history_hidden_names,
    "bin": bin_list,
    "merge-who": merge_who,
    "merge-compare": merge_compare,
    **MERGING_SCENES,
    **ACCESS_SCENES,
    **BACKUP_SCENES,
    **QUESTION_SCENES,
    **AUDIT_SCENES,
    **TOGETHER_SCENES,
    "settings": settings,
    "settings-names": settings_names,
    "export": export,
    "export-filter": export_filter,
    "export-deidentified": export_deidentified,
    "export-columns": export_columns,
    **IMPORTING_SCENES,
    "print": print_list,
    **REPORT_SCENES,
    "help": help_pages,
    "shortcuts": shortcuts,
    "open-server": open_server,
    "tour": _tour(0),
    "tour-new": _tour(2),
    "tour-outcomes": _tour(4),
    "unexpected": unexpected,
    "find-command": find_command,
    "about": about,
}
