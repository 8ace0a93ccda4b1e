# SPDX-License-Identifier: MIT
"""The rows of the preview of a merge: what becomes of each patient and case, field by field."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject

from models.audit import Subject
from models.history.places import field_at
from models.other_logbook import WHOLE, Choices, Kind, Line, SameCode, Shown, Side, Spot
from models.other_logbook.states import Saying
from models.speech import say, shown_day
from ui.importing.preview_rows import tr
from ui.importing.told_rows import ToldRows

_DAY_AND_TIME = 16


@dataclass(frozen=True, slots=True)
class Row:
    """A field of a patient or case, or the whole of it."""

    line: Line
    shown: Shown | None = None

    @property
    def key(self) -> tuple[str, Spot] | None:
        """By what a choice names it; None where there is nothing to choose by side."""
        if self.line.kind is not Kind.CONFLICTING:
            return None
        if self.line.problem:
            return self.line.subject_id, WHOLE
        if self.shown is None or self.shown.changed_by is not None:
            return None
        return self.line.subject_id, self.shown.spot


def rows_of(lines: Sequence[Line]) -> list[Row]:
    """A row for each field that is to be told, or one for the whole."""
    return [
        row for line in lines for row in ([Row(line, one) for one in line.shown] or [Row(line)])
    ]


class MergeRows(ToldRows[Row]):
    """What becomes of each patient and case of another logbook.

    Args:
        rows: what is shown.
        choices: tells what was chosen.
    """

    def __init__(
        self, rows: Sequence[Row], choices: Callable[[], Choices], parent: QObject | None = None
    ) -> None:
        headings = (
            tr("Patient or case"),
            tr("Is"),
            tr("What is done"),
            tr("Field"),
            tr("In this logbook"),
            tr("In the other one"),
        )
        super().__init__(rows, headings, self._told, parent)
        self._choices = choices

    def row(self, number: int) -> Row | None:
        """What stands in a row."""
        return self._rows[number] if 0 <= number < len(self._rows) else None

    def _told(self, row: Row) -> tuple[str, ...]:
        line, shown = row.line, row.shown
        is_person = line.subject is Subject.PATIENT
        name = tr("Patient {code}").format(code=line.name) if is_person else line.name
        head = (name, kind_in_words(line.kind), self._done_with(row))
        if shown is None:
            return (*head, "", "", "")
        place = field_at(shown.place, shown.label)
        return (*head, place, shown.mine or "–", shown.theirs or "–")

    def _done_with(self, row: Row) -> str:
        line, shown = row.line, row.shown
        if line.kind is Kind.ASKED:
            return _asked(self._choices().of_person(line.their_id))
        if line.kind is Kind.NEW:
            return tr("Is added.")
        if row.key is not None:
            side = self._choices().of_field(*row.key)
            if side is None:
                return tr("To be decided.")
            return tr("Ours stays.") if side is Side.MINE else tr("Theirs is taken.")
        if shown is not None and shown.changed_by is Side.THEIRS:
            return tr("Theirs is taken.")
        return ""


def kind_in_words(kind: Kind) -> str:
    """What becomes of it, as it begins a sentence."""
    return {
        Kind.NEW: tr("New"),
        Kind.CHANGED: tr("Changed there"),
        Kind.CONFLICTING: tr("Conflicting"),
        Kind.KEPT: tr("Changed here"),
        Kind.SAME: tr("Same"),
        Kind.ASKED: tr("Same code"),
    }[kind]


def said_in_full(row: Row) -> str:
    """All of a row that its columns may have no room for."""
    line, shown = row.line, row.shown
    if line.kind is Kind.ASKED:
        told = tr("A patient of this logbook has the code {code} too. Is it the same person?")
        return told.format(code=line.name)
    words = [line.locked] if line.locked else []
    if line.problem:
        told = tr("Both together cannot be, so one side is taken whole: {why}")
        words.append(told.format(why=line.problem))
    if shown is not None:
        sides = (
            (tr("Here: {value}"), shown.mine, shown.mine_said),
            (tr("There: {value}"), shown.theirs, shown.theirs_said),
        )
        words += [told.format(value=_said(value or "–", saying)) for told, value, saying in sides]
    return "\n".join(words)


def _asked(decided: SameCode | None) -> str:
    if decided is None:
        return tr("To be decided.")
    return tr("Same person.") if decided is SameCode.JOIN else tr("Gets another code.")


def _said(value: str, saying: Saying | None) -> str:
    """A value with who gave it when, in UTC."""
    if saying is None:
        return value
    day, _, time = saying.at[:_DAY_AND_TIME].partition("T")
    at = f"{shown_day(day)} {time}"
    return say("{value} ({user}, {at} UTC)", value=value, user=saying.user, at=at)
