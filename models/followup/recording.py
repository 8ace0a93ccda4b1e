# SPDX-License-Identifier: MIT
"""Writing down what came of asking a patient: a score, or why there is none.

Each is one saved change of the case with all its checks, and can be taken back like any other. The
case is read in the transaction that saves it, so that nobody's entry is overwritten.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from models.case import Case, Saved, load_case, save_case
from models.errors import InvalidValue, LogbookError
from models.history.entries import Head, entries_of
from models.logbook import Logbook
from models.numbers import Reported, read_reported, show_reported
from models.partial_date import PartialDate
from models.schema import Assessment, Patient
from models.settings import visit_plan_in
from models.speech import lowered, say
from models.timepoints import FOLLOW_UPS, VisitPlan
from models.visits import Mark, marks_of, read_marks
from models.vocabulary import AssessmentMissing, MissingReason, PainScale, TimePoint

_GIVEN_APART = frozenset(
    {"time_point", "assessed_on", "pain_scale", "pain_scale_max", "pain_low", "pain_high"}
    | {"pain_words", "missing_reason", "call_attempts"}
)


class VisitTaken(LogbookError):
    """The visit was recorded already, maybe just now.

    Attributes:
        mark: what the record says of the visit.
        user, at: who saved that and when, with its time zone; "" and None where nobody knows.
    """

    def __init__(self, mark: Mark, said: str, saved: Head | None) -> None:
        self.mark = mark
        self.user = saved.user if saved is not None else ""
        self.at = datetime.fromisoformat(saved.at) if saved is not None else None
        who = ""
        if self.at is not None:
            who = say(
                " {user} saved that on {day} at {time}.",
                user=self.user,
                day=self.at.astimezone().date(),
                time=f"{self.at.astimezone():%H:%M}",
            )
        super().__init__(
            say("{said}{who} Nothing was saved.", said=said, who=who),
            say("Open the case to change it or to enter one more."),
        )


@dataclass(frozen=True, slots=True)
class Answer:
    """A pain score as it was given.

    Attributes:
        typed: a number, a range or words, as somebody typed it.
        scale: the scale that was asked on; words keep none.
        scale_max: the top of a scale that has none of its own.
        extras: other fields of the assessment by name, such as ``analgesic_level``.
    """

    typed: str
    scale: PainScale | None
    scale_max: float | None = None
    extras: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Recorded:
    """What was saved.

    Attributes:
        time_point: where it stands. It is not the visit that was asked for where the day belongs
            to another one.
        row_id: the assessment.
    """

    saved: Saved
    time_point: TimePoint
    row_id: str


def read_answer(typed: str) -> Reported:
    """What was typed into the box of the score: a number, a range, or words.

    Raises:
        InvalidValue: nothing was typed, or what looks like a number is none or cannot be.
    """
    score = Assessment.pain_low
    try:
        told = read_reported(typed, score.unit)
    except ValueError as error:
        raise InvalidValue(score.name, f"{score.label}: {error}") from error
    if told == Reported():
        raise InvalidValue(
            score.name, say("There is no score yet."), say("Type a score, a range or words.")
        )
    for end in (told.low, told.high):
        if why := score.refusal(end):
            raise InvalidValue(score.name, why)
    return told


def record_score(
    logbook: Logbook, case_id: str, time_point: TimePoint, answer: Answer, day: date
) -> Recorded:
    """Save a score that was given on ``day`` when the patient was asked for a visit.

    A row of the visit that waits for an answer, such as that of earlier calls, takes it.

    Raises:
        InvalidValue: the score cannot be read, or the day lies before the procedure.
        VisitTaken: the visit has an answer already.
        ImpossibleCase: as ``save_case``, such as a score beyond its scale or after the death.
        LogbookError, CannotWrite, LogbookBusy: as ``save_case``. Nothing is saved.
    """
    told = read_answer(answer.typed)
    with logbook.transaction():
        case = _load(logbook, case_id, time_point)
        point = _time_point_of(case, visit_plan_in(logbook.database), time_point, day)
        _refuse_answered(logbook, case, point)
        assessed_on = PartialDate.from_date(day)
        row = _row_for(case, point, assessed_on)
        row.assessed_on = assessed_on
        row.pain_low, row.pain_high, row.pain_words = told.low, told.high, told.words or None
        if told.low is not None:
            row.pain_scale, row.pain_scale_max = answer.scale, answer.scale_max
        row.missing_reason = None
        for name, value in answer.extras.items():
            _refuse_unknown(name)
            setattr(row, name, value)
        saved = save_case(logbook, case, f"Follow-up: {point.english}.")
    return Recorded(saved, row.time_point, str(row.id))


def record_reason(
    logbook: Logbook,
    case_id: str,
    time_point: TimePoint,
    reason: AssessmentMissing,
    *,
    died_on: PartialDate | None = None,
    is_day_unknown: bool = False,
    note: str = "",
) -> Recorded:
    """Save why a visit has no score.

    Who was not reached stays to be asked, with one more call counted. The day on which the patient
    died goes into the record of the person, and holds for every case. Where nobody knows the day,
    that is recorded of the person, and the visits of this case are closed.

    Raises:
        InvalidValue: the day of the death is missing, or is not that of the record.
        VisitTaken: the visit has an answer, or a reason that ends it, already.
        ImpossibleCase, LogbookError, CannotWrite, LogbookBusy: as ``save_case``. Nothing is saved.
    """
    with logbook.transaction():
        case = _load(logbook, case_id, time_point)
        _refuse_answered(logbook, case, time_point)
        if reason is AssessmentMissing.DIED:
            _note_death(case.patient, died_on, is_day_unknown=is_day_unknown)
        else:
            _refuse_closed(logbook, case, time_point)
        row = _row_for(case, time_point, None)
        row.missing_reason = reason
        if reason is AssessmentMissing.NOT_REACHED:
            row.call_attempts = (row.call_attempts or 0) + 1
        if note:
            row.note = f"{row.note}\n{note}" if row.note else note
        saved = save_case(logbook, case, f"Follow-up: {time_point.english}.")
    return Recorded(saved, row.time_point, str(row.id))


def _load(logbook: Logbook, case_id: str, time_point: TimePoint) -> Case:
    if time_point not in FOLLOW_UPS:
        raise LogbookError(
            say("{time_point} is no visit of the follow-up.", time_point=time_point.label)
        )
    case = load_case(logbook, case_id)
    if case.procedure.deleted_at is not None:
        raise LogbookError(
            say("The case of {named} was put into the bin.", named=_named(case)),
            say("Restore it to record a visit."),
        )
    return case


def _time_point_of(case: Case, plan: VisitPlan, asked: TimePoint, day: date) -> TimePoint:
    """Where a score of that day stands: the day decides, where that of the procedure is known."""
    performed_on = case.procedure.performed_on
    performed = performed_on.exact if performed_on else None
    if performed is None:
        return asked
    if day < performed:
        raise InvalidValue(
            Assessment.assessed_on.name,
            say(
                "A follow-up cannot be dated before the procedure ({performed_on}).",
                performed_on=performed_on,
            ),
        )
    return plan.time_point_on(performed, day, None)


def _row_for(case: Case, time_point: TimePoint, day: PartialDate | None) -> Assessment:
    """The row of the visit that waits for an answer, or a new one.

    One that was dated, because something else was asked then, waits only for an answer of its day.
    """
    for row in case.assessments:
        if row.time_point is time_point and not _is_answer(row) and row.assessed_on in (None, day):
            return row
    return case.add_assessment(time_point=time_point)


def _is_answer(row: Assessment) -> bool:
    return row.pain_low is not None or bool(row.pain_words) or row.global_outcome is not None


def _refuse_answered(logbook: Logbook, case: Case, time_point: TimePoint) -> None:
    for row in case.assessments:
        if row.time_point is time_point and _is_answer(row) and time_point in FOLLOW_UPS:
            told = show_reported(Reported(row.pain_low, row.pain_high, row.pain_words or ""))
            score = told or lowered(row.global_outcome.label)
            if row.assessed_on:
                score = say("{score} on {assessed_on}", score=score, assessed_on=row.assessed_on)
            raise VisitTaken(
                _mark(case, time_point),
                say(
                    "{named} has an answer for {time_point} already: {score}.",
                    named=_named(case),
                    time_point=time_point.label,
                    score=score,
                ),
                _saved_last(logbook, case, [row]),
            )


def _refuse_closed(logbook: Logbook, case: Case, time_point: TimePoint) -> None:
    mark = _mark(case, time_point)
    if not mark.is_open:
        raise VisitTaken(
            mark,
            say(
                "For {time_point} of {named} there is a reason: {mark}.",
                time_point=time_point.label,
                named=_named(case),
                mark=mark.label,
            ),
            _saved_last(logbook, case, [row for row in case.assessments if row.missing_reason]),
        )


def _saved_last(logbook: Logbook, case: Case, rows: Sequence[Assessment]) -> Head | None:
    """The save that brought the present content of the rows."""
    wanted = {str(row.id) for row in rows}
    entries = list(entries_of(logbook, [case.id]))
    return next(
        (
            entry
            for entry in reversed(entries)
            if any(change.row_id in wanted for change in entry.changes)
        ),
        None,
    )


def _mark(case: Case, time_point: TimePoint) -> Mark:
    return read_marks(marks_of(case))[time_point]


def _note_death(patient: Patient, died_on: PartialDate | None, *, is_day_unknown: bool) -> None:
    known, name = patient.died_on, Patient.died_on.name
    if known is None and died_on is None and is_day_unknown:
        patient.missing = {**patient.missing, name: MissingReason.UNKNOWN}
        return
    if known is None and died_on is None:
        raise InvalidValue(
            Patient.died_on.name,
            say("The day of the death is missing."),
            say("Enter it; a year or a month will do."),
        )
    if known is not None and died_on not in (None, known):
        raise InvalidValue(
            Patient.died_on.name,
            say("The record says that the patient died on {known}.", known=known),
            say("Correct it in the case if that is wrong."),
        )
    patient.died_on = known or died_on
    patient.missing = {field: why for field, why in patient.missing.items() if field != name}


def _refuse_unknown(name: str) -> None:
    known = {one.name for one in Assessment.clinical_fields()} - _GIVEN_APART
    if name not in known:
        raise ValueError(f"{name} is no other field of an assessment")


def _named(case: Case) -> str:
    return str(case.patient.patient_code or say("the patient without a code"))
