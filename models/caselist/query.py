# SPDX-License-Identifier: MIT
"""What is asked of the list: which cases, and in which order."""

from __future__ import annotations

from dataclasses import field
from datetime import date
from enum import Enum

from models.query import EVERYTHING, Filter
from models.quick import dataclass


class SortBy(Enum):
    """What the list can be sorted by; the value names the columns of ``CaseRow`` that do it.

    An index keeps each of them in order. Where the first column holds nothing, none does; such
    cases come last, in either direction. ``FOLLOW_UP`` is worked out of its columns, see
    ``urgency``: the last day on which the next visit is on time, which some cases do not have.
    """

    DATE = ("performed_on",)
    PATIENT = ("patient_order",)
    AGE = ("age",)
    SEX = ("sex_rank",)
    LEVEL = ("level_rank",)
    TECHNIQUE = ("technique_rank",)
    DIAGNOSIS = ("diagnosis_rank",)
    CEMENT = ("cement_ml",)
    LEAKAGE = ("leakage_rank",)
    GAIN = ("gain_low_mm", "gain_high_mm")
    PAIN_BEFORE = ("before_scale", "pain_before_low", "pain_before_high")
    PAIN_LATEST = ("latest_scale", "pain_latest_low", "pain_latest_high")
    PAIN_CHANGE = ("change_scale", "change_low", "change_high")
    OPERATOR = ("operator_order",)
    COMPLETE = ("complete",)
    FOLLOW_UP = ("performed_day", "visits", "days_to_death")

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns, the one that counts most first."""
        names: tuple[str, ...] = self.value
        return names


@dataclass(frozen=True, slots=True)
class Query:
    """Which cases are wanted, in which order. Cases in the bin never are.

    Attributes:
        filter: what the cases have to meet.
        sort: cases without a value there come last, in either direction.
        descending: from the greatest to the least; equal cases by when they were entered.
        today: the day up to which spans such as 30d reach.
    """

    filter: Filter = EVERYTHING
    sort: SortBy = SortBy.DATE
    descending: bool = True
    today: date = field(default_factory=date.today)

    @property
    def is_narrowed(self) -> bool:
        """Whether it may leave out cases of the logbook."""
        return bool(self.filter.terms)
