# SPDX-License-Identifier: MIT
"""The order of days: birth, procedure, what came before and after it, death."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from models.checks.rule import Said, days_between, is_before, is_empty
from models.schema import Assessment, Record
from models.spans import full_years
from models.speech import lowered, say
from models.timepoints import BASELINE_DAYS
from models.vocabulary import Discharge, DurationUnit, EventCause, TimePoint

if TYPE_CHECKING:
    from models.case import Case

_STAY_DAYS = {Discharge.SAME_DAY: 0, Discharge.WITHIN_24H: 1}
_DAYS_IN = {
    DurationUnit.DAYS: 1.0,
    DurationUnit.WEEKS: 7.0,
    DurationUnit.MONTHS: 30.4,
    DurationUnit.YEARS: 365.25,
}
_DURATIONS_AGREE = 1.5
"""A duration is told in round numbers; half as much again is still the same."""

_NOT_AN_ANSWER = frozenset(
    {"time_point", "assessed_on", "respondent", "mode", "pain_scale", "pain_scale_max", "note"}
    | {"pain_context", "pain_site", "rmdq_items", "eq5d_value_set", "missing_reason"}
    | {"call_attempts"}
)


def life(case: Case) -> Iterator[Said]:
    """Nobody is treated before the birth or after the death."""
    procedure, patient = case.procedure, case.patient
    performed, birth, died = procedure.performed_on, patient.birth_date, patient.died_on
    if is_before(performed, birth):
        message = say(
            "The procedure ({performed}) lies before the birth date ({birth}).",
            performed=performed,
            birth=birth,
        )
        yield Said(procedure, "performed_on", message)
    if is_before(died, performed):
        message = say(
            "The procedure ({performed}) lies after the death ({died}).",
            performed=performed,
            died=died,
        )
        yield Said(procedure, "performed_on", message)
    if is_before(died, birth):
        yield Said(
            patient,
            "died_on",
            say("The death ({died}) lies before the birth date ({birth}).", died=died, birth=birth),
        )
    for row, name in ((patient, "consented_on"), (procedure, "pain_onset_on")):
        day = getattr(row, name)
        if is_before(day, birth):
            message = say(
                "{label} ({day}) lies before the birth date ({birth}).",
                label=_label(row, name),
                day=day,
                birth=birth,
            )
            yield Said(row, name, message)


def age(case: Case) -> Iterator[Said]:
    """An age that was entered lies between what the dates leave open."""
    procedure, birth = case.procedure, case.patient.birth_date
    performed, entered = procedure.performed_on, procedure.age_at_procedure
    if not (birth and performed) or entered is None or is_before(performed, birth):
        return
    youngest = full_years(birth.latest, performed.earliest)
    oldest = full_years(birth.earliest, performed.latest)
    if not youngest <= entered <= oldest:
        message = say(
            "An age of {entered} does not fit the birth date ({birth}).",
            entered=entered,
            birth=birth,
        )
        yield Said(procedure, "age_at_procedure", message)


def before_the_procedure(case: Case) -> Iterator[Said]:
    """What by its meaning came before the procedure cannot lie after it."""
    procedure = case.procedure
    performed = procedure.performed_on
    if is_before(performed, procedure.pain_onset_on):
        message = say(
            "The pain cannot begin after the procedure ({pain_onset_on}).",
            pain_onset_on=procedure.pain_onset_on,
        )
        yield Said(procedure, "pain_onset_on", message)
    for row in case.prior_treatments:
        if is_before(performed, row.treated_on):
            message = say(
                "A treatment before cannot lie after the procedure ({treated_on}).",
                treated_on=row.treated_on,
            )
            yield Said(row, "treated_on", message)


def after_the_procedure(case: Case) -> Iterator[Said]:
    """What by its meaning came after the procedure cannot lie before it."""
    procedure = case.procedure
    performed = procedure.performed_on
    if is_before(procedure.discharged_on, performed):
        message = say(
            "The discharge ({discharged_on}) lies before the procedure.",
            discharged_on=procedure.discharged_on,
        )
        yield Said(procedure, "discharged_on", message)
    for leak in case.leaks:
        if is_before(leak.symptoms_on, performed):
            message = say(
                "Symptoms of a leak cannot begin before the procedure ({symptoms_on}).",
                symptoms_on=leak.symptoms_on,
            )
            yield Said(leak, "symptoms_on", message)
    for event in case.adverse_events:
        if event.cause is not EventCause.PRIOR_TREATMENT and is_before(event.onset_on, performed):
            message = say(
                "The event ({onset_on}) lies before the procedure.", onset_on=event.onset_on
            )
            yield Said(event, "onset_on", message)
    for later in case.later_measures:
        if is_before(later.measured_on, performed):
            message = say(
                "Heights at follow-up lie before the procedure ({measured_on}).",
                measured_on=later.measured_on,
            )
            yield Said(later, "measured_on", message)


def after_the_death(case: Case) -> Iterator[Said]:
    """Nobody answers, and nothing sets in, after the death."""
    died = case.patient.died_on
    if not died or is_before(died, case.procedure.performed_on):
        return
    for row in case.assessments:
        if is_before(died, row.assessed_on) and has_answer(row):
            message = say(
                "The patient had died ({died}) before this day ({assessed_on}).",
                died=died,
                assessed_on=row.assessed_on,
            )
            yield Said(row, "assessed_on", message)
    for event in case.adverse_events:
        if is_before(died, event.onset_on):
            message = say(
                "The event ({onset_on}) lies after the death ({died}).",
                onset_on=event.onset_on,
                died=died,
            )
            yield Said(event, "onset_on", message)
    for leak in case.leaks:
        if is_before(died, leak.symptoms_on):
            message = say(
                "The symptoms ({symptoms_on}) lie after the death ({died}).",
                symptoms_on=leak.symptoms_on,
                died=died,
            )
            yield Said(leak, "symptoms_on", message)
    for later in case.later_measures:
        if is_before(died, later.measured_on):
            message = say(
                "The images ({measured_on}) lie after the death ({died}).",
                measured_on=later.measured_on,
                died=died,
            )
            yield Said(later, "measured_on", message)


def assessments(case: Case) -> Iterator[Said]:
    """A score before lies before, a follow-up lies after."""
    performed = case.procedure.performed_on
    for row in case.assessments:
        day = row.assessed_on
        if not (performed and day and row.time_point):
            continue
        if row.time_point is TimePoint.BASELINE:
            if is_before(performed, day):
                message = say(
                    "A score before cannot be dated after the procedure ({day}).", day=day
                )
                yield Said(row, "assessed_on", message)
        elif is_before(day, performed):
            message = say("A follow-up cannot be dated before the procedure ({day}).", day=day)
            yield Said(row, "assessed_on", message)


def old_baselines(case: Case) -> Iterator[Said]:
    """A score from long ago is no fresh baseline."""
    performed = case.procedure.performed_on
    for row in case.assessments:
        if row.time_point is TimePoint.BASELINE and performed and row.assessed_on:
            days, _ = days_between(row.assessed_on, performed)
            if days > BASELINE_DAYS:
                message = say("The score was asked {days} days before the procedure.", days=days)
                yield Said(row, "assessed_on", message)


def odd_days(case: Case) -> Iterator[Said]:
    """Days that can be, and are rarely meant."""
    procedure, patient = case.procedure, case.patient
    performed, died = procedure.performed_on, patient.died_on
    if is_before(performed, patient.consented_on):
        message = say(
            "Consent was given after the procedure ({consented_on}).",
            consented_on=patient.consented_on,
        )
        yield Said(patient, "consented_on", message)
    if is_before(died, patient.consented_on):
        yield Said(
            patient, "consented_on", say("Consent was given after the death ({died}).", died=died)
        )
    if is_before(died, procedure.discharged_on):
        yield Said(
            procedure,
            "discharged_on",
            say("The discharge lies after the death ({died}).", died=died),
        )
    if is_before(procedure.cement_expiry, performed):
        message = say(
            "The cement had expired ({cement_expiry}).", cement_expiry=procedure.cement_expiry
        )
        yield Said(procedure, "cement_expiry", message)


def stay(case: Case) -> Iterator[Said]:
    """The day of discharge fits the length of the stay."""
    procedure = case.procedure
    performed, left = procedure.performed_on, procedure.discharged_on
    most = _STAY_DAYS.get(procedure.discharge) if procedure.discharge else None
    if performed and left and most is not None and days_between(performed, left)[0] > most:
        message = say(
            "Discharge says {discharge}, but the day is {left}.",
            discharge=lowered(procedure.discharge.label),
            left=left,
        )
        yield Said(procedure, "discharged_on", message)


def pain_durations(case: Case) -> Iterator[Said]:
    """Where the day is given and the duration too, they tell of the same time."""
    procedure = case.procedure
    onset, performed = procedure.pain_onset_on, procedure.performed_on
    unit, duration = procedure.pain_duration_unit, procedure.pain_duration
    if not (onset and performed and unit) or duration is None or is_before(performed, onset):
        return
    fewest, most = days_between(onset, performed)
    days, one = duration * _DAYS_IN[unit], _DAYS_IN[unit]
    if fewest > days * _DURATIONS_AGREE + one or max(most, 0) < days / _DURATIONS_AGREE - one:
        message = say("The duration does not fit Pain since ({onset}).", onset=onset)
        yield Said(procedure, "pain_duration", message)


def has_answer(row: Assessment) -> bool:
    """Whether anything was answered, be it a score or another question."""
    fields = (field for field in Assessment.clinical_fields() if field.name not in _NOT_AN_ANSWER)
    return any(not is_empty(getattr(row, field.name)) for field in fields)


def _label(row: Record, name: str) -> str:
    return str(row._meta.fields[name].label)
