# SPDX-License-Identifier: MIT
"""The box for dates: as much as is known, "t" for today, no day that cannot be."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from models.partial_date import PartialDate
from models.schema import Procedure
from ui.widgets.date_box import DayBox


@pytest.fixture
def box(qtbot: QtBot) -> DayBox:
    made = DayBox(Procedure.performed_on)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
    return made


def enter(box: DayBox, text: str) -> object:
    box.input.setText(text)
    box.commit()
    return box.value()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2011", "2011"),
        ("2011-3", "2011-03"),
        ("14.3.2011", "2011-03-14"),
        ("2011-03-14", "2011-03-14"),
    ],
)
def test_as_much_of_a_date_as_is_known(box: DayBox, text: str, value: str) -> None:
    assert enter(box, text) == PartialDate(value)
    assert box.text() == value


@pytest.mark.parametrize("text", ["31.02.2020", "2020-13", "3/4/2020", "soon"])
def test_what_is_no_day_or_could_be_two_is_refused(box: DayBox, text: str) -> None:
    assert enter(box, text) is None
    assert box.problem().startswith("Date: ")
    assert box.text() == text


def test_a_day_to_come_is_refused_where_none_is_allowed(box: DayBox) -> None:
    tomorrow = date.today() + timedelta(1)
    enter(box, tomorrow.isoformat())
    assert "lies in the future" in box.problem()


@pytest.mark.parametrize(
    ("text", "days"),
    [("t", 0), ("Today", 0), (".", 0), ("t-1", -1), ("yesterday", -1), ("t - 14", -14)],
)
def test_days_counted_from_today(box: DayBox, text: str, days: int) -> None:
    assert enter(box, text) == (date.today() + timedelta(days)).isoformat()


def test_tomorrow_is_refused_where_it_cannot_be_and_taken_where_it_can(qtbot: QtBot) -> None:
    performed, expiry = DayBox(Procedure.performed_on), DayBox(Procedure.cement_expiry)
    for made in (performed, expiry):
        qtbot.addWidget(made)
    tomorrow = (date.today() + timedelta(1)).isoformat()
    assert enter(performed, "tomorrow") is None
    assert performed.problem() == f"Date {tomorrow} lies in the future."
    assert performed.text() == "tomorrow"
    assert enter(expiry, "Tomorrow") == tomorrow


def test_nothing_is_filled_in_by_itself(box: DayBox) -> None:
    box.input.setFocus()
    assert box.text() == ""
    assert box.input.placeholderText() == "t = today"
    box.commit()
    assert box.value() is None


def test_up_and_down_move_by_a_day_and_stop_at_today(qtbot: QtBot, box: DayBox) -> None:
    enter(box, "2020-03-01")
    with qtbot.waitSignal(box.changed):
        QTest.keyClick(box.input, Qt.Key.Key_Down)
    assert box.value() == "2020-02-29"
    today = date.today().isoformat()
    enter(box, "t")
    QTest.keyClick(box.input, Qt.Key.Key_Up)
    assert box.value() == today


def test_a_partial_date_is_not_moved(box: DayBox) -> None:
    enter(box, "2020-03")
    QTest.keyClick(box.input, Qt.Key.Key_Down)
    assert box.value() == "2020-03"
