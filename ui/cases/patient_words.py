# SPDX-License-Identifier: MIT
"""How the course of a patient is said: scores with their scale, events, and all in sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from PySide6.QtCore import QCoreApplication

from models.numbers import show_reported
from models.partial_date import PartialDate
from models.patient_timeline import DaySpan, Happening, PainScore, PatientTimeline, Session
from models.schema import Assessment
from models.speech import in_quotes, lowered, numeral, shown_day
from models.vocabulary import EventKind, TimePoint


def tr(text: str) -> str:
    """``text`` in the user's language."""
    return QCoreApplication.translate("cases", text)


def say_when(day: PartialDate | None) -> str:
    """A date as it is known."""
    return day.shown if day else tr("No date")


def say_span(span: DaySpan) -> str:
    """One day, or the first and the last that it may have been."""
    first, last = shown_day(span.earliest), shown_day(span.latest)
    return first if span.is_exact else tr("{first} to {last}").format(first=first, last=last)


def say_dates(days: Iterable[PartialDate | None]) -> str:
    """From the first to the last date that is known; "" for none."""
    known = sorted(day for day in days if day)
    if not known:
        return ""
    if known[0] == known[-1]:
        return known[0].shown
    return tr("{first} to {last}").format(first=known[0].shown, last=known[-1].shown)


def say_session(session: Session) -> str:
    """Each level with its technique."""
    said = [
        f"{level.label} {lowered(technique.label)}" if technique else level.label
        for level, technique in session.levels
    ]
    return ", ".join(said) or tr("no level")


def say_scale(score: PainScore) -> str:
    """The scale of a number, with the top that was stated where the scale has none of its own."""
    if score.scale is None:
        return tr("scale not stated")
    if score.scale.maximum is not None:
        return score.scale.label
    if score.maximum is None:
        return tr("{scale}, top not stated").format(scale=score.scale.label)
    return tr("{scale}, 0–{top}").format(scale=score.scale.label, top=numeral(score.maximum, "g"))


def lane_title(score: PainScore) -> str:
    """The heading of all scores on the scale of this one."""
    return f"{Assessment.pain_low.label}, {say_scale(score)}"


def lane_top(scores: Sequence[PainScore]) -> float:
    """The top of the scale; where it is not stated, no less than the scores themselves."""
    stated = [score.maximum for score in scores if score.maximum is not None]
    highs = [score.reported.high for score in scores if score.reported.high is not None]
    return max([*stated, *highs, 1.0])


def say_score(score: PainScore, number: int) -> str:
    """E.g. "1 month after procedure 2: 3 (NRS 0–10, worst, back)"."""
    if score.is_before:
        when = tr("Before procedure {number}").format(number=number)
    elif score.time_point in (None, TimePoint.UNDATED):
        when = tr("After procedure {number}").format(number=number)
    else:
        when = tr("{point} after procedure {number}").format(
            point=score.time_point.label, number=number
        )
    return f"{when}: {_value(score)}{_how(score)}"


def say_event(one: Happening) -> str:
    """The event, with the level that broke."""
    said = one.kind.label if one.kind else tr("New fracture, told at follow-up")
    return f"{said} {one.level.label}" if one.level else said


def say_event_in_short(one: Happening) -> str:
    """The same in few words: the mark beside it tells that a fracture is a new one."""
    if one.level is None or not one.is_fracture:
        return say_event(one)
    again = one.kind is EventKind.REFRACTURE
    said = tr("Refracture {level}") if again else tr("Fracture {level}")
    return said.format(level=one.level.label)


def say_pain(session: Session) -> str:
    """Pain before and latest; an arrow only between scores that may be compared."""
    before, latest = session.before, session.latest
    if (before is None or not before.is_said) and (latest is None or not latest.is_said):
        return tr("No pain score")
    one, other = _bare(before), _bare(latest)
    first, last = _scale_of(before), _scale_of(latest)
    if first and first == last:
        return f"{one} → {other}{first}"
    return f"{one}{first} {'|' if first and last else '→'} {other}{last}"


def sentences(timeline: PatientTimeline, numbers: Mapping[str, int]) -> str:
    """The whole course in the order of procedures, for those who hear it."""
    return " ".join(_told(timeline, numbers))


def _told(timeline: PatientTimeline, numbers: Mapping[str, int]) -> Iterator[str]:
    for session in timeline.sessions:
        number = numbers[session.case_id]
        yield tr("Procedure {number}, {date}: {what}.").format(
            number=number, date=session.stated or tr("no date"), what=say_session(session)
        )
        for score in timeline.scores_of(session.case_id):
            if score.is_said:
                yield f"{score.stated or tr('No date')}: {say_score(score, number)}."
        for one in timeline.happenings_of(session.case_id):
            yield f"{one.stated or tr('No date')}: {say_event(one)}."
    if timeline.died is not None:
        yield tr("Died: {when}.").format(when=say_span(timeline.died))
    elif timeline.is_dead:
        yield tr("Died, no date.")


def _value(score: PainScore) -> str:
    if score.has_number:
        return show_reported(score.reported)
    return in_quotes(score.reported.words) if score.reported.words else tr("no score")


def _how(score: PainScore) -> str:
    scale = [say_scale(score)] if score.has_number else []
    terms = [lowered(term.label) for term in (score.context, score.site) if term]
    said = ", ".join([*scale, *terms])
    return f" ({said})" if said else ""


def _bare(score: PainScore | None) -> str:
    if score is None or not score.is_said:
        why = lowered(score.missing.label) if score is not None and score.missing else ""
        return tr("no score, {why}").format(why=why) if why else tr("no score")
    return _value(score)


def _scale_of(score: PainScore | None) -> str:
    """In brackets, behind a number."""
    return f" ({say_scale(score)})" if score is not None and score.has_number else ""
