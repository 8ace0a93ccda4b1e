# SPDX-License-Identifier: MIT
"""What the editor shows and where in it the user is; it knows nothing of storing a case."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut, QTextCursor
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from models.case import Case
from models.findings import Finding
from models.patient_course import PatientCourse
from models.schema import Patient, Procedure
from models.vocabulary import TimePoint
from ui import keys
from ui.editor.aside import LEVEL
from ui.editor.cover import Cover
from ui.editor.draft_typing import TypingOfDraft
from ui.editor.focus_order import FocusOrder, focused
from ui.editor.form import CaseForm
from ui.editor.layout import FOLLOWUP, SECTIONS
from ui.editor.notice_bar import NoticeBar
from ui.editor.open_steps import OpenSteps
from ui.editor.review import Review
from ui.editor.section_list import SectionList
from ui.editor.side_panel import SidePanel
from ui.editor.top_bar import TopBar
from ui.theme import Theme
from ui.widgets.field_form import FieldForm

_WIDTH_WITH_SECTIONS = 900
_SIDE = (150, 340)
_SIDE_SHARE = 0.195


class Stage(QWidget):
    """Arranges the parts of the editor, and leads the focus through them.

    Attributes:
        binder: which box shows which field of which row.
        top, notice, sections, form, side: the parts, as their classes say.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._place = SECTIONS[0].name
        self._places: Mapping[Finding, str] = {}
        self.binder = FieldForm(self)
        self.top = TopBar(theme, self)
        self.notice = NoticeBar(theme, self)
        self.sections = SectionList(SECTIONS, theme, self)
        self.form = CaseForm(self.binder, theme, self)
        self.side = SidePanel(theme, self)
        self._order = FocusOrder(self.form, self.top, self.notice, self.side, self.sections)
        self._open_steps = OpenSteps(self._order, self.form)
        self._cover = Cover(self)
        self._arrange()
        self._connect()
        self._share_width()

    # what is shown

    def cover(self) -> None:
        """Show no case, and let none be saved."""
        self.top.allow(allowed=False)
        # A cover, because disabling a hundred boxes and enabling them again takes longer than
        # the case takes to come.
        self._cover.cover()

    def keep_keys(self) -> None:
        """Keep what is typed until the case is there, for the box that it begins with."""
        self._cover.keep_keys()

    def uncover(self) -> None:
        """Show the form."""
        self._cover.uncover()
        self.top.allow(allowed=True)
        self.side.findings.go_to_top()

    def show_review(self, case: Case, found: Review, course: PatientCourse) -> None:
        """Show what a look at the case brought, and what earlier cases of the patient left."""
        self._places = found.places
        self.binder.show_findings(found.findings)
        self.binder.refresh(case.procedure)
        self.form.levels.show_findings(found.findings)
        self.form.assessments.show_time_points()
        without_field = [found.places[f] for f in found.findings if not f.field]
        self.form.assessments.show_open(is_open=FOLLOWUP.name in without_field)
        self.sections.show_states(found.states)
        self.sections.explain_proposals(shown=self.binder.proposes())
        self.side.show_case(case, self.form.levels.level, found.findings, course)

    # where the user is

    def focus(self, widget: QWidget) -> None:
        """Put the focus on a control and bring it into sight."""
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        if name := self.form.section_of(widget):
            self.form.reveal(widget)
            self._show_place(name)

    def focus_field(self, row_id: str, field: str) -> bool:
        """Go to the box of a field, whatever it takes to show it; False if there is none.

        What stands beside the case has no row.
        """
        if (row_id, field) == ("", LEVEL):
            self.focus(self.form.levels.adder)
            return True
        box = self.form.find_box(row_id, field)
        if box is not None:
            self.focus(box.input)
        return box is not None

    def go_to_finding(self, finding: Finding) -> None:
        """Go to the box that a finding is about, or at least to its section."""
        if finding.field and self.focus_field(finding.row_id, finding.field):
            return
        section = self._places.get(finding, self._place)
        box = (
            self.form.assessments.score_box(TimePoint.BASELINE)
            if section == FOLLOWUP.name
            else None
        )
        if box is None:
            self.form.go_to(section)
        else:
            self.focus(box.input)

    def go_to_start(self, case: Case, typing: TypingOfDraft | None) -> None:
        """Go where typing begins, or where it was when the draft was kept."""
        if typing is not None:
            self.form.show_aside(typing.aside, taken=False)
            if self._go_on_typing(typing):
                return
        is_known = case.version == 0 and case.patient.version
        first = Procedure.performed_on if is_known else Patient.patient_code
        owner = case.procedure if is_known else case.patient
        box = self.form.find_box(str(owner.id), first.name)
        if box is not None:
            box.input.setFocus(Qt.FocusReason.OtherFocusReason)
        self._cover.give_keys()

    def _go_on_typing(self, typing: TypingOfDraft) -> bool:
        """Go where it was typed last, behind what stands there; False if that was nowhere."""
        box = self.form.find_box(*typing.place) if typing.place is not None else None
        if box is not None:
            box.input.show_text(typing.text)
        elif not typing.was_adding_levels:
            return False
        control = box.input if box is not None else self.form.levels.adder
        self.focus(control)
        if isinstance(control, QLineEdit):
            control.end(False)
        elif isinstance(control, QPlainTextEdit):
            control.moveCursor(QTextCursor.MoveOperation.End)
        return True

    def commit(self) -> None:
        """Take what is being typed, as leaving its box would."""
        self.binder.commit()
        self.form.levels.take_typing()
        self.side.findings.commit()

    def step_open(self, *, forward: bool) -> None:
        """Go to the next core field that is still open, or the one before, around and around."""
        stop = self._open_steps.after(focused(), forward=forward)
        if stop is not None:
            self.focus(stop)

    def take_proposals(self) -> None:
        """Enter every value that stands pale in the section in sight."""
        self.binder.take_proposals(self.form.focus_boxes_in(self._place))

    def toggle_more(self) -> None:
        """Fold out all that is folded away in the section in sight, or fold it away again."""
        folds = self.form.folds_in(self._place)
        is_open = all(fold.isChecked() for fold in folds)
        for fold in folds:
            fold.setChecked(not is_open)
        if folds and focused() is None:
            self.focus(folds[0])

    def step_section(self, step: int) -> None:
        """Go so many sections on, or back."""
        names = [section.name for section in SECTIONS]
        there = min(max(names.index(self._place) + step, 0), len(names) - 1)
        self.form.go_to(names[there])

    def listen_to(self, key: keys.Key, *acts: Callable[[], None]) -> None:
        """Let a key work wherever the focus is in the editor: one act for each of its sequences."""
        for sequence, act in zip(key.sequences, acts, strict=True):
            shortcut = QShortcut(QKeySequence(sequence), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def focusNextPrevChild(self, forward: bool) -> bool:
        # What is taken now may bring fields up that come next.
        self.binder.commit()
        stop = self._order.after(focused(), forward=forward)
        if stop is None or not self._cover.isHidden():
            return super().focusNextPrevChild(forward)
        self.focus(stop)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        button = focused()
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and not event.modifiers() and isinstance(button, QAbstractButton):
            button.click()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()
        self._cover.setGeometry(self.rect().adjusted(0, self.top.height(), 0, 0))

    # inside

    def _show_place(self, name: str) -> None:
        self._place = name
        self.sections.show_place(name)

    def _on_focus_changed(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and (name := self.form.section_of(now)):
            self._show_place(name)
            # Nothing moves under a mouse that is just being pressed.
            if not QApplication.mouseButtons():
                self.form.reveal_soon(now)

    def _share_width(self) -> None:
        """Where the window is narrow or the text large, the sides give way to the form."""
        width = self.width() / self._theme.scale
        self.sections.setVisible(width >= _WIDTH_WITH_SECTIONS)
        self.side.set_width(min(max(width * _SIDE_SHARE, _SIDE[0]), _SIDE[1]))

    def _arrange(self) -> None:
        below = QHBoxLayout()
        below.setSpacing(0)
        below.addWidget(self.sections)
        below.addWidget(self.form, 1)
        below.addWidget(self.side)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.top)
        layout.addWidget(self.notice)
        layout.addLayout(below, 1)

    def _connect(self) -> None:
        self.sections.chosen.connect(self.form.go_to)
        self.form.place_changed.connect(self._show_place)
        self.side.level_wanted.connect(self.form.levels.add_level)
        self.side.level_unwanted.connect(self.form.levels.remove_level)
        self.side.level_chosen.connect(self.form.levels.choose_level)
        self.side.finding_chosen.connect(self.go_to_finding)
        self.listen_to(keys.TAKE_PROPOSALS, self.take_proposals)
        self.listen_to(keys.TOGGLE_MORE, self.toggle_more)
        self.listen_to(
            keys.STEP_SECTION, lambda: self.step_section(1), lambda: self.step_section(-1)
        )
        self._theme.follow(self._share_width)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._on_focus_changed)
