# SPDX-License-Identifier: MIT
"""What is typed and saved while patients are rung: kept by case, saved in jobs. No widgets."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from PySide6.QtCore import QObject, Signal

from models.checks import score_problem
from models.errors import InvalidValue, LogbookError, ServerAway
from models.followup.duelist import DueLine
from models.followup.recording import (
    Answer,
    Recorded,
    VisitTaken,
    read_answer,
    record_reason,
    record_score,
)
from models.followup.unsaved import Unsaved
from models.logbook import Logbook
from models.numbers import show_reported
from models.once import Once
from models.partial_date import PartialDate
from models.schema import Assessment
from models.vocabulary import (
    AnalgesicLevel,
    AssessmentMissing,
    AssessmentMode,
    PainScale,
    TimePoint,
)
from ui.events import LogbookEvents
from ui.followup import words
from ui.jobs import Jobs
from ui.repeats import Repeats

_PATIENCE_S = 20.0
"""So long a score waits for the one before it; a busy logbook gives up sooner."""


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

    @property
    def is_saving(self) -> bool:
        """Whether it is on its way to the disk."""
        return self.stand is Stand.SAVING


@dataclass(frozen=True, slots=True)
class Death:
    """When the patient died; None where nobody knows the day."""

    on: PartialDate | None


Key = tuple[str, TimePoint | None]
"""A visit of a case. What is typed for one visit never stands in the box of another."""


class Calls(QObject):
    """Keeps what is typed for each visit, and saves it.

    Attributes:
        mode: how the patients are asked, as the page shows it; None where nobody says.

    Signals:
        changed: (case id) something else is to be shown of this case.
        typed: something else is typed and not saved.
        saved: (case id) it is in the logbook.
        refused: (case id, what was typed, LogbookError) it is not.
        postponed: (how many) so many wait until the server of the logbook answers again.
    """

    changed = Signal(str)
    typed = Signal()
    saved = Signal(str)
    refused = Signal(str, str, object)
    postponed = Signal(int)

    def __init__(self, jobs: Jobs, events: LogbookEvents, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._events = events
        self._repeats = Repeats(jobs, events, self)
        self._repeats.emptied.connect(lambda: self.postponed.emit(0))
        self._logbook: Logbook | None = None
        self.mode: AssessmentMode | None = None
        self._entries: dict[Key, Entry] = {}
        self._settled: dict[str, Settled] = {}
        self._was: dict[str, tuple[Key, Entry]] = {}
        self._passed: set[Key] = set()
        self._last = threading.Event()
        self._last.set()
        self._telling = ""

    def set_logbook(self, logbook: Logbook | None) -> None:
        """Begin anew with another logbook."""
        self._logbook = logbook
        self._repeats.forget()
        self._entries.clear()
        self._settled.clear()
        self._was.clear()
        self._passed.clear()

    @property
    def is_telling(self) -> str:
        """The case whose saving is just being told to the other pages; "" for none."""
        return self._telling

    @property
    def is_saving(self) -> bool:
        """Whether something is on its way to the disk."""
        return any(one.is_saving for one in self._settled.values())

    def entry(self, line: DueLine) -> Entry:
        """What is typed for a visit; on the scale of the last score where nothing is."""
        made = self._entries.get(key_of(line))
        if made is None:
            made = Entry(scale=line.scale or PainScale.NRS, scale_max=line.scale_max)
            self._entries[key_of(line)] = made
        return made

    def shown(self, line: DueLine) -> Entry | None:
        """What is typed for a visit, if anything."""
        return self._entries.get(key_of(line))

    def unsaved(self) -> list[Unsaved]:
        """What is typed and on its way to the disk or not even that."""
        waiting = dict(self._entries)
        on_its_way = [self._was[one] for one, how in self._settled.items() if how.is_saving]
        waiting |= dict(on_its_way)
        return [
            Unsaved(case_id, point, one.text, one.analgesics, one.scale, one.scale_max)
            for (case_id, point), one in waiting.items()
            if point is not None and not one.is_empty
        ]

    def take_up(self, kept: Iterable[Unsaved]) -> None:
        """Put what was typed before into its boxes again; what is typed there meanwhile stays."""
        for one in kept:
            entry = Entry(one.text, one.analgesics, one.scale, one.scale_max)
            present = self._entries.get((one.case_id, one.time_point))
            if present is None or present.is_empty:
                self._entries[one.case_id, one.time_point] = entry
            self.changed.emit(one.case_id)

    def settled(self, case_id: str) -> Settled | None:
        """What came of the visit; None while it waits."""
        return self._settled.get(case_id)

    def forget_settled(self) -> None:
        """The list was read anew: what is saved needs no row of its own any more."""
        kept = {key: one for key, one in self._settled.items() if one.is_saving}
        self._settled = kept

    def forget_passed(self, case_id: str) -> None:
        """Let go of what was typed for a visit of the case that somebody else had recorded."""
        for key in [key for key in self._passed if key[0] == case_id]:
            self._passed.discard(key)
            self._entries.pop(key, None)
        self.typed.emit()

    def take_back(self, case_id: str) -> None:
        """The saved change was undone: what was typed stands in the box again."""
        if self._settled.pop(case_id, None) is not None and case_id in self._was:
            key, entry = self._was.pop(case_id)
            self._entries[key] = entry
            self.typed.emit()
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
        said = {"mode": self.mode, "analgesic_level": entry.analgesics}
        extras = {name: value for name, value in said.items() if value is not None}
        answer = Answer(entry.text, entry.scale, entry.scale_max, extras)
        self._save(
            line,
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
            line,
            reason.label,
            lambda: record_reason(
                logbook, case_id, point, reason, died_on=died_on, is_day_unknown=is_unknown
            ),
        )
        return True

    def _save(self, line: DueLine, told: str, work: Callable[[], Recorded]) -> None:
        logbook, case_id, key = self._logbook, line.case.case_id, key_of(line)
        assert logbook is not None
        order = Once(logbook, work)
        self._was[case_id] = key, self._entries.pop(key, Entry())
        self._show(case_id, Settled(Stand.SAVING, told))

        def done(_recorded: Recorded) -> None:
            if logbook is not self._logbook:
                return
            self._show(case_id, Settled(Stand.SAVED, told))
            self.typed.emit()
            self.saved.emit(case_id)
            self._telling = case_id
            self._events.case_saved.emit(case_id)
            self._telling = ""

        def failed(error: LogbookError) -> None:
            if logbook is not self._logbook:
                return
            if isinstance(error, ServerAway):
                self._repeats.keep(order, done, failed)
                self.typed.emit()
                self.postponed.emit(self._repeats.count)
                return
            self._refuse(case_id, error)

        before, self._last = self._last, threading.Event()
        own = self._last

        def work_in_turn() -> Recorded:
            # The pool has several threads; without this a later score could be saved earlier.
            before.wait(_PATIENCE_S)
            try:
                return order.carry_out()
            finally:
                own.set()

        job = self._jobs.run(logbook, work_in_turn, done, failed, changes=True)
        # Also where the work was not begun, because the logbook was gone.
        job.finished.connect(own.set)

    def _refuse(self, case_id: str, error: LogbookError) -> None:
        key, was = self._was.pop(case_id)
        if isinstance(error, VisitTaken):
            self._settled[case_id] = Settled(Stand.TAKEN, words.taken_in_brief(error))
            self._passed.add(key)
        else:
            self._settled.pop(case_id, None)
            was.problem = str(error)
        self._entries[key] = was
        self.changed.emit(case_id)
        self.refused.emit(case_id, was.text.strip(), error)

    def _show(self, case_id: str, settled: Settled) -> None:
        self._settled[case_id] = settled
        self.changed.emit(case_id)


def key_of(line: DueLine) -> Key:
    """The visit that the line asks for."""
    return line.case.case_id, line.next.time_point if line.next is not None else None


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
