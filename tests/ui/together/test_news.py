# SPDX-License-Identifier: MIT
"""What another window or program saves is seen, and nobody is torn out of what he does."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from models.case import save_case
from models.filters import save_filter
from models.query import parse
from models.settings import STORE_IDENTITY, change_setting
from tests.builders import a_case
from tests.programs import program, run_program
from tests.ui.together.conftest import Opens
from ui.application import Application

_PATIENCE_MS = 20_000


def rows(one: Application) -> int:
    return one.window.cases.model.rowCount()


def texts(one: Application) -> list[str]:
    return [label.text() for label in one.window.findChildren(QLabel)]


def settled(one: Application, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not one.jobs.is_busy, timeout=_PATIENCE_MS)


def test_a_case_of_another_window_comes_into_the_list(
    opens: Opens, clinic: Path, qtbot: QtBot
) -> None:
    first, second = opens(clinic), opens(clinic)
    assert second.session.logbook is not None
    save_case(second.session.logbook, a_case("P-4"))
    qtbot.waitUntil(lambda: rows(first) == 4, timeout=_PATIENCE_MS)
    qtbot.waitUntil(lambda: "4 cases · 4 patients · 4 levels" in texts(first))


def test_a_case_of_another_program_comes_into_the_list_and_the_selection_stays(
    opens: Opens, clinic: Path, qtbot: QtBot
) -> None:
    first = opens(clinic)
    cases = first.window.cases
    cases.select_row(1)
    chosen = cases.selected_cases()
    run_program(clinic, "for n in range(40): save_case(logbook, a_case(f'Q-{n}'))")
    qtbot.waitUntil(lambda: rows(first) == 43, timeout=_PATIENCE_MS)
    settled(first, qtbot)
    assert cases.selected_cases() == chosen
    # What is selected stays in its place on the screen while others come above it,
    bar, table = cases.table.verticalScrollBar(), cases.table
    bar.setValue(bar.maximum())
    place = table.visualRect(table.currentIndex()).top()
    assert 0 < place < table.viewport().height()
    run_program(clinic, "save_case(logbook, a_case('R-1'))")
    qtbot.waitUntil(lambda: rows(first) == 44, timeout=_PATIENCE_MS)
    settled(first, qtbot)
    assert cases.selected_cases() == chosen
    assert table.visualRect(table.currentIndex()).top() == place
    # and who has scrolled away from it is not brought back.
    bar.setValue(60)
    run_program(clinic, "save_case(logbook, a_case('R-2'))")
    qtbot.waitUntil(lambda: rows(first) == 45, timeout=_PATIENCE_MS)
    settled(first, qtbot)
    assert cases.selected_cases() == chosen
    assert bar.value() == 60


def test_the_pane_follows(opens: Opens, clinic: Path, qtbot: QtBot) -> None:
    first = opens(clinic)
    first.window.cases.select_row(0)
    (case_id,) = first.window.cases.selected_cases()
    run_program(
        clinic,
        f"case = load_case(logbook, {case_id!r}); case.procedure.operator = 'Dr N. Newer'\n"
        "save_case(logbook, case)",
    )
    qtbot.waitUntil(lambda: any("Dr N. Newer" in text for text in texts(first)), timeout=20_000)


def test_what_one_window_saves_itself_is_no_news_to_it(
    opens: Opens, clinic: Path, qtbot: QtBot
) -> None:
    first, second = opens(clinic), opens(clinic)
    told: list[object] = []
    first.events.changed_elsewhere.connect(told.append)
    assert first.session.logbook is not None
    save_case(first.session.logbook, a_case("P-4"))
    qtbot.waitUntil(lambda: rows(second) == 4, timeout=_PATIENCE_MS)
    first.window.others.look()
    run_program(clinic, "save_case(logbook, a_case('P-5'))")
    qtbot.waitUntil(lambda: rows(first) == 5, timeout=_PATIENCE_MS)
    assert len(told) == 1


def test_settings_and_filters_of_another_window_are_taken_over(
    opens: Opens, clinic: Path, qtbot: QtBot
) -> None:
    first, second = opens(clinic), opens(clinic)
    there = second.session.logbook
    assert there is not None
    first.window.cases.bar.filters.setFocus()
    change_setting(there, STORE_IDENTITY, True)
    save_filter(there, "Thoracic", parse("level:T12"))
    qtbot.waitUntil(lambda: first.session.settings.get(STORE_IDENTITY), timeout=_PATIENCE_MS)


def test_a_score_that_is_being_typed_stays_and_goes_on(
    opens: Opens, clinic: Path, qtbot: QtBot
) -> None:
    run_program(
        clinic,
        "from datetime import date, timedelta\n"
        "day = str(date.today() - timedelta(days=30))\n"
        "for n in range(3): save_case(logbook, a_case(f'F-{n}', on=day, after=None))",
    )
    first = opens(clinic)
    window = first.window
    window.show_page("followup")
    page = window.followup.page
    assert page is not None
    qtbot.waitUntil(lambda: page.model.rowCount() > 0, timeout=_PATIENCE_MS)
    settled(first, qtbot)
    page.table.focus_score()
    focus = window.focusWidget()
    assert focus is not None
    qtbot.keyClicks(focus, "4")
    with qtbot.waitSignal(page.filled, timeout=_PATIENCE_MS):
        run_program(clinic, "save_case(logbook, a_case('P-9'))")
    settled(first, qtbot)
    focus = window.focusWidget()
    assert focus is not None
    qtbot.keyClicks(focus, "-5")
    assert focus.property("text") == "4-5"


def test_a_storm_of_saves_is_followed_and_ends_with_everything(
    opens: Opens, clinic: Path, qtbot: QtBot
) -> None:
    first = opens(clinic)
    reads: list[None] = []
    first.window.cases.filled.connect(lambda: reads.append(None))
    code = (
        "print('begun', flush=True)\n"
        "for n in range(300): save_case(logbook, a_case(f'S-{n}'))\n"
        "print('done', flush=True)\nsys.stdin.read()"
    )
    with program(clinic, code) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "done\n"
        qtbot.waitUntil(lambda: rows(first) == 303, timeout=_PATIENCE_MS)
    assert len(reads) <= 30


def test_outcomes_and_safety_follow(opens: Opens, clinic: Path, qtbot: QtBot) -> None:
    first = opens(clinic)
    window = first.window
    for name in ("outcomes", "safety"):
        window.show_page(name)
        settled(first, qtbot)
    outcomes = window.outcomes
    assert outcomes is not None
    window.show_page("outcomes")
    qtbot.waitUntil(
        lambda: bool(outcomes.outcome and outcomes.outcome.numbers.n_cases == 3),
        timeout=_PATIENCE_MS,
    )
    run_program(clinic, "save_case(logbook, a_case('P-4'))")
    qtbot.waitUntil(
        lambda: bool(outcomes.outcome and outcomes.outcome.numbers.n_cases == 4),
        timeout=_PATIENCE_MS,
    )
    window.show_page("safety")
    settled(first, qtbot)
    run_program(clinic, "save_case(logbook, a_case('P-5', Level.L1, Level.L2))")
    qtbot.waitUntil(lambda: any("6 levels" in text for text in texts(first)), timeout=_PATIENCE_MS)
