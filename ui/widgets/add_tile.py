# SPDX-License-Identifier: MIT
"""An empty place beside small pictures: press it to choose files, or drop them on it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui.permits import guard
from ui.theme import Theme
from ui.widgets.dropped_files import dropped_files

_AROUND = 12
"""Free beside the word, at scale 1."""


class AddTile(QAbstractButton):
    """A square with a broken edge, larger where its word is longer.

    Signals:
        wanted: (files) images are to be added; an empty list where they are still to be chosen.

    Args:
        side: of the square, in pixels at scale 1, where the word has room in it.
    """

    wanted = Signal(list)

    def __init__(self, theme: Theme, side: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._side = side
        self._is_target = False
        self.setText(self.tr("Add"))
        self.setAccessibleName(self.tr("Add images"))
        self.setToolTip(self.tr("Add images to this case, or drop them here"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAcceptDrops(True)
        self.clicked.connect(lambda _on=False: self.wanted.emit([]))
        theme.follow(self.updateGeometry)
        guard(self, "add_images")

    def sizeHint(self) -> QSize:
        word = QFontMetrics(self._theme.font()).horizontalAdvance(self.text())
        side = max(self._theme.px(self._side), word + self._theme.px(_AROUND))
        return QSize(side, side)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
            return
        super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.isEnabled() and dropped_files(event.mimeData()):
            event.acceptProposedAction()
            self._show_target(on=True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._show_target(on=False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._show_target(on=False)
        if files := dropped_files(event.mimeData()):
            event.acceptProposedAction()
            self.wanted.emit(files)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, painter = self._theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_lit = self.hasFocus() or self._is_target
        edge = 1.0 if is_lit else 0.5
        pen = QPen(theme.color("focus" if is_lit else "control_edge"), 2 * edge)
        if not is_lit:
            pen.setDashPattern([4.0, 3.0])
        painter.setPen(pen)
        if self.isEnabled() and (self._is_target or self.underMouse()):
            painter.setBrush(theme.color("accent_soft" if self._is_target else "hover"))
        frame = QRectF(self.rect()).adjusted(edge, edge, -edge, -edge)
        painter.drawRoundedRect(frame, theme.radius(), theme.radius())
        painter.setFont(theme.font())
        is_near = self.isEnabled() and self.underMouse()
        painter.setPen(theme.color("text" if is_near else "text_muted"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
        painter.end()

    def _show_target(self, *, on: bool) -> None:
        self._is_target = on
        self.update()
