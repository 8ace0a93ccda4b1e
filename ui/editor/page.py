# SPDX-License-Identifier: MIT
"""The page on which a case is entered: it joins form, spine, findings and the keeper of cases."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from models.case import Case, Saved
from models.errors import ImpossibleCase, LogbookError, PatientExists, VersionConflict
from models.findings import Finding
from models.logbook import Logbook
from models.schema import Patient, Procedure, Record
from models.vocabulary import TimePoint
from ui.editor.case_rows import Subject
from ui.editor.editing import Editing
from ui.editor.focus_order import FocusOrder, focused
from ui.editor.form import CaseForm
from ui.editor.known_patient import KnownPatient
from ui.editor.layout import FOLLOWUP, SECTIONS
from ui.editor.levels_view import COPY_KEY
from ui.editor.look import editor_sheet
from ui.editor.memory import CaseMemory
from ui.editor.notice_bar import Action, NoticeBar
from ui.editor.questions import Answer, ask_about_changes, may_discard
from ui.editor.removals import Removals
from ui.editor.review import Review
from ui.editor.saving import Keeper
from ui.editor.section_list import SectionList
from ui.editor.side_panel import SidePanel
from ui.editor.top_bar import TopBar
from ui.events import LogbookEvents
from ui.jobs import Jobs
from ui.theme import Theme
from ui.widgets.field_box import FieldBox
from ui.widgets.field_form import FieldForm, focused_box

_WIDTH_WITH_SECTIONS = 900
_SIDE = (150, 232)
_SIDE_SHARE = 0.21

Become = Callable[[Case], Case]
"""Makes a new case of one that is stored, such as a copy."""


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
        self._theme = theme
        self._events = events
        self._saved_at = ""
        self._opening: Logbook | None = None
        self._become: Become | None = None
        self._and_new = False
        self._place = SECTIONS[0].name
        self._places: Mapping[Finding, str] = {}
        self._keeper = Keeper(jobs, self)
        self._binder = FieldForm(self)
        self._editing = Editing(self._binder.refused, self)
        self._memory = CaseMemory(jobs, self._binder, self._editing)
        self._top = TopBar(theme, self)
        self._notice = NoticeBar(theme, self)
        self._sections = SectionList(SECTIONS, theme, self)
        self._form = CaseForm(self._binder, theme, self)
        self._side = SidePanel(theme, self)
        self._known_patient = KnownPatient(self._editing, self._keeper, self._notice)
        self._removals = Removals(self._editing, self._form, self._notice)
        parts = (self._form, self._top, self._notice, self._side, self._sections)
        self._order = FocusOrder(*parts)
        self._cover = QLabel(self)
        self._cover.setAutoFillBackground(True)
        self._cover.hide()
        self._arrange()
        self._connect()
        self._listen_to_keys()
        self._dress()

    # what the window asks for

    def start_new(self, logbook: Logbook) -> None:
        """Show an empty case."""
        self._notice.hide()
        self._show(logbook, Case.new())

    def edit(self, logbook: Logbook, case_id: str, become: Become | None = None) -> None:
        """Fetch a case and show it, or the new case that ``become`` makes of it."""
        self._notice.hide()
        self._show_nothing(self.tr("Opening…"))
        self._opening = logbook
        self._become = become
        self._keeper.load(logbook, case_id)

    def save(self) -> None:
        """Store the case, or say what keeps it from being stored."""
        self._binder.commit()
        self._and_new = False
        case, logbook = self._editing.case, self._editing.logbook
        if case is None or logbook is None or self._keeper.is_busy:
            return
        if errors := self._editing.errors():
            self._tell_errors(errors)
            return
        self._keeper.save(logbook, case)

    def save_and_new(self) -> None:
        """Store the case and go on with an empty one."""
        self.save()
        self._and_new = self._keeper.is_busy

    def can_leave(self) -> bool:
        """Whether the page may be left; asks what is to become of changes that are not saved."""
        self._binder.commit()
        self._keeper.wait()
        if not self._editing.is_unsaved():
            return True
        answer = ask_about_changes(self)
        if answer == Answer.Save:
            self.save()
            self._keeper.wait()
            return not self._editing.is_unsaved()
        if answer == Answer.Discard:
            self._show_nothing("")
            return True
        return False

    @property
    def case_id(self) -> str:
        """Id of the case that is shown; "" for none."""
        return self._editing.case.id if self._editing.case is not None else ""

    @property
    def stored_case_id(self) -> str:
        """Id of the case that is shown, if it was ever saved; "" otherwise."""
        return "" if self._editing.is_new else self.case_id

    # keys and focus

    def focusNextPrevChild(self, forward: bool) -> bool:
        # What is taken now may bring fields up that come next.
        self._binder.commit()
        stop = self._order.after(focused(), forward=forward)
        if stop is None or self._editing.case is None:
            return super().focusNextPrevChild(forward)
        self._focus(stop)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        button = focused()
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and not event.modifiers() and isinstance(button, QAbstractButton):
            button.click()
            return
        super().keyPressEvent(event)

    def _focus(self, widget: QWidget) -> None:
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        if name := self._form.section_of(widget):
            self._form.reveal(widget)
            self._show_place(name)

    def _listen_to_keys(self) -> None:
        for key, act in {
            "Ctrl+Return": self.save,
            "Ctrl+Enter": self.save,
            COPY_KEY: self._form.levels.copy,
            "Ctrl+T": self._take_proposals,
            "Ctrl+Down": lambda: self._go_to_open(forward=True),
            "Ctrl+Up": lambda: self._go_to_open(forward=False),
            "Ctrl+PgDown": lambda: self._step_section(1),
            "Ctrl+PgUp": lambda: self._step_section(-1),
        }.items():
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def _go_to_open(self, *, forward: bool) -> None:
        """Go to the next core field, or the one before, that is still open."""
        self._binder.commit()
        self._editing.look()
        stop = self._order.after(focused(), forward=forward, wanted=self._is_open)
        if stop is not None:
            self._focus(stop)

    def _is_open(self, stop: QWidget) -> bool:
        if stop is self._form.levels.adder:
            return self._editing.case is not None and not self._editing.case.levels
        box = stop.parentWidget()
        return isinstance(box, FieldBox) and box.is_open

    def _take_proposals(self) -> None:
        """Enter every value that stands pale in the section of the focus."""
        self._binder.take_proposals(self._form.focus_boxes_in(self._place))

    def _step_section(self, step: int) -> None:
        names = [section.name for section in SECTIONS]
        there = min(max(names.index(self._place) + step, 0), len(names) - 1)
        self._form.go_to(names[there])

    def _on_focus_changed(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and (name := self._form.section_of(now)):
            self._show_place(name)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()
        self._cover.setGeometry(self.rect().adjusted(0, self._top.height(), 0, 0))

    def _share_width(self) -> None:
        """Where the window is narrow or the text large, the sides give way to the form."""
        width = self.width() / self._theme.scale
        self._sections.setVisible(width >= _WIDTH_WITH_SECTIONS)
        self._side.set_width(min(max(width * _SIDE_SHARE, _SIDE[0]), _SIDE[1]))

    # showing a case

    def _show(self, logbook: Logbook, case: Case) -> None:
        self._binder.clear()
        self._saved_at = ""
        self._editing.begin(logbook, case)
        self._memory.learn(logbook)
        self._cover.hide()
        self._top.allow(allowed=True)
        self._form.show_subject(Subject(case))
        self._editing.look()
        is_known = case.version == 0 and case.patient.version
        first = Procedure.performed_on if is_known else Patient.patient_code
        owner = case.procedure if is_known else case.patient
        box = self._form.find_box(str(owner.id), first.name)
        if box is not None:
            box.input.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_anew(self) -> None:
        """The case has other rows than the boxes show."""
        if (case := self._editing.case) is None:
            return
        here = focused_box()
        self._form.show_subject(Subject(case))
        self._editing.look()
        if here is not None:
            self._focus(here.input)

    def _show_nothing(self, state: str) -> None:
        self._editing.end()
        self._binder.clear()
        self._top.show_words("", state)
        self._top.allow(allowed=False)
        # A cover, because disabling a hundred boxes and enabling them again takes longer than
        # the case takes to come.
        self._cover.show()
        self._cover.raise_()
        self._cover.setFocus()

    def _show_review(self, found: Review) -> None:
        case = self._editing.case
        if case is None:
            return
        self._places = found.places
        self._binder.show_findings(found.findings)
        self._binder.refresh(case.procedure)
        self._form.levels.show_findings(found.findings)
        self._form.assessments.show_time_points()
        without_field = [found.places[f] for f in found.findings if not f.field]
        self._form.assessments.show_open(is_open=FOLLOWUP.name in without_field)
        self._sections.show_states(found.states)
        self._sections.explain_proposals(shown=self._binder.proposes())
        self._side.show_case(case, self._form.levels.level, found.findings)
        self._show_state()

    def _show_state(self) -> None:
        if self._editing.case is not None:
            self._top.show_case(
                self._editing.case,
                is_unsaved=self._editing.is_unsaved(),
                is_busy=self._keeper.is_busy,
                saved_at=self._saved_at,
            )

    def _show_place(self, name: str) -> None:
        self._place = name
        self._sections.show_place(name)

    # what is typed and pressed

    def _on_edited(self, row: Record, field: str) -> None:
        if isinstance(row, Patient) and field == Patient.patient_code.name:
            self._known_patient.check_code()
        self._editing.look_soon()

    def _go_to_finding(self, finding: Finding) -> None:
        case = self._editing.case
        if case is None:
            return
        box = self._form.find_box(finding.row_id, finding.field) if finding.field else None
        section = self._places.get(finding, self._place)
        if box is None and section == FOLLOWUP.name:
            box = self._form.assessments.score_box(TimePoint.BASELINE)
        if box is None:
            self._form.go_to(section)
        else:
            self._focus(box.input)

    def _discard(self) -> None:
        self._binder.commit()
        if self._editing.is_unsaved() and not may_discard(self):
            return
        self._show_nothing("")
        self.closed.emit()

    # how loading and saving went

    def _on_loaded(self, case: Case) -> None:
        if self._opening is not None:
            self._show(self._opening, self._become(case) if self._become else case)

    def _on_saved(self, copy: Case, saved: Saved) -> None:
        self._editing.take_saved(copy)
        self._saved_at = datetime.now().strftime("%H:%M")
        self._notice.hide()
        logbook, and_new = self._editing.logbook, self._and_new
        self._and_new = False
        self._show_state()
        self._events.case_saved.emit(copy.id)
        self.saved.emit(copy.id)
        if and_new and logbook is not None and not self._editing.is_unsaved():
            self.start_new(logbook)

    def _on_failed(self, error: LogbookError) -> None:
        self._and_new = False
        match error:
            case ImpossibleCase():
                self._tell_errors(error.findings)
            case PatientExists():
                self._tell(error)
                self._known_patient.look()
            case VersionConflict():
                action = (self.tr("Discard mine, open the stored case"), self._open_stored)
                self._tell(error, action)
            case _:
                can_save = self._editing.case is not None
                self._tell(error, (self.tr("Try again"), self.save) if can_save else None)

    def _tell(self, error: LogbookError, action: Action | None = None) -> None:
        if self._editing.case is None:
            self._top.show_words("", "")
        self._notice.say(f"{error.message} {error.cure}".strip(), "error", action)

    def _tell_errors(self, errors: Iterable[Finding]) -> None:
        first, *others = errors
        more = self.tr(" And {n} more.").format(n=len(others)) if others else ""
        self._notice.say(f"{self.tr('Not saved.')} {first.message}{more}", "error")
        self._go_to_finding(first)

    def _open_stored(self) -> None:
        case, logbook = self._editing.case, self._editing.logbook
        if case is not None and logbook is not None:
            self.edit(logbook, case.id)

    # putting together

    def _arrange(self) -> None:
        middle = QVBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self._notice)
        middle.addWidget(self._form, 1)
        below = QHBoxLayout()
        below.setSpacing(0)
        below.addWidget(self._sections)
        below.addLayout(middle, 1)
        below.addWidget(self._side)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._top)
        layout.addLayout(below, 1)

    def _connect(self) -> None:
        self._top.save_wanted.connect(self.save)
        self._top.save_and_new_wanted.connect(self.save_and_new)
        self._top.discard_wanted.connect(self._discard)
        self._binder.edited.connect(self._on_edited)
        self._binder.typed.connect(self._top.show_typing)
        self._editing.reviewed.connect(self._show_review)
        self._keeper.loaded.connect(self._on_loaded)
        self._keeper.saved.connect(self._on_saved)
        self._keeper.failed.connect(self._on_failed)
        self._known_patient.patient_changed.connect(self._show_anew)
        self._removals.put_back.connect(self._show_anew)
        self._keeper.busy_changed.connect(self._show_state)
        self._sections.chosen.connect(self._form.go_to)
        self._form.place_changed.connect(self._show_place)
        self._form.levels.chosen.connect(self._editing.look_soon)
        self._form.levels.told.connect(lambda said: self._notice.say(said, "error"))
        self._side.level_wanted.connect(self._form.levels.add_level)
        self._side.level_unwanted.connect(self._form.levels.remove_level)
        self._side.level_chosen.connect(self._form.levels.choose_level)
        self._side.finding_chosen.connect(self._go_to_finding)
        self._theme.changed.connect(self._dress)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._on_focus_changed)

    def _dress(self) -> None:
        self.setStyleSheet(editor_sheet(self._theme))
        self._share_width()
