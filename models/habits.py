# SPDX-License-Identifier: MIT
"""How the user works: what was entered in the cases before, to offer first or to propose."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from models.audit import Action, Subject
from models.fields import ClinicalField, TermField, TermsField
from models.logbook import Logbook
from models.schema import (
    Adjunct,
    AdverseEvent,
    Assessment,
    AuditEntry,
    Balloon,
    LaterMeasure,
    Leak,
    PriorTreatment,
    Procedure,
    Record,
    Row,
    TreatedLevel,
)
from models.vocabulary import Level, Vocabulary

Spot = tuple[str, str]
"""Table and field."""

MOST_CASES = 12
"""Cases that are looked at."""

_MOST_ENTRIES = 400
"""Audit entries that are searched for them, so that it takes as long in every logbook."""

_OF_CASE: tuple[type[Row], ...] = (
    PriorTreatment,
    Adjunct,
    TreatedLevel,
    AdverseEvent,
    Assessment,
)
_OF_LEVEL: tuple[type[Row], ...] = (Balloon, Leak, LaterMeasure)
_NOTHING = (None, "", ())
_TRUNK, _OF_TRUNK = "trunk", ("thoracic", "lumbar")
_BY_REGION = {
    column.name
    for column in (
        TreatedLevel.technique,
        TreatedLevel.approach,
        TreatedLevel.needle_gauge,
        TreatedLevel.needle_count,
    )
}


@dataclass(frozen=True, slots=True)
class Habits:
    """What was entered before, the newest first.

    Attributes:
        terms: the terms used in a field.
        words: the texts used in a habitual field of free text, such as names of operators.
        last: the newest value of a habitual field, by where on the spine it was entered.
    """

    terms: Mapping[Spot, tuple[Vocabulary, ...]] = field(default_factory=dict)
    words: Mapping[Spot, tuple[str, ...]] = field(default_factory=dict)
    last: Mapping[tuple[Spot, str], object] = field(default_factory=dict)

    def proposal(self, row: Record, what: ClinicalField) -> object | None:
        """What the field was in the last case, where it means something in ``row``; else None."""
        if not what.habitual or not what.applies_to(row):
            return None
        known = (self.last.get((_spot(what), where)) for where in _wheres(row, what))
        return next((value for value in known if value is not None), None)

    def terms_of(self, what: ClinicalField) -> tuple[Vocabulary, ...]:
        """The terms used in the field, the newest first."""
        return self.terms.get(_spot(what), ())

    def words_of(self, what: ClinicalField) -> tuple[str, ...]:
        """The texts used in the field, the newest first."""
        return self.words.get(_spot(what), ())


def habits(logbook: Logbook) -> Habits:
    """How the user of the logbook works, or everybody where this user has entered nothing yet.

    What counts as the last case is the one that was entered last, not the one that was changed
    last. It takes a fixed number of statements, whatever the logbook holds.
    """
    with logbook.session():
        return _learn(_rows(logbook, _recent_cases(logbook)))


def _recent_cases(logbook: Logbook) -> list[str]:
    """Newly entered cases, then those that were changed, each the newest first."""
    query = (
        AuditEntry.select(AuditEntry.subject_id, AuditEntry.action, AuditEntry.user)
        .where(AuditEntry.subject == Subject.CASE.value)
        .order_by(AuditEntry.number.desc())
        .limit(_MOST_ENTRIES)
        .tuples()
    )
    entries = list(query.execute(logbook.database))
    own = [entry for entry in entries if entry[2] == logbook.user] or entries
    created = [case_id for case_id, action, _ in own if action == Action.CREATE]
    others = [case_id for case_id, action, _ in own if action == Action.CHANGE]
    return list(dict.fromkeys((*created, *others)))[:MOST_CASES]


def _rows(logbook: Logbook, case_ids: Sequence[str]) -> Iterator[Record]:
    """The rows of the cases that are not in the bin, those of the newest case first."""
    database = logbook.database
    kept = Procedure.select().where(Procedure.id.in_(case_ids), Procedure.deleted_at.is_null())
    procedures = {str(row.id): row for row in kept.execute(database)}
    order = {case_id: place for place, case_id in enumerate(case_ids) if case_id in procedures}
    yield from (procedures[case_id] for case_id in order)
    owners: dict[str, str] = {}
    for table in _OF_CASE:
        parent = table._meta.fields["procedure"]
        found = list(table.select().where(parent.in_(list(order))).execute(database))
        found.sort(key=lambda row: (order[row.procedure_id], row.position))
        if table is TreatedLevel:
            owners = {str(row.id): row.procedure_id for row in found}
        yield from found
    for table in _OF_LEVEL:
        parent = table._meta.fields["treated_level"]
        found = list(table.select().where(parent.in_(list(owners))).execute(database))
        found.sort(key=lambda row: (order[owners[row.treated_level_id]], row.position))
        yield from found


def _learn(rows: Iterable[Record]) -> Habits:
    terms: dict[Spot, dict[Vocabulary, None]] = {}
    words: dict[Spot, dict[str, None]] = {}
    last: dict[tuple[Spot, str], object] = {}
    for row in rows:
        for what in type(row).clinical_fields():
            value = getattr(row, what.name)
            if value in _NOTHING:
                continue
            spot = _spot(what)
            if isinstance(what, TermField | TermsField):
                used = value if isinstance(value, tuple) else (value,)
                terms.setdefault(spot, {}).update(dict.fromkeys(used))
            elif what.habitual and isinstance(value, str):
                words.setdefault(spot, {})[value] = None
            if what.habitual:
                for where in _wheres(row, what):
                    last.setdefault((spot, where), value)
    return Habits(
        {spot: tuple(used) for spot, used in terms.items()},
        {spot: tuple(used) for spot, used in words.items()},
        last,
    )


def _spot(what: ClinicalField) -> Spot:
    return what.model._meta.table_name, what.name


def _wheres(row: Record, what: ClinicalField) -> tuple[str, ...]:
    """Where a value counts, the narrowest first.

    The way of the needle is that of a region; what is done at a thoracic level is likely at a
    lumbar one, and at no other. Cement and measuring are the same from head to tail.
    """
    if not isinstance(row, TreatedLevel) or not isinstance(row.level, Level):
        return ("",)
    region = row.level.region
    near = (region, _TRUNK) if region in _OF_TRUNK else (region,)
    return near if what.name in _BY_REGION else (*near, "")
