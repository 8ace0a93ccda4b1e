# SPDX-License-Identifier: MIT
"""Assessments: scores on their scales, reasons for having none, and the course of the pain."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from models.casescores import asks_alike, of_another_pain
from models.checks.days import has_answer
from models.checks.rule import Said, is_before
from models.numbers import show_number, top_in_words
from models.schema import Assessment
from models.speech import say, say_n
from models.vocabulary import AssessmentMissing, PainScale, TimePoint

if TYPE_CHECKING:
    from models.case import Case

STEEP_RISE = 8
"""Points of ten by which pain rarely rises within ``STEEP_DAYS``."""

STEEP_DAYS = 2


def scales(case: Case) -> Iterator[Said]:
    """A score fits its scale."""
    for row in case.assessments:
        if message := score_problem(row):
            yield Said(row, "pain_low", message)


def questionnaires(case: Case) -> Iterator[Said]:
    """No more items are answered yes than there are."""
    for row in case.assessments:
        if row.rmdq is not None and row.rmdq_items is not None and row.rmdq > row.rmdq_items:
            message = say(
                "RMDQ {rmdq:g} is more than its {rmdq_items:g} items.",
                rmdq=row.rmdq,
                rmdq_items=row.rmdq_items,
            )
            yield Said(row, "rmdq", message)


def unnamed(case: Case) -> Iterator[Said]:
    """A number that is told without what it means."""
    for row in case.assessments:
        for value, name, message in (
            (row.pain_low, "pain_scale", say("Name the scale of the score.")),
            (row.eq5d_index, "eq5d_value_set", say("Name the value set of the EQ-5D index.")),
            (row.other_score, "other_score_name", say("Name the other score.")),
        ):
            if value is not None and not getattr(row, name) and name not in row.missing:
                yield Said(row, name, message)
        if (
            row.pain_scale is PainScale.VERBAL
            and row.pain_low is not None
            and row.pain_scale_max is None
            and "pain_scale_max" not in row.missing
        ):
            yield Said(row, "pain_scale_max", say("Give the top of the scale."))


def undated(case: Case) -> Iterator[Said]:
    """A score without a date is shown, and enters no analysis by time point."""
    for row in case.assessments:
        if row.pain_low is not None and not row.assessed_on and "assessed_on" not in row.missing:
            message = say("A score without a date enters no analysis by time point.")
            yield Said(row, "assessed_on", message)


def absences(case: Case) -> Iterator[Said]:
    """A reason for having no score stands where there is none, and fits what is known."""
    died = case.patient.died_on
    for row in case.assessments:
        if row.missing_reason is None:
            continue
        if row.pain_low is not None:
            message = say(
                "There is a score, and a reason for none: {missing_reason}.",
                missing_reason=row.missing_reason.label,
            )
            yield Said(row, "missing_reason", message)
        elif row.missing_reason is AssessmentMissing.DIED:
            if not died and "died_on" not in case.patient.missing:
                message = say("The reason is death. Enter Died on for the patient.")
                yield Said(row, "missing_reason", message)
            elif died and is_before(row.assessed_on, died):
                message = say(
                    "On this day ({assessed_on}) the patient was alive.",
                    assessed_on=row.assessed_on,
                )
                yield Said(row, "missing_reason", message)


def repeats(case: Case) -> Iterator[Said]:
    """Two scores of one day on one scale are mostly one that was entered twice."""
    seen: set[tuple[object, ...]] = set()
    for row in case.assessments:
        if not row.assessed_on or not row.assessed_on.exact or not has_answer(row):
            continue
        same = (row.assessed_on, row.time_point, row.pain_scale, row.pain_context, row.pain_site)
        if same in seen:
            message = say(
                "There is another assessment of this day ({assessed_on}).",
                assessed_on=row.assessed_on,
            )
            yield Said(row, "assessed_on", message)
        seen.add(same)


def other_pains(case: Case) -> Iterator[Said]:
    """A score that has none before to compare it with, because another pain was asked for."""
    before = [row for row in case.assessments if row.time_point is TimePoint.BASELINE]
    for row in of_another_pain(case.assessments):
        # Whoever asks for two pains each time has told of both before.
        if row not in before and not any(_is_alike(row, one) for one in before):
            message = say("The score before tells of another pain, so the two are not compared.")
            yield Said(row, "pain_low", message)


def steep_rises(case: Case) -> Iterator[Said]:
    """Pain that rose within two days by more than is usual, whatever was asked in between."""
    dated = _dated(case)
    for place, later in enumerate(dated):
        top = _top(later)
        if not top or later.pain_scale is None:
            continue
        risen = [
            (later.pain_low - earlier.pain_high, -days)
            for earlier in dated[:place]
            if (days := (later.assessed_on.exact - earlier.assessed_on.exact).days) <= STEEP_DAYS
            and _comparable(earlier) == _comparable(later)
        ]
        rise, days = max(risen, default=(0, 0))
        if rise * 10 > STEEP_RISE * top:
            message = say_n(
                "Pain rose by {rise} within {n} day.",
                "Pain rose by {rise} within {n} days.",
                -days,
                rise=show_number(rise),
            )
            yield Said(later, "pain_low", message)


def score_problem(row: Assessment) -> str:
    """Why the score does not fit its scale, as a sentence; "" when it does.

    A score of 75 on a scale of 10 is refused and never divided.
    """
    scale = row.pain_scale
    if scale is None:
        return ""
    top = _top(row)
    told = top_in_words(row.pain_words) if row.pain_words and row.pain_low is not None else None
    if top is not None and told is not None and told != top:
        return say(
            "{pain_words} is told out of {told}, {scale} is not.",
            pain_words=row.pain_words,
            told=show_number(told),
            scale=scale.label,
        )
    for value in (row.pain_low, row.pain_high):
        if value is None:
            continue
        if top is not None and value > top:
            return say(
                "Pain {value} is above the top of {scale}.",
                value=show_number(value),
                scale=scale.label,
            )
        tenths = round(value * 10)
        if scale.step == 1.0 and tenths % 10:
            return say(
                "{scale} takes whole numbers, not {value}.",
                scale=scale.label,
                value=show_number(value),
            )
    return ""


def _top(row: Assessment) -> float | None:
    scale = row.pain_scale
    top = scale.maximum if isinstance(scale, PainScale) else None
    if top is not None or row.pain_scale_max is None:
        return top
    return float(row.pain_scale_max)


def _dated(case: Case) -> list[Assessment]:
    dated = [
        row
        for row in case.assessments
        if row.assessed_on
        and row.assessed_on.exact
        and row.pain_low is not None
        and row.pain_high is not None
    ]
    return sorted(dated, key=lambda row: (row.assessed_on, _rank(row)))


def _is_alike(row: Assessment, before: Assessment) -> bool:
    """Whether the score before has the scale of this one and tells of the same pain."""
    is_on_scale = (row.pain_scale, row.pain_scale_max) == (before.pain_scale, before.pain_scale_max)
    return before.pain_low is not None and is_on_scale and asks_alike(row, before)


def _rank(row: Assessment) -> int:
    return row.time_point.rank if row.time_point else 0


def _comparable(row: Assessment) -> tuple[object, ...]:
    return row.pain_scale, row.pain_scale_max, row.pain_context, row.pain_site
