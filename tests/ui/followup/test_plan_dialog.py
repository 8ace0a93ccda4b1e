# SPDX-License-Identifier: MIT
"""The visit plan: errors in words, what would move, applying, stopping and going on."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from models.bulk import save_many
from models.followup import planning
from models.followup.planning import change_plan, effect_of, is_waiting
from models.logbook import Logbook
from models.settings import visit_plan
from models.timepoints import STANDARD, VisitPlan
from models.vocabulary import TimePoint
from tests.builders import a_case
from tests.ui.followup.clinic import TODAY, Desk, operated
from tests.ui.followup.conftest import Opens
from tests.ui.wheel import turn_wheel
from ui.followup.plan_dialog import PlanDialog
from ui.jobs import Jobs
from ui.theme import Theme

M1 = TimePoint.M1


def dated(logbook: Logbook, n: int, code: str = "P") -> None:
    """Cases whose one score lies 65 days after the procedure: 3 months by the standard plan."""
    on, after_on = TODAY - timedelta(200), TODAY - timedelta(135)
    made = (
        a_case(f"{code}-{place}", on=on.isoformat(), after=2, after_on=after_on.isoformat())
        for place in range(n)
    )
    save_many(logbook, made)


@pytest.fixture
def dialog(qtbot: QtBot, theme: Theme, jobs: Jobs, logbook: Logbook) -> PlanDialog:
    dated(logbook, 3)
    made = PlanDialog(theme, jobs, logbook, STANDARD, waits=False)
    qtbot.addWidget(made)
    made.show()
    return made


def longer_month() -> VisitPlan:
    rows = [
        (
            one.time_point,
            one.target_day,
            one.tolerance,
            68 if one.time_point is M1 else one.last_day,
        )
        for one in STANDARD.windows
    ]
    return VisitPlan.of(*((point, target, span, last, True) for point, target, span, last in rows))


def settle(qtbot: QtBot, jobs: Jobs) -> None:
    qtbot.waitUntil(lambda: not jobs.is_busy, timeout=60_000)


def test_the_wheel_scrolls_the_plan_and_changes_nothing(dialog: PlanDialog) -> None:
    _, *days = dialog.table.boxes(M1)
    before = [box.value() for box in days]
    for box in days:
        turn_wheel(box)
    assert [box.value() for box in days] == before


def test_what_is_wrong_is_said_below_its_line(dialog: PlanDialog) -> None:
    _, target, tolerance, _ = dialog.table.boxes(M1)
    target.setValue(142)
    assert "target (day 142)" in dialog.table.problem(M1)
    assert "target" in target.accessibleDescription()
    assert not dialog.apply_button.isEnabled()
    target.setValue(30)
    assert dialog.table.problem(M1) == ""
    tolerance.setValue(40)
    assert "reaches beyond" in dialog.table.problem(M1)


def test_a_plan_without_any_visit_is_refused(dialog: PlanDialog) -> None:
    for window in STANDARD.windows:
        dialog.table.boxes(window.time_point)[0].setChecked(False)
    assert "at least one" in dialog.said
    assert not dialog.apply_button.isEnabled()


def test_it_says_what_would_move_before_anything_is_changed(
    dialog: PlanDialog, qtbot: QtBot, jobs: Jobs, logbook: Logbook
) -> None:
    dialog.table.boxes(M1)[3].setValue(68)
    qtbot.waitUntil(lambda: "3 assessments of 3 cases move" in dialog.said, timeout=60_000)
    assert visit_plan(logbook) == STANDARD
    dialog.reset_button.click()
    assert dialog.said == "This is the plan of the logbook."
    assert not dialog.apply_button.isEnabled()
    settle(qtbot, jobs)


def test_applying_brings_the_cases_to_the_plan(
    dialog: PlanDialog, qtbot: QtBot, jobs: Jobs, logbook: Logbook
) -> None:
    dialog.table.boxes(M1)[3].setValue(68)
    with qtbot.waitSignal(dialog.accepted, timeout=60_000):
        QTest.mouseClick(dialog.apply_button, Qt.MouseButton.LeftButton)
    assert visit_plan(logbook).window(M1).last_day == 68  # type: ignore[union-attr]
    assert not is_waiting(logbook)


def test_a_change_that_was_stopped_goes_on(
    qtbot: QtBot, theme: Theme, jobs: Jobs, logbook: Logbook
) -> None:
    dated(logbook, 60)
    plan = longer_month()
    change_plan(logbook, plan, cancelled=lambda: True)
    made = PlanDialog(theme, jobs, logbook, plan, waits=True)
    qtbot.addWidget(made)
    made.show()
    assert "not every case follows it yet" in made.said
    assert made.apply_button.isEnabled()
    with qtbot.waitSignal(made.accepted, timeout=60_000):
        made.apply_button.click()
    assert not is_waiting(logbook)


def test_stop_ends_the_change_under_way_between_two_cases_and_apply_goes_on(
    dialog: PlanDialog,
    qtbot: QtBot,
    jobs: Jobs,
    logbook: Logbook,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(planning, "CHUNK", 1)
    dated(logbook, 40, "Q")
    dialog.table.boxes(M1)[3].setValue(68)
    dialog.apply_button.click()
    assert (dialog.cancel_button.text(), dialog.apply_button.isEnabled()) == ("Stop", False)
    qtbot.waitUntil(lambda: " of 43" in dialog.said, timeout=60_000)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    settle(qtbot, jobs)
    qtbot.waitUntil(lambda: dialog.said.startswith("Stopped."), timeout=60_000)
    assert is_waiting(logbook)
    assert visit_plan(logbook).window(M1).last_day == 68  # type: ignore[union-attr]
    told = re.search(r"(\d+) cases have still to follow it", dialog.said)
    assert told is not None
    assert effect_of(logbook, visit_plan(logbook)).cases == int(told[1]) > 0
    assert dialog.cancel_button.text() == "Cancel"
    with qtbot.waitSignal(dialog.accepted, timeout=60_000):
        dialog.apply_button.click()
    assert not is_waiting(logbook)
    assert effect_of(logbook, visit_plan(logbook)).cases == 0


def test_the_page_offers_to_go_on_with_an_interrupted_change(
    open_clinic: Opens, qtbot: QtBot
) -> None:
    def fill(logbook: Logbook) -> None:
        dated(logbook, 3)
        operated(logbook, "P-LATE", 75)
        change_plan(logbook, longer_month(), cancelled=lambda: True)

    desk: Desk = open_clinic(fill)
    assert "not every case follows it yet" in desk.page.notice.text
    desk.page.notice.button.click()
    qtbot.waitUntil(lambda: not is_waiting(desk.logbook), timeout=60_000)
    desk.settle()
    assert desk.page.notice.text == ""
