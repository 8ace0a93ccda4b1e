# SPDX-License-Identifier: MIT
"""A whole case to read, part by part, beside what the same case says today."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from models.document import Document, Fields
from models.history.places import PERSON, RowKey, patient_of, place_of, rows_in_order
from models.history.wording import ADDED, REMOVED, Cell, facts_by_spot, hidden


@dataclass(frozen=True, slots=True)
class Entry:
    """One field as it was, and as it is today; "" for nothing."""

    label: str
    then: str
    today: str
    cell: Cell

    @property
    def differs(self) -> bool:
        """Whether it is another one today."""
        return self.then != self.today


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the case: the person, the procedure, or a row of one of its lists.

    Attributes:
        state: REMOVED for a row that is gone today, ADDED for one that was not there then.
        cell: the whole row.
    """

    title: str
    entries: tuple[Entry, ...]
    state: str
    cell: Cell


def listing(then: Document, today: Document, *, hides_names: bool = False) -> list[Section]:
    """Every field that holds something in either state, in the order in which a case is read.

    Where the case belonged to another patient, the person of then is listed. With ``hides_names``
    no name is told, and not whether it is another one today.
    """
    moved = patient_of(then) != patient_of(today)
    found: list[Section] = []
    for key in rows_in_order(then, today):
        if moved and key[0] in PERSON and _row(then, key) is None:
            continue
        section = _section(key, then, today)
        if hides_names and section.cell.is_name:
            section = _without_names(section)
        if section.entries or section.state:
            found.append(section)
    return found


def _without_names(section: Section) -> Section:
    entries = (
        replace(entry, then=hidden(entry.then), today=hidden(entry.today))
        for entry in section.entries
    )
    return replace(section, entries=tuple(entries))


def _section(key: RowKey, then: Document, today: Document) -> Section:
    was, now = _row(then, key), _row(today, key)
    state = ""
    if was is None or now is None:
        state = REMOVED if now is None else ADDED
    title = place_of(key, today if was is None else then)
    return Section(title, tuple(_entries(key, was or {}, now or {})), state, Cell(*key))


def _entries(key: RowKey, was: Fields, now: Fields) -> Iterator[Entry]:
    then, today = facts_by_spot(key[0], was), facts_by_spot(key[0], now)
    for spot in dict.fromkeys((*then, *today)):
        label = (then.get(spot) or today[spot]).label
        texts = [found[spot].text if spot in found else "" for found in (then, today)]
        yield Entry(label, texts[0], texts[1], Cell(*key, *spot))


def _row(document: Document, key: RowKey) -> Fields | None:
    return document.get(key[0], {}).get(key[1])
