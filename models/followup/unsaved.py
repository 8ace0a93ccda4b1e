# SPDX-License-Identifier: MIT
"""What was typed while patients were asked and is not saved yet, kept for whoever typed it.

It is no record and counts nowhere. It lies in the logbook, as drafts of cases do, so that nothing
of a patient is outside of it; while the server of one does not answer, where such drafts wait.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from models.errors import ServerAway
from models.followup.duelist import follow_ups
from models.logbook import Logbook
from models.own_notes import UNSAVED_SCORES, drop_note, keep_note, read_note
from models.schema import CaseRow
from models.vocabulary import AnalgesicLevel, PainScale, TimePoint


@dataclass(frozen=True, slots=True)
class Unsaved:
    """What stands in the boxes of a visit.

    Attributes:
        text: in the box of the score, whatever it is.
        analgesics: what the patient takes; None where nobody said.
        scale, scale_max: what the score is on.
    """

    case_id: str
    time_point: TimePoint
    text: str
    analgesics: AnalgesicLevel | None
    scale: PainScale
    scale_max: float | None


@dataclass(frozen=True, slots=True)
class TakenUp:
    """What was kept, by whether its visit is still asked for.

    Attributes:
        waiting: to be put into the boxes.
        passed: its visit was recorded by somebody else, or its time is over.
        patients: the code of the patient of each case; "" where there is none.
    """

    waiting: tuple[Unsaved, ...]
    passed: tuple[Unsaved, ...]
    patients: Mapping[str, str]


def keep_unsaved(logbook: Logbook, typed: Collection[Unsaved]) -> None:
    """Keep this for the user of the logbook, in place of what was kept before.

    Where the server does not answer it is kept on this computer, encrypted, or in memory.

    Raises:
        CannotWrite, LogbookBusy: as their names say. What was kept before is still there.
    """
    rows = [
        [one.case_id, one.time_point, one.text, one.analgesics, one.scale, one.scale_max]
        for one in typed
    ]
    text = json.dumps(rows, ensure_ascii=False, separators=(",", ":")) if rows else ""
    try:
        with logbook.transaction():
            if text:
                keep_note(logbook.database, _name(logbook), text)
            else:
                drop_note(logbook.database, _name(logbook))
    except ServerAway:
        if logbook.shelter is None:
            raise
        logbook.shelter.keep(_name(logbook), text)
    else:
        if logbook.shelter is not None:
            logbook.shelter.forget(_name(logbook))


def unsaved(logbook: Logbook) -> list[Unsaved]:
    """What is kept for the user; what another version kept and nobody can read is left out."""
    with logbook.session():
        text = read_note(logbook.database, _name(logbook))
    here = logbook.shelter.kept().get(_name(logbook)) if logbook.shelter is not None else None
    # What waits here was typed after the server had been lost.
    return list(_read(text if here is None else here))


def take_up(logbook: Logbook, today: date) -> TakenUp:
    """What is kept for the user, beside what is asked for on a day. Nothing is changed."""
    with logbook.session():
        kept = unsaved(logbook)
        if not kept:
            return TakenUp((), (), {})
        query = CaseRow.select(CaseRow.case_id, CaseRow.number, CaseRow.patient_code)
        of_cases = query.where(CaseRow.case_id.in_(sorted({one.case_id for one in kept}))).tuples()
        found = {row[0]: row[1:] for row in of_cases.execute(logbook.database)}
        told = follow_ups(logbook, [number for number, _ in found.values()], today)
    asked = {
        (case_id, told[number].next_time_point)
        for case_id, (number, _) in found.items()
        if number in told
    }
    return TakenUp(
        tuple(one for one in kept if (one.case_id, one.time_point) in asked),
        tuple(one for one in kept if (one.case_id, one.time_point) not in asked),
        {case_id: code or "" for case_id, (_, code) in found.items()},
    )


def _name(logbook: Logbook) -> str:
    return f"{UNSAVED_SCORES}{logbook.user}"


def _read(text: str | None) -> Iterator[Unsaved]:
    try:
        rows = json.loads(text or "[]")
    except ValueError:
        return
    for row in rows if isinstance(rows, list) else ():
        try:
            case_id, point, typed, analgesics, scale, top = row
            yield Unsaved(
                str(case_id),
                TimePoint(point),
                str(typed),
                AnalgesicLevel(analgesics) if analgesics is not None else None,
                PainScale(scale),
                float(top) if top is not None else None,
            )
        except (ValueError, TypeError):
            continue
