# SPDX-License-Identifier: MIT
"""How much the logbook holds."""

from __future__ import annotations

from peewee import fn

from models.logbook import Logbook
from models.quick import dataclass
from models.schema import CaseRow


@dataclass(frozen=True, slots=True)
class Counts:
    """How much the logbook holds, without the bin. A patient counts once, however many cases."""

    cases: int
    patients: int
    levels: int
    synthetic: int


def counts(logbook: Logbook) -> Counts:
    """Cases, patients, levels and synthetic cases of the logbook."""
    query = CaseRow.select(
        fn.count(CaseRow.number),
        fn.count(CaseRow.patient_id.distinct()),
        fn.coalesce(fn.sum(CaseRow.level_count), 0),
        fn.coalesce(fn.sum(CaseRow.synthetic.cast("integer")), 0),
    ).where(
        CaseRow.deleted == False  # noqa: E712 - an expression, not a comparison
    )
    with logbook.session():
        found = next(iter(query.tuples().execute(logbook.database)))
    return Counts(*(int(value) for value in found))
