# SPDX-License-Identifier: MIT
"""The card that lays the change under missing at random beside that of the complete cases."""

from __future__ import annotations

from typing import cast

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QTableView
from pytestqt.qtbot import QtBot

from models.analysis.report_json import outcomes_json
from models.case import Case
from models.example import add_example
from models.logbook import Logbook
from models.vocabulary import TimePoint
from tests.builders import a_case, add_score
from tests.ui.outcomes.conftest import Show, settle
from tests.ui.outcomes.test_sections import rows, said, turn_to
from ui.charts.kinds import FigureKind
from ui.outcomes.followed_section import FollowedSection
from ui.outcomes.page import OutcomesPage


def turn(qtbot: QtBot, page: OutcomesPage) -> FollowedSection:
    return cast(FollowedSection, turn_to(qtbot, page, "followed"))


def cases() -> list[Case]:
    """32 pairs at 1 month, 9 of them with a score a year later, and 8 lost who were worse."""
    made = [
        a_case(on="2024-03-04", before=5 + n % 4, after=n % 6, after_on="2024-04-04")
        for n in range(32)
    ]
    for case in made[:9]:
        add_score(case, 1, "2025-03-04")
    return made + [a_case(on="2024-03-04", before=10, after=None) for _ in range(8)]


def shown(number: float) -> str:
    return f"{number:+.1f}".replace("-", "−")


def limits(table: QTableView) -> list[str]:
    return [row[-1] for row in rows(table)]


def test_both_changes_stand_beside_each_other_as_in_the_json(
    qtbot: QtBot, show: Show, logbook: Logbook
) -> None:
    page = show(*cases())
    page.bar.choose(TimePoint.M1, None)
    page.refresh()
    settle(qtbot, page)
    card = turn(qtbot, page).at_random
    told = cast(dict[str, dict[str, dict[str, object]]], outcomes_json(logbook, to="1m"))
    found = told["followed"]["missing_at_random"]
    complete = cast(dict[str, object], found["complete_cases"])
    assert [row[:4] for row in rows(card.table)] == [
        ["Complete cases", "32", "64", shown(cast(float, complete["mean_change"]))],
        ["Mixed model", "40", "72", shown(cast(float, found["mean_change"]))],
    ]
    assert limits(card.table) == [
        " to ".join(map(shown, cast(list[float], one["ci95"]))) for one in (complete, found)
    ]
    assert [row[:2] for row in rows(card.points)] == [["Before", "40"], ["1 month", "32"]]
    text = said(card)
    assert "Pain from before to 1 month, on NRS 0–10." in text
    assert "Assumed: whether a score is missing depends on the scores that are there" in text
    assert "Not in the model: 12 months (n 9, fewer than 20 scores)." in text
    assert cast(str, found["message"]) in text
    for table in (card.table, card.points):
        widths = range(table.model().columnCount())
        assert all(table.columnWidth(one) >= table.sizeHintForColumn(one) for one in widths)
    page.bar.methods_asked.emit(FigureKind.BALANCE)
    qtbot.waitUntil(lambda: page.notice.text == "The methods sentence is in the clipboard.")
    assert cast(str, found["message"]) in QGuiApplication.clipboard().text()


def test_of_the_published_cases_it_says_why_there_is_no_model(
    qtbot: QtBot, show: Show, logbook: Logbook
) -> None:
    add_example(logbook)
    card = turn(qtbot, show()).at_random
    assert rows(card.table) == [["Complete cases", "0", "0", "–", "–"]]
    assert "No mixed model: no case has a score both before and after, and it needs 30." in (
        said(card)
    )
    assert not card.points.isVisible()
    assert "Assumed:" not in said(card)
