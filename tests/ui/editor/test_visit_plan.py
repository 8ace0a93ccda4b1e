# SPDX-License-Identifier: MIT
"""The editor goes by the visit plan of the logbook, as saving does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from models.case import Case
from models.followup.planning import change_plan
from models.logbook import Logbook
from models.settings import read_settings
from models.timepoints import STANDARD, VisitPlan
from models.vocabulary import TimePoint
from tests.builders import a_case
from tests.ui.editor.keyboard import Keyboard
from ui.editor.page import EditorPage
from ui.events import LogbookEvents

SIX_WEEKS = VisitPlan.of(
    *(
        (TimePoint.M1, 42, 14, 66, True)
        if one.time_point is TimePoint.M1
        else (one.time_point, one.target_day, one.tolerance, one.last_day, one.asked)
        for one in STANDARD.windows
    )
)


def lead(page: EditorPage, place: int) -> tuple[TimePoint | None, str]:
    view = page._form.assessments
    row = view._rows[place]
    shown = view._table.view_of(row)
    assert shown is not None
    return row.time_point, shown._lead.toolTip()


def test_time_points_and_due_days_are_those_of_the_plan(
    logbook: Logbook,
    events: LogbookEvents,
    page: EditorPage,
    edit: Callable[[Case], EditorPage],
    keys: Keyboard,
) -> None:
    change_plan(logbook, SIX_WEEKS)
    events.settings_changed.emit(read_settings(logbook))
    edit(a_case(on="2020-01-31", before=None, after=3, after_on="2020-04-02"))
    point, tip = lead(page, -1)
    assert point is TimePoint.M1
    assert "Days 14 to 66 after the procedure count as 1 month; due on day 42." in tip
    assert "Asked on day 62." in tip
    keys.go_to("Date, 1 month").enter("2020-04-07")
    assert lead(page, -1)[0] is TimePoint.M3


def test_the_score_of_today_stands_where_the_plan_says(
    logbook: Logbook,
    events: LogbookEvents,
    page: EditorPage,
    edit: Callable[[Case], EditorPage],
) -> None:
    change_plan(logbook, SIX_WEEKS)
    events.settings_changed.emit(read_settings(logbook))
    edit(a_case(on="2020-01-31", before=None, after=None))
    page._form.assessments.begin_follow_up(date(2020, 4, 2))
    proposed = page._form.assessments._proposed
    assert proposed is not None
    assert proposed.time_point is TimePoint.M1
