# SPDX-License-Identifier: MIT
"""Marks the rows of a table by their keys, so that rows of one case are known in eight bytes."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING
from zlib import adler32, crc32

from models.importing.as_written import written
from models.importing.targets import IN_NOTES, LEVEL, NOTES, PATIENT_CODE

if TYPE_CHECKING:
    from models.importing.mapping import Mapping
    from models.importing.reading import SourceRow
    from models.importing.survey import Key, Survey


class Marks:
    """Gives each row of a survey its mark.

    Attributes:
        codes_again: the marks of codes that stand in several rows; None where any may.
    """

    def __init__(self, found: Survey, mapping: Mapping) -> None:
        self._found = found
        self._tells_codes = _begins_with_code(found, mapping)
        self._is_level_alone = _level_alone(found, mapping)
        self.codes_again: set[int] | None = None

    def through(self, rows: Iterable[SourceRow]) -> Iterator[SourceRow]:
        """The rows as they come; each has its mark then.

        One that belongs to the case above it is noted too.
        """
        found, codes = self._found, array("Q")
        key_of, marks, tells_codes = found.key, found.marks, self._tells_codes
        above: Key = ("",)
        for row in rows:
            key = key_of(row)
            is_below = not key[0] and bool(above[0]) and self._is_level_alone(row)
            if is_below:
                key = found.below[row.number] = above
            above, first = key, key[0]
            if not first:
                marks.append(0)
                yield row
                continue
            # As ``mark_of`` does it, going on from the mark of the code, which the key begins with.
            told = first.encode("utf-8", "surrogatepass")
            crc, adler = crc32(told), adler32(told)
            mark = crc << 32 | adler or 1
            if tells_codes:
                if is_below:
                    codes.append(codes[-1])
                elif first.isascii() and first[0] != "=":
                    codes.append(mark)
                else:
                    codes.append(mark_of_code(row.cells[found.key_places[0]], first))
            if len(key) > 1:
                told = "\0".join(("", *key[1:])).encode("utf-8", "surrogatepass")
                mark = crc32(told, crc) << 32 | adler32(told, adler) or 1
            marks.append(mark)
            yield row
        if tells_codes:
            self.codes_again = {*again(codes)}


def mark_of(key: Key) -> int:
    """Tells keys apart, and is never 0."""
    told = "\0".join(key).encode("utf-8", "surrogatepass")
    return crc32(told) << 32 | adler32(told) or 1


def mark_of_code(cell: str, folded: str) -> int:
    """Tells patient codes apart: cells that mean the same code have the same mark.

    It is never 0. ``folded`` is the cell without blanks around it and without case.
    """
    if not folded.isascii() or folded.startswith("="):
        folded = written(cell).strip().casefold()
    return mark_of((folded,))


def again(marks: array[int]) -> list[int]:
    """Each mark as often as it comes again."""
    met: set[int] = set()
    found = []
    for mark in marks:
        if mark in met:
            found.append(mark)
        else:
            met.add(mark)
    return found


def _begins_with_code(found: Survey, mapping: Mapping) -> bool:
    """Whether keys begin with the patient code, and nothing but its cells says what it is."""
    places = {target.name: place for place, _, target in found.columns}
    is_said_otherwise = PATIENT_CODE in mapping.terms or PATIENT_CODE in mapping.constants
    is_first = found.key_places[:1] == (places.get(PATIENT_CODE),)
    return is_first and not (is_said_otherwise or mapping.exact)


def _level_alone(found: Survey, mapping: Mapping) -> Callable[[SourceRow], bool]:
    """Tells rows that name a level and, notes aside, nothing of a case."""
    levels = [place for place, _, target in found.columns if target.name == LEVEL]
    if not levels or mapping.exact:
        return lambda _: False
    of_case = [
        place
        for place, _, target in found.columns
        if not (target.is_of_level or target.name in (NOTES, IN_NOTES))
    ]

    def is_level_alone(row: SourceRow) -> bool:
        cells = row.cells
        return (
            not row.problem
            and bool(cells[levels[0]].strip())
            and not any(cells[place].strip() for place in of_case)
        )

    return is_level_alone
