# SPDX-License-Identifier: MIT
"""What becomes of each case of a file: told whole where there is something to tell, else packed.

A file may hold a hundred thousand cases that are simply new. Of them no more is kept than which
rows they are and what the patient is called; a line is made of that when it is looked at.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import overload

from models.importing.overlay import Difference
from models.importing.problems import Problem
from models.speech import say_in


class Verdict(StrEnum):
    """What an import does with a case.

    CHANGED fills what is empty in the logbook, CONFLICTING would replace something there.
    """

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    CONFLICTING = "conflicting"
    REFUSED = "refused"

    @property
    def shown(self) -> str:
        """The word in the language of the process, within a sentence."""
        return {
            Verdict.NEW: say_in("Verdict", "new"),
            Verdict.CHANGED: say_in("Verdict", "changed"),
            Verdict.SAME: say_in("Verdict", "same"),
            Verdict.CONFLICTING: say_in("Verdict", "conflicting"),
            Verdict.REFUSED: say_in("Verdict", "refused"),
        }[self]


@dataclass(frozen=True, slots=True)
class Line:
    """What becomes of one case of the file.

    Attributes:
        rows: the numbers of its rows, as spreadsheets count.
        name: the patient code, or "".
        differences: what it changes in the logbook.
        problems: why it is refused.
        remarks: what was read otherwise than it stands there.
    """

    verdict: Verdict
    rows: tuple[int, ...]
    name: str
    differences: tuple[Difference, ...] = ()
    problems: tuple[Problem, ...] = ()
    remarks: tuple[Problem, ...] = ()


_Told = tuple[tuple[Difference, ...], tuple[Problem, ...], tuple[Problem, ...]]
_VERDICTS = tuple(Verdict)
_PLACES = {verdict: place for place, verdict in enumerate(_VERDICTS)}
_PLACE_OF_NEW = _PLACES[Verdict.NEW]


class Lines(Sequence[Line]):
    """One line a case, in the order in which the file has them whole."""

    def __init__(self, lines: Iterable[Line] = ()) -> None:
        self._counts: Counter[Verdict] = Counter()
        self._new = 0
        self._verdicts = array("B")
        self._rows = array("L")
        self._starts = array("L", [0])
        self._names: list[str] = []
        self._told: dict[int, _Told] = {}
        for line in lines:
            self.append(line)

    def append(self, line: Line) -> None:
        """Add a line at the end."""
        if line.differences or line.problems or line.remarks:
            self._told[len(self)] = line.differences, line.problems, line.remarks
        self.add(line.verdict, line.rows, line.name)

    def add(self, verdict: Verdict, rows: Iterable[int], name: str) -> None:
        """Add a line at the end that has nothing more to tell."""
        self._counts[verdict] += 1
        self._verdicts.append(_PLACES[verdict])
        self._rows.extend(rows)
        self._starts.append(len(self._rows))
        self._names.append(name)

    def add_new(self, rows: Iterable[int], name: str) -> None:
        """Add one of a new case, of which there are very many."""
        self._new += 1
        self._verdicts.append(_PLACE_OF_NEW)
        self._rows.extend(rows)
        self._starts.append(len(self._rows))
        self._names.append(name)

    @property
    def counts(self) -> Counter[Verdict]:
        """How many there are of each verdict."""
        return self._counts + Counter({Verdict.NEW: self._new})

    def __len__(self) -> int:
        return len(self._names)

    def __iter__(self) -> Iterator[Line]:
        return map(self._line, range(len(self)))

    @overload
    def __getitem__(self, place: int) -> Line: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Line]: ...

    def __getitem__(self, place: int | slice) -> Line | Sequence[Line]:
        """A line, or several of them."""
        if isinstance(place, slice):
            return [self._line(each) for each in range(*place.indices(len(self)))]
        return self._line(range(len(self))[place])

    def of(self, *verdicts: Verdict) -> Iterator[Line]:
        """The lines with one of these verdicts; no other is made for that."""
        wanted = {_PLACES[verdict] for verdict in verdicts}
        return (self._line(at) for at, place in enumerate(self._verdicts) if place in wanted)

    @property
    def telling(self) -> Iterator[Line]:
        """The lines that change something in the logbook, are refused, or have a remark."""
        return map(self._line, self._told)

    def _line(self, at: int) -> Line:
        told = self._told.get(at, ((), (), ()))
        rows = tuple(self._rows[self._starts[at] : self._starts[at + 1]])
        return Line(_VERDICTS[self._verdicts[at]], rows, self._names[at], *told)
