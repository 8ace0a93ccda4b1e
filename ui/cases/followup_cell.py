# SPDX-License-Identifier: MIT
"""What the list says of the follow-up of a case: in a few words, and visit by visit."""

from __future__ import annotations

from models.caselist import CaseLine
from models.followup.states import CaseState, FollowUp, Visit, VisitState
from models.speech import lowered
from ui.cases.cells import NOTHING, tr
from ui.cases.runs import Ink, Run, Runs


def runs(line: CaseLine) -> Runs:
    """Which visit is next and how it stands, or how the follow-up ended.

    The words tell everything; the color only leads the eye to what has to be done.
    """
    found = line.follow_up
    visit = found.next
    if visit is not None:
        return _next(visit)
    short = {CaseState.ENDED: tr("Ended"), CaseState.UNDATED: NOTHING}.get(found.state, "")
    return (Run(_end(found), _INKS.get(found.state, Ink.MUTED), short=short),)


def spoken(line: CaseLine) -> str:
    """How the follow-up stands, and what became of each visit, a line each."""
    found = line.follow_up
    first = _in_words(found.next) if found.next else _end_in_words(found)
    return "\n".join([first, *(_visit(visit) for visit in found.visits)])


_INKS = {CaseState.COMPLETE: Ink.SUCCESS, CaseState.LOST: Ink.WARNING}


def _next(visit: Visit) -> Runs:
    name = visit.time_point.short
    if visit.state is VisitState.OVERDUE:
        said = tr("{visit}, {n} d late").format(visit=name, n=visit.days)
        return (Run(said, Ink.ERROR, whole=True, short=tr("{n} d late").format(n=visit.days)),)
    if visit.state is VisitState.IN_WINDOW:
        left = tr("{n} d left").format(n=visit.days) if visit.days else tr("last day")
        said = tr("{visit}, {left}").format(visit=name, left=left)
        return (Run(said, Ink.WARNING, whole=True, short=left),)
    said = tr("{visit}, in {n} d").format(visit=name, n=visit.days)
    return (Run(said, Ink.MUTED, whole=True, short=name),)


def _end(found: FollowUp) -> str:
    match found.state:
        case CaseState.COMPLETE:
            return tr("Complete")
        case CaseState.MOVED:
            return tr("Moved away")
        case CaseState.LOST:
            return tr("Lost")
        case CaseState.DIED:
            return tr("Died")
        case CaseState.UNDATED:
            return tr("No date")
        case _:
            return tr("Ended, {n}/{all}").format(n=found.answered, all=len(found.visits))


def _in_words(visit: Visit) -> str:
    name = visit.time_point.label
    if visit.state is VisitState.OVERDUE:
        return tr("Overdue: {visit}, {n} days late.").format(visit=name, n=visit.days)
    if visit.state is VisitState.IN_WINDOW:
        return tr("Due now: {visit}, {n} days left.").format(visit=name, n=visit.days)
    return tr("Next: {visit}, in {n} days.").format(visit=name, n=visit.days)


def _end_in_words(found: FollowUp) -> str:
    answered = tr("{n} of {all} visits answered").format(n=found.answered, all=len(found.visits))
    match found.state:
        case CaseState.COMPLETE:
            return tr("Follow-up complete: {answered}.").format(answered=answered)
        case CaseState.MOVED:
            return tr("The patient moved away: {answered}.").format(answered=answered)
        case CaseState.LOST:
            return tr("Lost to follow-up: {answered}.").format(answered=answered)
        case CaseState.DIED:
            return tr("The patient died: {answered}.").format(answered=answered)
        case CaseState.UNDATED:
            return tr("The day of the procedure is not known, so no visit can be due.")
        case _:
            return tr("No visit can be had any more: {answered}.").format(answered=answered)


def _visit(visit: Visit) -> str:
    match visit.state:
        case VisitState.UPCOMING:
            said = tr("to come")
        case VisitState.IN_WINDOW:
            said = tr("due now")
        case VisitState.OVERDUE:
            said = tr("overdue")
        case VisitState.MEASURED:
            said = tr("score")
        case VisitState.ANSWERED | VisitState.EXCUSED:
            said = lowered(visit.mark.label)
        case VisitState.MISSED:
            said = tr("missed")
    return f"{visit.time_point.label}: {said}"
