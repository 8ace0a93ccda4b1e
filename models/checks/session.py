# SPDX-License-Identifier: MIT
"""The session: body, times, radiation, and answers that the lists of the case bear out or not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from models.checks.rule import Said
from models.numbers import Range, show_number
from models.schema import Procedure
from models.spans import minutes_between
from models.vocabulary import AdjunctKind, YesNo

if TYPE_CHECKING:
    from models.case import Case

USUAL_BODY_MASS = Range(12, 60)
"""Body mass index in kg/m2; outside, height and weight have mostly changed places."""

MOST_KAP_A_SECOND = 1.0
"""Gy.cm2 in a second of fluoroscopy; more is mostly a console that shows mGy.cm2."""

OSTEOPOROTIC_T_SCORE = -2.5

_LONGEST_MINUTES = 600


def body(case: Case) -> Iterator[Said]:
    """Height and weight go together, and bone density with the diagnosis."""
    procedure = case.procedure
    height, weight = procedure.height_cm, procedure.weight_kg
    if height and weight:
        index = weight / (height / 100) ** 2
        if index not in USUAL_BODY_MASS:
            message = f"A body mass index of {show_number(index)} is unusual. Check both numbers."
            yield Said(procedure, "weight_kg", message)
    score = procedure.t_score
    if score is not None and score <= OSTEOPOROTIC_T_SCORE and procedure.osteoporosis is YesNo.NO:
        message = f"A T-score of {show_number(score)} means osteoporosis, and the answer is no."
        yield Said(procedure, "osteoporosis", message)


def times(case: Case) -> Iterator[Said]:
    """Start, end and duration agree; an end before the start is past midnight."""
    procedure = case.procedure
    between = minutes_between(procedure.started_at, procedure.ended_at)
    if between is None:
        return
    if between == 0 or between > _LONGEST_MINUTES:
        message = f"From {procedure.started_at} to {procedure.ended_at} is unusual for a procedure."
        yield Said(procedure, "ended_at", message)
    elif procedure.minutes is not None and procedure.minutes != between:
        message = f"From start to end are {between} minutes, not {procedure.minutes}."
        yield Said(procedure, "minutes", message)


def radiation(case: Case) -> Iterator[Said]:
    """The dose fits the time under the beam, and that fits the duration."""
    procedure = case.procedure
    seconds, product = procedure.fluoro_time_s, procedure.kap_gycm2
    if seconds is None:
        return
    if procedure.minutes is not None and seconds > procedure.minutes * 60:
        message = "Fluoroscopy lasted longer than the procedure."
        yield Said(procedure, "fluoro_time_s", message)
    field = Procedure.kap_gycm2
    if product in field.usual and product > max(seconds, 1) * MOST_KAP_A_SECOND:
        said = f"{field.label} {field.show(product)} is much for {seconds} s of fluoroscopy."
        milli = field.show(product / 1000)
        message = f"{said} If the console shows mGy.cm2, enter {milli} {field.unit}."
        yield Said(procedure, "kap_gycm2", message)


def answers(case: Case) -> Iterator[Said]:
    """Yes has its list, and no has none."""
    procedure = case.procedure
    for name, rows, what in (
        ("any_prior_treatment", case.prior_treatments, "treatments before"),
        ("any_adjunct", case.adjuncts, "adjunct treatments"),
        ("any_complication", case.adverse_events, "adverse events"),
    ):
        answer = getattr(procedure, name)
        if answer is YesNo.NO and rows:
            message = f"The answer is no, but {what} are listed."
            yield Said(procedure, name, message)
        elif answer is YesNo.YES and not rows:
            message = f"The answer is yes, but no {what} are listed."
            yield Said(procedure, name, message)


def reasons(case: Case) -> Iterator[Said]:
    """A failure has its reason, and ethanol its test."""
    procedure = case.procedure
    said_why = procedure.technical_failure_reason or procedure.missing.get(
        "technical_failure_reason"
    )
    if procedure.technical_success is YesNo.NO and not said_why:
        message = "Say why the cement was not placed as planned."
        yield Said(procedure, "technical_failure_reason", message)
    if procedure.venography is YesNo.NO:
        for row in case.adjuncts:
            if row.kind is AdjunctKind.ETHANOL:
                message = "Ethanol without contrast venography is unusual."
                yield Said(procedure, "venography", message)
                return
