# SPDX-License-Identifier: MIT
"""A sentence above the form, with what can be done about it. Never in the way of typing."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui.measures import keep
from ui.theme import Theme, set_kind, set_state

Action = tuple[str, Callable[[], None]]

MOST_LINES = 3
"""What is longer is told in full when the user asks for it, so that the form stays in sight."""
_ENDLESS = 100_000


class NoticeBar(QWidget):
    """Hidden until there is something to say.

    Args:
        aside: pixels beside it, for scale 1.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None, aside: int = 12) -> None:
        super().__init__(parent)
        self._said = ""
        self._is_whole = False
        self._frame = QFrame(self)
        set_kind(self._frame, "notice")
        self._text = QLabel(self._frame)
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._act = QPushButton(self)
        self._more = QPushButton(self.tr("More"), self)
        self._close = QPushButton(self.tr("Close"), self)
        for button in (self._more, self._close):
            set_kind(button, "quiet")
        self._do: Callable[[], None] | None = None
        self._act.clicked.connect(self._run)
        self._more.clicked.connect(self._show_whole)
        self._close.clicked.connect(self.hide)
        around = QVBoxLayout(self)
        keep(theme, around.setContentsMargins, aside, 8, aside, 0)
        around.addWidget(self._frame)
        layout = QHBoxLayout(self._frame)
        keep(theme, layout.setContentsMargins, 12, 6, 12, 6)
        keep(theme, layout.setSpacing, 8)
        layout.addWidget(self._text, 1)
        for button in (self._act, self._more, self._close):
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        theme.follow(self._fit)
        self.hide()

    @property
    def text(self) -> str:
        """What is said; "" while the bar is hidden."""
        return "" if self.isHidden() else self._said

    @property
    def shown_text(self) -> str:
        """The part of it that is in sight."""
        return "" if self.isHidden() else self._text.text()

    def say(self, text: str, state: str = "", action: Action | None = None) -> None:
        """Say something; ``state`` is "error", "warning" or "", ``action`` a button."""
        set_state(self._frame, state)
        self._said, self._is_whole = text, False
        self._act.setVisible(action is not None)
        if action is not None:
            words, self._do = action
            self._act.setText(words)
        self.setAccessibleName(text)
        self._fit()
        self.show()

    def focus_boxes(self) -> list[QWidget]:
        """The controls that Tab goes through here."""
        if self.isHidden():
            return []
        buttons = (self._act, self._more, self._close)
        return [button for button in buttons if not button.isHidden()]

    def act(self) -> None:
        """Press the button."""
        self._act.click()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _show_whole(self) -> None:
        self._is_whole = True
        self._fit()
        self._close.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fit(self) -> None:
        """As much as has room in few lines, and a button for the rest."""
        self._more.setHidden(True)
        shown = self._said
        if not self._is_whole and self._lines(shown) > MOST_LINES:
            self._more.setHidden(False)
            words = shown.split(" ")
            fitting = bisect_right(
                range(1, len(words)), MOST_LINES, key=lambda n: self._lines(_begun(words, n))
            )
            shown = _begun(words, max(fitting, 1))
        self._text.setText(shown)

    def _lines(self, text: str) -> int:
        self._text.ensurePolished()
        metrics = self._text.fontMetrics()
        room = QRect(0, 0, max(self._room(), 1), _ENDLESS)
        height = metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, text).height()
        return round(height / metrics.lineSpacing())

    def _room(self) -> int:
        """How wide the text may be beside the buttons that are shown."""
        outer, inner = self.layout(), self._frame.layout()
        assert outer is not None
        assert inner is not None
        room = self.width()
        for layout in (outer, inner):
            margins = layout.contentsMargins()
            room -= margins.left() + margins.right()
        buttons = (self._act, self._more, self._close)
        shown = [button for button in buttons if not button.isHidden()]
        return room - sum(button.sizeHint().width() + inner.spacing() for button in shown)

    def _run(self) -> None:
        self.hide()
        if self._do is not None:
            self._do()


def _begun(words: list[str], count: int) -> str:
    return f"{' '.join(words[:count])} …"
