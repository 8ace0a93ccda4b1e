# SPDX-License-Identifier: MIT
"""The scenes of the Follow-up page."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from models.followup.spans import Which
from models.vocabulary import AssessmentMissing, TimePoint
from tests.pictures.stage import Stage
from ui.followup.death_dialog import DeathDialog
from ui.followup.hand_out_dialog import HandOutDialog
from ui.followup.plan_dialog import PlanDialog


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


FOLLOWUP_SCENES: dict[str, Callable[[Stage], QWidget]] = {
    "followup": followup,
    "followup-error": followup_error,
    "followup-plan": followup_plan,
    "followup-death": followup_death,
    "followup-calendar": followup_calendar,
}
