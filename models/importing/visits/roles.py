# SPDX-License-Identifier: MIT
"""Recognizes a table with a row for each visit, and what its columns say of the visits.

It is one where a column tells when, some column has a value such as a score that belongs to no time
point by its heading, and patients come again with other visits. A table of last visits, in which
each patient has one row, is a table of procedures.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import islice, pairwise

from models.importing.mapping import ColumnUse
from models.importing.reading import Table
from models.importing.scores import is_lesser_pain
from models.importing.spelled import plain_name
from models.importing.summing import sums_up
from models.importing.targets import (
    CASE,
    CASE_ID,
    NOTES,
    PAIN_SCALE,
    PATIENT_CODE,
    PERFORMED_ON,
    RECORD_NUMBER,
    VISIT_DAY,
    VISIT_NOTED,
    VISIT_OTHER,
    VISIT_PAIN,
    VISIT_POINT,
    targets,
)
from models.importing.visits.names import ANY_DAY, OF_VISIT_DAY, OF_VISITS, RECORDS, of_visit_named
from models.importing.visits.times import unit_counted, when_counted, when_told
from models.vocabulary import TimePoint

_LOOKED_AT = 500
_DIGITS = re.compile(r"[0-9]+")
_SHARE = 0.8
_FEWEST = 2
_KEYS = (CASE_ID, CASE, PATIENT_CODE, RECORD_NUMBER)

Samples = dict[str, list[str]]
PainOf = Callable[[str], str | None]
"""Tells the pain scale, or "", of a heading that names a score without a time point; else None."""


def as_visits(
    table: Table, uses: tuple[ColumnUse, ...], sample: Samples, pain_of: PainOf
) -> tuple[tuple[ColumnUse, ...], list[str]]:
    """What the columns stand for where each row is a visit, and scores of before the procedure.

    The uses as they are where it is no such table.

    Args:
        table: the table.
        uses: what was proposed for a table of procedures.
        sample: distinct cells of the first rows, by column.
        pain_of: tells the headings of scores.
    """
    before = uses
    time = _time(uses, sample)
    roles = _values(uses, pain_of)
    if not roles or not (time or any(_may_be_day(use) for use in uses)):
        return uses, []
    uses, keys = _with_key(uses)
    if not keys:
        return uses, []
    rows = _first_rows(table, keys[0])
    place = -1 if time is None else time[0]
    days = _days(uses, rows, keys[0], place)
    telling = place if time is not None else days.get(VISIT_DAY, -1)
    if telling < 0 or not _come_again(rows, keys[0], days.get(PERFORMED_ON, -1), telling):
        return before, []
    chosen = {at: name for name, at in days.items()} | dict(roles)
    if time is not None:
        chosen[place] = time[1]
    taken = {*chosen.values()}
    found = tuple(_turned(use, chosen.get(at, ""), taken, pain_of) for at, use in enumerate(uses))
    scores = [at for at, use in enumerate(found) if use.target == VISIT_PAIN]
    return found, _scores_before(rows, place, time, scores)


def _with_key(uses: tuple[ColumnUse, ...]) -> tuple[tuple[ColumnUse, ...], list[int]]:
    """The places of what tells whose a row is; a mere number does where nothing else tells it."""
    keys = [place for place, use in enumerate(uses) if use.target in _KEYS]
    numbers = [
        place
        for place, use in enumerate(uses)
        if not use.target and plain_name(use.column) in RECORDS
    ]
    if keys or not numbers:
        return uses, keys
    own = replace(uses[numbers[0]], target=PATIENT_CODE, how="visit")
    return (*uses[: numbers[0]], own, *uses[numbers[0] + 1 :]), numbers[:1]


def _turned(use: ColumnUse, target: str, taken: set[str], pain_of: PainOf) -> ColumnUse:
    if target == use.target:
        return use
    if target:
        scale = (pain_of(use.column) or "") if target == VISIT_PAIN else ""
        how = "name" if target == PERFORMED_ON else "visit"
        return replace(use, target=target, how=how, scale=scale)
    # What has become that of another column is left.
    return ColumnUse(use.column) if use.target in taken else use


def _time(uses: Sequence[ColumnUse], sample: Samples) -> tuple[int, str] | None:
    """Place and target of the column that tells when, by its name or by what it holds."""
    by_content: tuple[int, str] | None = None
    for place, use in enumerate(uses):
        cells = sample[use.column]
        unit = unit_counted(use.column)
        is_named = plain_name(use.column) in OF_VISITS
        if len(cells) < _FEWEST or (use.target and not (is_named or unit)):
            continue
        if unit:
            found = [when_counted(cell, unit) for cell in cells]
        else:
            found = [when_told(cell) for cell in cells]
        told = [one for one in found if one is not None]
        if len(told) < _FEWEST or 2 * len(told) < len(cells):
            continue
        if unit:
            return place, f"visit.{unit}"
        if is_named:
            return place, VISIT_POINT
        points = {one.point for one in told}
        if TimePoint.BASELINE in points and len(told) == len(cells) and by_content is None:
            by_content = place, VISIT_POINT
    return by_content


def _values(uses: Sequence[ColumnUse], pain_of: PainOf) -> dict[int, str]:
    """Places of columns that hold a value of the visit, and what it is.

    An assessment has one pain score. Of several side by side, such as those of back and leg, one is
    that; the next is the other score of the assessment, and further ones go into its note. Pain of
    the leg alone is no pain score of somebody whose back was treated.
    """
    scores = [
        place
        for place, use in enumerate(uses)
        if pain_of(use.column) is not None and not use.target
    ]
    scores.sort(key=lambda place: is_lesser_pain(uses[place].column))
    beside = [VISIT_PAIN, VISIT_OTHER, *[VISIT_NOTED] * len(scores)]
    is_elsewhere = bool(scores) and is_lesser_pain(uses[scores[0]].column)[0]
    found = dict(zip(scores, beside[is_elsewhere:], strict=False))
    for place, use in enumerate(uses):
        if place in found:
            continue
        name = of_visit_named(use.column)
        is_free = not use.target or use.target in (NOTES, PAIN_SCALE)
        if name and is_free and name not in found.values():
            found[place] = name
    alone = {"visit.note", "visit.pain_scale"}
    return found if {*found.values()} - alone else {}


def _may_be_day(use: ColumnUse) -> bool:
    return plain_name(use.column) in OF_VISIT_DAY | ANY_DAY


def _days(
    uses: Sequence[ColumnUse], rows: Sequence[Sequence[str]], key: int, time: int
) -> dict[str, int]:
    """The columns of the day of the visit, and of the procedure, by what they stand for.

    A column that is just called "Date" is of the visit where another one is of the procedure, or
    where it changes with what tells the visit: a patient may have two procedures.
    """
    named = [at for at, use in enumerate(uses) if plain_name(use.column) in OF_VISIT_DAY]
    either = [at for at, use in enumerate(uses) if plain_name(use.column) in ANY_DAY]
    own = [at for at, use in enumerate(uses) if _is_of_procedure(use, at, either)]
    found: dict[str, int] = {}
    if own:
        found[PERFORMED_ON] = own[0]
    if named:
        found[VISIT_DAY] = named[0]
    elif either and (own or (time >= 0 and _changes(rows, key, time, either[0]))):
        found[VISIT_DAY] = either[0]
    if PERFORMED_ON not in found and either and found.get(VISIT_DAY) != either[0]:
        found[PERFORMED_ON] = either[0]
    return found


def _is_of_procedure(use: ColumnUse, at: int, either: Sequence[int]) -> bool:
    from models.importing.columns import known_name

    if at in either or plain_name(use.column) in OF_VISIT_DAY:
        return False
    return use.target == PERFORMED_ON or (not use.target and known_name(use.column) == PERFORMED_ON)


def _changes(rows: Sequence[Sequence[str]], key: int, time: int, day: int) -> bool:
    """Whether the day of nearly all rows is another than that of the visit before it."""
    pairs = [
        (above, below)
        for above, below in pairwise(rows)
        if above[key] == below[key] and above[day] and below[day]
        if above[time] != below[time]
    ]
    changed = sum(above[day] != below[day] for above, below in pairs)
    return bool(pairs) and changed >= _SHARE * len(pairs)


def _come_again(rows: Sequence[Sequence[str]], key: int, performed: int, telling: int) -> bool:
    """Whether some patient comes with two visits after the same procedure."""
    met: dict[tuple[str, tuple[int, ...]], str] = {}
    day: tuple[int, ...] = ()
    for above, cells in pairwise([[""] * (len(rows[0]) if rows else 0), *rows]):
        if performed >= 0:
            is_below = not cells[performed] and cells[key] == above[key]
            # The same numbers in any order, for the spelling of days is not known yet.
            day = day if is_below else tuple(sorted(map(int, _DIGITS.findall(cells[performed]))))
        visit = cells[telling]
        of = cells[key].casefold(), day
        if visit and cells[key] and met.setdefault(of, visit) != visit:
            return True
    return False


def _first_rows(table: Table, key: int) -> list[list[str]]:
    """The first rows, with the patient of the row above where none is named."""
    found: list[list[str]] = []
    for row in islice(table.rows(), _LOOKED_AT):
        if row.problem or sums_up(row.cells):
            continue
        cells = [cell.strip() for cell in row.cells]
        if not cells[key] and found:
            cells[key] = found[-1][key]
        found.append(cells)
    return found


def _scores_before(
    rows: Sequence[Sequence[str]],
    place: int,
    time: tuple[int, str] | None,
    scores: Sequence[int],
) -> list[str]:
    """The scores in rows of the visit before the procedure."""
    if time is None:
        return []
    unit = targets()[time[1]].part
    found: list[str] = []
    for cells in rows:
        when = when_counted(cells[place], unit) if unit else when_told(cells[place])
        if when is not None and when.point is TimePoint.BASELINE:
            found += [cells[at] for at in scores]
    return found
