# SPDX-License-Identifier: MIT
"""What the page says of visits, in the user's language. No widgets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import QCoreApplication

from models.caselist import Score
from models.followup.duelist import Dates, DueLine
from models.followup.flags import Flag, FlagKind
from models.followup.recording import VisitTaken
from models.followup.spans import Which
from models.followup.states import Visit, VisitState
from models.followup.unsaved import TakenUp, Unsaved
from models.numbers import show_number, show_reported
from models.speech import numeral, shown_day
from models.vocabulary import PainScale

_MOST_SCORES = 3
_MOST_TYPED = 5
ARROW = " → "
APART = " | "
"""Between scores that are on different scales and must not be compared."""


def tr(text: str) -> str:
    """``text`` in the user's language."""
    return QCoreApplication.translate("followup", text)


def days(n: int) -> str:
    """Such as "1 day" or "31 days"."""
    return tr("1 day") if n == 1 else tr("{n} days").format(n=numeral(n, ","))


def cases(n: int) -> str:
    """Such as "1 case" or "31 cases"."""
    return tr("1 case") if n == 1 else tr("{n} cases").format(n=numeral(n, ","))


def due_in_words(visit: Visit) -> str:
    """Such as "31 days overdue", "due in 2 days" or "due, 12 days left"."""
    if visit.state is VisitState.OVERDUE:
        return tr("{days} overdue").format(days=days(visit.days))
    ahead = visit.window.target_day - visit.day
    if ahead > 0:
        return tr("due in {days}").format(days=days(ahead))
    if not ahead:
        return tr("due today")
    left = visit.window.ideal_last - visit.day
    return tr("due, {days} left").format(days=days(left)) if left else tr("due, last day")


def window_in_words(visit: Visit, dates: Dates) -> str:
    """The target and how far from it a visit is on time."""
    return tr("{day} ± {n} d").format(day=shown_day(dates.target), n=visit.window.tolerance)


def window_in_full(visit: Visit, dates: Dates) -> str:
    """The same in sentences, with the last day that counts."""
    said = tr("{visit}: on time from {first} to {last}, best on {target}. Counts until {end}.")
    return said.format(
        visit=visit.time_point.label,
        first=shown_day(dates.ideal_first),
        last=shown_day(dates.ideal_last),
        target=dates.target,
        end=dates.last,
    )


def scale_range(scale: PainScale | None, top: float | None) -> str:
    """What stands beside the box: "0–10", "0–100 mm"."""
    if scale is PainScale.VERBAL:
        return tr("0–{top}").format(top=show_number(top)) if top else tr("in words")
    if scale is PainScale.VAS_100:
        return tr("0–100 mm")
    return tr("0–10 VAS") if scale is PainScale.VAS_10 else tr("0–10")


def given(line: DueLine) -> list[Score]:
    """The scores so far, in the order of time, without those that are none."""
    return [
        score
        for score in line.case.course
        if score.reported.low is not None or score.reported.words
    ]


def scales_in(scores: Sequence[Score]) -> set[PainScale | None]:
    """The scales of the numbers."""
    return {score.scale for score in scores if score.reported.low is not None}


def scores_in_brief(scores: Sequence[Score]) -> list[str]:
    """The first score and the last ones; "…" for those between."""
    told = [show_reported(score.reported) for score in scores]
    return told if len(told) <= _MOST_SCORES else [told[0], "…", told[-1]]


def scores_in_full(scores: Sequence[Score]) -> str:
    """Every score on a line of its own."""
    lines = []
    for score in scores:
        when = score.time_point.label if score.time_point else tr("Time not stated")
        on = f" ({shown_day(score.assessed_on)})" if score.assessed_on else ""
        scale = f", {score.scale.label}" if score.scale and score.reported.low is not None else ""
        lines.append(f"{when}{on}: {show_reported(score.reported)}{scale}")
    return "\n".join(lines) or tr("No score so far")


def flag_in_brief(flag: Flag) -> str:
    """Such as "treated again"."""
    return {
        FlagKind.TREATED_AGAIN: tr("treated again"),
        FlagKind.TREATED_ELSEWHERE: tr("treated elsewhere"),
        FlagKind.NEW_FRACTURE: tr("new fracture"),
    }[flag.kind]


def flag_in_words(flag: Flag) -> str:
    """Such as "treated again on 2026-05-02 (T12)"."""
    what = flag_in_brief(flag)
    where = f" ({', '.join(level.label for level in flag.levels)})" if flag.levels else ""
    if flag.on:
        return tr("{what} on {day}{where}").format(what=what, day=shown_day(flag.on), where=where)
    return f"{what}{where}"


def calls_in_words(calls: int) -> str:
    """How often nobody was reached; "" where nobody tried."""
    if not calls:
        return ""
    return tr("1 call tried") if calls == 1 else tr("{n} calls tried").format(n=calls)


def list_name(which: Which) -> str:
    """What a list is called on its pill."""
    return {
        Which.OVERDUE: tr("Overdue"),
        Which.WEEK: tr("Due this week"),
        Which.MONTH: tr("Due this month"),
        Which.ALL: tr("All"),
    }[which]


def taken_in_brief(error: VisitTaken) -> str:
    """What the row says when somebody else was faster."""
    if error.user:
        return tr("Not saved, {user} was faster").format(user=error.user)
    return tr("Not saved, the visit was recorded already")


def postponed_in_words(count: int) -> str:
    """What waits to be saved while the server does not answer."""
    if count == 1:
        return tr(
            "1 entry is not saved yet: the server does not answer. It is saved once, as soon as "
            "the server answers again."
        )
    return tr(
        "{n} entries are not saved yet: the server does not answer. Each is saved once, as soon "
        "as the server answers again."
    ).format(n=count)


def unsaved_in_words(found: TakenUp) -> str:
    """What was typed before and not saved: what stands in its row again, and what has none."""
    said = []
    if found.waiting:
        told = _typed_in_words(found.waiting, found.patients)
        said.append(
            tr("Typed before and not saved: {scores}. It stands in the row again.").format(
                scores=told
            )
        )
    if found.passed:
        told = _typed_in_words(found.passed, found.patients)
        said.append(
            tr("Typed before and not saved, and asked for no more: {scores}.").format(scores=told)
        )
    return " ".join(said)


def _typed_in_words(typed: Sequence[Unsaved], patients: Mapping[str, str]) -> str:
    told = [
        tr("{patient}, {visit}: {score}").format(
            patient=patients.get(one.case_id) or tr("No code"),
            visit=one.time_point.label,
            score=one.text.strip() or (one.analgesics.label if one.analgesics else ""),
        )
        for one in typed[:_MOST_TYPED]
    ]
    if (more := len(typed) - _MOST_TYPED) > 0:
        told.append(tr("and {n} more").format(n=numeral(more, ",")))
    return "; ".join(told)


def patient_of(line: DueLine) -> str:
    """The code of the patient, or that there is none."""
    return line.case.patient_code or tr("No code")


def who_is_next(line: DueLine, today: date) -> str:
    """Who is asked next, and when, for a list with nobody in it."""
    visit, dates = line.next, line.dates
    if visit is None or dates is None:
        return ""
    if dates.ideal_first > today:
        ahead = days((dates.ideal_first - today).days)
        when = tr("from {day} on, in {days}").format(day=shown_day(dates.ideal_first), days=ahead)
    else:
        when = due_in_words(visit)
    said = tr("Next is {patient}: {visit}, {when}.")
    return said.format(patient=patient_of(line), visit=visit.time_point.label, when=when)
