# SPDX-License-Identifier: MIT
"""What is typed and saved while patients are rung: kept by case, saved in jobs. No widgets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from PySide6.QtCore import QObject, Signal

from models.checks import score_problem
from models.errors import InvalidValue, LogbookError
from models.followup.duelist import DueLine
from models.followup.recording import (
    Answer,
    Recorded,
    VisitTaken,
    read_answer,
    record_reason,
    record_score,
)
from models.logbook import Logbook
from models.numbers import show_reported
from models.partial_date import PartialDate
from models.schema import Assessment
from models.vocabulary import AnalgesicLevel, AssessmentMissing, AssessmentMode, PainScale
from ui.events import LogbookEvents
from ui.jobs import Jobs


@dataclass(slots=True)
class Entry:
    """What is entered for a visit and not saved yet.

    Attributes:
        text: what stands in the box of the score.
        analgesics: what the patient takes; None where nobody said.
        scale, scale_max: what the score is on.
        problem: why the text is not taken, as a sentence; "" when it is.
    """

    text: str = ""
    analgesics: AnalgesicLevel | None = None
    scale: PainScale = PainScale.NRS
    scale_max: float | None = None
    problem: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing would be lost."""
        return not self.text.strip() and self.analgesics is None


class Stand(Enum):
    """How far the saving of a visit is."""

    SAVING = "saving"
    SAVED = "saved"
    TAKEN = "taken"


@dataclass(frozen=True, slots=True)
class Settled:
    """What came of a visit, to be shown in its row until the list is read anew."""

    stand: Stand
    told: str


@dataclass(frozen=True, slots=True)
class Death:
    """When the patient died; None where nobody knows the day."""

    on: PartialDate | None


class Calls(QObject):
    """Keeps what is typed for each case, and saves it.

    Signals:
        changed: (case id) something else is to be shown of this case.
        saved: (case id) it is in the logbook.
        refused: (case id, LogbookError) it is not.
    """

    changed = Signal(str)
    saved = Signal(str)
    refused = Signal(str, object)

    def __init__(self, jobs: Jobs, events: LogbookEvents, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._events = events
        self._logbook: Logbook | None = None
        self._entries: dict[str, Entry] = {}
        self._settled: dict[str, Settled] = {}
        self._was: dict[str, Entry] = {}
        self._telling = ""

    def set_logbook(self, logbook: Logbook | None) -> None:
        """Begin anew with another logbook."""
        self._logbook = logbook
        self._entries.clear()
        self._settled.clear()
        self._was.clear()

    @property
    def is_telling(self) -> str:
        """The case whose saving is just being told to the other pages; "" for none."""
        return self._telling

    @property
    def is_saving(self) -> bool:
        """Whether something is on its way to the disk."""
        return any(one.stand is Stand.SAVING for one in self._settled.values())

    def entry(self, line: DueLine) -> Entry:
        """What is typed for a case; on the scale of its last score where nothing is."""
        made = self._entries.get(line.case.case_id)
        if made is None:
            made = Entry(scale=line.scale or PainScale.NRS, scale_max=line.scale_max)
            self._entries[line.case.case_id] = made
        return made

    def typed(self, case_id: str) -> Entry | None:
        """What is typed for a case, if anything."""
        return self._entries.get(case_id)

    def settled(self, case_id: str) -> Settled | None:
        """What came of the visit; None while it waits."""
        return self._settled.get(case_id)

    def forget_settled(self) -> None:
        """The list was read anew: what is saved needs no row of its own any more."""
        kept = {key: one for key, one in self._settled.items() if one.stand is Stand.SAVING}
        self._settled = kept

    def take_back(self, case_id: str) -> None:
        """The saved change was undone: what was typed stands in the box again."""
        if self._settled.pop(case_id, None) is not None and case_id in self._was:
            self._entries[case_id] = self._was.pop(case_id)
        self.changed.emit(case_id)

    # saving

    def save_score(self, line: DueLine, today: date) -> bool:
        """Save what is typed; False where it cannot be, ``Entry.problem`` says why then."""
        entry = self.entry(line)
        entry.problem = problem_of(entry)
        logbook = self._logbook
        if entry.problem or line.next is None or logbook is None:
            self.changed.emit(line.case.case_id)
            return False
        told, point, case_id = read_answer(entry.text), line.next.time_point, line.case.case_id
        extras: dict[str, object] = {"mode": AssessmentMode.PHONE}
        if entry.analgesics is not None:
            extras["analgesic_level"] = entry.analgesics
        answer = Answer(entry.text, entry.scale, entry.scale_max, extras)
        self._save(
            case_id,
            show_reported(told),
            lambda: record_score(logbook, case_id, point, answer, today),
        )
        return True

    def save_reason(
        self,
        line: DueLine,
        reason: AssessmentMissing,
        death: Death | None = None,
    ) -> bool:
        """Save why there is no score; False where nothing can be saved now."""
        logbook = self._logbook
        if line.next is None or logbook is None:
            return False
        point, case_id = line.next.time_point, line.case.case_id
        died_on = death.on if death is not None else None
        is_unknown = death is not None and death.on is None
        self._save(
            case_id,
            reason.label,
            lambda: record_reason(
                logbook, case_id, point, reason, died_on=died_on, is_day_unknown=is_unknown
            ),
        )
        return True

    def _save(self, case_id: str, told: str, work: Callable[[], Recorded]) -> None:
        logbook = self._logbook
        self._was[case_id] = self._entries.pop(case_id, Entry())
        self._show(case_id, Settled(Stand.SAVING, told))

        def done(_recorded: Recorded) -> None:
            if logbook is not self._logbook:
                return
            self._show(case_id, Settled(Stand.SAVED, told))
            self.saved.emit(case_id)
            self._telling = case_id
            self._events.case_saved.emit(case_id)
            self._telling = ""

        def failed(error: LogbookError) -> None:
            if logbook is self._logbook:
                self._refuse(case_id, error)

        self._jobs.run(logbook, work, done, failed)

    def _refuse(self, case_id: str, error: LogbookError) -> None:
        was = self._was.pop(case_id, Entry())
        if isinstance(error, VisitTaken):
            self._settled[case_id] = Settled(Stand.TAKEN, error.message)
        else:
            self._settled.pop(case_id, None)
            was.problem = str(error)
            self._entries[case_id] = was
        self.changed.emit(case_id)
        self.refused.emit(case_id, error)

    def _show(self, case_id: str, settled: Settled) -> None:
        self._settled[case_id] = settled
        self.changed.emit(case_id)


def problem_of(entry: Entry) -> str:
    """Why what is typed cannot be a score on its scale, as a sentence; "" when it can.

    It asks no logbook, so that a slip is told while the patient is on the phone.
    """
    try:
        told = read_answer(entry.text)
    except InvalidValue as error:
        return str(error)
    row = Assessment(
        pain_scale=entry.scale,
        pain_scale_max=entry.scale_max,
        pain_low=told.low,
        pain_high=told.high,
        pain_words=told.words or None,
    )
    return score_problem(row)
