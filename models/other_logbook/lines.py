# SPDX-License-Identifier: MIT
"""What becomes of one patient or case, and the preview of a merge as a whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial

from models.audit import Subject
from models.document import Document
from models.other_logbook.aliases import Aliases
from models.other_logbook.aside import Aside
from models.other_logbook.choices import WHOLE, Choices
from models.other_logbook.points import Known, Point
from models.other_logbook.states import Saying
from models.other_logbook.threeway import Joined, Side, Spot, join


class Kind(StrEnum):
    """What becomes of a patient or case of the other logbook.

    NEW: only they have it. CHANGED: they changed it, and nothing is in the way. CONFLICTING: both
    changed the same, or it cannot be both. KEPT: only we changed it. SAME: it is alike. ASKED: a
    new patient with the code of one of ours.
    """

    NEW = "new"
    CHANGED = "changed"
    CONFLICTING = "conflicting"
    KEPT = "kept"
    SAME = "same"
    ASKED = "asked"


@dataclass(frozen=True, slots=True)
class Shown:
    """A field that differs, in words; "" for nothing.

    Attributes:
        place: where in the case, such as "T12".
        changed_by: who changed it since both were the same; None where both did.
        is_identifier: it can name a person, so it stands in no list that leaves the program.
        mine_said, theirs_said: who gave it its value and when; None where nobody knows.
    """

    spot: Spot
    place: str
    label: str
    mine: str
    theirs: str
    changed_by: Side | None
    is_identifier: bool = False
    mine_said: Saying | None = None
    theirs_said: Saying | None = None


@dataclass(slots=True)
class Line:
    """One patient or case that is not the same in both.

    Attributes:
        subject_id: of ours, or what it would be.
        their_id: of theirs.
        name: by which people know it.
        shown: every field in which what we have would be replaced, or might be.
        problem: why not all of it fits together, so that one side is taken whole; or "".
        locked: who signed it off, and what that means for what is to be decided; or "".
        held: where somebody has to decide because of that.
    """

    subject: Subject
    kind: Kind
    subject_id: str
    their_id: str
    name: str
    mine: Document = field(default_factory=dict, repr=False)
    theirs: Document = field(default_factory=dict, repr=False)
    bases: Sequence[Document] = field(default=(), repr=False)
    knows_birth: bool = False
    shown: tuple[Shown, ...] = ()
    problem: str = ""
    locked: str = ""
    held: frozenset[Spot] = frozenset()

    def joined(self, choices: Choices) -> Joined:
        """What comes of it with these choices."""
        if self.problem:
            side = choices.of_field(self.subject_id, WHOLE)
            whole = self.theirs if side is Side.THEIRS else self.mine
            found = self._join(Choices(take=Side.MINE))
            return Joined(whole, found.differences, () if side else found.differences)
        return self._join(choices)

    def _join(self, choices: Choices) -> Joined:
        return join(
            self.mine,
            self.theirs,
            self.bases,
            partial(choices.of_field, self.subject_id),
            knows_birth=self.knows_birth,
            held=self.held,
        )

    def is_open(self, choices: Choices) -> bool:
        """Whether something is left to decide."""
        if self.kind is Kind.ASKED:
            return choices.of_person(self.their_id) is None
        return self.kind is Kind.CONFLICTING and bool(self.joined(choices).open)


@dataclass(slots=True)
class Preview:
    """What a merge would do; nothing is written before ``merge``.

    Attributes:
        name: of the other logbook.
        lines: the patients and cases that are new, change, conflict or are asked about.
        aside: filters, published rates and settings.
        entry: the last entry of our audit that changed anything, when this was looked at.
        head: the last entry of theirs.
        skipped: cases of patients who are asked about.
        signed: new or changed cases that are signed off here or there, which undo leaves alone.
    """

    name: str
    choices: Choices
    counts: Counter[tuple[Subject, Kind]]
    lines: list[Line]
    aside: Aside
    entry: int
    head: Point
    known: Known
    aliases: Aliases = field(repr=False)
    skipped: int = 0
    signed: int = 0

    @property
    def open(self) -> list[Line]:
        """What is left to decide with the choices of the preview."""
        return self.open_with(self.choices)

    def open_with(self, choices: Choices) -> list[Line]:
        """What is left to decide with these choices."""
        return [line for line in self.lines if line.is_open(choices)]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to take, to decide or to note: all of theirs is known."""
        return not (
            self.lines or self.aside.takes_anything or self.known.of_theirs() < self.head.number
        )

    def count(self, subject: Subject, kind: Kind) -> int:
        """How many patients or cases become what."""
        return self.counts[subject, kind]
