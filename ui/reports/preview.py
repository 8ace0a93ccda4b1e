# SPDX-License-Identifier: MIT
"""The pages of a report to look at, one at a time, as wide as there is room."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from ui.theme import Theme, set_kind

_EDGE = 10
_PAGE_KEYS = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}


class ReportPreview(QScrollArea):
    """Shows one page, which keys and buttons turn.

    Signals:
        turned: (number) another page is in sight, counted from 1; 0 for none.
    """

    turned = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._images: tuple[QImage, ...] = ()
        self._n_pages = self._page = 0
        self._sheet = _Sheet(theme, self)
        self.setWidget(self._sheet)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        set_kind(self, "desk")
        self.setAccessibleName(self.tr("Preview"))

    @property
    def page(self) -> int:
        """Number of the page in sight, from 1; 0 while there is none."""
        return self._page

    @property
    def count(self) -> int:
        """How many pages can be looked at."""
        return len(self._images)

    def show_pages(self, images: Sequence[QImage], n_pages: int) -> None:
        """Show these pages of a report that has so many, at the one that was in sight."""
        self._images, self._n_pages = tuple(images), n_pages
        self._turn(min(max(self._page, 1), self.count))

    def turn_to(self, number: int) -> None:
        """Show another page; beyond the last there is none."""
        if 1 <= number <= self.count and number != self._page:
            self._turn(number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _PAGE_KEYS:
            self.turn_to(self._page + _PAGE_KEYS[key])
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and self.count:
            self.turn_to(1 if key == Qt.Key.Key_Home else self.count)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _turn(self, number: int) -> None:
        self._page = number
        self._sheet.show_image(self._images[number - 1] if number else QImage())
        self._fit()
        self.verticalScrollBar().setValue(0)
        said = self.tr("Page {page} of {pages}").format(page=number, pages=self._n_pages)
        self.setAccessibleDescription(said)
        self.turned.emit(number)

    def _fit(self) -> None:
        image = self._sheet.image
        if image.isNull():
            self._sheet.setFixedSize(QSize(1, 1))
            return
        edges = 2 * self._theme.px(_EDGE)
        width = max(1, self.viewport().width() - edges)
        height = round(width * image.height() / image.width())
        self._sheet.setFixedSize(width + edges, height + edges)


class _Sheet(QWidget):
    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.image = QImage()

    def show_image(self, image: QImage) -> None:
        self.image = image
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.image.isNull():
            return
        edge = self._theme.px(_EDGE)
        sheet = self.rect().adjusted(edge, edge, -edge, -edge)
        painter = QPainter(self)
        painter.setPen(self._theme.color("border"))
        painter.drawRect(sheet.adjusted(-1, -1, 0, 0))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(sheet, self.image)
        painter.end()
