# SPDX-License-Identifier: MIT
"""A heading that has the room it asks for is shown whole, with the arrow in any case."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QTableView
from pytestqt.qtbot import QtBot

from ui.cases.columns import make_columns
from ui.cases.heading import Heading
from ui.theme import Theme


@pytest.mark.parametrize("scale", [0.8, 0.9, 1.0, 1.1, 1.3, 1.7, 2.0])
def test_a_heading_is_whole_in_the_room_that_it_asks_for(
    scale: float, theme: Theme, qtbot: QtBot
) -> None:
    theme.set_scale(scale)
    table = QTableView()
    qtbot.addWidget(table)
    columns = make_columns()
    heading = Heading(theme, columns, table)
    for column in columns:
        if not column.is_bare:
            assert heading.fitted(column, "", heading.heading_width(column)) == column.header
            for arrow in ("", " \u02c5"):
                brief = heading.fitted(column, arrow, heading.brief_width(column))
                assert brief.replace(arrow.strip() or " \u02c5", "").split() in (
                    column.header.split(),
                    (column.brief or column.header).split(),
                )
                assert brief.count("\n") <= 1
    wide = [one for one in columns if len(one.header) > 5 and not one.is_bare]
    assert all("…" in heading.fitted(one, "", heading.brief_width(one) // 2) for one in wide)
