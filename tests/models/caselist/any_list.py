# SPDX-License-Identifier: MIT
"""Any cases in a list, and the order in which they have to stand, said as plainly as can be."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date

from models import caserow, derived
from models.case import Case
from models.caselist import SortBy
from models.followup.states import FollowUp, day_of, follow_up
from models.logbook import Logbook
from models.query import folded
from models.timepoints import STANDARD
from models.visits import days_to_death, marks_of, performed_day
from models.vocabulary import PainScale
from tests.models.query.reference import (
    OF_HUNDRED,
    OF_TEN,
    _cement,
    _change,
    _gain,
    _leakage,
    pain_before,
    pain_latest,
)

TODAY = date(2026, 3, 14)
LEAKAGE = ["none", "present", "not_assessed"]


class _TakenBack(Exception):
    """Ends a transaction that nobody needs any more."""


@contextmanager
def listing(logbook: Logbook, cases: Sequence[Case]) -> Iterator[None]:
    """Within, the cases stand in the list, in the order in which they were entered."""
    try:
        with logbook.transaction():
            for case in cases:
                derived.work_out(case)
                caserow.write(logbook.database, case, replace=False)
            yield
            raise _TakenBack
    except _TakenBack:
        pass


def standing(case: Case) -> str:
    """How the follow-up of the case stands."""
    return _follow_up(case).state.value


def _follow_up(case: Case) -> FollowUp:
    day = day_of(performed_day(case), TODAY)
    return follow_up(STANDARD, marks_of(case), days_to_death(case), day)


def _last_day_on_time(case: Case) -> int | None:
    following, performed = _follow_up(case).next, performed_day(case)
    if following is None or performed is None:
        return None
    return performed + following.window.ideal_last


def ordered(cases: Sequence[Case], sort: SortBy, *, descending: bool) -> list[str]:
    """The ids of the cases in their order; those without a value last."""
    values = {case.id: _VALUES[sort](case) for case in cases}
    entered = {case.id: number for number, case in enumerate(cases)}
    known = [case.id for case in cases if values[case.id] is not None]
    known.sort(key=lambda case_id: (values[case_id], entered[case_id]), reverse=descending)
    unknown = [case.id for case in cases if values[case.id] is None]
    return known + (unknown[::-1] if descending else unknown)


def _text(text: str | None) -> str | None:
    return (folded(text) or text) if text else None


def _rank(code: object) -> int | None:
    return None if code is None else code.rank  # type: ignore[attr-defined]


def _level(case: Case) -> int | None:
    return min((row.level.rank for row in case.levels if row.level), default=None)


def _technique(case: Case) -> int | None:
    return next((row.technique.rank for row in case.levels if row.technique), None)


def _diagnosis(case: Case) -> int | None:
    return next((term.rank for row in case.levels for term in row.diagnosis), None)


def _score(row: object) -> tuple[float, ...] | None:
    low, high = (getattr(row, name, None) for name in ("pain_low", "pain_high"))
    if low is None or high is None:
        return None
    return (*_scale(row), low, high)


def _scale(row: object) -> tuple[float, float]:
    scale = getattr(row, "pain_scale", None)
    top = getattr(row, "pain_scale_max", None) if scale is PainScale.VERBAL else None
    return (len(PainScale) if scale is None else scale.rank), top or 0


def _pain_change(case: Case) -> tuple[float, ...] | None:
    before, latest = pain_before(case), pain_latest(case)
    if before is None or latest is None or None in (before.pain_scale, latest.pain_scale):
        return None
    if _scale(before) != _scale(latest):
        return None
    for scales in (OF_TEN, OF_HUNDRED, (PainScale.VERBAL,)):
        for low, high in _change(before, latest, scales):
            return (*_scale(latest), round(low, 1), round(high, 1))
    return None


def _first(found: list[tuple[float, float]]) -> tuple[float, float] | None:
    return found[0] if found else None


_VALUES: dict[SortBy, Callable[[Case], object]] = {
    SortBy.DATE: lambda case: case.procedure.performed_on,
    SortBy.PATIENT: lambda case: _text(case.patient.patient_code),
    SortBy.AGE: lambda case: case.procedure.age_at_procedure,
    SortBy.SEX: lambda case: _rank(case.patient.sex),
    SortBy.LEVEL: _level,
    SortBy.TECHNIQUE: _technique,
    SortBy.DIAGNOSIS: _diagnosis,
    SortBy.CEMENT: lambda case: _first(_cement(case)),
    SortBy.LEAKAGE: lambda case: LEAKAGE.index(said) if (said := _leakage(case)) else None,
    SortBy.GAIN: lambda case: _first(_gain(case)),
    SortBy.PAIN_BEFORE: lambda case: _score(pain_before(case)),
    SortBy.PAIN_LATEST: lambda case: _score(pain_latest(case)),
    SortBy.PAIN_CHANGE: _pain_change,
    SortBy.OPERATOR: lambda case: _text(case.procedure.operator),
    SortBy.FOLLOW_UP: lambda case: _last_day_on_time(case),
    SortBy.COMPLETE: lambda case: case.procedure.complete,
}
