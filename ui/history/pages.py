# SPDX-License-Identifier: MIT
"""What the history shows of a version: its changes, and the whole case as it was."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import shorten

from models.history import Line, Section
from models.history.wording import ADDED, REMOVED
from ui.history.rows_table import Shown
from ui.widgets.version_text import tr, value

_MOST_OF_A_ROW = 160


def change_rows(changes: Sequence[Line], wanted: str) -> list[Shown]:
    """The changes whose place, field or values have ``wanted`` in them."""
    found = [
        line for line in changes if _has((line.place, line.label, line.before, line.after), wanted)
    ]
    return [
        Shown(
            (line.place, line.label, _short(line, line.before), _short(line, line.after)), line.cell
        )
        for line in found
    ]


def _short(line: Line, text: str) -> str:
    """A whole row is told in few words; all of them stand in the case as it was."""
    if line.cell.is_row:
        text = shorten(text, _MOST_OF_A_ROW, placeholder=" …")
    return value(text)


def case_rows(parts: Sequence[Section], wanted: str, *, only_differing: bool) -> list[Shown]:
    """The whole case as it was, part by part; what is another today is marked and said."""
    rows: list[Shown] = []
    for part in parts:
        below = [
            row
            for row in _entries(part)
            if (row.is_marked or not only_differing) and _has((part.title, *row.texts), wanted)
        ]
        if below or (part.state and not part.entries and not wanted):
            rows.append(Shown((_title(part), "", ""), part.cell if part.state else None, True))
            rows.extend(below)
    return rows


def _entries(part: Section) -> list[Shown]:
    return [
        Shown(
            (
                entry.label,
                value(entry.then),
                value(entry.today) if entry.differs and not part.state else "",
            ),
            part.cell if part.state else entry.cell,
            is_marked=entry.differs,
        )
        if part.state != ADDED
        else Shown((entry.label, value(""), entry.today), part.cell, is_marked=True)
        for entry in part.entries
    ]


def _title(part: Section) -> str:
    if part.state == REMOVED:
        return tr("{place} (removed since)").format(place=part.title)
    if part.state == ADDED:
        return tr("{place} (added since)").format(place=part.title)
    return part.title


def _has(texts: Sequence[str], wanted: str) -> bool:
    words = wanted.casefold().split()
    text = " ".join(texts).casefold()
    return all(word in text for word in words)
