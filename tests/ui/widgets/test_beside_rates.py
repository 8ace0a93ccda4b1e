# SPDX-License-Identifier: MIT
"""Published rates below one's own."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from models.analysis.statistics import wilson
from models.literature import RateAsked, published_beside, shipped_rates
from models.vocabulary import CountUnit, LeakDetection, Measure, Technique
from ui.theme import Theme
from ui.widgets.beside_rates import BesideRates
from ui.widgets.interval_delegate import INTERVAL_ROLE

ASKED = RateAsked(
    Measure.LEAKAGE,
    CountUnit.LEVEL,
    frozenset({Technique.BALLOON_KYPHOPLASTY}),
    frozenset({LeakDetection.CT}),
)


def test_the_own_rate_is_first_and_what_is_not_alike_is_told(qtbot: QtBot, theme: Theme) -> None:
    table = BesideRates(theme)
    qtbot.addWidget(table)
    table.show()
    table.show_rates(
        "This clinic", wilson(3, 40), ASKED.unit, published_beside(shipped_rates(), ASKED)
    )
    model = table.model()

    def row(number: int) -> list[str]:
        return [str(model.index(number, column).data()) for column in range(5)]

    assert row(0) == ["This clinic", "3 / 40 levels", "7.5 % (2.6–19.9)", "", ""]
    assert row(1) == ["AJNR 2014;35:2227", "157 / 214 levels", "73.4 % (67.1–78.8)", "", "alike"]
    assert row(2)[4] == "Vertebroplasty, not Kyphoplasty"
    assert model.index(1, 3).data(INTERVAL_ROLE) == wilson(157, 214)
    spoken = model.index(1, 3).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "73.4 % (67.1–78.8)"


def test_nothing_of_its_own_to_show_is_a_dash(qtbot: QtBot, theme: Theme) -> None:
    table = BesideRates(theme)
    qtbot.addWidget(table)
    table.show_rates("This clinic", wilson(0, 0), ASKED.unit, [])
    assert table.model().index(0, 2).data() == "–"


def test_in_what_a_rate_is_not_alike_is_broken_where_there_is_little_room(
    qtbot: QtBot, theme: Theme
) -> None:
    table = BesideRates(theme)
    qtbot.addWidget(table)
    table.resize(980, 400)
    table.show()
    found = published_beside(shipped_rates(), ASKED)
    table.show_rates("This clinic", wilson(3, 40), ASKED.unit, found)
    assert table.horizontalScrollBar().maximum() == 0
    last = table.model().columnCount() - 1
    letters = table.fontMetrics()
    rows = range(1, len(found) + 1)
    broken = [
        row
        for row in rows
        if letters.horizontalAdvance("; ".join(found[row - 1].unlike)) > table.columnWidth(last)
    ]
    assert broken
    assert all(table.rowHeight(row) >= 2 * letters.height() for row in broken)
    shown = sum(table.rowHeight(row) for row in range(9))
    assert table.viewport().height() >= shown
