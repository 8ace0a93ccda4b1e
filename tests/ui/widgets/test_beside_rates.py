# SPDX-License-Identifier: MIT
"""Published rates below one's own."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication
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
    table.resize(1200, 400)
    table.show()
    table.show_rates(
        "This clinic", wilson(3, 40), ASKED.unit, published_beside(shipped_rates(), ASKED)
    )
    model = table.model()

    def row(number: int) -> list[str]:
        return [str(model.index(number, column).data()) for column in range(5)]

    assert row(0) == ["This clinic", "3 / 40 levels", "7.5 % (2.6–19.9)", "", ""]
    assert row(1) == ["AJNR 2014;35:2227", "157 / 214 levels", "73.4 % (67.1–78.8)", "", "alike"]
    assert row(2)[4] == "vertebroplasty, not kyphoplasty"
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


@pytest.mark.parametrize(("scale", "width"), [(1.0, 1200), (1.0, 620), (2.0, 1190), (2.0, 760)])
def test_it_is_never_scrolled_sideways(
    qtbot: QtBot, theme: Theme, scale: float, width: int
) -> None:
    theme.set_scale(scale)
    table = BesideRates(theme)
    qtbot.addWidget(table)
    table.resize(width, 400)
    table.show()
    for count in (3, 0):
        found = published_beside(shipped_rates(), ASKED)
        table.show_rates("Leakage, by level", wilson(count, 40), ASKED.unit, found)
        assert table.horizontalScrollBar().maximum() == 0
        said = [
            " ".join(
                str(table.model().index(row, column).data())
                for column in range(table.model().columnCount())
                if not table.isColumnHidden(column)
            )
            for row in range(2)
        ]
        assert f"{count} / 40 levels" in said[0], "nothing that is told goes where room is short"
        assert "157 / 214 levels" in said[1]
        assert "73.4 % (67.1–78.8)" in said[1]
        # Each word of a source that is broken finds its line.
        padding = theme.px(20)
        for row in range(table.model().rowCount()):
            room = QRect(0, 0, table.columnWidth(0) - padding, 10_000)
            text = str(table.model().index(row, 0).data())
            needed = table.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, text)
            assert table.rowHeight(row) >= needed.height(), text
            assert needed.width() <= room.width(), text
    table.resize(2800, 400)
    assert not any(table.isColumnHidden(column) for column in range(5))
    assert table.model().index(1, 2).data() == "73.4 % (67.1–78.8)"


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_no_row_has_an_empty_line(qtbot: QtBot, theme: Theme, scale: float) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app)
    theme.set_scale(scale)
    table = BesideRates(theme)
    qtbot.addWidget(table)
    table.show()
    found = published_beside(shipped_rates(), ASKED)
    table.show_rates("Leakage, by level", wilson(3, 40), ASKED.unit, found)
    line, padding = table.fontMetrics().lineSpacing(), theme.px(8) + 3
    for width in range(560, 1500, 45):
        table.resize(width, 400)
        for row in range(1, table.model().rowCount()):
            high = 0
            for column in range(5):
                room = QRect(0, 0, table.columnWidth(column) - 2 * padding, 10_000)
                if not table.isColumnHidden(column):
                    text = str(table.model().index(row, column).data())
                    told = table.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, text)
                    high = max(high, told.height())
            assert high <= table.rowHeight(row) < max(high + line + theme.px(4), theme.px(28) + 1)
    app.setStyleSheet("")
