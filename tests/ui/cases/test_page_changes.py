# SPDX-License-Identifier: MIT
"""What the page shows while cases are changed, here and by others."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from models.case import bin_case, load_case, save_case
from models.caselist import PAGE
from models.logbook import Logbook
from models.partial_date import PartialDate
from models.vocabulary import Level
from tests.builders import a_case
from tests.fresh import new_logbook
from tests.ui.cases.using import (
    patient_in,
    patients,
    search,
    selected,
)
from ui.cases.page import CasesPage
from ui.events import LogbookEvents


def test_a_saved_case_is_selected(
    qtbot: QtBot, page: CasesPage, events: LogbookEvents, logbook: Logbook
) -> None:
    case = a_case("P-6", Level.L3, on="2024-01-01", after=None)
    save_case(logbook, case)
    with qtbot.waitSignal(page.filled):
        events.case_saved.emit(case.id)
    assert patients(page)[-1] == "P-6"
    assert selected(page) == ["P-6"]


def test_a_case_that_is_to_be_shown_ends_a_search_that_hides_it(
    qtbot: QtBot, page: CasesPage
) -> None:
    hidden, found = page.model.line(0), page.model.line(3)
    assert hidden is not None
    assert found is not None
    search(qtbot, page, "t12")
    with qtbot.waitSignal(page.filled):
        page.show_case(found.case_id)
    assert (page.bar.filters.line.text(), selected(page)) == ("t12", ["P-2"])
    with qtbot.waitSignal(page.filled):
        page.show_case(hidden.case_id)
    assert (page.bar.filters.line.text(), selected(page)) == ("", ["P-5"])


def test_a_saved_case_that_does_not_match_leaves_the_search_alone(
    qtbot: QtBot, page: CasesPage, events: LogbookEvents, logbook: Logbook
) -> None:
    search(qtbot, page, "t12")
    case = a_case("P-6", Level.L3, on="2024-01-01", after=None)
    save_case(logbook, case)
    with qtbot.waitSignal(page.filled):
        events.case_saved.emit(case.id)
    assert (page.bar.filters.line.text(), selected(page)) == ("t12", ["P-2"])


def test_a_saved_change_is_seen_and_the_selection_survives(
    qtbot: QtBot, page: CasesPage, events: LogbookEvents, logbook: Logbook
) -> None:
    page.table.choose([1, 3])
    qtbot.waitUntil(lambda: len(page.selected_cases()) == 2)
    before = page.selected_cases()
    case = load_case(logbook, page.model.line(4).case_id)  # type: ignore[union-attr]
    case.procedure.performed_on = PartialDate("2026-01-01")
    save_case(logbook, case)
    with qtbot.waitSignal(page.filled):
        events.cases_changed.emit()
    assert patients(page) == ["P-1", "P-5", "P-4", "P-3", "P-2"]
    assert selected(page) == ["P-4", "P-2"]
    assert page.selected_cases() == before


def test_what_another_program_saved_is_seen_when_the_list_goes_on(
    qtbot: QtBot, empty_page: CasesPage, tmp_path: Path
) -> None:
    large = new_logbook(tmp_path / "Large.kypholog")
    with large.transaction():
        for number in range(3 * PAGE):
            save_case(large, a_case(f"P-{number}", on="2025-01-01", after=None))
    with qtbot.waitSignal(empty_page.filled):
        empty_page.set_logbook(large)
    empty_page.table.choose([1])
    qtbot.waitUntil(lambda: len(empty_page.selected_cases()) == 1)
    chosen = empty_page.selected_cases()
    other = Logbook.open(large.folder)
    save_case(other, a_case("P-new", on="2026-01-01", after=None))
    other.close()
    with qtbot.waitSignal(empty_page.filled):
        assert empty_page.model.line(2 * PAGE + 50) is None
    assert empty_page.model.rowCount() == 3 * PAGE + 1
    assert patient_in(empty_page, 0) == "P-new"
    assert empty_page.selected_cases() == chosen
    assert selected(empty_page) == ["P-298"]
    large.close()


def test_the_next_case_is_selected_where_one_has_gone(
    qtbot: QtBot, page: CasesPage, events: LogbookEvents, logbook: Logbook
) -> None:
    page.select_row(2)
    bin_case(logbook, page.model.line(2).case_id, "entered twice")  # type: ignore[union-attr]
    with qtbot.waitSignal(page.filled):
        events.cases_changed.emit()
    assert selected(page) == ["P-2"]


def test_a_row_is_painted_as_the_case_is_now(
    qtbot: QtBot, page: CasesPage, events: LogbookEvents, logbook: Logbook
) -> None:
    line = page.model.line(0)
    assert line is not None
    page.show_case(line.case_id)
    pictures = []
    for cement_ml in (5.5, 7.5, 5.5):
        case = load_case(logbook, line.case_id)
        case.levels[0].cement_ml = cement_ml
        save_case(logbook, case)
        with qtbot.waitSignal(page.filled):
            events.case_saved.emit(case.id)
        pictures.append(page.table.grab().toImage())
    assert pictures[0] == pictures[2] != pictures[1]
