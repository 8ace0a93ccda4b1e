# SPDX-License-Identifier: MIT
"""Brings the running program to where a picture is taken or a test looks, and back again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEvent, QSize, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox, QWidget
from shiboken6 import isValid

from tests.pictures.record import Shown
from tests.waiting import wait_until
from ui.application import Application
from ui.editor.form import CaseForm
from ui.editor.page import EditorPage
from ui.widgets.field_box import FieldBox

PATIENCE_MS = 120_000
SHARE = 0.94

Widget = TypeVar("Widget", bound=QWidget)


class Stage:
    """The program with a logbook, as far as scenes steer it.

    Attributes:
        kypholog: the program.
        shown: the cases that scenes are about.
    """

    def __init__(self, kypholog: Application, shown: Shown) -> None:
        self.kypholog = kypholog
        self.window = kypholog.window
        self.shown = shown
        self._to_undo: list[Callable[[], None]] = []

    # waiting

    def until(self, holds: Callable[[], object]) -> None:
        """Let the program run until something holds.

        Raises:
            TimeoutError: it does not come to hold.
        """
        if not wait_until(holds, PATIENCE_MS):
            raise TimeoutError(f"waited in vain for {holds}")

    def settle(self) -> None:
        """Let jobs end, and whatever they brought find its place."""
        for _ in range(3):
            QApplication.processEvents()
            self.until(lambda: not self.kypholog.jobs.is_busy)
            QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)

    # going somewhere

    def open(self, folder: Path) -> None:
        """Open a logbook, and close what it offers by itself."""
        session = self.kypholog.session
        session.open(folder)
        self.until(lambda: session.logbook and session.logbook.folder == folder)
        self.settle()
        self.leave()

    def action(self, name: str) -> None:
        """Choose an item of the menus."""
        found = self.window.desks.actions[name]
        assert found is not None
        found.trigger()

    def dialog(self, kind: type[Widget]) -> Widget:
        """The dialog of this kind, when it is in sight."""
        found: list[Widget] = []

        def look() -> bool:
            found[:] = [one for one in self.window.findChildren(kind) if one.isVisible()]
            return bool(found)

        self.until(look)
        self.settle()
        # What was in sight may have been on its way out.
        self.until(look)
        return found[-1]

    def popups(self) -> list[QWidget]:
        """The menus, lists and popovers that are open, the lowest first."""
        tops = QApplication.topLevelWidgets()
        kind = Qt.WindowType.Popup
        return [one for one in tops if one.isVisible() and one.windowType() is kind]

    def spread(self, dialog: QWidget, width: int, height: int) -> None:
        """Give a dialog the size, for scale 1, that it takes on a screen like the window.

        Without a screen Qt knows of 800 by 800 pixels, to which dialogs keep.
        """
        px = self.kypholog.theme.px
        dialog.resize(QSize(px(width), px(height)).boundedTo(self.window.size() * SHARE))
        self.settle()

    def edit(self, case_id: str) -> EditorPage:
        """Open a stored case in the editor."""
        self.window.edit_case(case_id)
        self.until(lambda: self.window.editor and self.window.editor.case_id == case_id)
        self.settle()
        return self._editor()

    def new(self) -> EditorPage:
        """Open an empty case in the editor."""
        self.window.new_case()
        self.until(lambda: self.window.editor and self.window.editor.case_id)
        self.settle()
        return self._editor()

    @property
    def form(self) -> CaseForm:
        """The form of the editor."""
        found = self.window.findChild(CaseForm)
        assert found is not None
        return found

    def box(self, name: str) -> FieldBox:
        """The box of a field of the case, unfolded, or of the patient."""
        box = self.form.find_box(self._editor().case_id, name)
        if box is not None:
            return box
        boxes = self.form.findChildren(FieldBox)
        return next(box for box in boxes if box.field.name == name and box.isVisible())

    def type(self, name: str, text: str) -> FieldBox:
        """Type into the box of a field instead of what stands there, and leave it there."""
        box = self.box(name)
        self.form.reveal(box)
        box.input.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClicks(box.input, text)
        return box

    def enter(self, **texts: str) -> None:
        """Type into boxes and leave them."""
        for name, text in texts.items():
            self.type(name, text).commit()
        self.settle()

    def on_leaving(self, undo: Callable[[], None]) -> None:
        """Undo something that would be in the next scene, too."""
        self._to_undo.append(undo)

    def leave(self) -> None:
        """Close every dialog, and the editor without saving."""
        while self._to_undo:
            self._to_undo.pop()()
        for widget in (*self.popups(), *self.window.findChildren(QDialog)):
            # A box over a dialog goes with it.
            if isValid(widget) and widget.isVisible():
                widget.close()
                QApplication.sendPostedEvents(widget, QEvent.Type.DeferredDelete)
        answering = QTimer(self.window, interval=10)
        answering.timeout.connect(_discard)
        answering.start()
        self.window.show_page("cases")
        self.window.cases.bar.filters.clear()
        for page in (self.window.outcomes, self.window.safety):
            if page is not None:
                page.filters.clear()
        # It would answer the boxes of the next scene for as long as it is not deleted yet.
        answering.stop()
        answering.deleteLater()
        if (calls := self.window.followup.page) is not None:
            calls.notice.clear()
        self.window.activateWindow()
        self.settle()

    def _editor(self) -> EditorPage:
        assert self.window.editor is not None
        return self.window.editor


def _discard() -> None:
    """Answer the question about what is not saved, should it come."""
    box = QApplication.activeModalWidget()
    if isinstance(box, QMessageBox):
        # A box of another kind, such as one that only tells something, is closed.
        wanted = QMessageBox.StandardButton.Discard
        known = [one for one in box.buttons() if box.standardButton(one) == wanted]
        (known or box.buttons())[0].click()
