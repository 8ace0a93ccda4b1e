# SPDX-License-Identifier: MIT
"""Goes through a table and tells its plainly new cases from those that have to be judged whole.

Of the logbook it is told nothing but the codes of its patients. So it can go ahead in whatever
process: a patient of whom anything else was said, here or there, is left to the judge from then on.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from models.bulk import Chunk
from models.bulk.plain import Sketch
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
        told: what the patient holds, as JSON without braces.
        is_known: whether the patient came before.
        made: what it is saved from; None where that comes with a later case.
    """

    rows: tuple[int, ...]
    patient_code: str
    performed_on: str
    patient_id: str
    told: str
    is_known: bool
    made: Sketch | Chunk | None

    @property
    def verdict(self) -> Verdict:
        """As of any judged case."""
        return Verdict.NEW


Found = PlainlyNew | Sequence[SourceRow]
"""A plainly new case, or the rows of another one."""


class Plainly:
    """Goes through a table once. ``codes`` are those of the patients of the logbook."""

    def __init__(
        self, table: Table, mapping: Mapping, seen: Survey, plan: VisitPlan, codes: Collection[str]
    ) -> None:
        self._table, self._seen = table, seen
        # A reader of its own: what it does not know, the judge will not know either, and count.
        reader = CellReader(mapping, seen)
        is_typed = not isinstance(table, CsvTable)
        self._maker = PlainMaker(reader, Builder(mapping), plan, is_typed=is_typed)
        self._others = set(codes)
        self._people: dict[str, tuple[str, str]] = {}
        self._days: set[tuple[str, str]] = set()

    def cases(self) -> Iterator[Found]:
        """Every case of the table, in the order in which their last rows come.

        Raises:
            UnreadableTable: it cannot be read to its end.
        """
        for rows in grouped(self._table, self._seen):
            sketch = self._maker.sketch(rows, self._known)
            if sketch is None or not self._takes(sketch):
                self._leave(rows)
                yield rows
                continue
            yield PlainlyNew(
                tuple([row.number for row in rows]),
                sketch.patient_code,
                sketch.performed_on,
                sketch.patient_id,
                sketch.told,
                sketch.is_known,
                sketch,
            )

    def _known(self, code: str, day: str) -> str | None:
        """The id of a patient who came before, ""; None for one with more to compare."""
        if not code:
            return ""
        if code in self._others or (code, day) in self._days:
            return None
        return self._people[code][0] if code in self._people else ""

    def _takes(self, sketch: Sketch) -> bool:
        """Note a case, unless the file said something else of its patient before."""
        code = sketch.patient_code
        if not code:
            return True
        _, told = self._people.setdefault(code, (sketch.patient_id, sketch.told))
        if sketch.told != told:
            return False
        self._days.add((code, sketch.performed_on))
        return True

    def _leave(self, rows: Sequence[SourceRow]) -> None:
        """Leave everything that comes of the patient of these rows to the judge."""
        self._others.update(filter(None, map(self._maker.code_of, rows)))
