# SPDX-License-Identifier: MIT
"""The table of text: each column is as wide as its widest row, and Qt is not asked row by row."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.theme import Theme
from ui.widgets.text_table import Column, TextRows, TextTable

WORDS = st.text("abcWil019 -–≥,.éß", max_size=30)


@pytest.fixture
def table(qtbot: QtBot, theme: Theme) -> TextTable:
    shown = TextTable(theme, "Cases", (Column("Case"), Column("Why", stretches=True)))
    qtbot.addWidget(shown)
    shown.resize(500, 300)
    shown.show()
    return shown


def hint_of_each(table: TextTable, column: int) -> int:
    """The width that the widest row asks for, each row asked."""
    model = table.model()
    indexes = (model.index(row, column) for row in range(model.rowCount()))
    return max((table.sizeHintForIndex(index).width() for index in indexes), default=0)


@given(rows=st.lists(st.tuples(WORDS, WORDS), max_size=20))
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_a_column_asks_for_the_width_of_its_widest_row(
    table: TextTable, rows: list[tuple[str, str]]
) -> None:
    table.set_rows(rows)
    for column in range(2):
        assert table.sizeHintForColumn(column) == hint_of_each(table, column)


def test_the_width_follows_the_size_of_the_text(table: TextTable) -> None:
    table.set_rows([("P-1", "only a range before"), ("P-200", "")])
    before = table.sizeHintForColumn(1)
    larger = table.font()
    larger.setPixelSize(40)
    table.setFont(larger)
    assert table.sizeHintForColumn(1) == hint_of_each(table, 1) > before


def test_of_very_many_rows_few_are_looked_at_before_they_are_in_sight(
    qtbot: QtBot, theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    plain = TextRows.data

    def counted(rows: TextRows, index: object, role: int = 0) -> object:
        asked.append(role)
        return plain(rows, index, role)  # type: ignore[arg-type]

    monkeypatch.setattr(TextRows, "data", counted)
    table = TextTable(theme, "Cases", (Column("Case"), Column("Why", stretches=True)))
    qtbot.addWidget(table)
    table.set_rows([(f"P-{number}", "only words before") for number in range(1_000)])
    table.resize(500, 300)
    table.show()
    qtbot.waitExposed(table)
    table.resize(700, 300)
    qtbot.wait(1)
    assert len(asked) < 1_000


def test_it_is_seen_to_have_the_keys_before_any_row_is_chosen(
    qtbot: QtBot, qapp: QApplication
) -> None:
    theme = Theme("light")
    theme.apply(qapp)
    table = TextTable(theme, "Rates", [Column("What"), Column("n", is_number=True)])
    qtbot.addWidget(table)
    table.set_rows([("Leakage", "12"), ("Fracture", "3")])
    with qtbot.waitActive(table):
        table.show()

    def shows_focus() -> bool:
        seen = table.grab().toImage()
        return seen.pixelColor(1, seen.height() // 2).name() == theme.palette.focus

    table.clearFocus()
    assert not shows_focus()
    table.setFocus()
    assert shows_focus()
