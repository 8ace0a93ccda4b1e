# SPDX-License-Identifier: MIT
"""Lists, numbers, days that pass, and pages with nobody in them."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel

from models.bulk import save_many
from models.case import Case, save_case
from models.followup.recording import Answer, record_score
from models.followup.spans import Which
from models.logbook import Logbook
from models.sample import make_cases
from models.vocabulary import Level, PainScale, TimePoint
from tests.builders import a_case, add_score
from tests.ui.followup.clinic import NOON, TODAY, Desk, operated
from tests.ui.followup.conftest import Opens
from ui.followup.columns import COLUMNS, Key, cell_of
from ui.followup.model import PAGE


def clinic(logbook: Logbook) -> None:
    operated(logbook, "P-LATE", 50)
    operated(logbook, "P-DUE", 44)
    operated(logbook, "P-SOON", 14)
    operated(logbook, "P-FAR", 150)
    save_case(logbook, a_case("P-PART", on="2026-03", before=8, after=None))


@pytest.fixture
def desk(open_clinic: Opens) -> Desk:
    return open_clinic(clinic)


def numbers(desk: Desk) -> dict[str, str]:
    return {pill.accessibleName(): pill.text() for pill in desk.page.bar.pills.values()}


def status(desk: Desk) -> list[str]:
    bar = desk.window.statusBar()
    return [label.text() for label in bar.findChildren(QLabel) if label.isVisible()]


def badge(desk: Desk) -> str:
    rail = desk.window.findChildren(QLabel)
    shown = [one for one in rail if one.property("kind") == "badge" and one.isVisible()]
    warned = [one.text() for one in shown if one.property("state") == "warning"]
    return "".join(warned)


def texts(desk: Desk, row: int) -> dict[Key, str]:
    model = desk.page.model
    line = model.line(row)
    assert line is not None
    said = {}
    for key in COLUMNS:
        cell = cell_of(key, line)
        said[key] = " / ".join(
            "".join(piece.text for piece in pieces) for pieces in (cell.first, cell.second)
        ).rstrip(" /")
    return said


def test_the_number_overdue_is_on_rail_and_status_bar_and_follows_every_save(desk: Desk) -> None:
    assert badge(desk) == "1"
    assert "1 follow-up overdue" in status(desk)
    desk.enter("2")
    assert badge(desk) == ""
    assert not [told for told in status(desk) if "overdue" in told]


def test_what_is_saved_elsewhere_counts_at_once(desk: Desk) -> None:
    operated(desk.logbook, "P-NEW", 52)
    desk.kypholog.events.cases_changed.emit()
    desk.settle()
    assert badge(desk) == "2"
    assert desk.patients == ["P-NEW", "P-LATE"]


def test_pills_count_and_choose(desk: Desk) -> None:
    assert list(numbers(desk)) == ["Overdue 1", "Due this week 1", "Due this month 2", "All 4"]
    desk.page.bar.pills[Which.WEEK].click()
    desk.settle()
    assert desk.patients == ["P-DUE"]
    desk.page.bar.pills[Which.ALL].click()
    desk.settle()
    assert desk.patients == ["P-LATE", "P-DUE", "P-SOON", "P-FAR"]


def test_a_row_says_what_to_know_before_asking(desk: Desk) -> None:
    said = texts(desk, 0)
    assert said[Key.DUE] == "6 days overdue"
    assert said[Key.CASE] == "T12 · Balloon kyphoplasty"
    assert said[Key.VISIT] == "1 month"
    assert said[Key.WINDOW] == f"{TODAY - timedelta(20)} ± 14 d"
    assert said[Key.SO_FAR] == "8"


def test_the_day_turns_at_midnight_without_a_restart(desk: Desk) -> None:
    assert badge(desk) == "1"
    desk.turn_clock(NOON + timedelta(hours=15))
    assert badge(desk) == "2"
    assert desk.patients == ["P-LATE", "P-DUE"]
    desk.turn_clock(NOON)
    assert badge(desk) == "1"


def test_the_clock_is_looked_at_right_after_midnight(desk: Desk) -> None:
    today = desk.kypholog.today
    desk.turn_clock(datetime(2026, 5, 20, 23, 59, 30))
    assert 30_000 <= today.waits_ms <= 31_000
    desk.turn_clock(NOON)
    assert today.waits_ms <= 15 * 60_000


def test_a_visit_goes_through_its_states_at_the_edges_of_its_windows(open_clinic: Opens) -> None:
    """One month: on time on days 16 to 44, overdue to day 59; three months: on time from 70."""
    desk = open_clinic(lambda logbook: operated(logbook, "P-1", 0))
    desk.page.bar.pills[Which.ALL].click()
    desk.settle()
    seen = {}
    for day in (0, 2, 3, 4, 10, 11, 13, 14, 15, 16, 30, 44, 45, 59, 60, 69, 70, 112, 113, 134, 135):
        desk.turn_clock(NOON + timedelta(day))
        seen[day] = (texts(desk, 0)[Key.VISIT], texts(desk, 0)[Key.DUE], badge(desk))
    month, three = "1 month", "3 months"
    assert seen == {
        0: ("24 hours", "due in 1 day", ""),
        2: ("24 hours", "due, last day", ""),
        3: ("1 week", "due in 4 days", ""),
        4: ("1 week", "due in 3 days", ""),
        10: ("1 week", "due, last day", ""),
        11: ("1 week", "1 day overdue", "1"),
        13: ("1 week", "3 days overdue", "1"),
        14: (month, "due in 16 days", ""),
        15: (month, "due in 15 days", ""),
        16: (month, "due in 14 days", ""),
        30: (month, "due today", ""),
        44: (month, "due, last day", ""),
        45: (month, "1 day overdue", "1"),
        59: (month, "15 days overdue", "1"),
        60: (three, "due in 31 days", ""),
        69: (three, "due in 22 days", ""),
        70: (three, "due in 21 days", ""),
        112: (three, "due, last day", ""),
        113: (three, "1 day overdue", "1"),
        134: (three, "22 days overdue", "1"),
        135: ("6 months", "due in 47 days", ""),
    }
    desk.turn_clock(NOON + timedelta(912))
    assert texts(desk, 0)[Key.DUE] == "92 days overdue"
    desk.turn_clock(NOON + timedelta(913))
    assert desk.page.empty.title == "No visits to come"
    desk.turn_clock(NOON - timedelta(1))
    assert texts(desk, 0)[Key.DUE] == "due in 2 days"


def test_partial_dates_are_counted_apart(desk: Desk) -> None:
    assert "Not counted: 1 case without the day of the procedure" in desk.page.strip.told


def test_how_complete_it_is_follows_what_is_saved(desk: Desk) -> None:
    assert "1 month: 0 of 2 that were due have a score" in desk.page.strip.told
    desk.enter("2")
    told = desk.page.strip.told
    assert "1 month: 1 of 2 that were due have a score" in told
    assert "50 %, 95 % interval 9–91" in told
    assert "Still to be asked".lower() in told.lower()


def test_nobody_overdue_says_who_is_next_and_leads_there(open_clinic: Opens) -> None:
    desk = open_clinic(lambda logbook: operated(logbook, "P-SOON", 14))
    assert desk.page.empty.isVisible()
    assert desk.page.empty.title == "Nobody is overdue"
    hint = desk.page.empty.accessibleDescription()
    assert hint == "Next is P-SOON: 1 month, from 2026-05-22 on, in 2 days."
    assert desk.page.empty.button.text() == "Show due this month (1)"
    desk.page.empty.button.click()
    desk.settle()
    assert desk.patients == ["P-SOON"]


def test_without_cases_it_says_what_to_do_first(open_clinic: Opens) -> None:
    desk = open_clinic(lambda logbook: None)
    assert desk.page.empty.title == "No cases yet"
    desk.page.empty.button.click()
    desk.settle()
    assert desk.window.shown_page == "editor"


def test_without_a_visit_to_come_it_says_why(open_clinic: Opens) -> None:
    desk = open_clinic(lambda logbook: operated(logbook, "P-OLD", 2000))
    assert desk.page.empty.title == "No visits to come"
    assert desk.page.empty.accessibleDescription()


def test_a_second_treatment_is_flagged(open_clinic: Opens) -> None:
    def fill(logbook: Logbook) -> None:
        first = operated(logbook, "P-TWICE", 120)
        again = a_case("", Level.T12, on="2026-05-02", before=6, after=None)
        again.patient = first.patient
        again.procedure.patient = first.patient
        save_case(logbook, again)

    desk = open_clinic(fill)
    desk.page.bar.pills[Which.ALL].click()
    desk.settle()
    told = [texts(desk, row)[Key.CASE] for row in range(2)]
    assert "T12 · Balloon kyphoplasty / treated again on 2026-05-02 (T12)" in told


def test_scores_on_two_scales_have_no_arrow_between_them(open_clinic: Opens) -> None:
    def fill(logbook: Logbook) -> None:
        case: Case = a_case("P-MIX", on="2026-04-01", before=8, after=None)
        add_score(case, 30, "2026-04-08", scale=PainScale.VAS_100)
        save_case(logbook, case)

    desk = open_clinic(fill)
    desk.page.bar.pills[Which.ALL].click()
    desk.settle()
    assert texts(desk, 0)[Key.SO_FAR] == "8 | 30"


def test_the_focus_and_the_typing_survive_that_somebody_else_saves(desk: Desk) -> None:
    desk.page.bar.pills[Which.ALL].click()
    desk.settle()
    desk.page.table.go_to(1)
    desk.type("4")
    other = Logbook.open(desk.logbook.folder, "Somebody else")
    answer = Answer("5", PainScale.NRS)
    case_id = desk.page.model.line(0).case.case_id  # type: ignore[union-attr]
    record_score(other, case_id, TimePoint.M1, answer, TODAY)
    other.close()
    desk.kypholog.events.cases_changed.emit()
    desk.settle()
    assert desk.patient == "P-DUE"
    assert desk.page.table.score.text() == "4"
    assert desk.focus is desk.page.table.score


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("size", [QSize(1280, 720), QSize(1360, 850)], ids=["small", "usual"])
def test_the_boxes_have_room_on_every_screen(desk: Desk, size: QSize, scale: float) -> None:
    desk.kypholog.theme.set_scale(scale)
    desk.window.resize(size)
    desk.settle()
    table = desk.page.table
    assert not table.horizontalScrollBar().maximum()
    assert table.viewport().rect().contains(table.score.geometry())
    desk.enter("7.5")
    assert table.problem.isVisible()
    assert table.viewport().rect().contains(table.problem.geometry())
    assert not table.problem.geometry().intersects(table.score.geometry())
    desk.kypholog.theme.set_scale(1.0)


def test_the_keys_are_told_whole_in_two_lines_and_a_line_ends_between_two(desk: Desk) -> None:
    hint = desk.page.asked.hint
    whole = hint.toolTip()
    desk.window.resize(1280, 720)
    desk.settle()
    assert hint.text().replace("\n", " \u00b7 ") == whole
    assert hint.text().count("\n") == 1
    assert hint.height() >= 2 * hint.fontMetrics().height()
    desk.window.resize(2560, 1440)
    desk.settle()
    assert hint.text() == whole


def test_columns_are_as_wide_as_what_they_show_now(desk: Desk) -> None:
    def widths(width: int) -> list[int]:
        desk.window.resize(width, 850)
        desk.settle()
        head = desk.page.table.horizontalHeader()
        return [head.sectionSize(n) for n in range(len(COLUMNS))]

    wide, narrow = widths(1360), widths(1000)
    assert wide != narrow
    assert widths(1360) == wide
    desk.kypholog.theme.set_scale(1.2)
    assert widths(1360) != wide
    desk.kypholog.theme.set_scale(1.0)
    assert widths(1360) == wide
    operated(desk.logbook, "P-LATE-WITH-A-LONG-CODE", 51)
    desk.page.refresh()
    desk.settle()
    patient = COLUMNS.index(Key.PATIENT)
    assert widths(1360)[patient] > wide[patient]


def test_what_is_wrong_has_room_even_where_one_row_has_hardly(open_clinic: Opens) -> None:
    desk = open_clinic(clinic)
    desk.kypholog.theme.set_scale(2.0)
    desk.window.resize(1280, 720)
    desk.page.notice.say("Somebody else was faster. " * 4, "warning", about="something")
    desk.settle()
    desk.enter("7.5")
    table = desk.page.table
    told, box = table.problem.geometry(), table.score.geometry()
    assert table.viewport().rect().contains(told)
    assert not told.intersects(box)
    desk.kypholog.theme.set_scale(1.0)


def test_a_long_list_is_read_page_by_page(open_clinic: Opens) -> None:
    def fill(logbook: Logbook) -> None:
        save_many(logbook, make_cases(1, seed=1))
        for place in range(PAGE + 20):
            operated(logbook, f"P-{place:03}", 50)

    desk = open_clinic(fill)
    desk.page.bar.pills[Which.OVERDUE].click()
    desk.settle()
    model = desk.page.model
    last = model.rowCount() - 1
    assert last >= PAGE
    assert model.line(last) is None
    desk.settle()
    line = model.line(last)
    assert line is not None
    desk.page.table.go_to(last)
    desk.settle()
    assert desk.page.table.score.isVisible()
    desk.press(Qt.Key.Key_Down)
    assert desk.page.table.row == last
