# SPDX-License-Identifier: MIT
"""What tests of the filter bar do again and again."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from models.query import Filter, text_of
from ui.filters.bar import FilterBar


def heard(bar: FilterBar) -> list[str]:
    """Everything that the bar asks for from now on, as text."""
    said: list[str] = []

    def note(asked: Filter) -> None:
        said.append(text_of(asked))

    bar.asked.connect(note)
    return said


def type_in(qtbot: QtBot, bar: FilterBar, text: str) -> None:
    """Type, and wait until the bar has noticed."""
    with qtbot.waitSignal(bar.asked):
        qtbot.keyClicks(bar.line, text)


def on(bar: FilterBar) -> list[str]:
    """What the chips say that are on."""
    return [chip.value for chip in (*bar.chips.shown, *bar.chips.hidden) if chip.value]
