# SPDX-License-Identifier: MIT
"""Cells that say something of two fields at once."""

from __future__ import annotations

from dataclasses import dataclass

from models.vocabulary import Approach, LeakLocation, Side, Vocabulary


@dataclass(frozen=True, slots=True)
class WithUnit:
    """A number whose unit is a field of its own, as in "3 years"."""

    number: float
    unit: Vocabulary
    unit_in: str


@dataclass(frozen=True, slots=True)
class LeakAt:
    """A column of leakage that says where it was: there is leakage, and a leak of that place."""

    location: LeakLocation


@dataclass(frozen=True, slots=True)
class NoneOfThem:
    """That there is nothing to list, as "none" in a column of adverse events says.

    Attributes:
        answered_in: the target of the question to which that is the answer.
    """

    answered_in: str


@dataclass(frozen=True, slots=True)
class WithSide:
    """An approach that says from which side, as in "bipedicular".

    A column of sides that says otherwise contradicts it.
    """

    approach: Approach
    side: Side
