# SPDX-License-Identifier: MIT
"""What happened to a patient after a procedure, so that a later score tells of more than it.

A score after another treatment or a new fracture is flagged and never dropped.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from models.logbook import Logbook
from models.partial_date import PartialDate
from models.patient_course import NEW_FRACTURES
from models.schema import AdverseEvent, Assessment, Procedure
from models.vocabulary import Level, YesNo

_CASES = """
WITH own AS (
    SELECT DISTINCT r.patient_id
    FROM json_each(?) wanted CROSS JOIN case_row r ON r.case_id = wanted.value
)
SELECT r.case_id, r.patient_id, r.performed_on, r.levels
FROM own CROSS JOIN case_row r ON r.patient_id = own.patient_id
WHERE +r.deleted = 0
"""
"""The plus keeps SQLite from going through all that is not binned."""


class FlagKind(StrEnum):
    """What happened.

    TREATED_AGAIN: at a level of this case. TREATED_ELSEWHERE: at other levels only.
    """

    TREATED_AGAIN = "treated_again"
    TREATED_ELSEWHERE = "treated_elsewhere"
    NEW_FRACTURE = "new_fracture"


@dataclass(frozen=True, slots=True)
class Flag:
    """One thing that happened.

    Attributes:
        on: the day, as well as it is known; None where it is not.
        levels: where; () where that is not known.
        case_id: the case that says so, which may be another one of the patient.
    """

    kind: FlagKind
    on: PartialDate | None
    levels: tuple[Level, ...]
    case_id: str

    def began_by(self, day: date) -> bool:
        """Whether it may have happened by that day."""
        return self.on is None or self.on.earliest <= day


@dataclass(frozen=True, slots=True)
class _OwnCase:
    """A case of a patient, as its line tells."""

    case_id: str
    patient_id: str
    performed_on: PartialDate | None
    levels: tuple[Level, ...]


def flags_of(logbook: Logbook, case_ids: Sequence[str]) -> dict[str, list[Flag]]:
    """What happened after each of these cases, in the order of time: three statements.

    Call it inside ``logbook.session()``. Cases in the bin say nothing.
    """
    cases = list(_cases(logbook, case_ids))
    of_patient: dict[str, list[_OwnCase]] = {}
    for case in cases:
        of_patient.setdefault(case.patient_id, []).append(case)
    told = [case.case_id for case in cases]
    events, answers = _fractures(logbook, told), _answers(logbook, told)
    wanted = set(case_ids)
    found: dict[str, list[Flag]] = {}
    for case in cases:
        if case.case_id not in wanted:
            continue
        own = of_patient[case.patient_id]
        known = [*_treated_later(case, own), *_later(events, case, own)]
        flags = [*known, *_first_told(_later(answers, case, own), known)]
        if flags:
            found[case.case_id] = sorted(flags, key=lambda flag: (flag.on or "", flag.kind))
    return found


def _cases(logbook: Logbook, case_ids: Sequence[str]) -> Iterator[_OwnCase]:
    """All cases of the patients of the cases."""
    rows = logbook.database.execute_sql(_CASES, (json.dumps(list(case_ids)),))
    for case_id, patient_id, day, levels in rows:
        named = tuple(Level(code) for code in levels.split("|") if code)
        yield _OwnCase(case_id, patient_id, PartialDate(day) if day else None, named)


def _treated_later(case: _OwnCase, cases: Sequence[_OwnCase]) -> Iterator[Flag]:
    for other in cases:
        if other.case_id == case.case_id or not _lies_after(other.performed_on, case):
            continue
        again = tuple(level for level in other.levels if level in case.levels)
        kind = FlagKind.TREATED_AGAIN if again else FlagKind.TREATED_ELSEWHERE
        yield Flag(kind, other.performed_on, again or other.levels, other.case_id)


def _later(
    told: Mapping[str, Sequence[Flag]], case: _OwnCase, cases: Sequence[_OwnCase]
) -> Iterator[Flag]:
    """What the cases of the patient tell of the time after ``case``.

    That the patient was treated again is told of the case that it is told in.
    """
    for other in cases:
        for flag in told.get(other.case_id, ()):
            is_own = other.case_id == case.case_id
            if (is_own or flag.kind is FlagKind.NEW_FRACTURE) and _is_later(flag.on, case):
                yield flag


def _first_told(answers: Iterable[Flag], known: Sequence[Flag]) -> Iterator[Flag]:
    """The first answer of a kind, for patients say the same at every visit.

    None where the record knows of such a thing better.
    """
    kinds = {flag.kind for flag in known}
    if FlagKind.TREATED_ELSEWHERE in kinds:
        kinds.add(FlagKind.TREATED_AGAIN)
    for flag in sorted(answers, key=lambda flag: flag.on or ""):
        if flag.kind not in kinds:
            kinds.add(flag.kind)
            yield flag


def _fractures(logbook: Logbook, case_ids: Sequence[str]) -> dict[str, list[Flag]]:
    event = AdverseEvent
    query = event.select(event.procedure, event.onset_on, event.level, Procedure.performed_on)
    query = query.join(Procedure).where(
        event.procedure.in_(list(case_ids)), event.kind.in_(sorted(NEW_FRACTURES))
    )
    found: dict[str, list[Flag]] = {}
    for case_id, onset, level, performed in query.tuples().execute(logbook.database):
        flag = Flag(
            FlagKind.NEW_FRACTURE, onset or performed, (level,) if level else (), str(case_id)
        )
        found.setdefault(str(case_id), []).append(flag)
    return found


def _answers(logbook: Logbook, case_ids: Sequence[str]) -> dict[str, list[Flag]]:
    """What patients said when they were asked."""
    row = Assessment
    query = row.select(row.procedure, row.assessed_on, row.new_fracture, row.retreatment).where(
        row.procedure.in_(list(case_ids)),
        (row.new_fracture == YesNo.YES) | (row.retreatment == YesNo.YES),
    )
    found: dict[str, list[Flag]] = {}
    for case_id, day, broke, again in query.tuples().execute(logbook.database):
        flags = found.setdefault(str(case_id), [])
        if broke is YesNo.YES:
            flags.append(Flag(FlagKind.NEW_FRACTURE, day, (), str(case_id)))
        if again is YesNo.YES:
            flags.append(Flag(FlagKind.TREATED_AGAIN, day, (), str(case_id)))
    return found


def _lies_after(day: PartialDate | None, case: _OwnCase) -> bool:
    """Whether a procedure is known to be later than that of the case."""
    return bool(day and case.performed_on and day.earliest > case.performed_on.latest)


def _is_later(day: PartialDate | None, case: _OwnCase) -> bool:
    """Whether something may have happened after the procedure of the case."""
    return not day or not case.performed_on or day.latest >= case.performed_on.earliest
