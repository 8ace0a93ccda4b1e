# SPDX-License-Identifier: MIT
"""One thing that was done to a case in the editor, and the words for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import QCoreApplication

from models.case import Case
from models.document import Change, Document, compare
from models.schema import Procedure, Record, TreatedLevel
from models.snapshot import snapshot
from models.speech import begun_small
from ui.editor.aside import LEVEL, Aside
from ui.editor.bring import RowKey
from ui.editor.review import where
from ui.editor.row_words import row_came_or_went
from ui.widgets.field_form import Key, Refused

RefusedTyping = Mapping[Key, Refused]


@dataclass(frozen=True, slots=True)
class State:
    """A case at one moment: what was entered, and the typing that could not be taken.

    ``aside`` is what stood beside it and belonged to no row.
    """

    document: Document
    refused: RefusedTyping
    aside: Aside = field(default_factory=dict)

    @classmethod
    def of(cls, case: Case, refused: Iterable[Refused], aside: Aside | None = None) -> State:
        """How the case stands now."""
        return cls(snapshot(case), {told.key: told for told in refused}, aside or {})


@dataclass(frozen=True, slots=True)
class Step:
    """What lies between two states.

    Attributes:
        refused: typing that was refused, before and after, where the two differ.
        place: id of the row and name of the field where it happened; the field may be "".
        visit: counts the visits to boxes; edits of one box in one visit are one step.
        aside: what stood beside the case, by name, before and after, where the two differ.
    """

    changes: tuple[Change, ...]
    refused: tuple[tuple[Key, Refused | None, Refused | None], ...]
    place: Key
    visit: int
    aside: tuple[tuple[str, str, str], ...] = ()

    @classmethod
    def between(cls, before: State, after: State, place: Key, visit: int) -> Step:
        """The step from one state to another."""
        keys = dict.fromkeys((*before.refused, *after.refused))
        pairs = ((key, before.refused.get(key), after.refused.get(key)) for key in keys)
        refused = tuple(pair for pair in pairs if _text(pair[1]) != _text(pair[2]))
        changes = tuple(compare(before.document, after.document))
        names = dict.fromkeys((*before.aside, *after.aside))
        texts = ((name, before.aside.get(name, ""), after.aside.get(name, "")) for name in names)
        aside = tuple(text for text in texts if text[1] != text[2])
        if not place[0] and changes:
            place = _place_of(changes[0], before.document, after.document)
        return cls(changes, refused, place, visit, aside)

    @property
    def is_empty(self) -> bool:
        """Whether nothing differs."""
        return not self.changes and not self.refused and not self.aside

    def touched(self) -> list[RowKey]:
        """The rows that differ."""
        keys = [(change.table, change.row_id) for change in self.changes]
        told = (before or after for _, before, after in self.refused)
        keys += [(row.row._meta.table_name, str(row.row.id)) for row in told if row is not None]
        return list(dict.fromkeys(keys))

    def places(self) -> list[Key]:
        """Where it happened, the likeliest first."""
        changed = [(change.row_id, change.field) for change in self.changes]
        beside = [("", name) for name, _, _ in self.aside]
        refused = [key for key, _, _ in self.refused]
        return list(dict.fromkeys((self.place, *refused, *changed, *beside)))

    def continues(self, before: Step) -> bool:
        """Whether the two are edits of one box in one visit."""
        return bool(self.place[1]) and (self.place, self.visit) == (before.place, before.visit)

    def after(self, before: Step) -> Step:
        """Both as one step."""
        changed = {(c.table, c.row_id, c.field): c for c in before.changes}
        for change in self.changes:
            spot = (change.table, change.row_id, change.field)
            old = changed[spot].old if spot in changed else change.old
            changed[spot] = Change(*spot, old, change.new)
        told = {key: (was, now) for key, was, now in before.refused}
        for key, was, now in self.refused:
            told[key] = (told[key][0] if key in told else was, now)
        beside = {name: (was, now) for name, was, now in before.aside}
        for name, was_beside, now_beside in self.aside:
            beside[name] = (beside[name][0] if name in beside else was_beside, now_beside)
        return Step(
            tuple(change for change in changed.values() if change.old != change.new),
            tuple((k, a, b) for k, (a, b) in told.items() if _text(a) != _text(b)),
            self.place,
            self.visit,
            tuple((name, a, b) for name, (a, b) in beside.items() if a != b),
        )


def _place_of(change: Change, before: Document, after: Document) -> Key:
    """Where nobody typed: the field of a row that stays, or the row that came or went."""
    stays = all(change.row_id in rows.get(change.table, {}) for rows in (before, after))
    return (change.row_id, change.field if stays else "")


def words_of(step: Step, case: Case, known: Mapping[str, Record]) -> str:
    """What the step did, to stand after Undo: "cement of T12", "removing T12"."""
    for change in step.changes:
        if change.table == Procedure._meta.table_name and change.field == "patient":
            return _tr("choice of the patient")
    if level := _of_a_level(step):
        return level
    row_id, field = step.place
    row = known.get(row_id)
    if row is None:
        return _beside(step)
    if not field:
        is_gone = any(c.row_id == row_id and c.new is None for c in step.changes)
        return row_came_or_went(row._meta.table_name, is_gone=is_gone)
    label = begun_small(type(row)._meta.fields[field].label)
    place = where(case, row)
    return _tr("{field} of {place}").format(field=label, place=place) if place else label


def _of_a_level(step: Step) -> str:
    """Words for a level that came or went; "" for any other step."""
    table = TreatedLevel._meta.table_name
    moved = [c for c in step.changes if (c.table, c.field) == (table, TreatedLevel.procedure.name)]
    names = []
    for change in moved:
        named = [c for c in step.changes if (c.row_id, c.field) == (change.row_id, "level")]
        code = next((c.new or c.old for c in named), None)
        level = TreatedLevel.level.python_value(str(code)) if code else None
        names.append(level.label if level is not None else _tr("level"))
    if not names:
        return ""
    words = _tr("adding {level}") if moved[0].old is None else _tr("removing {level}")
    return words.format(level=", ".join(names))


def _beside(step: Step) -> str:
    """Words for what was done beside the case."""
    if step.changes or not step.aside:
        return _tr("last change")
    return _tr("level that was typed") if step.aside[0][0] == LEVEL else _tr("pain scale")


def _text(told: Refused | None) -> str | None:
    return told.text if told is not None else None


def _tr(text: str) -> str:
    return QCoreApplication.translate("editor", text)
