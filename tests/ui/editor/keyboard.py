# SPDX-License-Identifier: MIT
"""A user who has only a keyboard: types, presses Tab, and knows where the focus is."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

Key = Qt.Key
MOST_STEPS = 250
_TURNS = 4
"""What one key brings about may come in so many turns of the event loop."""


class Keyboard:
    """Sends keys to whatever has them: an open list or menu, else the control with the focus.

    Attributes:
        pressed: keys pressed that are no text.
        typed: characters typed.
    """

    def __init__(self) -> None:
        self.pressed = 0
        self.typed = 0

    @property
    def target(self) -> QWidget:
        """What the next key goes to."""
        target = QApplication.activePopupWidget() or QApplication.focusWidget()
        assert target is not None, "nothing has the focus"
        return target

    @property
    def place(self) -> str:
        """How a screen reader calls the control with the focus."""
        widget = QApplication.focusWidget()
        if isinstance(widget, QAbstractButton):
            return widget.accessibleName() or widget.text()
        return widget.accessibleName() if widget is not None else ""

    def press(self, *keys: Qt.Key, with_: Qt.KeyboardModifier | None = None) -> Keyboard:
        """Press keys one after the other."""
        for key in keys:
            self.pressed += 1
            QTest.keyClick(self.target, key, with_ or Qt.KeyboardModifier.NoModifier)
            settle()
        return self

    def type(self, text: str) -> Keyboard:
        """Type a text, character by character."""
        for character in text:
            self.typed += 1
            if character.isascii():
                QTest.keyClicks(self.target, character)
            else:
                # QTest knows no key of other characters; a keyboard that has them sends this.
                plain = Qt.KeyboardModifier.NoModifier
                click = QTest.KeyAction.Click
                QTest.sendKeyEvent(click, self.target, Key.Key_unknown, character, plain)
        settle()
        return self

    def enter(self, text: str) -> Keyboard:
        """Type a text, and Tab."""
        return self.type(text).press(Key.Key_Tab)

    def go_to(self, name: str, *, backward: bool = False) -> Keyboard:
        """Press Tab (or Shift+Tab) until the control whose name begins so has the focus."""
        key = Key.Key_Backtab if backward else Key.Key_Tab
        for _ in range(MOST_STEPS):
            if self.place == name or self.place.startswith(f"{name}, "):
                return self
            self.press(key)
        raise AssertionError(f"Tab does not lead to {name}")

    def fill(self, **fields: str) -> Keyboard:
        """Go to each label in turn and type; underscores in a name stand for spaces."""
        for name, text in fields.items():
            self.go_to(name.replace("_", " ")).type(text)
        return self

    def give_reason(self) -> Keyboard:
        """Say of the box with the focus that its value was not recorded."""
        self.press(Key.Key_M, with_=Qt.KeyboardModifier.ControlModifier)
        return self.press(Key.Key_Return)


def settle() -> None:
    """Let what the key brought about happen."""
    for _ in range(_TURNS):
        QApplication.sendPostedEvents()
        QApplication.processEvents()
        _wake_window()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _wake_window() -> None:
    """Without a screen, a list that dropped down and is closed would stay the active window."""
    active, focus = QApplication.activeWindow(), QApplication.focusWidget()
    if active is not None and not active.isVisible() and focus is not None:
        focus.window().activateWindow()
