# SPDX-License-Identifier: MIT
"""The bar over the form: which case it is, how it stands, and how to keep or drop it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from models.case import Case
from ui.measures import keep
from ui.theme import Theme, set_kind, set_state
from ui.widgets.field_cell import FieldLabel
from ui.widgets.field_line import plain_tip

_HEIGHT = 52
_TITLE_SHARE = 0.4


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
        self._is_new = True
        self._draft = ""
        self._trouble = ""
        set_kind(self, "toolbar")
        self._title = FieldLabel("", parent=self)
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._title.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._state = FieldLabel("", parent=self)
        set_kind(self._title, "title")
        set_kind(self._state, "muted")
        self._discard = QPushButton(self)
        self._save_and_new = QPushButton(self.tr("Save and new"), self)
        self._save_and_new.setToolTip("Ctrl+Shift+Enter")
        self._save = QPushButton(self)
        self._save.setToolTip("Ctrl+Enter")
        self._save.setAccessibleName(self.tr("Save"))
        set_kind(self._save, "primary")
        self._discard.clicked.connect(self.discard_wanted)
        self._save_and_new.clicked.connect(self.save_and_new_wanted)
        self._save.clicked.connect(self.save_wanted)
        layout = QHBoxLayout(self)
        keep(theme, layout.setSpacing, 8)
        layout.addWidget(self._title)
        layout.addWidget(self._state, 1)
        for button in (self._discard, self._save_and_new, self._save):
            layout.addWidget(button)
        keep(theme, self.setFixedHeight, _HEIGHT)
        keep(theme, layout.setContentsMargins, 16, 0, 16, 0)
        self._name_button(is_unsaved=False)
        self._share_width()
        theme.changed.connect(self._share_width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def _share_width(self) -> None:
        """The key stands on the button where that leaves room for the title."""
        full = f"{self.tr('Save')}  Ctrl+Enter"
        self._save.setText(full)
        buttons = (self._discard, self._save_and_new, self._save)
        needed = sum(button.sizeHint().width() for button in buttons)
        if self.width() < needed + _TITLE_SHARE * self.width():
            self._save.setText(self.tr("Save"))

    @property
    def title(self) -> str:
        """What case it is."""
        return self._title.text()

    @property
    def state(self) -> str:
        """How it stands."""
        return self._state.text()

    def show_words(self, title: str, state: str) -> None:
        """Say what case it is and how it stands."""
        self._title.setText(title)
        self._title.setToolTip(plain_tip(title))
        self._say_state(state)

    def _say_state(self, state: str) -> None:
        self._state.setText(state)
        self._state.setToolTip("\n\n".join(filter(None, (state, self._trouble))))

    def show_draft(self, words: str, trouble: str = "") -> None:
        """How the draft stands, to be told with the case; ``trouble`` says why there is none."""
        self._draft = words
        set_state(self._state, "warning" if trouble else "")
        self._trouble = trouble
        self._say_state(self._state.text())
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
        self.show_words(title, state)
        self._name_button(is_unsaved=is_unsaved)

    def show_typing(self) -> None:
        """Something is being typed that may change the case."""
        if not self._is_new and not self._draft:
            self._say_state(self.tr("unsaved changes"))

    def _name_button(self, *, is_unsaved: bool) -> None:
        """Name the button by what it does: drop what was typed, or only close."""
        self._discard.setText(self.tr("Discard") if is_unsaved else self.tr("Close"))

    def allow(self, *, allowed: bool) -> None:
        """Let the case be saved or not, while it is being saved or opened."""
        self._save.setEnabled(allowed)
        self._save_and_new.setEnabled(allowed)

    def focus_boxes(self) -> list[QWidget]:
        """The controls that Tab goes through here."""
        return [self._save, self._save_and_new, self._discard]
