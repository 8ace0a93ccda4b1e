# SPDX-License-Identifier: MIT
"""The bare control for long text: as high as what stands in it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from ui.widgets.field_line import REASONS_KEY, can_paste, leaves_to_others

LEAST_LINES = 2
"""So many lines say that there is room for sentences."""
MOST_LINES = 8
_TEXT_MARGIN = 2
_ENDLESS = 100_000


class FieldText(QPlainTextEdit):
    """Several lines to type into; as high as its text, from ``LEAST_LINES`` to ``MOST_LINES``.

    Signals: as of ``FieldLine``; ``edited`` when the user changed the text.
    """

    finished = Signal()
    menu_wanted = Signal(QPoint)
    reasons_wanted = Signal()
    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._filling = False
        self._lines = 1
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(_TEXT_MARGIN)
        self.textChanged.connect(self._grow)
        self.textChanged.connect(self._tell)

    def show_text(self, text: str) -> None:
        """Put ``text`` in."""
        self._filling = True
        self.setPlainText(text)
        self._filling = False

    def text(self) -> str:
        """What stands in the box."""
        return self.toPlainText()

    def width_for(self, text: str) -> int:
        """How wide the box has to be for a line of text."""
        self.ensurePolished()
        margins = self.contentsMargins()
        around = margins.left() + margins.right() + 2 * self.document().documentMargin()
        return self.fontMetrics().horizontalAdvance(text) + round(around)

    def sizeHint(self) -> QSize:
        lines = min(max(self._lines, LEAST_LINES), MOST_LINES)
        return QSize(200, self._height(lines))

    def minimumSizeHint(self) -> QSize:
        return QSize(60, self._height(LEAST_LINES))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._grow()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.finished.emit()

    def event(self, event: QEvent) -> bool:
        text = self.document()
        if leaves_to_others(event, undo=text.isUndoAvailable(), redo=text.isRedoAvailable()):
            event.ignore()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.keyCombination() == REASONS_KEY:
            self.reasons_wanted.emit()
        elif event.matches(QKeySequence.StandardKey.Paste) and not can_paste():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return not source.hasUrls() and super().canInsertFromMimeData(source)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_wanted.emit(event.globalPos())

    def _tell(self) -> None:
        if not self._filling:
            self.edited.emit()

    def _grow(self) -> None:
        """Take the height that the text needs. Qt's own count lags behind a change of width."""
        room = QRect(0, 0, self.viewport().width() - 2 * _TEXT_MARGIN, _ENDLESS)
        metrics = self.fontMetrics()
        text = f"{self.toPlainText()}\u200b"
        height = metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, text).height()
        lines = max(1, round(height / metrics.lineSpacing()))
        if lines != self._lines:
            self._lines = lines
            off, needed = (
                Qt.ScrollBarPolicy.ScrollBarAlwaysOff,
                Qt.ScrollBarPolicy.ScrollBarAsNeeded,
            )
            self.setVerticalScrollBarPolicy(off if lines <= MOST_LINES else needed)
            self.updateGeometry()

    def _height(self, lines: int) -> int:
        margins = self.contentsMargins()
        around = margins.top() + margins.bottom() + 2 * self.document().documentMargin()
        return round(lines * self.fontMetrics().lineSpacing() + around)
