# SPDX-License-Identifier: MIT
"""What the pane says of a patient's whole course, as plain values. Worked out off the UI thread."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from models.logbook import Logbook
from models.patient_course import PatientCourse, patient_course
from models.patient_timeline import (
    Happening,
    PainScore,
    PatientTimeline,
    Session,
    patient_timeline,
)
from models.speech import lowered
from models.vocabulary import Level
from ui.cases.cells import few_levels
from ui.cases.patient_words import (
    lane_title,
    lane_top,
    say_dates,
    say_event,
    say_event_in_short,
    say_pain,
    say_score,
    say_session,
    say_span,
    say_when,
    sentences,
    tr,
)
from ui.widgets.case_marks import marks_of_course
from ui.widgets.course_parts import (
    Course,
    CourseEvent,
    CourseLane,
    CourseScore,
    CourseSession,
    Sign,
)
from ui.widgets.spine_marks import LevelMark

_MOST_LEVELS = 3  # that a drawing has room for beside a procedure
_MOST_IN_HEADING = 8
_SEPARATOR = " · "


@dataclass(frozen=True, slots=True)
class ProcedureLine:
    """One procedure in the list below the drawing.

    Attributes:
        number: as in the drawing and beside the spine.
        pain: before and latest, with their scale.
        events: adverse events and new fractures; "" for none.
    """

    case_id: str
    number: int
    date: str
    levels: str
    technique: str
    pain: str
    events: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class PatientDetail:
    """Everything that the pane shows of a patient.

    Attributes:
        summary: how much there is, and how much is missing.
        apart: what has no date, a line each; it is not drawn.
        numbers: which procedures treated a level.
    """

    case_id: str
    patient_id: str
    heading: str
    subtitle: str
    summary: str
    course: Course
    apart: tuple[str, ...]
    marks: Mapping[Level, LevelMark]
    numbers: Mapping[Level, tuple[int, ...]]
    procedures: tuple[ProcedureLine, ...]


def read_patient(logbook: Logbook, case_id: str) -> PatientDetail:
    """Read the course of the patient of a case.

    Raises:
        LogbookError: the logbook has no such case.
    """
    with logbook.session():
        timeline = patient_timeline(logbook, case_id)
        spine = patient_course(logbook, timeline.patient_id)
    return describe_patient(timeline, spine, case_id)


def describe_patient(
    timeline: PatientTimeline, spine: PatientCourse, case_id: str
) -> PatientDetail:
    """Say what there is to say of a patient, seen from one of the cases."""
    numbered = dict(enumerate(timeline.sessions, 1))
    numbers = {session.case_id: number for number, session in numbered.items()}
    treated: dict[Level, list[int]] = defaultdict(list)
    for number, session in numbered.items():
        for level in dict.fromkeys(level for level, _ in session.levels):
            treated[level].append(number)
    code = timeline.patient_code or tr("No patient code")
    levels = _named(sorted(treated, key=lambda level: level.rank), most=_MOST_IN_HEADING)
    return PatientDetail(
        case_id=case_id,
        patient_id=timeline.patient_id,
        heading=_SEPARATOR.join(filter(None, (code, levels))),
        subtitle=_subtitle(timeline),
        summary=_summary(timeline),
        course=_course(timeline, numbers, case_id),
        apart=tuple(_apart(timeline, numbers)),
        marks=marks_of_course(spine, case_id),
        numbers={level: tuple(found) for level, found in treated.items()},
        procedures=tuple(
            _line(timeline, session, number, is_chosen=session.case_id == case_id)
            for number, session in numbered.items()
        ),
    )


def _subtitle(timeline: PatientTimeline) -> str:
    count = len(timeline.sessions)
    said = tr("1 procedure") if count == 1 else tr("{n} procedures").format(n=count)
    dates = say_dates(session.stated for session in timeline.sessions)
    synthetic = tr("synthetic") if any(one.synthetic for one in timeline.sessions) else ""
    return _SEPARATOR.join(filter(None, (said, dates, synthetic)))


def _summary(timeline: PatientTimeline) -> str:
    """How many scores there are, of which kind, and why others are missing."""
    said = [score for score in timeline.scores if score.is_said]
    parts = [tr("Pain scores: {n}").format(n=len(said))]
    for text, count in (
        (tr("ranges: {n}"), sum(score.has_number and score.reported.is_range for score in said)),
        (tr("in words: {n}"), sum(not score.has_number for score in said)),
        (tr("without a date: {n}"), sum(score.on is None for score in said)),
    ):
        parts += [text.format(n=count)] if count else []
    reasons = Counter(
        lowered(score.missing.label) if score.missing else tr("no reason given")
        for score in timeline.scores
        if not score.is_said
    )
    if reasons:
        why = ", ".join(f"{reason} {count}" for reason, count in reasons.most_common())
        parts.append(tr("no score: {n} ({why})").format(n=reasons.total(), why=why))
    lacking = [
        str(number) for number, one in enumerate(timeline.sessions, 1) if not _has_before(one)
    ]
    missing = tr("No score before procedure {numbers}.").format(numbers=", ".join(lacking))
    return " ".join(filter(None, (f"{', '.join(parts)}.", missing if lacking else "")))


def _has_before(session: Session) -> bool:
    return session.before is not None and session.before.is_said


def _course(timeline: PatientTimeline, numbers: Mapping[str, int], case_id: str) -> Course:
    sessions = tuple(_sessions(timeline, numbers, case_id))
    dated = [score for score in timeline.scores if score.on is not None and score.is_said]
    lanes: dict[object, list[PainScore]] = defaultdict(list)
    for score in sorted(dated, key=lambda one: (numbers[one.case_id], one.stated or "")):
        if score.has_number:
            lanes[score.scale, score.maximum].append(score)
    return Course(
        sessions=sessions,
        lanes=tuple(
            CourseLane(
                lane_title(scores[0]),
                lane_top(scores),
                tuple(_placed(score, numbers) for score in scores),
            )
            for scores in lanes.values()
        ),
        spoken=tuple(_placed(score, numbers) for score in dated if not score.has_number),
        events=tuple(_events(timeline, numbers)),
        death=timeline.died,
        in_words=sentences(timeline, numbers),
    )


def _sessions(
    timeline: PatientTimeline, numbers: Mapping[str, int], case_id: str
) -> Iterator[CourseSession]:
    for session in timeline.sessions:
        if session.on is not None:
            number = numbers[session.case_id]
            yield CourseSession(
                case_id=session.case_id,
                number=number,
                span=session.on,
                label=_short(session),
                tip=f"{number}  {say_when(session.stated)}: {say_session(session)}",
                is_chosen=session.case_id == case_id,
                brief=_levels_of(session),
            )


def _short(session: Session) -> str:
    techniques = dict.fromkeys(technique.short for _, technique in session.levels if technique)
    named = _levels_of(session)
    return " ".join(filter(None, (named, ", ".join(techniques)))) or tr("No level")


def _levels_of(session: Session) -> str:
    levels = list(dict.fromkeys(level for level, _ in session.levels))
    return _named(levels, most=_MOST_LEVELS)


def _named(levels: Sequence[Level], most: int) -> str:
    return few_levels(levels) if len(levels) > most else ", ".join(one.label for one in levels)


def _placed(score: PainScore, numbers: Mapping[str, int]) -> CourseScore:
    assert score.on is not None
    number = numbers[score.case_id]
    return CourseScore(
        session=number,
        span=score.on,
        low=score.reported.low,
        high=score.reported.high,
        words=score.reported.words,
        is_before=score.is_before,
        tip=f"{say_when(score.stated)}: {say_score(score, number)}",
    )


def _events(timeline: PatientTimeline, numbers: Mapping[str, int]) -> Iterator[CourseEvent]:
    for one in timeline.happenings:
        if one.on is not None:
            sign = Sign.FRACTURE if one.is_fracture else Sign.EVENT
            tip = _when_and_what(one, numbers[one.case_id])
            yield CourseEvent(one.on, say_event_in_short(one), tip, sign)
    if timeline.died is not None:
        tip = f"{say_span(timeline.died)}: {tr('died')}"
        yield CourseEvent(timeline.died, tr("Died"), tip, Sign.DEATH)


def _when_and_what(one: Happening, number: int) -> str:
    when = one.stated or (say_span(one.on) if one.on is not None else say_when(None))
    return f"{when}: {say_event(one)} ({tr('procedure {number}').format(number=number)})"


def _apart(timeline: PatientTimeline, numbers: Mapping[str, int]) -> Iterator[str]:
    """What cannot be drawn, because nobody knows when it was."""
    for session in timeline.sessions:
        number = numbers[session.case_id]
        if session.on is None:
            yield tr("Procedure {number}: {what}").format(number=number, what=say_session(session))
        for score in timeline.scores_of(session.case_id):
            if score.on is None and score.is_said:
                yield say_score(score, number)
        for one in timeline.happenings_of(session.case_id):
            if one.on is None:
                yield f"{say_event(one)} ({tr('procedure {number}').format(number=number)})"
    if timeline.is_dead and timeline.died is None:
        yield tr("Died")


def _line(
    timeline: PatientTimeline, session: Session, number: int, *, is_chosen: bool
) -> ProcedureLine:
    techniques = dict.fromkeys(technique.label for _, technique in session.levels if technique)
    levels = dict.fromkeys(level.label for level, _ in session.levels)
    unnamed = tr("{n} without a name").format(n=session.unnamed_levels)
    named = ", ".join([*levels, *([unnamed] if session.unnamed_levels else [])])
    return ProcedureLine(
        case_id=session.case_id,
        number=number,
        date=say_when(session.stated),
        levels=named or tr("No level"),
        technique=_joined(techniques) or tr("No technique"),
        pain=say_pain(session),
        events=_joined(say_event(one) for one in timeline.happenings_of(session.case_id)),
        is_chosen=is_chosen,
    )


def _joined(parts: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(parts))
