# SPDX-License-Identifier: MIT
"""Follow-up on a day as one JSON document, in names that scripts rely on, and as lines of text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from models.followup.flags import Flag, FlagKind
from models.followup.planning import is_waiting
from models.followup.spans import Which
from models.followup.states import CaseState, VisitState
from models.followup.tally import Completeness, Counts, Tally, tally
from models.logbook import Logbook
from models.reports.call_list import CallRow, call_list
from models.speech import numerals, say, say_n, shown_day
from models.timepoints import VisitPlan

Json = dict[str, object]

_HEADINGS = (
    say("Due"),
    say("Patient"),
    say("Case"),
    say("Visit"),
    say("On time"),
    say("Counts until"),
    say("So far"),
    say("Calls"),
    "",
)
_LISTS = {
    Which.OVERDUE: "overdue",
    Which.WEEK: say("due this week"),
    Which.MONTH: say("due this month"),
    Which.IN_WINDOW: say("on time"),
    Which.DUE: say("overdue or on time"),
    Which.UPCOMING: say("too early"),
    Which.ALL: say("to come"),
}


def due_json(logbook: Logbook, which: Which, today: date) -> Json:
    """What ``due --json`` prints; rates are null where nothing was due. No name is in it."""
    found = tally(logbook, today)
    rows = call_list(logbook, which, today).rows
    return {
        "on": today.isoformat(),
        "list": which.value,
        "counts": _counts(found.counts()),
        "completeness": [_completeness(point) for point in found.completeness()],
        "plan": _plan(found.plan),
        "plan_waits": is_waiting(logbook),
        "visits": [_visit(row) for row in rows],
    }


def due_text(logbook: Logbook, which: Which, today: date) -> str:
    """The same to read: what there is to do, a table of the list, and how complete it is."""
    found = tally(logbook, today)
    counts = found.counts()
    listed = (Which.OVERDUE, Which.WEEK, Which.MONTH)
    said = ", ".join(
        numerals("{count:,} {lists}", count=counts[one], lists=_LISTS[one]) for one in listed
    )
    lines = [say("Follow-up on {today}: {said}.", today=today, said=said)]
    rows = call_list(logbook, which, today).rows
    if rows:
        lines += ["", *_table(rows), ""]
    else:
        lines.append(say("No visit is {lists}.", lists=_LISTS[which]))
    if so_far := _so_far(found):
        lines.append(say("Follow-up so far: {so_far}.", so_far=so_far))
    if undated := counts[CaseState.UNDATED]:
        lines.append(
            say("Without the day of the procedure nothing is due: {cases}.", cases=_cases(undated))
        )
    if is_waiting(logbook):
        lines.append(say("The visit plan was changed, and not every case follows it yet."))
    if synthetic := sum(row.is_synthetic for row in rows):
        lines.append(say("Synthetic cases in the list: {synthetic:,}.", synthetic=synthetic))
    return "\n".join(lines)


def state_in_words(state: VisitState, days: int) -> str:
    """Such as "12 days overdue", "6 days left" or "in 3 days"."""
    if state is VisitState.OVERDUE:
        return say_n("{n:,} day overdue", "{n:,} days overdue", days)
    if state is VisitState.IN_WINDOW:
        return say_n("{n:,} day left", "{n:,} days left", days) if days else say("last day")
    if state is VisitState.UPCOMING:
        return say_n("in {n:,} day", "in {n:,} days", days)
    return state.value


def flag_in_words(flag: Flag) -> str:
    """Such as "treated again on 2026-05-02 (T12)"."""
    what = {
        FlagKind.TREATED_AGAIN: say("treated again"),
        FlagKind.TREATED_ELSEWHERE: say("treated elsewhere"),
        FlagKind.NEW_FRACTURE: say("new fracture"),
    }[flag.kind]
    told = say("{what} on {on}", what=what, on=flag.on) if flag.on else what
    return f"{told} ({', '.join(flag.levels)})" if flag.levels else told


def case_in_words(row: CallRow) -> str:
    """The levels and techniques of a case, such as "T12, L1 Vertebroplasty"."""
    levels = ", ".join(level.label for level in row.levels)
    techniques = ", ".join(technique.label for technique in row.techniques)
    return " ".join(filter(None, (levels, techniques)))


def scores_in_words(row: CallRow) -> str:
    """The scores so far in the order of time; on more than one scale, each with its own."""
    scales = {score.scale for score in row.scores if score.scale is not None}
    several = len(scales) > 1
    told = (
        f"{score.told} {score.scale.label}" if several and score.scale else score.told
        for score in row.scores
    )
    return ", ".join(told)


def _table(rows: Sequence[CallRow]) -> list[str]:
    cells = [_HEADINGS, *(_cells(row) for row in rows)]
    widths = [max(len(line[place]) for line in cells) for place in range(len(_HEADINGS))]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in cells
    ]


def _cells(row: CallRow) -> tuple[str, ...]:
    marks = [flag_in_words(flag) for flag in row.flags]
    return (
        state_in_words(row.state, row.days),
        row.patient_code or "-",
        case_in_words(row),
        row.visit.label,
        say(
            "{ideal_first} to {ideal_last}",
            ideal_first=row.dates.ideal_first,
            ideal_last=row.dates.ideal_last,
        ),
        shown_day(row.dates.last),
        scores_in_words(row),
        str(row.calls) if row.calls else "",
        "; ".join([*marks, *([say("synthetic")] if row.is_synthetic else [])]),
    )


def _so_far(found: Tally) -> str:
    return ", ".join(
        say(
            "{short} {n_due_measured:.0%} of {n_due:,}",
            short=point.time_point.short,
            n_due_measured=point.n_due_measured / point.n_due,
            n_due=point.n_due,
        )
        for point in found.completeness()
        if point.n_due
    )


def _cases(n: int) -> str:
    return say("{n:,} case", n=n) if n == 1 else say("{n:,} cases", n=n)


def _counts(counts: Counts) -> Json:
    told: Json = {which.value: counts[which] for which in Which}
    told |= {state.value: counts[state] for state in CaseState}
    return {**told, "total": counts.total}


def _completeness(point: Completeness) -> Json:
    rate = point.rate
    return {
        "time_point": point.time_point.value,
        "n_eligible": point.n_eligible,
        "n_measured": point.n_measured,
        "n_pending": point.n_pending,
        "n_missing": sum(point.missing.values()),
        "missing": {mark.code: n for mark, n in point.missing.items()},
        "n_died": point.n_died,
        "n_due": point.n_due,
        "n_due_measured": point.n_due_measured,
        "rate": rate.rate,
        "ci95": None if rate.ci95 is None else list(rate.ci95),
    }


def _plan(plan: VisitPlan) -> list[Json]:
    return [
        {
            "time_point": window.time_point.value,
            "asked": window.asked,
            "target": window.target_day,
            "tolerance": window.tolerance,
            "first": window.first_day,
            "last": window.last_day,
        }
        for window in plan.windows
    ]


def _visit(row: CallRow) -> Json:
    return {
        "case_id": row.case_id,
        "patient_code": row.patient_code,
        "performed_on": row.performed.isoformat(),
        "levels": [level.value for level in row.levels],
        "techniques": [technique.value for technique in row.techniques],
        "visit": row.visit.value,
        "state": row.state.value,
        "days": row.days,
        "target": row.dates.target.isoformat(),
        "ideal_from": row.dates.ideal_first.isoformat(),
        "ideal_to": row.dates.ideal_last.isoformat(),
        "window_from": row.dates.first.isoformat(),
        "window_to": row.dates.last.isoformat(),
        "scores": [
            {
                "time_point": score.time_point.value if score.time_point else None,
                "told": score.told,
                "scale": score.scale.value if score.scale else None,
            }
            for score in row.scores
        ],
        "calls": row.calls,
        "flags": [
            {"kind": flag.kind.value, "on": flag.on, "levels": [lv.value for lv in flag.levels]}
            for flag in row.flags
        ],
        "synthetic": row.is_synthetic,
    }
