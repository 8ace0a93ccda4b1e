# SPDX-License-Identifier: MIT
"""Tags of which a case has one, as a test on what it is found by."""

from __future__ import annotations

from collections.abc import Sequence

from models.caselist.sql import Sql, any_of, every
from models.quick import dataclass
from models.tags.spelling import Between, Tag


@dataclass(frozen=True, slots=True)
class Group:
    """Tags of which a case has one."""

    tags: Sequence[Tag]

    @property
    def seeks(self) -> int:
        """How often the test seeks something in the tags of a case."""
        return len(self.tags)

    def test(self) -> Sql:
        """What holds for a row of ``case_found_by``, called f."""
        return any_of([_has(tag) for tag in self.tags])


@dataclass(frozen=True, slots=True)
class Digits(Group):
    """Tags of numbers, of which a case has one at most.

    They lie between two, so that one comparison does for many beginnings of words.
    """

    between: Between

    @property
    def seeks(self) -> int:
        """How often the test seeks something in the tags of a case that has such a number."""
        return 2

    def test(self) -> Sql:
        """What holds for a row of ``case_found_by``, called f."""
        return every([_is_there(f" {self.between.stem}"), self._lies_within(self._first())])

    def _first(self) -> Sql:
        """The digits of the least number of the case."""
        begins, length = f" {self.between.stem}", len(self.between.first)
        return Sql(f"substr(f.tags, instr(f.tags, ?) + {len(begins)}, {length})", (begins,))

    def _lies_within(self, digits: Sql) -> Sql:
        ends = self.between.first, self.between.last
        return Sql(f"{digits.text} BETWEEN ? AND ?", (*digits.values, *ends))


@dataclass(frozen=True, slots=True)
class SeveralDigits(Digits):
    """The same where a case may have several, of which only the least and the greatest are read.

    Where these lie on both sides, the tags have to be looked for one by one.
    """

    @property
    def seeks(self) -> int:
        """How often the test seeks something in the tags of most cases that have such numbers."""
        return 3

    def test(self) -> Sql:
        """What holds for a row of ``case_found_by``, called f."""
        first, last = self._first(), self._last()
        outside = Sql(
            f"({first.text} < ? AND {last.text} > ?)",
            (*first.values, self.between.first, *last.values, self.between.last),
        )
        between = every([outside, Group.test(self)])
        within = any_of([self._lies_within(first), self._lies_within(last), between])
        return every([_is_there(f" {self.between.presence} "), within])

    def _last(self) -> Sql:
        """The digits of the greatest number of the case."""
        behind, length = f" {self.between.presence} ", len(self.between.first)
        return Sql(f"substr(f.tags, instr(f.tags, ?) - {length}, {length})", (behind,))


def _has(tag: Tag) -> Sql:
    return _is_there(f" {tag.text}" if tag.is_prefix else f" {tag.text} ")


def _is_there(text: str) -> Sql:
    return Sql("instr(f.tags, ?) > 0", (text,))
