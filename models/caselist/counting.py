# SPDX-License-Identifier: MIT
"""How much the logbook holds."""

from __future__ import annotations

import peewee
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
    """Cases, patients, levels and synthetic cases of the logbook.

    It is read off one index. Patients are counted by themselves, and in the order of the index:
    told no order, a server would put all of them into a table of its own, or sort them once more.
    """
    is_there = CaseRow.deleted == False  # noqa: E712 - an expression, not a comparison
    cases = CaseRow.select(
        fn.count(CaseRow.number),
        fn.coalesce(fn.sum(CaseRow.level_count), 0),
        fn.coalesce(fn.sum(CaseRow.synthetic.cast("integer")), 0),
    ).where(is_there)
    in_order = CaseRow.patient_id.asc(nulls="first")
    each = CaseRow.select(CaseRow.patient_id).where(is_there).distinct().order_by(in_order)
    patients = peewee.Select([each], [fn.count(peewee.SQL("*"))])
    with logbook.session():
        asked = [logbook.database.get_sql_context().sql(one).query() for one in (cases, patients)]
        ((many, levels, synthetic),), ((people,),) = logbook.database.ask_all(asked)
    return Counts(int(many), int(people), int(levels), int(synthetic))
