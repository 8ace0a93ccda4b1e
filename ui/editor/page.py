# SPDX-License-Identifier: MIT
"""The page on which a case is entered: it joins what is shown with the keeper of cases."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.audit import Action as AuditAction
from models.case import Case, Saved
from models.drafts import Draft, Resumed
from models.errors import ImpossibleCase, LogbookError, PatientExists, ReasonWanted, VersionConflict
from models.logbook import Logbook
from models.schema import Patient, Record
from models.settings import LogbookSettings, plan_of
from ui import keys
from ui.editor.amending import Amending
from ui.editor.clashing import Clashing
from ui.editor.copying import Copying
from ui.editor.draft_typing import TypingOfDraft, draft_now
from ui.editor.drafting import Drafting
from ui.editor.duration import Duration
from ui.editor.earlier_cases import EarlierCases
from ui.editor.editing import Editing
from ui.editor.extra_vertebrae import ExtraVertebrae
from ui.editor.findings_guide import FindingsGuide
from ui.editor.image_intake import ImageIntake
from ui.editor.known_patient import KnownPatient
from ui.editor.memory import CaseMemory
from ui.editor.notice_bar import Action
from ui.editor.opening import Become, Opening
from ui.editor.outage import Outage
from ui.editor.questions import Leaving, ask_about_changes, may_discard
from ui.editor.removals import Removals
from ui.editor.review import Review
from ui.editor.saving import Keeper
from ui.editor.similar_patients import SimilarPatients
from ui.editor.stage import Stage
from ui.editor.steps import Steps
from ui.editor.telling import Telling
from ui.events import LogbookEvents
from ui.jobs import Jobs
from ui.theme import Theme


class EditorPage(QWidget):
    """Enters a new case, or changes a stored one.

    Signals:
        saved: (id of the case) it was stored.
        closed: the user is done here.
    """

    saved = Signal(str)
    closed = Signal()

    def __init__(
        self, jobs: Jobs, theme: Theme, events: LogbookEvents, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._events, self._saved_at, self._and_new, self._wants_score = events, "", False, False
        self._stage = Stage(theme, self)
        self._binder, self._form = self._stage.binder, self._stage.form
        self._top, self._notice = self._stage.top, self._stage.notice
        self._keeper = Keeper(jobs, self)
        self._editing = Editing(self._binder.refused, self)
        self._memory = CaseMemory(jobs, self._binder, self._editing)
        similar = SimilarPatients(self._editing, self._binder, jobs, theme, self._stage)
        self._known_patient = KnownPatient(self._editing, self._keeper, self._notice, similar)
        self._opening = Opening(self._keeper, self._binder, self._form, self._known_patient, self)
        self._earlier = EarlierCases(jobs, self)
        side = self._stage.side
        self._editing.known = self._earlier.spine_before
        self._steps = Steps(self._editing, self._stage, self._known_patient.subject)
        self._removals = Removals(self._editing, self._form, self._steps, self._notice)
        self._duration = Duration(self._editing, self._binder)
        self._extra = ExtraVertebrae(self._editing, self._binder, side)
        self._editing.aside = partial(self._form.aside, taken=False)
        self._telling = Telling(self._stage, self._editing)
        self._guide = FindingsGuide(
            self._editing, self._binder, side.findings, self._notice, self._stage.go_to_finding
        )
        self._amending = Amending(jobs, theme, self)
        Copying(self._binder, jobs, self._editing, self._notice)
        self._drafting = Drafting(self._editing, self._binder, jobs, self)
        Outage(self._editing, self._keeper, self._drafting, self._notice, events, self)
        self.clashing = Clashing(self._editing, self._notice, jobs, theme, events, self)
        self._intake = ImageIntake(self, jobs, theme, self._editing, self._form, self._notice)
        # Edit > Paste looks for it around what has the focus.
        self.paste, self.add_images = self._intake.paste, self._intake.add_to
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stage)
        self._connect()

    def start_new(self, logbook: Logbook, *, in_steps: bool = False) -> None:
        """Show an empty case; ``in_steps`` where its boxes are still to be made."""
        if in_steps:
            self._opening.begin_new(logbook)
            self._stage.keep_keys()
            return
        self._notice.hide()
        self._show(logbook, Case.new())

    def edit(
        self,
        logbook: Logbook,
        case_id: str,
        become: Become | None = None,
        *,
        asks_score: bool = False,
    ) -> None:
        """Fetch a case and show it, or the new case that ``become`` makes of it.

        ``asks_score``: go to the pain score that is asked today.
        """
        self._wants_score = asks_score
        self._opening.edit(logbook, case_id, become)

    def add_score(self) -> None:
        """Go to the pain score that is asked today, of the case that is shown."""
        self._binder.commit()
        if self._editing.case is not None:
            self._stage.focus(self._form.assessments.begin_follow_up(date.today()).input)

    def resume(self, logbook: Logbook, draft: Draft) -> None:
        """Go on with a draft."""
        self._opening.resume(logbook, draft)

    def use_settings(self, settings: LogbookSettings) -> None:
        """Show what the logbook asks for."""
        self._opening.finish()
        self._editing.plan = plan_of(settings)
        self._known_patient.use_settings(settings)

    def save(self, reason: str = "", action: AuditAction | None = None) -> None:
        """Store the case, or say what keeps it from being stored."""
        self._stage.commit()
        self._and_new = False
        case, logbook = self._editing.case, self._editing.logbook
        if case is None or logbook is None or self._keeper.is_busy:
            return
        if no_level := self._form.levels.take_typing():
            self._telling.not_saved(no_level)
            self._stage.focus(self._form.levels.adder)
            return
        if errors := self._editing.errors():
            self._telling.findings(errors)
            return
        self._keeper.save(logbook, case, reason, action)

    def save_and_new(self) -> None:
        """Store the case and go on with an empty one."""
        self.save()
        self._and_new = self._keeper.is_busy

    def is_unsaved(self) -> bool:
        """Whether something is not saved, with what is being typed and is on its way."""
        self._stage.commit()
        self._opening.wait()
        self._intake.wait()
        return self._editing.is_unsaved()

    def can_leave(self) -> bool:
        """Whether the page may be left; asks what is to become of changes that are not saved."""
        if not self.is_unsaved():
            return True
        answer = ask_about_changes(self)
        if answer is Leaving.SAVE:
            self.save()
            self._keeper.wait()
            return not self._editing.is_unsaved()
        if answer is Leaving.STAY or (answer is Leaving.KEEP and not self._drafting.keep_now()):
            return False
        if answer is Leaving.DISCARD:
            self._forget_draft()
        self._show_nothing("")
        return True

    def put_aside(self) -> bool:
        """Keep what is typed as a draft, without asking, and show nothing; False if it fails."""
        if self.is_unsaved() and not self._drafting.keep_now():
            return False
        self._show_nothing("")
        return True

    @property
    def steps(self) -> Steps:
        """Undo and redo of what was done to the case."""
        return self._steps

    @property
    def case_id(self) -> str:
        """Id of the case that is shown; "" for none."""
        return self._editing.case.id if self._editing.case is not None else ""

    @property
    def stored_case_id(self) -> str:
        """Id of the case that is shown, if it was ever saved; "" otherwise."""
        return "" if self._editing.is_new else self.case_id

    # showing a case

    def _show(self, logbook: Logbook, case: Case) -> None:
        self._editing.end()
        self._opening.show_now(case)
        self._begin(logbook, case)

    def _begin(self, logbook: Logbook, case: Case, resumed: Resumed | None = None) -> None:
        """Edit the case that the form was filled with."""
        stored, draft = (resumed.stored, resumed.draft) if resumed is not None else (None, None)
        self._saved_at = ""
        self._editing.begin(logbook, case, stored)
        self._form.images.want_thumbnails()
        self._memory.learn(logbook)
        self._drafting.begin(draft)
        self._stage.uncover()
        self._editing.look()
        self._steps.begin()
        self._stage.go_to_start(case, TypingOfDraft(draft, case) if draft is not None else None)

    def _show_anew(self) -> None:
        """The case has other rows than the boxes show."""
        if (case := self._editing.case) is None:
            return
        self._form.follow(self._known_patient.subject(case))
        self._editing.look()

    def _on_began(self) -> None:
        self._notice.hide()
        self._show_nothing(self.tr("Opening…"))

    def _show_nothing(self, state: str) -> None:
        self._editing.end()
        self._earlier.forget()
        self._drafting.begin()
        self._steps.begin()
        self._binder.clear()
        self._top.show_words("", state)
        self._stage.cover()

    def _show_review(self, found: Review) -> None:
        if (case := self._editing.case) is not None:
            self._earlier.follow(self._editing.logbook, case)
            self._stage.show_review(case, found, self._earlier.course)
            self._show_state()

    def _show_state(self) -> None:
        if self._editing.case is not None:
            self._top.show_draft(self._drafting.words, self._drafting.trouble)
            self._top.show_case(
                self._editing.case,
                is_unsaved=self._editing.is_unsaved(),
                is_busy=self._keeper.is_busy,
                saved_at=self._saved_at,
            )

    def _on_edited(self, row: Record, field: str) -> None:
        if isinstance(row, Patient) and field == Patient.patient_code.name:
            self._known_patient.check_code()
        self._editing.look_soon()

    def _step_open(self, *, forward: bool) -> None:
        """Go to the next core field, or the one before, that is still open."""
        self._binder.commit()
        self._editing.look()
        self._stage.step_open(forward=forward)

    def _discard(self) -> None:
        self._stage.commit()
        if self._editing.is_unsaved() and not may_discard(self):
            return
        self._forget_draft()
        self._on_left()

    def _forget_draft(self) -> None:
        if (case := self._editing.case) is not None and self._editing.logbook is not None:
            self._drafting.discard(self._editing.logbook, case.id)

    # how loading and saving went

    def _on_opened(self, logbook: Logbook, case: Case, resumed: Resumed | None) -> None:
        self._begin(logbook, case, resumed)
        self._telling.signed_off(case.procedure)
        self._ask_score()
        if resumed is not None:
            self._telling.resumed(resumed, self.clashing.instead)

    def _on_left(self) -> None:
        self._opening.forget()
        self._show_nothing("")
        self.closed.emit()

    def _ask_score(self) -> None:
        """Where the case was opened for a score, go to it; a draft is asked about first."""
        if self._wants_score:
            self._wants_score = False
            self.add_score()

    def _on_saved(self, copy: Case, saved: Saved) -> None:
        if saved.left_out_names:
            self._known_patient.drop_names()
        self._editing.take_saved(copy)
        self._steps.mark_saved()
        self._drafting.take_saved()
        self._saved_at = datetime.now().strftime("%H:%M")
        self._notice.hide()
        logbook, and_new, self._and_new = self._editing.logbook, self._and_new, False
        self._show_state()
        self._events.case_saved.emit(copy.id)
        self.saved.emit(copy.id)
        if and_new and logbook is not None and not self._editing.is_unsaved():
            self.start_new(logbook)
        if saved.left_out_names:
            self._telling.left_out_names()

    def _on_failed(self, error: LogbookError) -> None:
        self._and_new = False
        match error:
            case ImpossibleCase():
                self._telling.findings(error.findings)
            case PatientExists():
                self._tell(error)
                self._known_patient.look()
            case ReasonWanted() if self._editing.logbook is not None:
                self._amending.ask(self._editing.logbook, error, self.save)
            case VersionConflict() if self._editing.is_new:
                # Of a new case only the patient can have been changed, and the case goes on.
                self._go_on_with_patient()
            case VersionConflict():
                self.clashing.start()
            case _:
                can_save = self._editing.case is not None
                self._tell(error, (self.tr("Try again"), self.save) if can_save else None)

    def _on_joined(self, case: Case, saved: Saved) -> None:
        if (logbook := self._editing.logbook) is not None and self.case_id == case.id:
            self._show(logbook, case)
            self._on_saved(case, saved)

    def _tell(self, error: LogbookError, action: Action | None = None) -> None:
        if self._editing.case is None:
            self._top.show_words("", "")
        self._telling.error(error, action)

    def _go_on_with_patient(self) -> None:
        """Take the case up again as a draft is, with the patient as the logbook has the person."""
        case, logbook = self._editing.case, self._editing.logbook
        if case is not None and logbook is not None:
            self.resume(logbook, draft_now(case, self._binder, self._editing.aside()))

    def _open_stored(self) -> None:
        case, logbook = self._editing.case, self._editing.logbook
        if case is None or logbook is None:
            return
        self._forget_draft()
        self._opening.edit(logbook, case.id, without_draft=True)

    def _connect(self) -> None:
        self._top.save_wanted.connect(self.save)
        self._top.save_and_new_wanted.connect(self.save_and_new)
        self._top.discard_wanted.connect(self._discard)
        listen_to = self._stage.listen_to
        listen_to(keys.SAVE, self.save, self.save)
        listen_to(keys.COPY_LEVEL, self._form.levels.copy)
        ahead, back = (partial(self._step_open, forward=way) for way in (True, False))
        listen_to(keys.STEP_OPEN, ahead, back)
        listen_to(keys.STEP_FINDING, lambda: self._guide.step(1), lambda: self._guide.step(-1))
        self._binder.edited.connect(self._known_patient.take_edited)
        self._binder.edited.connect(self._on_edited)
        self._binder.typed.connect(self._top.show_typing)
        self._binder.next_wanted.connect(ahead)
        self._editing.reviewed.connect(self._show_review)
        self._opening.began.connect(self._on_began)
        self._opening.opened.connect(self._on_opened)
        self._opening.left.connect(self._on_left)
        self._keeper.saved.connect(self._on_saved)
        self._keeper.failed.connect(self._on_failed)
        self._keeper.busy_changed.connect(self._show_state)
        self._keeper.settings_read.connect(self._events.settings_changed)
        self._drafting.told.connect(self._show_state)
        self._drafting.told.connect(lambda: self._telling.draft(self._drafting.trouble))
        self._memory.scale_proposed.connect(self._form.assessments.propose_scale)
        self._known_patient.patient_changed.connect(self._show_anew)
        # What was done before would bring a name back that is not to be kept.
        self._known_patient.names_dropped.connect(self._steps.begin)
        self._events.settings_changed.connect(self.use_settings)
        self.clashing.joined.connect(self._on_joined)
        self.clashing.failed.connect(self._on_failed)
        self.clashing.stored_wanted.connect(self._open_stored)
        looked_at = self._form.levels.chosen, self._form.aside_changed, self._earlier.changed
        for told in (*looked_at, self._stage.side.variants_changed):
            told.connect(self._editing.look_soon)
