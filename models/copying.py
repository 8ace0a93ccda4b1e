# SPDX-License-Identifier: MIT
"""A new case that is like one before: how it was done is copied, what was found is not."""

from __future__ import annotations

from typing import TypeVar

from models.case import Case
from models.schema import Record

R = TypeVar("R", bound=Record)


def like(case: Case) -> Case:
    """A new case of a new patient, done as ``case`` was; nothing is saved.

    Copied are the fields that the schema marks as ``copied``, of the procedure, its adjuncts,
    levels and balloons. Which levels they are, dates, amounts, leaks, events, scores, images and
    everything about the person stay empty.
    """
    new = Case.new()
    _copy(case.procedure, new.procedure)
    for adjunct in case.adjuncts:
        _copy(adjunct, new.add_adjunct())
    for level in case.levels:
        treated = new.add_level()
        _copy(level, treated)
        for balloon in case.balloons_of(level):
            _copy(balloon, new.add_balloon(treated))
    return new


def next_case_of(case: Case) -> Case:
    """An empty new case of the same person."""
    new = Case.new(case.patient)
    new.identity = case.identity
    return new


def _copy(source: R, target: R) -> None:
    for field in type(source).clinical_fields():
        if field.copied:
            setattr(target, field.name, getattr(source, field.name))
