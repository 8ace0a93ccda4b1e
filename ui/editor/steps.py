# SPDX-License-Identifier: MIT
"""Undo and redo of everything that is done to a case in the editor."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence, QUndoCommand, QUndoStack
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from models.case import Case
from models.schema import Record
from models.snapshot import patched
from ui.editor.bring import bring, rows_of
from ui.editor.case_rows import Subject
from ui.editor.editing import Editing
from ui.editor.review import section_of
from ui.editor.stage import Stage
from ui.editor.step import State, Step, words_of
from ui.making import Making
from ui.widgets.field_form import Key, Refused

_NOWHERE: Key = ("", "")
_MERGING_ID = 1
_INPUT = (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.InputMethod)


class Steps(QObject):
    """Watches a case being edited, and takes back or does again what was done to it.

    Every review of the case makes one step of what differs since the last one, so nothing that
    a part of the form does has to be written down by that part. Fields are set in the rows that
    the boxes show; only where rows came or went is the form filled again.

    What is taken back, or done again, stands in the case and in its boxes at once. The look through
    the case, the way to where it happened and the picture have a turn each: a large case takes them
    longer than the window may stand still. Whoever types or clicks meanwhile finds all of it done.

    Args:
        subject_of: what the form shows of a case.
    """

    def __init__(
        self, editing: Editing, stage: Stage, subject_of: Callable[[Case], Subject]
    ) -> None:
        super().__init__(stage)
        self._editing = editing
        self._stage = stage
        self._subject_of = subject_of
        self._stack = QUndoStack(self)
        self._state = State({}, {})
        self._known: dict[str, Record] = {}
        self._place = _NOWHERE
        self._visit = self._visit_of_place = 0
        self._is_applying = False
        self._following = Making(self)
        self._held: QWidget | None = None
        stage.binder.edited.connect(self._note)
        editing.reviewed.connect(self.record)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        self._app = app
        app.focusChanged.connect(self._count_visit)

    # what was done

    def begin(self) -> None:
        """Another case is edited, or none; what was done before cannot be undone any more."""
        self._let_see()
        self._stack.clear()
        self._known = {}
        self._place = _NOWHERE
        if (case := self._editing.case) is not None:
            self._take_state(case)

    def record(self) -> Step | None:
        """Make a step of what differs since the last look; None where nothing does."""
        case = self._editing.case
        if case is None:
            return None
        before = self._state
        self._take_state(case)
        if self._is_applying:
            return None
        step = Step.between(before, self._state, self._place, self._visit_of_place)
        self._place = _NOWHERE
        if step.is_empty:
            return None
        self._stack.push(_Command(self, step, words_of(step, case, self._known)))
        return step

    @property
    def last(self) -> Step | None:
        """What was done last and can be undone."""
        command = self._stack.command(self._stack.index() - 1)
        return command.step if isinstance(command, _Command) else None

    def mark_saved(self) -> None:
        """The case was stored: typing that follows is a step of its own."""
        self._stack.setClean()

    # what can be taken back

    @property
    def undo_text(self) -> str:
        """What would be undone; "" for nothing."""
        return self._stack.undoText()

    @property
    def redo_text(self) -> str:
        """What would be done again; "" for nothing."""
        return self._stack.redoText()

    def undo(self) -> None:
        """Take back what was done last. What is being typed counts as done."""
        self._settle()
        self._stack.undo()

    def redo(self) -> None:
        """Do again what was taken back last."""
        self._settle()
        self._stack.redo()

    def revert(self, step: Step) -> None:
        """Take back one step, whatever was done since."""
        self._settle()
        if step is self.last:
            self._stack.undo()
            return
        self._apply(step, backwards=True, is_new=True)

    def apply(self, step: Step, *, backwards: bool) -> None:
        """Bring the case to the other side of a step, and go there."""
        self._apply(step, backwards=backwards, is_new=False)

    # inside

    def _settle(self) -> None:
        self._stage.commit()
        self._editing.catch_up()

    def _apply(self, step: Step, *, backwards: bool, is_new: bool) -> None:
        case = self._editing.case
        if case is None:
            return
        target = patched(self._state.document, step.changes, backwards=backwards)
        self._is_applying = not is_new
        self._let_see()
        refused = dict(self._state.refused)
        for key, was, now in step.refused:
            told = was if backwards else now
            if told is None:
                refused.pop(key, None)
            else:
                refused[key] = told
        aside = dict(self._state.aside)
        for name, was_beside, now_beside in step.aside:
            aside[name] = was_beside if backwards else now_beside
        rows = bring(case, target, step.touched(), self._known)
        self._place, self._visit_of_place = step.place, -1
        self._show(case, rows, refused)
        self._stage.form.show_aside({n: text for n, text in aside.items() if text}, taken=True)
        self._is_applying = False
        if is_new:
            self._editing.look()
            self._go_to(step)
            return
        self._take_state(case)
        self._place = _NOWHERE
        self._hide()
        self._app.installEventFilter(self)
        self._following.begin(self._follow(step), self._let_see)

    def _follow(self, step: Step) -> Iterator[None]:
        """What comes of a step that stands in the boxes already, a piece for each turn."""
        yield
        self._editing.look()
        yield
        self._go_to(step)
        yield

    def _hide(self) -> None:
        """Nothing is painted until all of it is done; where a part was, its ground would be."""
        window = self._stage.window()
        if window.updatesEnabled():
            window.setUpdatesEnabled(False)
            self._held = window

    def _let_see(self) -> None:
        self._following.forget()
        self._app.removeEventFilter(self)
        if self._held is not None and isValid(self._held):
            self._held.setUpdatesEnabled(True)
            # At once: for what was to be painted before, Qt waits for an event that is gone.
            self._held.repaint()
        self._held = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _INPUT and not _undoes(event):
            self._following.finish()
        return super().eventFilter(watched, event)

    def _show(self, case: Case, rows: list[Record], refused: Mapping[Key, Refused]) -> None:
        binder = self._stage.binder
        binder.set_refused(refused.values())
        for row in rows:
            binder.refill(row)
        self._stage.form.follow(self._subject_of(case))

    def _go_to(self, step: Step) -> None:
        if any(self._stage.focus_field(*place) for place in step.places() if place[1]):
            return
        row = self._known.get(next((key for key, _ in step.places()), ""))
        if row is not None:
            self._stage.form.go_to(section_of(row, step.place[1]))

    def _take_state(self, case: Case) -> None:
        refused = self._stage.binder.refused()
        self._state = State.of(case, refused, self._stage.form.aside(taken=True))
        rows = (*rows_of(case), *(told.row for told in refused))
        self._known.update((str(row.id), row) for row in rows)

    def _note(self, row: Record, field: str) -> None:
        self._known.setdefault(str(row.id), row)
        if self._place == _NOWHERE:
            self._place, self._visit_of_place = (str(row.id), field), self._visit

    def _count_visit(self, _before: QWidget | None, _now: QWidget | None) -> None:
        self._visit += 1


class _Command(QUndoCommand):
    """A step on Qt's stack. It was done already when it is put there."""

    def __init__(self, steps: Steps, step: Step, words: str) -> None:
        super().__init__(words)
        self._steps = steps
        self.step = step
        self._was_pushed = False

    def undo(self) -> None:
        self._steps.apply(self.step, backwards=True)

    def redo(self) -> None:
        if self._was_pushed:
            self._steps.apply(self.step, backwards=False)
        self._was_pushed = True

    def id(self) -> int:
        return _MERGING_ID

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, _Command) or not other.step.continues(self.step):
            return False
        self.step = other.step.after(self.step)
        self.setObsolete(self.step.is_empty)
        return True


def _undoes(event: QEvent) -> bool:
    """Whether it is a key that is held down to take back more; where that leads comes last."""
    keys = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)
    return isinstance(event, QKeyEvent) and any(event.matches(key) for key in keys)
