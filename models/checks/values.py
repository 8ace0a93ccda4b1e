# SPDX-License-Identifier: MIT
"""Each field by itself: impossible, unusual, filled in where it means nothing, or still open."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from models.checks.rule import Said, is_empty, rows_of
from models.fields import ClinicalField, Part, When
from models.schema import Assessment, Balloon, Record, TreatedLevel
from models.speech import say
from models.vocabulary import TimePoint

if TYPE_CHECKING:
    from models.case import Case


def impossible(case: Case) -> Iterator[Said]:
    """Values outside the hard limits of their field."""
    # Straight from the row, because every save asks all fields of all rows, and most are empty.
    for row in rows_of(case):
        held = row.__data__
        for field in row.clinical_fields():
            value = held.get(field.name)
            if value is not None and (message := field.refusal(value)):
                yield Said(row, field.name, message)


def unusual(case: Case) -> Iterator[Said]:
    """Values outside what is usual for their field."""
    for row in rows_of(case):
        region = row.level.region if isinstance(row, TreatedLevel) and row.level else ""
        for field in row.clinical_fields():
            if field.part is not Part.HIGH and (
                message := field.surprise(getattr(row, field.name), region)
            ):
                yield Said(row, field.name, message)


def out_of_place(case: Case) -> Iterator[Said]:
    """Fields that hold something though they mean nothing here."""
    for row in rows_of(case):
        for field in row.clinical_fields():
            when = field.applies
            if when is None or is_empty(getattr(row, field.name)) or when.holds(row):
                continue
            yield Said(row, field.name, f"{field.label} {_stands_for(row, field, when)}")


def broken_ranges(case: Case) -> Iterator[Said]:
    """Reported numbers of which one end is missing, or that run downwards."""
    for row in rows_of(case):
        for low_name, high_name in _ranges(type(row)):
            low, high = getattr(row, low_name), getattr(row, high_name)
            if (low is None) != (high is None) or (low is not None and low > high):
                yield Said(row, low_name, say("A range needs a lower and an upper end."))


def open_fields(case: Case) -> Iterator[Said]:
    """Core fields without a value."""
    for row in rows_of(case):
        if isinstance(row, Assessment):
            continue
        for field in _core_fields(type(row)):
            if is_empty(getattr(row, field.name)) and field.applies_to(row):
                yield Said(row, field.name, say("{field} is open.", field=field.label))
    yield from open_levels(case)
    yield from open_scores(case)


def open_levels(case: Case) -> Iterator[Said]:
    """What the levels of a case lack beyond their fields."""
    yield from _balloons_without_volume(case)
    if not case.levels:
        yield Said(case.procedure, "", say("No level yet."))


def open_scores(case: Case) -> Iterator[Said]:
    """What the assessments of a case lack."""
    if not any(_is_answered_baseline(row) for row in case.assessments):
        yield Said(case.procedure, "", say("No pain score before the procedure."))


def _stands_for(row: Record, field: ClinicalField, when: When) -> str:
    other = row._meta.fields[when.field].label
    terms = [term.label for term in when.terms]
    if len(terms) > 3:
        return say("is filled in, but does not go with what {other} says.", other=other)
    return say(
        "is filled in, but only belongs where {other} is {terms}.",
        other=other,
        terms=say(" or ").join(terms),
    )


def _balloons_without_volume(case: Case) -> Iterator[Said]:
    """Balloons that were counted and are not listed; those that are listed have a field for it."""
    for row in case.levels:
        field = TreatedLevel.balloon_count
        unlisted = (row.balloon_count or 0) - len(case.balloons_of(row))
        if field.applies_to(row) and unlisted > 0:
            whose = (
                say("a balloon") if unlisted == 1 else say("{unlisted} balloons", unlisted=unlisted)
            )
            yield Said(
                row,
                field.name,
                say(
                    "{volume_ml} of {whose} is open.",
                    volume_ml=Balloon.volume_ml.label,
                    whose=whose,
                ),
            )


def _is_answered_baseline(row: Assessment) -> bool:
    is_final = row.missing_reason is not None and row.missing_reason.is_final
    return row.time_point is TimePoint.BASELINE and (row.pain_low is not None or is_final)


@cache
def _core_fields(table: type[Record]) -> tuple[ClinicalField, ...]:
    """What has to be filled in, where it means anything."""
    return tuple(field for field in table.clinical_fields() if field.core)


@cache
def _ranges(table: type[Record]) -> list[tuple[str, str]]:
    """The columns that hold the two ends of a reported number."""
    ends = {(field.stem, field.part): field.name for field in table.clinical_fields()}
    return [
        (name, ends[stem, Part.HIGH]) for (stem, part), name in ends.items() if part is Part.LOW
    ]
