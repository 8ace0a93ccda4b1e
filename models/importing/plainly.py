# SPDX-License-Identifier: MIT
"""Goes through a table and tells its plainly new cases from those that have to be judged whole.

Of the logbook it is told nothing but the ids of its cases and the codes of its patients: a patient
of whom anything else was said, here or there, is left to the judge from then on. So it can go ahead
in whatever process, and tells with each other case what plain ones before it said of the patient.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from models.bulk.plain import PlainRows, Sketch
from models.importing.building import Builder
from models.importing.cells import CellReader
from models.importing.lines import Verdict
from models.importing.mapping import Mapping
from models.importing.plain import PlainMaker
from models.importing.reading import CsvTable, SourceRow, Table
from models.importing.survey import Survey, grouped
from models.timepoints import VisitPlan


class PlainlyNew(NamedTuple):
    """A case that is new, has nothing to tell, and can be saved without being built.

    Attributes:
        rows: the numbers of its rows.
        made: what it is saved from; None where that comes with a later case.
    """

    rows: tuple[int, ...]
    patient_code: str
    made: Sketch | PlainRows | None

    @property
    def verdict(self) -> Verdict:
        """As of any judged case."""
        return Verdict.NEW


class PlainPerson(NamedTuple):
    """A patient as the first plain case of it told, who may come again in the file.

    Attributes:
        said: what the patient holds, as JSON without braces, for the operator ``%``: it takes the
            JSON of the code. Very many patients share one.
        row: the first row of that case, and ``day`` its day; None where it is told from others by
            its id and not by its day.
    """

    id: str
    said: str
    row: int
    day: str | None

    def rows_by_day(self, further: dict[str, int]) -> dict[str, int]:
        """The rows of its cases by their days, with those of ``further`` ones."""
        return further if self.day is None else {self.day: self.row, **further}


class Present(NamedTuple):
    """What a logbook holds: the ids of its cases, where they are asked for, and patient codes."""

    case_ids: Collection[str] = ()
    codes: Collection[str] = ()


NOTHING_PRESENT = Present()


class Other(NamedTuple):
    """The rows of a case that has to be judged whole.

    Attributes:
        people: its patients of whom plain cases told before, by code, each with the first row of
            each of these cases by day.
    """

    rows: Sequence[SourceRow]
    people: dict[str, tuple[PlainPerson, dict[str, int]]]


Found = PlainlyNew | Other


class Plainly:
    """Goes through a table once."""

    def __init__(
        self,
        table: Table,
        mapping: Mapping,
        seen: Survey,
        plan: VisitPlan,
        present: Present = NOTHING_PRESENT,
    ) -> None:
        self._table, self._seen = table, seen
        # A reader of its own: what it does not know, the judge will not know either, and count.
        reader = CellReader(mapping, seen)
        is_typed = not isinstance(table, CsvTable)
        self._maker = PlainMaker(reader, Builder(mapping), plan, is_typed=is_typed)
        self._case_ids, self._others = {*present.case_ids}, {*present.codes}
        self._people: dict[str, PlainPerson] = {}
        # Rows of the cases of a patient behind the first, by code and day.
        self._further: dict[str, dict[str, int]] = {}

    def cases(self) -> Iterator[Found]:
        """Every case of the table, in the order in which their last rows come.

        Raises:
            UnreadableTable: it cannot be read to its end.
        """
        for rows in grouped(self._table, self._seen):
            sketch = self._maker.sketch(rows, self._known)
            if sketch is None or not self._takes(sketch, rows[0]):
                yield self._left(rows)
            else:
                numbers = tuple([row.number for row in rows])
                yield PlainlyNew(numbers, sketch.patient_code, sketch)

    def _known(self, code: str, day: str, case_id: str) -> str | None:
        """The id of a patient who came before, ""; None for a case with more to compare."""
        if case_id and case_id in self._case_ids:
            return None
        if not code:
            return ""
        if code in self._others:
            return None
        person = self._people.get(code)
        if person is None:
            return ""
        came_before = person.day == day or day in self._further.get(code, ())
        return None if came_before and not case_id else person.id

    def _takes(self, sketch: Sketch, row: SourceRow) -> bool:
        """Note a case, unless the file said something else of its patient before."""
        code = sketch.patient_code
        if not code:
            return True
        said, day = sketch.said_of_person, sketch.performed_on
        if sketch.is_known:
            if self._people[code].said != said:
                return False
            if not sketch.is_named:
                self._further.setdefault(code, {})[day] = row.number
        elif not self._seen.is_alone(row):
            own_day = None if sketch.is_named else day
            self._people[code] = PlainPerson(sketch.patient_id, said, row.number, own_day)
        return True

    def _left(self, rows: Sequence[SourceRow]) -> Other:
        """Leave everything that comes of the patient of these rows to the judge."""
        codes = {code for code in map(self._maker.code_of, rows) if code}
        self._others |= codes
        people = {code: self._people[code] for code in codes if code in self._people}
        return Other(
            rows,
            {
                code: (person, person.rows_by_day(self._further.get(code, {})))
                for code, person in people.items()
            },
        )
