# SPDX-License-Identifier: MIT
"""A button within a line that clears it, with a name for those who cannot see it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSize, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QLineEdit, QToolButton

from ui.theme import RESOURCES

_FOLLOWED = (
    QEvent.Type.Resize,
    QEvent.Type.FontChange,
    QEvent.Type.StyleChange,
    QEvent.Type.ReadOnlyChange,
    QEvent.Type.EnabledChange,
)
_GAP = 4
"""Part of the mark's size that stays free on either side."""


def offer_clearing(line: QLineEdit) -> None:
    """Let a line be cleared with one click."""
    _ClearButton(line)


class _ClearButton(QToolButton):
    """As large as the letters of its line; Qt's own is of the same size at any scale."""

    def __init__(self, line: QLineEdit) -> None:
        super().__init__(line)
        self._line = line
        self.setAccessibleName(QCoreApplication.translate("lines", "Clear"))
        self.setIcon(QIcon(str(RESOURCES / "icons" / "clear.svg")))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.clicked.connect(lambda _checked=False: self._clear())
        line.textChanged.connect(lambda _text: self._fit())
        line.installEventFilter(self)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _FOLLOWED:
            self._fit()
        return super().eventFilter(watched, event)

    def _clear(self) -> None:
        self._line.clear()
        self._line.textEdited.emit("")

    def _fit(self) -> None:
        line = self._line
        is_wanted = bool(line.text()) and line.isEnabled() and not line.isReadOnly()
        size = line.fontMetrics().height()
        wide = size + 2 * (size // _GAP)
        # What else is free lies in the padding of the line.
        line.setTextMargins(0, 0, size if is_wanted else 0, 0)
        self.setVisible(is_wanted)
        self.setIconSize(QSize(size, size))
        self.setGeometry(line.width() - wide, 0, wide, line.height())
