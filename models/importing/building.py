# SPDX-License-Identifier: MIT
"""Values that were read become the rows of a case."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sized
from functools import cache
from typing import TypeGuard, TypeVar
from uuid import UUID

from models.case import LISTS, Case
from models.exchange.flat_columns import CASE_LISTS, LEVEL_LISTS, ListColumns
from models.fields import Part
from models.heights import best_gain
from models.importing.cells import CaseCells, Values
from models.importing.compound import LeakAt, NoneOfThem, WithSide, WithUnit
from models.importing.mapping import Mapping as ColumnMapping
from models.importing.problems import Problem
from models.importing.scoring import ScoreBuilder
from models.importing.targets import (
    CASE_ID,
    LEAKAGE,
    LEVEL,
    LEVEL_ID,
    PAIN_SCALE,
    PAIN_SCALE_MAX,
    PATIENT_ID,
    SYNTHETIC,
    VISIT_PAIN,
)
from models.importing.visits.filling import fill_assessment, is_of
from models.importing.visits.heights import put_heights
from models.numbers import Reported
from models.schema import (
    Assessment,
    Leak,
    Patient,
    PatientIdentity,
    Procedure,
    Record,
    Row,
    TreatedLevel,
    rows_named,
)
from models.speech import lowered, say
from models.vocabulary import Leakage, Side, YesNo

R = TypeVar("R", bound=Row)
Add = Callable[[], Row]

_NOBODY = Patient.made(), Procedure.made()
_COMPOUND = (WithUnit, WithSide, LeakAt, dict)
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class Builder:
    """Makes cases of what was read by one mapping."""

    def __init__(self, mapping: ColumnMapping) -> None:
        self._is_leakage_told = LEAKAGE in (*mapping.used, *mapping.constants)
        self._scores = ScoreBuilder(mapping)

    def build(self, cells: CaseCells) -> Case:
        """The case, with what cannot be added to the problems of ``cells``."""
        said = _by_table(cells.of_case)
        patient = Patient.made(**_with_id(cells, PATIENT_ID))
        own = {"patient": patient.id, **_with_id(cells, CASE_ID)}
        case = Case(patient, Procedure.made(**own))
        _fill(case.patient, said["patient"])
        _fill(case.procedure, said["procedure"])
        case.procedure.synthetic = cells.of_case.get(SYNTHETIC) is True
        _answer(case, cells)
        if named := said["patient_identity"]:
            case.identity = PatientIdentity.made(patient=patient.id)
            _fill(case.identity, named)
        for lists in CASE_LISTS:
            if listed := said[str(lists.table._meta.table_name)]:
                self._add_rows(cells, lists, listed, _adder(case, lists.table))
        self._add_levels(case, cells)
        self._scores.add_to(case, cells)
        if cells.visits:
            self._add_visits(case, cells)
        return case

    def levels_of(self, cells: CaseCells) -> Case:
        """A case of nobody, with the levels and nothing else."""
        case = Case(*_NOBODY)
        self._add_levels(case, cells)
        return case

    def _add_levels(self, case: Case, cells: CaseCells) -> None:
        seen: dict[object, tuple[int, int]] = {}
        for at, said in zip(cells.level_places, cells.of_levels, strict=True):
            if not said:
                continue
            number, _ = at
            own_id = _with_id(cells, LEVEL_ID, said, number)
            level = _added(case, case.levels, TreatedLevel, "procedure", **own_id)
            by_table = _by_table(said)
            _fill(level, by_table["treated_level"])
            if message := _two_sides(by_table["treated_level"]):
                cells.problems.append(Problem(number, "", str(level.side), message))
            before = seen.setdefault(level.level, at)
            if level.level is not None and before != at and LEVEL_ID not in said:
                message = _level_twice(level, before[0], number)
                cells.problems.append(Problem(number, "", str(said[LEVEL]), message))
            for lists in LEVEL_LISTS:
                if listed := by_table[str(lists.table._meta.table_name)]:
                    add = _adder(case, lists.table, level)
                    self._add_rows(cells, lists, listed, add, number)
            if isinstance(place := said.get(LEAKAGE), LeakAt) and not by_table["leak"]:
                _put(_adder(case, Leak, level)(), "location", place.location)
            if not self._is_leakage_told and any(one.location for one in case.leaks_of(level)):
                # Where cement went, there is leakage, as where its place stands for the answer.
                level.leakage = Leakage.PRESENT

    def _add_visits(self, case: Case, cells: CaseCells) -> None:
        """One assessment for each visit; one of which a column of its own tells, too, is that."""
        for visit in cells.visits:
            row = next((row for row in case.assessments if is_of(visit, row)), None)
            if row is None and (visit.said or not visit.heights):
                row = _added(case, case.assessments, Assessment, "procedure")
            if row is not None:
                cells.visit_of[str(row.id)] = visit
                scale = cells.of_case.get(PAIN_SCALE) or self._scores.scales.get(VISIT_PAIN)
                top = cells.of_case.get(PAIN_SCALE_MAX)
                cells.problems += fill_assessment(row, visit, scale, top)
            if visit.heights:
                cells.problems += put_heights(case, visit)

    def _add_rows(
        self, cells: CaseCells, lists: ListColumns, said: Values, add: Add, number: int = 0
    ) -> None:
        """The rows of a list, from cells that hold one entry for each of them."""
        columns = {name: value for name, value in said.items() if isinstance(value, tuple)}
        count = said.get("count")
        lengths = {len(values) for values in columns.values()}
        if isinstance(count, int):
            lengths.add(count)
        if len(lengths) > 1:
            message = _uneven(lists, columns, count)
            cells.problems.append(Problem(number or cells.rows[0].number, "", "", message))
            return
        for place in range(lengths.pop() if lengths else 0):
            row = add()
            for column, values in columns.items():
                if values[place] is not None:
                    _put(row, column, values[place])


def _answer(case: Case, cells: CaseCells) -> None:
    """Answer with no what a column of a list says no to; another column may say yes to it."""
    for value in cells.of_case.values():
        if not isinstance(value, NoneOfThem):
            continue
        field = Procedure._meta.fields[_parts(value.answered_in)[1]]
        before = getattr(case.procedure, field.name)
        if before is YesNo.YES:
            message = say("{field}: one column says yes, and another no.", field=field.label)
            cells.problems.append(Problem(cells.rows[0].number, "", "", message))
        else:
            setattr(case.procedure, field.name, YesNo.NO)


def _level_twice(level: TreatedLevel, before: int, row: int) -> str:
    if before == row:
        return say("The level {level} stands twice in this row.", level=level.level)
    return say(
        "The level {level} stands in row {before} of the case already.",
        level=level.level,
        before=before,
    )


def _by_table(said: Values) -> defaultdict[str, Values]:
    """The values by their table, and there by the name of the field."""
    found: defaultdict[str, Values] = defaultdict(dict)
    for target, value in said.items():
        table, name = _parts(target)
        if name != "id":
            found[table][name] = value
    return found


@cache
def _parts(target: str) -> tuple[str, str]:
    """Table and field in the name of a target."""
    table, _, name = target.partition(".")
    return table, name


def _two_sides(said: Values) -> str:
    """That approach and side contradict each other, as "bipedicular" and "left" do; ""."""
    approach, side = said.get("approach"), said.get("side")
    if not isinstance(approach, WithSide) or not isinstance(side, Side) or side == approach.side:
        return ""
    return say(
        "The approach says {one}, and the side says {other}. Change one of them.",
        one=lowered(approach.side.label),
        other=lowered(side.label),
    )


def _fill(row: Record, said: Values) -> None:
    """Put values into the fields of a row that they name."""
    reported: dict[str, Reported] = {}
    for name, value in said.items():
        if isinstance(value, Reported):
            reported[name] = value
        else:
            _put(row, name, value)
    for stem, value in reported.items():
        if not _follows_from_heights(row, stem, value):
            _put_reported(row, stem, value)


def _put(row: Record, name: str, value: object) -> None:
    """Put a value into a field of a new row, of which nothing was read from a logbook."""
    data = row.__data__
    if not isinstance(value, _COMPOUND):
        data[name] = value
    elif isinstance(value, WithUnit):
        data[name], data[value.unit_in] = value.number, value.unit
    elif isinstance(value, WithSide):
        data[name] = value.approach
        if data.get("side") is None:
            data["side"] = value.side
    else:
        data[name] = Leakage.PRESENT if isinstance(value, LeakAt) else dict(value)


def _put_reported(row: Record, stem: str, value: Reported) -> None:
    ends = {Part.LOW: value.low, Part.HIGH: value.high, Part.WORDS: value.words or None}
    for part, name in row.reported(stem).items():
        if ends[part] is not None:
            setattr(row, name, ends[part])


def _follows_from_heights(row: Record, stem: str, value: Reported) -> bool:
    """A gain that the heights tell stands in them, and nowhere else."""
    if stem != "height_gain" or not isinstance(row, TreatedLevel) or value.exact is None:
        return False
    walls = (
        (row.anterior_before_mm, row.anterior_after_mm),
        (row.middle_before_mm, row.middle_after_mm),
    )
    return best_gain(walls) == value.exact


def _uneven(lists: ListColumns, columns: Mapping[str, Sized], count: object) -> str:
    """Which columns of a list have how many entries, for one entry of each row is needed."""
    rows = lowered(rows_named(str(lists.table._meta.table_name)))
    told = [say("{name} has {n:,}", name=name, n=len(values)) for name, values in columns.items()]
    if isinstance(count, int):
        told.insert(0, say("{rows} count says {count:,}", rows=rows, count=count))
    return say(
        "The columns of each {rows} have different numbers of entries: {told}.",
        rows=rows,
        told=", ".join(told),
    )


def _adder(case: Case, table: type[Row], level: TreatedLevel | None = None) -> Add:
    rows = getattr(case, LISTS[table])
    if level is None:
        return lambda: _added(case, rows, table, "procedure")
    return lambda: _added(level, rows, table, "treated_level")


def _added(
    of: Case | TreatedLevel, rows: list[R], table: type[R], parent: str, **values: object
) -> R:
    row = table.made(position=len(rows), **{parent: of.id}, **values)
    rows.append(row)
    return row


def is_id(value: object) -> TypeGuard[str]:
    """Whether this is an id as the program writes it."""
    return type(value) is str and _ID.fullmatch(value) is not None


def _with_id(
    cells: CaseCells, target: str, said: Values | None = None, number: int = 0
) -> dict[str, str]:
    """The id that the file gives, as the argument of a row; none where there is none."""
    given = (cells.of_case if said is None else said).get(target)
    if given is None:
        return {}
    if is_id(given):
        return {"id": given}
    try:
        return {"id": str(UUID(str(given)))}
    except ValueError:
        message = say("This is no id that the program gives.")
        place = number or cells.rows[0].number
        cells.problems.append(Problem(place, "", str(given), message))
        return {}
