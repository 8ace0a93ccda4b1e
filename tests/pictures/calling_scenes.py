# SPDX-License-Identifier: MIT
"""What happens while patients are rung: scores just saved, conflicts, and the list on paper."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from models.followup.recording import Answer, record_score
from models.followup.unsaved import TakenUp, Unsaved
from models.logbook import Logbook
from models.vocabulary import PainScale, TimePoint
from tests.pictures.record import NOW
from tests.pictures.stage import Stage
from ui.followup.page import FollowUpPage
from ui.followup.plan_dialog import PlanDialog
from ui.printing.dialog import PrintDialog


def _page(stage: Stage) -> FollowUpPage:
    stage.window.show_page("followup")
    stage.settle()
    page = stage.window.followup.page
    assert page is not None
    return page


def _answer(stage: Stage, page: FollowUpPage, row: int, text: str) -> None:
    page.table.go_to(row)
    page.table.score.clear()
    QTest.keyClicks(page.table.score, text)
    QTest.keyClick(page.table.score, Qt.Key.Key_Return)
    stage.settle()


def followup_saved(stage: Stage) -> QWidget:
    """A score that was just saved."""
    page = _page(stage)
    _answer(stage, page, 1, "2")
    return stage.window


def followup_conflict(stage: Stage) -> QWidget:
    """Somebody else saved the same visit meanwhile."""
    page, logbook = _page(stage), stage.kypholog.session.logbook
    line = page.model.line(2)
    assert line is not None
    assert line.next is not None
    assert logbook is not None
    other = Logbook.open(logbook.folder, "Nurse B")
    record_score(
        other, line.case.case_id, line.next.time_point, Answer("4", line.scale), NOW.date()
    )
    other.close()
    _answer(stage, page, 2, "3")
    return stage.window


def followup_typed(stage: Stage) -> QWidget:
    """What was typed before and not saved."""
    page = _page(stage)
    line = page.model.line(1)
    assert line is not None
    assert line.next is not None
    half = Unsaved(line.case.case_id, line.next.time_point, "much bet", None, PainScale.NRS, None)
    over = Unsaved("gone", TimePoint.M3, "4", None, PainScale.NRS, None)
    page.calls.take_up([half])
    page.keeper.taken_up.emit(
        TakenUp((half,), (over,), {half.case_id: line.case.patient_code, "gone": "P-1234"})
    )
    stage.settle()
    return stage.window


def followup_menu(stage: Stage) -> QWidget:
    """Everything that can come of a call."""
    page = _page(stage)
    page.table.go_to(2)
    page.show_menu(page.table.score.mapToGlobal(page.table.score.rect().bottomLeft()))
    return stage.window


def followup_plan_effect(stage: Stage) -> QWidget:
    """What another visit plan would move."""
    stage.action("visit_plan")
    dialog = stage.dialog(PlanDialog)
    before = dialog.said
    dialog.table.boxes(TimePoint.M1)[3].setValue(46)
    stage.until(lambda: dialog.said not in ("", before))
    stage.spread(dialog, 660, 510)
    return dialog


def followup_paper(stage: Stage) -> QWidget:
    """The call list as it is printed."""
    _page(stage)
    stage.action("print")
    dialog = stage.dialog(PrintDialog)
    stage.until(lambda: dialog.preview.page and not dialog.is_busy)
    stage.spread(dialog, 980, 640)
    return dialog


CALLING_SCENES: dict[str, Callable[[Stage], QWidget]] = {
    "followup-menu": followup_menu,
    "followup-plan-effect": followup_plan_effect,
    "followup-paper": followup_paper,
    "followup-saved": followup_saved,
    "followup-conflict": followup_conflict,
    "followup-typed": followup_typed,
}
