# SPDX-License-Identifier: MIT
"""The call list as it goes to paper, with room to write scores and remarks by hand."""

from __future__ import annotations

from datetime import datetime

from models.followup.spans import Which
from models.followup.states import VisitState
from models.logbook import Logbook
from models.reports.call_list import CallList, CallRow
from models.reports.due import case_in_words, scores_in_words
from models.speech import numeral, shown_day, shown_moment
from ui.followup import words
from ui.followup.words import tr
from ui.printing.listing import Listing, PrintColumn, Row

_SCORE_MM, _NOTE_MM = 20, 34


def listing_of(found: CallList, which: Which, logbook: Logbook, at: datetime) -> Listing:
    """The list with all that is said above and below it."""
    n = len(found.rows)
    synthetic = sum(row.is_synthetic for row in found.rows)
    told = tr("1 visit") if n == 1 else tr("{n} visits").format(n=numeral(n, ","))
    whose = tr("Logbook {logbook}, printed {at} by {user}.").format(
        logbook=found.logbook, at=shown_moment(at), user=logbook.user
    )
    if synthetic:
        whose += " " + tr("Synthetic cases among them: {n}.").format(n=numeral(synthetic, ","))
    return Listing(
        title=tr("Call list"),
        subtitle=(
            tr("{list}, as of {day}: {n}.").format(
                list=words.list_name(which), day=shown_day(found.today), n=told
            ),
            whose,
        ),
        columns=_columns(has_names=found.has_names),
        rows=tuple(_row(row, has_names=found.has_names) for row in found.rows),
        note=tr("Ask on the scale that is named, and write the score down as it is said."),
        footer=tr(
            "Patient data. Keep it locked away, and shred it when it is not needed any more."
        ),
    )


def _columns(*, has_names: bool) -> tuple[PrintColumn, ...]:
    named = (PrintColumn(tr("Name")), PrintColumn(tr("Record number"))) if has_names else ()
    return (
        PrintColumn(tr("Due")),
        PrintColumn(tr("Patient")),
        *named,
        PrintColumn(tr("Case")),
        PrintColumn(tr("Visit")),
        PrintColumn(tr("On time")),
        PrintColumn(tr("Counts until")),
        PrintColumn(tr("So far")),
        PrintColumn(tr("Scale")),
        PrintColumn(tr("Pain now"), blank_mm=_SCORE_MM),
        PrintColumn(tr("Analgesics, or why no score"), blank_mm=_NOTE_MM),
    )


def _row(row: CallRow, *, has_names: bool) -> Row:
    person = row.named
    named = (
        (person.full_name if person else "", person.record_number if person else "")
        if has_names
        else ()
    )
    flags = [words.flag_in_words(flag) for flag in row.flags]
    case = "\n".join([case_in_words(row), *flags])
    code = row.patient_code or tr("No code")
    if row.is_synthetic:
        code = f"{code} ({tr('synthetic')})"
    return (
        "\n".join(filter(None, (_due(row), words.calls_in_words(row.calls)))),
        code,
        *named,
        case,
        row.visit.label,
        f"{shown_day(row.dates.ideal_first)} –\n{shown_day(row.dates.ideal_last)}",
        shown_day(row.dates.last),
        scores_in_words(row) or "–",
        row.scale.label if row.scale else tr("NRS 0–10"),
        "",
        "",
    )


def _due(row: CallRow) -> str:
    counted = words.days(row.days)
    if row.state is VisitState.OVERDUE:
        return tr("{days} overdue").format(days=counted)
    if row.state is VisitState.IN_WINDOW:
        return tr("{days} left").format(days=counted)
    return tr("in {days}").format(days=counted)
