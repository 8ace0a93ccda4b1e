# SPDX-License-Identifier: MIT
"""The session: body, times, radiation, and answers that the lists of the case bear out or not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from models.checks.rule import Said
from models.numbers import Range, show_number
from models.partial_date import PartialDate
from models.schema import Procedure
from models.spans import minutes_between
from models.speech import say
from models.vocabulary import AdjunctKind, Discharge, YesNo

if TYPE_CHECKING:
    from models.case import Case

USUAL_BODY_MASS = Range(12, 60)
"""Body mass index in kg/m2; outside, height and weight have mostly changed places."""

MOST_KAP_A_SECOND = 1.0
"""Gy.cm2 in a second of fluoroscopy; more is mostly a console that shows mGy.cm2."""

OSTEOPOROTIC_T_SCORE = -2.5

_LONGEST_MINUTES = 600
_DAY_HOURS = 24


def body(case: Case) -> Iterator[Said]:
    """Height and weight go together, and bone density with the diagnosis."""
    procedure = case.procedure
    height, weight = procedure.height_cm, procedure.weight_kg
    if height and weight:
        index = weight / (height / 100) ** 2
        if index not in USUAL_BODY_MASS:
            message = say(
                "A body mass index of {index} is unusual. Check both numbers.",
                index=show_number(index),
            )
            yield Said(procedure, "weight_kg", message)
    score = procedure.t_score
    if score is not None and score <= OSTEOPOROTIC_T_SCORE and procedure.osteoporosis is YesNo.NO:
        message = say(
            "A T-score of {score} means osteoporosis, and the answer is no.",
            score=show_number(score),
        )
        yield Said(procedure, "osteoporosis", message)


def times(case: Case) -> Iterator[Said]:
    """Start, end and duration agree; an end before the start is past midnight."""
    procedure = case.procedure
    between = minutes_between(procedure.started_at, procedure.ended_at)
    if between is None:
        return
    if between == 0 or between > _LONGEST_MINUTES:
        message = say(
            "From {started_at} to {ended_at} is unusual for a procedure.",
            started_at=procedure.started_at,
            ended_at=procedure.ended_at,
        )
        yield Said(procedure, "ended_at", message)
    elif procedure.minutes is not None and procedure.minutes != between:
        message = say(
            "From start to end are {between} minutes, not {minutes}.",
            between=between,
            minutes=procedure.minutes,
        )
        yield Said(procedure, "minutes", message)


def departure(case: Case) -> Iterator[Said]:
    """Nobody leaves before the procedure has ended."""
    procedure, left, ended = case.procedure, _left(case.procedure), _ended(case.procedure)
    if left is None or ended is None or left >= ended:
        return
    if left.date() < procedure.performed_on.exact:
        # That the day lies before the procedure is told of the day.
        return
    at_end = say("The discharge ({left:%H:%M}) lies before the end of the procedure ({at:%H:%M}).")
    at_start = say(
        "The discharge ({left:%H:%M}) lies before the start of the procedure ({at:%H:%M})."
    )
    message = at_end if procedure.ended_at else at_start
    yield Said(procedure, "discharged_at", message.format(left=left, at=ended))


def stay(case: Case) -> Iterator[Said]:
    """The time of discharge has its day, and fits the length of the stay."""
    procedure, left, ended = case.procedure, _left(case.procedure), _ended(case.procedure)
    if procedure.discharged_at and _day_left(procedure) is None:
        if "discharged_on" not in procedure.missing:
            yield Said(procedure, "discharged_on", say("Give the day of the discharge too."))
    elif procedure.discharge is Discharge.WITHIN_24H and left and ended:
        hours = (left - ended).total_seconds() / 3600
        # From two days on, the check of the days tells it.
        if hours > _DAY_HOURS and (left.date() - procedure.performed_on.exact).days == 1:
            message = say(
                "Discharge says within 24 hours, and it was {hours:.0f} hours after the end.",
                hours=hours,
            )
            yield Said(procedure, "discharged_at", message)


def _day_left(procedure: Procedure) -> PartialDate | None:
    """The day of the discharge, which who left on the same day need not enter."""
    day: PartialDate | None = procedure.discharged_on
    if day is None and procedure.discharge is Discharge.SAME_DAY:
        day = procedure.performed_on
    return day


def _left(procedure: Procedure) -> datetime | None:
    return _moment(_day_left(procedure), procedure.discharged_at)


def _ended(procedure: Procedure) -> datetime | None:
    """The end of the procedure, or its start where no end is known."""
    start, end = procedure.started_at, procedure.ended_at
    moment = _moment(procedure.performed_on, end or start)
    is_past_midnight = bool(start and end and end < start)
    return moment + timedelta(days=1) if moment and is_past_midnight else moment


def _moment(day: PartialDate | None, clock: str | None) -> datetime | None:
    """None unless both are known to the day and the minute."""
    if day is None or day.exact is None or not clock or Procedure.ended_at.refusal(clock):
        return None
    return datetime.combine(day.exact, time.fromisoformat(clock))


def radiation(case: Case) -> Iterator[Said]:
    """The dose fits the time under the beam, and that fits the duration."""
    procedure = case.procedure
    seconds, product = procedure.fluoro_time_s, procedure.kap_gycm2
    if seconds is None:
        return
    if procedure.minutes is not None and seconds > procedure.minutes * 60:
        message = say("Fluoroscopy lasted longer than the procedure.")
        yield Said(procedure, "fluoro_time_s", message)
    field = Procedure.kap_gycm2
    if product in field.usual and product > max(seconds, 1) * MOST_KAP_A_SECOND:
        said = say(
            "{field} {show} is much for {seconds} s of fluoroscopy.",
            field=field.label,
            show=field.show(product),
            seconds=seconds,
        )
        milli = field.show(product / 1000)
        message = say(
            "{said} If the console shows mGy.cm2, enter {milli} {unit}.",
            said=said,
            milli=milli,
            unit=field.shown_unit,
        )
        yield Said(procedure, "kap_gycm2", message)


def answers(case: Case) -> Iterator[Said]:
    """Yes has its list, and no has none."""
    procedure = case.procedure
    for name, rows, what in (
        ("any_prior_treatment", case.prior_treatments, say("treatments before")),
        ("any_adjunct", case.adjuncts, say("adjunct treatments")),
        ("any_complication", case.adverse_events, say("adverse events")),
    ):
        answer = getattr(procedure, name)
        if answer is YesNo.NO and rows:
            message = say("The answer is no, but {what} are listed.", what=what)
            yield Said(procedure, name, message)
        elif answer is YesNo.YES and not rows:
            message = say("The answer is yes, but no {what} are listed.", what=what)
            yield Said(procedure, name, message)


def reasons(case: Case) -> Iterator[Said]:
    """A failure has its reason, and ethanol its test."""
    procedure = case.procedure
    said_why = procedure.technical_failure_reason or procedure.missing.get(
        "technical_failure_reason"
    )
    if procedure.technical_success is YesNo.NO and not said_why:
        message = say("Say why the cement was not placed as planned.")
        yield Said(procedure, "technical_failure_reason", message)
    if procedure.venography is YesNo.NO:
        for row in case.adjuncts:
            if row.kind is AdjunctKind.ETHANOL:
                message = say("Ethanol without contrast venography is unusual.")
                yield Said(procedure, "venography", message)
                return
