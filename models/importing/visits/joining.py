# SPDX-License-Identifier: MIT
"""Which rows of a table of visits are one case: those of a patient and a day of the procedure.

Clinics write a patient once, or the day of the procedure once, and leave it out in the rows below.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from models.errors import InvalidValue
from models.importing.reading import SourceRow, Table
from models.importing.summing import sums_up
from models.importing.targets import IN_NOTES, NOTES, PERFORMED_ON, Kind, Target
from models.importing.values import UnknownTerm, reader
from models.speech import say_n

if TYPE_CHECKING:
    from models.importing.survey import Key, Survey


@dataclass(slots=True)
class Joined:
    """Which rows go together.

    Attributes:
        keys: of every row, in their order; () for one that is a case of its own.
        below: the key of each row whose own cells say another one, or none, by its number.
        undecided: the numbers of rows that name no day of the procedure, where the patient has
            several.
        told: for people, how many rows say less than whose they are.
    """

    keys: list[Key] = field(default_factory=list)
    below: dict[int, Key] = field(default_factory=dict)
    undecided: frozenset[int] = frozenset()
    told: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Row:
    number: int
    code: str
    day: str
    own: Key
    has_code: bool = True
    has_day: bool = True


def are_visits(columns: Sequence[tuple[int, str, Target]]) -> bool:
    """Whether each row is a visit by the columns that are read."""
    return any(target.kind is Kind.VISIT for _, _, target in columns)


def joined(table: Table, seen: Survey) -> Joined:
    """Look the table through again, and join its rows to cases.

    Raises:
        UnreadableTable: it cannot be read to its end.
    """
    if not seen.key_places:
        return Joined([() for _ in table.rows()])
    rows = _read(table, seen)
    undecided = _fill_days(rows)
    return _put_together(rows, undecided)


def _read(table: Table, seen: Survey) -> list[_Row]:
    """Every row with its patient, and the day of the procedure, also where those above say them."""
    day_of = _days_by(seen)
    at_code = seen.key_places[0]
    told_of_case = [
        place
        for place, _, target in seen.columns
        if target.name not in (NOTES, IN_NOTES) and place != at_code
    ]
    found: list[_Row] = []
    for row in table.rows():
        if row.problem or row.number == seen.unit_row or sums_up(row.cells):
            found.append(_Row(row.number, "", "", ()))
            continue
        own = tuple([row.cells[place].strip().casefold() for place in seen.key_places])
        code, day = own[0], day_of(row)
        one = _Row(row.number, code, day, own if code else (), bool(code), bool(day))
        above = found[-1] if found else None
        is_below = not code and any(row.cells[place] for place in told_of_case)
        if is_below and above is not None and day in ("", above.day):
            one.code, one.day = above.code, above.day
        found.append(one)
    return found


def _days_by(seen: Survey) -> Callable[[SourceRow], str]:
    """What tells the day of the procedure of a row in one spelling; "" for none."""
    column = next((each for each in seen.columns if each[2].name == PERFORMED_ON), None)
    if column is None or column[0] not in seen.key_places:
        return lambda _: ""
    place, name, target = column
    read = reader(target, seen.formats[name], {})

    def day_of(row: SourceRow) -> str:
        cell = row.cells[place].strip()
        if not cell:
            return ""
        try:
            return str(read(row.cells[place]) or "")
        except (InvalidValue, UnknownTerm):
            return cell.casefold()

    return day_of


def _fill_days(rows: Sequence[_Row]) -> frozenset[int]:
    """Give rows without a day that of the row above, or the only one that their patient has.

    Returns the rows that could be of several.
    """
    above: _Row | None = None
    for row in rows:
        if row.code and not row.day and above is not None and above.code == row.code:
            row.day = above.day
        above = row
    days: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows:
        if row.day:
            days[row.code].add(row.day)
    undecided: set[int] = set()
    for row in rows:
        if row.code and not row.day and (known := days.get(row.code)):
            if len(known) == 1:
                (row.day,) = known
            else:
                undecided.add(row.number)
    return frozenset(undecided)


def _put_together(rows: Sequence[_Row], undecided: frozenset[int]) -> Joined:
    found = Joined(undecided=undecided)
    first: dict[tuple[str, str], Key] = {}
    for row in rows:
        if not row.code:
            found.keys.append(())
            continue
        key = first.setdefault((row.code, row.day), _key(row))
        found.keys.append(key)
        if key != row.own:
            found.below[row.number] = key
    codes = len({row.number for row in rows if row.code and not row.has_code})
    days = len({row.number for row in rows if row.code and row.day and not row.has_day})
    if codes:
        found.told.append(
            say_n(
                "{n:,} row names no patient and belongs to the one above it.",
                "{n:,} rows name no patient and belong to the one above them.",
                codes,
            )
        )
    if days:
        found.told.append(
            say_n(
                "{n:,} row names no day of the procedure and belongs to that of its patient.",
                "{n:,} rows name no day of the procedure and belong to that of their patient.",
                days,
            )
        )
    return found


def _key(row: _Row) -> Key:
    """The key as cells say it, so that hardly a row needs another one."""
    return row.own if row.own and row.has_day else (row.code, row.day)
