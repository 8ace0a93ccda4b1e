# SPDX-License-Identifier: MIT
"""The bar over the form: which case it is, how it stands, and how to keep or drop it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from models.case import Case
from ui.key_words import native
from ui.measures import keep
from ui.permits import guard
from ui.theme import Theme, set_kind, set_state
from ui.topics import ENTRY, below, set_topic
from ui.widgets.field_label import FieldLabel
from ui.widgets.in_lines import in_lines
from ui.widgets.plain_tip import plain_tip

_HEIGHT = 52


class TopBar(QFrame):
    """Title, state and three buttons.

    Signals:
        save_wanted, save_and_new_wanted, discard_wanted: a button was pressed.
    """

    save_wanted = Signal()
    save_and_new_wanted = Signal()
    discard_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._is_new = True
        self._draft = ""
        self._trouble = ""
        set_kind(self, "toolbar")
        set_topic(self, below(ENTRY, "Saving"))
        self._title = FieldLabel("", parent=self)
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._title.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._state = QLabel(self)
        self._state.setTextFormat(Qt.TextFormat.PlainText)
        self._state.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._said = ""
        set_kind(self._title, "title")
        set_kind(self._state, "muted")
        self._discard = QPushButton(self)
        self._save_and_new = QPushButton(self.tr("Save and new"), self)
        self._save_and_new.setToolTip(native("Ctrl+Shift+Enter"))
        self._save = QPushButton(self)
        self._save.setToolTip(native("Ctrl+Enter"))
        self._save.setAccessibleName(self.tr("Save"))
        set_kind(self._save, "primary")
        self._buttons = (self._discard, self._save_and_new, self._save)
        guard(self._save, "save_case")
        guard(self._save_and_new, "save_and_new")
        self._discard.clicked.connect(self.discard_wanted)
        self._save_and_new.clicked.connect(self.save_and_new_wanted)
        self._save.clicked.connect(self.save_wanted)
        self._bar = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._names = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._arrange()
        self._name_button(is_unsaved=False)
        self._share_width()
        theme.follow(self._share_width)

    def _arrange(self) -> None:
        self._names.addWidget(self._title)
        self._names.addWidget(self._state, 1)
        self._bar.addLayout(self._names, 1)
        self._bar.setAlignment(self._names, Qt.AlignmentFlag.AlignVCenter)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        for button in self._buttons:
            buttons.addWidget(button)
        self._bar.addLayout(buttons)
        for layout in (self._bar, buttons):
            keep(self._theme, layout.setSpacing, 8)
        keep(self._theme, self._bar.setContentsMargins, 16, 0, 16, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def _share_width(self) -> None:
        """The key stands on the button, and the state beside the title, where both have room.

        Where not even the title has room, the buttons stand below.
        """
        directions, gap = QBoxLayout.Direction, self._theme.px(8)
        plain, title = self.tr("Save"), _width_of(self._title, self._title.text())
        words = title + _width_of(self._state, self._said) + gap
        self._save.setText(plain)
        self._bar.setDirection(directions.LeftToRight)
        is_below = self._room_for_names() < min(title, self._title.least_width())
        if is_below:
            self._bar.setDirection(directions.TopToBottom)
        self._save.setText(f"{plain}  {native('Ctrl+Enter')}")
        if self._room_for_names() < words and not is_below:
            self._save.setText(plain)
        beside = self._room_for_names() >= words
        self._names.setDirection(directions.LeftToRight if beside else directions.TopToBottom)
        self._names.setSpacing(gap if beside else self._theme.px(1))
        shortest = QSizePolicy.Policy.Preferred if beside else QSizePolicy.Policy.Ignored
        self._title.setSizePolicy(shortest, QSizePolicy.Policy.Fixed)
        self._state.setText(self._said if beside else "\n".join(self._lines_of_state()))
        self._share_height(beside=beside, is_below=is_below)

    def _share_height(self, *, beside: bool, is_below: bool) -> None:
        title, state = self._title.sizeHint().height(), self._state.sizeHint().height()
        names = max(title, state) if beside else title + state
        around = self._theme.px(12)
        if is_below:
            around += self._theme.px(12) + self._save.sizeHint().height()
        self.setFixedHeight(max(self._theme.px(_HEIGHT), names + around))

    def _lines_of_state(self) -> list[str]:
        """How it stands, in as many lines as that takes."""
        return in_lines(self._said.split(), self._room_for_names(), partial(_width_of, self._state))

    def _room_for_names(self) -> int:
        margins = self._bar.contentsMargins()
        room = self.width() - margins.left() - margins.right()
        if self._bar.direction() is QBoxLayout.Direction.TopToBottom:
            return room
        gap = self._theme.px(8)
        return room - sum(button.sizeHint().width() + gap for button in self._buttons)

    @property
    def title(self) -> str:
        """What case it is."""
        return self._title.text()

    @property
    def state(self) -> str:
        """How it stands."""
        return self._said

    def show_words(self, title: str, state: str, short: str = "") -> None:
        """Say what case it is, in short where there is little room, and how it stands."""
        self._title.show_words(title, short)
        self._title.setToolTip(plain_tip(title))
        self._say_state(state)

    def _say_state(self, state: str) -> None:
        self._said = state
        self._state.setAccessibleName(state)
        self._share_width()
        self._state.setToolTip("\n\n".join(filter(None, (state, self._trouble))))

    def show_draft(self, words: str, trouble: str = "") -> None:
        """How the draft stands, to be told with the case; ``trouble`` says why there is none."""
        self._draft = words
        set_state(self._state, "warning" if trouble else "")
        self._trouble = trouble
        self._say_state(self._said)
        self._state.setAccessibleDescription(trouble)

    def show_case(self, case: Case, *, is_unsaved: bool, is_busy: bool, saved_at: str) -> None:
        """Say how this case stands. ``saved_at`` is the time of the last save; "" for none."""
        is_new = case.version == 0
        kind = self.tr("New case") if is_new else self.tr("Case")
        code = case.patient.patient_code
        title = f"{kind} · {code}" if code else kind
        if is_busy:
            state = self.tr("Saving…")
        elif self._draft:
            state = self._draft
        elif is_new:
            state = self.tr("not saved yet")
        elif is_unsaved:
            state = self.tr("unsaved changes")
        else:
            saved = self.tr("saved {time}").format(time=saved_at) if saved_at else ""
            version = self.tr("version {n}").format(n=case.version)
            state = ", ".join(filter(None, (saved, version)))
        self._is_new = is_new
        self.show_words(title, state, code)
        self._name_button(is_unsaved=is_unsaved)

    def show_typing(self) -> None:
        """Something is being typed that may change the case."""
        if not self._is_new and not self._draft:
            self._say_state(self.tr("unsaved changes"))

    def _name_button(self, *, is_unsaved: bool) -> None:
        """Name the button by what it does: drop what was typed, or only close."""
        self._discard.setText(self.tr("Discard") if is_unsaved else self.tr("Close"))
        close = QKeySequence.StandardKey.Close
        self._discard.setToolTip("" if is_unsaved else native(close))
        self._share_width()

    def allow(self, *, allowed: bool) -> None:
        """Let the case be saved or not, while it is being saved or opened."""
        self._save.setEnabled(allowed)
        self._save_and_new.setEnabled(allowed)

    def focus_boxes(self) -> list[QWidget]:
        """The controls that Tab goes through here."""
        return [self._save, self._save_and_new, self._discard]


def _width_of(label: QLabel, words: str) -> int:
    label.ensurePolished()
    return label.fontMetrics().horizontalAdvance(words)
