# SPDX-License-Identifier: MIT
"""Safety as one JSON document, in names that scripts rely on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.query import text_of
from models.safety.fractures import DAYS_TOLD
from models.safety.survival import METHOD

if TYPE_CHECKING:
    from models.analysis.statistics import Interval, Proportion
    from models.safety.events import EventNumbers, Tally
    from models.safety.fractures import FractureNumbers
    from models.safety.leakage import LeakageNumbers, Part
    from models.safety.monitoring import Watched
    from models.safety.numbers import SafetyNumbers
    from models.safety.radiation import Dose, DoseGroup
    from models.safety.rates import LevelRate
    from models.safety.survival import Curve

Json = dict[str, object]


def safety_json(numbers: SafetyNumbers) -> Json:
    """What ``safety --json`` prints; null where something is not defined."""
    record = numbers.record
    return {
        "filter": text_of(numbers.question.asked) or None,
        "n_cases": numbers.n_cases,
        "n_patients": record.cases.n_patients,
        "n_synthetic": numbers.n_synthetic,
        "leakage": _leakage(numbers.leakage),
        "adverse_events": _events(numbers.events),
        "radiation": {dose.name: _dose(dose) for dose in numbers.doses},
        "new_fractures": _fractures(numbers.fractures),
        "cusum": _cusum(numbers.watched),
    }


def _leakage(numbers: LeakageNumbers) -> Json:
    test = numbers.test
    return {
        "n_levels": numbers.n_levels,
        "n_not_assessed": numbers.n_not_assessed,
        "n_not_answered": numbers.n_not_answered,
        "n_patients_partly_assessed": numbers.n_partly,
        "per_level": _rate(numbers.per_level),
        "per_patient": _share(numbers.per_patient),
        "symptomatic": {
            "per_level": _rate(numbers.symptomatic),
            "per_patient": _share(numbers.symptomatic_patients),
            "n_not_known": numbers.n_symptoms_unknown,
        },
        "by_location": _parts(numbers.by_location),
        "by_location_group": _parts(numbers.by_group),
        "by_yeom": _parts(numbers.by_yeom),
        "by_detection": _parts(numbers.by_detection),
        "by_technique": _parts(numbers.by_technique),
        "by_level": {
            mark.level.value: {"k": mark.k, "n": mark.n, "n_not_assessed": mark.n_not_assessed}
            for mark in numbers.spine
        },
        "lung_cement": {
            "by_detection": {
                code: {"label": label, **_share(rate)} for code, label, rate in numbers.lungs
            },
            "n_not_assessed": numbers.n_lungs_not_assessed,
            "n_not_answered": numbers.n_lungs_not_answered,
        },
        "test": None
        if test is None
        else {
            "techniques": list(test.labels),
            "per_patient": [_share(one) for one in test.shares],
            "n_both_left_out": test.n_both,
            "p_fisher": test.p,
            "message": test.why_not,
        },
        "message": numbers.remark,
    }


def _parts(parts: tuple[Part, ...]) -> Json:
    return {
        part.code: {
            "label": part.label,
            **_rate(part.levels),
            "per_patient": _share(part.patients),
        }
        for part in parts
    }


def _rate(rate: LevelRate) -> Json:
    return {
        "k": rate.k,
        "n": rate.n,
        "n_patients": rate.n_patients,
        "rate": rate.rate,
        "ci95": _ci(rate.ci95),
        "method": rate.method.value or None,
        "se": rate.se,
        "design_effect": rate.design_effect,
    }


def _share(found: Proportion) -> Json:
    return {
        "k": found.k,
        "n": found.n,
        "rate": found.rate,
        "ci95": _ci(found.ci95),
        "method": "Wilson" if found.ci95 is not None else None,
    }


def _events(numbers: EventNumbers) -> Json:
    return {
        "per_procedure": _share(numbers.any_event),
        "n_events": numbers.n_events,
        "n_without_kind": numbers.n_unnamed,
        "n_not_answered": numbers.n_not_answered,
        "n_said_and_not_listed": numbers.n_said_only,
        "n_symptomatic_leaks_not_listed": numbers.n_leaks_unlisted,
        "by_kind": {
            kind.kind.value: {
                "label": kind.kind.label,
                "n_events": kind.n_events,
                "per_procedure": _share(kind.procedures),
                "grades": _grades(kind.grades),
                "n_ungraded": kind.n_ungraded,
                "outcomes": _tally(kind.outcomes),
                "levels": _tally(kind.levels),
            }
            for kind in numbers.kinds
        },
        "grades": _grades(numbers.grades),
        "n_ungraded": numbers.n_ungraded,
        "outcomes": _tally(numbers.outcomes),
    }


def _grades(grades: tuple[tuple[str, Tally], ...]) -> Json:
    return {scale: _tally(tally) for scale, tally in grades}


def _tally(tally: Tally) -> Json:
    return {label or "not_stated": n for label, n in tally}


def _dose(dose: Dose) -> Json:
    return {
        "unit": dose.unit,
        **_dose_group(dose.all),
        "missing": {label or "no reason stated": n for label, n in dose.missing},
        "usual_most": dose.usual_most,
        "n_above_usual": dose.n_unusual,
        "by_technique": {group.code: _dose_group(group) for group in dose.by_technique},
        "by_level_count": {group.code: _dose_group(group) for group in dose.by_levels},
    }


def _dose_group(group: DoseGroup) -> Json:
    return {
        "label": group.label,
        "n": group.spread.n,
        "n_missing": group.n_missing,
        "median": group.spread.median,
        "iqr": None if group.spread.q1 is None else [group.spread.q1, group.spread.q3],
    }


def _fractures(numbers: FractureNumbers) -> Json:
    return {
        "n_patients": numbers.n_patients,
        "n_followed": numbers.n_followed,
        "n_without_followup": numbers.n_no_followup,
        "n_without_dated_procedure": numbers.n_no_start,
        "n_without_date_of_fracture": numbers.n_undated,
        "n_followed_to_death": numbers.n_died,
        "by_distance": {distance.value: n for distance, n in numbers.distances},
        "by_levels_away": {str(away): n for away, n in numbers.levels_away},
        "n_contradicting": numbers.n_contradicting,
        "of_patients_seen_at_month": {
            str(months): _share(found) for months, found in numbers.by_visit
        },
        "method": METHOD,
        "kaplan_meier": {code.value: _curve(curve) for code, curve in numbers.curves},
    }


def _curve(curve: Curve) -> Json:
    return {
        "n": curve.n,
        "n_events": curve.n_events,
        "steps": [
            {
                "day": step.day,
                "free": step.free,
                "ci95": _ci(step.ci95),
                "n_at_risk": step.at_risk,
                "n_events": step.events,
            }
            for step in curve.steps
        ],
        "at": {
            str(day): None
            if (step := curve.at(day)) is None
            else {"free": step.free, "ci95": _ci(step.ci95), "n_at_risk": step.at_risk}
            for day in DAYS_TOLD
        },
    }


def _cusum(watched: Watched) -> Json:
    found, plan = watched.chart, watched.watch.plan
    return {
        "form": plan.form.value,
        "failure": watched.watch.failure.value,
        "unit": watched.watch.unit.value,
        "operator": watched.watch.operator or None,
        "p0": plan.p0,
        "p1": plan.p1,
        "alpha": plan.alpha,
        "beta": plan.beta,
        "limits": found.limits,
        "limit_method": None if found.chance is None else found.chance.method,
        "false_signal": None if found.chance is None else found.chance.false_signal,
        "failure_step": found.failure_step,
        "success_step": found.success_step,
        "n": found.n,
        "n_failures": found.n_failures,
        "left_out": {why.value: n for why, n in watched.left_out},
        "path": list(found.path),
        "dates": [day.isoformat() for day in watched.days[: len(found.path)]],
        "signals": [
            {
                "at": signal.at,
                "date": watched.days[signal.at].isoformat(),
                "value": signal.value,
                "verdict": signal.verdict.value,
            }
            for signal in found.signals
        ],
        "too_few": found.is_too_short,
        "straight_successes_needed": found.straight_successes,
        "straight_failures_needed": found.straight_failures,
        "message": " ".join(watched.sentences()),
    }


def _ci(interval: Interval | None) -> list[float] | None:
    return None if interval is None else [interval.low, interval.high]
