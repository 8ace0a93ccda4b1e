# SPDX-License-Identifier: MIT
"""One printed page as it will come out, painted when it is looked at."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from ui.printing.pages import PagePainter
from ui.printing.typeset import Pages
from ui.theme import Theme, set_kind

_EDGE = 10
_PAGE_KEYS = {
    Qt.Key.Key_PageDown: 1,
    Qt.Key.Key_PageUp: -1,
}
_PAPER = QColor("#ffffff")


class PagePreview(QScrollArea):
    """Shows a page whole, or as wide as there is room.

    Signals:
        turned: (number) another page is in sight, counted from 1.
    """

    turned = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._sheet = _Sheet(theme, self)
        self._fills_width = False
        self.setWidget(self._sheet)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        set_kind(self, "desk")
        self.setAccessibleName(self.tr("Preview"))

    @property
    def page(self) -> int:
        """Number of the page in sight, from 1; 0 while there is none."""
        return self._sheet.number

    @property
    def pages(self) -> Pages | None:
        """What is previewed."""
        return self._sheet.pages

    def show_pages(self, pages: Pages | None) -> None:
        """Show these pages, at the one that was in sight if it is there."""
        number = min(max(self.page, 1), pages.count) if pages is not None else 0
        self._sheet.show_page(pages, number)
        self._fit()
        self._tell()

    def turn_to(self, number: int) -> None:
        """Show another page; beyond the last there is none."""
        pages = self.pages
        if pages is None or not 1 <= number <= pages.count or number == self.page:
            return
        self._sheet.show_page(pages, number)
        self.verticalScrollBar().setValue(0)
        self._tell()

    def fill_width(self, *, on: bool) -> None:
        """Show the page as wide as there is room, to read it, or whole."""
        self._fills_width = on
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _PAGE_KEYS:
            self.turn_to(self.page + _PAGE_KEYS[key])
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and self.pages is not None:
            self.turn_to(1 if key == Qt.Key.Key_Home else self.pages.count)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if self.pages is None:
            return
        paper, edges = self.pages.paper, 2 * self._theme.px(_EDGE)
        room = self.maximumViewportSize() - QSize(edges, edges)
        scale = room.width() / paper.width
        if not self._fills_width:
            scale = min(scale, room.height() / paper.height)
        self._sheet.setFixedSize(
            round(paper.width * scale) + edges, round(paper.height * scale) + edges
        )

    def _tell(self) -> None:
        said = QCoreApplication.translate("printing", "Page {page} of {pages}").format(
            page=self.page, pages=self.pages.count if self.pages is not None else 0
        )
        self.setAccessibleDescription(said)
        self.turned.emit(self.page)


class _Sheet(QWidget):
    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.pages: Pages | None = None
        self.number = 0
        self._artist: PagePainter | None = None
        self._picture: QPixmap | None = None

    def show_page(self, pages: Pages | None, number: int) -> None:
        if pages is not self.pages:
            self._artist = PagePainter(pages) if pages is not None else None
        self.pages, self.number = pages, number
        self._picture = None
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._picture = None

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._artist is None:
            return
        edge = self._theme.px(_EDGE)
        sheet = self.rect().adjusted(edge, edge, -edge, -edge)
        painter = QPainter(self)
        painter.setPen(self._theme.color("border"))
        painter.drawRect(sheet.adjusted(-1, -1, 0, 0))
        if self._picture is None:
            self._picture = self._painted(self._artist, sheet.size())
        painter.drawPixmap(sheet.topLeft(), self._picture)
        painter.end()

    def _painted(self, artist: PagePainter, size: QSize) -> QPixmap:
        ratio = self.devicePixelRatioF()
        picture = QPixmap(size * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(_PAPER)
        painter = QPainter(picture)
        artist.paint(painter, self.number, QRectF(0, 0, size.width(), size.height()))
        painter.end()
        return picture
