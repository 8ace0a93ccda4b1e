# SPDX-License-Identifier: MIT
"""The headings of the list: they sort by a click, move by a drag, and tell when they are let go."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QHeaderView, QWidget

from ui.cases.columns import Column
from ui.cases.run_painter import fill
from ui.theme import Theme

HEADER_HEIGHT = 43
_PADDING = 6
_OUTER_PADDING = 10


def padding(theme: Theme, *, is_first: bool) -> tuple[int, int]:
    """What stays free at the left and the right of a cell; the list has a wider edge."""
    return theme.px(_OUTER_PADDING if is_first else _PADDING), theme.px(_PADDING)


class Heading(QHeaderView):
    """Small, up to two lines, with the arrow beside the column that sorts.

    Attributes:
        first: the section farthest to the left that is in sight; every cell that is painted asks.

    Signals:
        let_go: the mouse was let go over it, so no column is being moved or made wider any more.
    """

    let_go = Signal()

    def __init__(self, theme: Theme, columns: Sequence[Column], parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = theme
        self._columns = columns
        self._look: tuple[QFont, QFontMetrics] | None = None
        theme.follow(self._forget_look)
        self.first = 0
        self.setSectionsClickable(True)
        self.setSectionsMovable(True)
        self.setFirstSectionMovable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(theme.px(32))

    def find_first(self) -> None:
        """Look which section is farthest to the left, after others have come there."""
        places = (self.logicalIndex(place) for place in range(self.count()))
        self.first = next((one for one in places if not self.isSectionHidden(one)), 0)

    def sizeHint(self) -> QSize:
        return QSize(0, self._theme.px(HEADER_HEIGHT))

    def heading_width(self, column: Column) -> int:
        """What the longest line of the heading takes, in pixels, without padding.

        The arrow stands behind the last line; where a column gives way, its heading does so for it.
        """
        metrics, arrow = self._metrics, _arrow(descending=True)
        if column.is_bare:
            return metrics.horizontalAdvance(arrow)
        *lines, last = column.header.split("\n")
        return max(map(metrics.horizontalAdvance, [*lines, last if column.gives else last + arrow]))

    def brief_width(self, column: Column) -> int:
        """The same where room is scarce: of the shorter heading, with the arrow where it fits."""
        metrics, arrow = self._metrics, _arrow(descending=True)
        if column.is_bare:
            return metrics.horizontalAdvance(arrow)
        return min(
            max(map(metrics.horizontalAdvance, form.split("\n")))
            for words in (column.header, column.brief or column.header)
            for form in _with_arrow(words, arrow)
        )

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self.let_go.emit()

    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:
        if not rect.isValid():
            return
        theme, column = self._theme, self._columns[logical]
        painter.save()
        fill(painter, rect, theme.color("raised"))
        painter.setPen(theme.color("border"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        sorted_by = self.sortIndicatorSection() == logical
        down = self.sortIndicatorOrder() is Qt.SortOrder.DescendingOrder
        left, right = padding(theme, is_first=logical == self.first)
        arrow = _arrow(descending=down) if sorted_by else ""
        text = self.fitted(column, arrow, rect.width() - left - right)
        side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
        painter.setFont(self._font)
        painter.setPen(theme.color("text" if sorted_by else "text_muted"))
        box = rect.adjusted(left, 0, -right, 0)
        if sorted_by:
            self._paint_sorted(painter, box, text, arrow.strip(), side)
        else:
            painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, text)
        painter.restore()

    def _paint_sorted(
        self, painter: QPainter, box: QRect, text: str, arrow: str, side: Qt.AlignmentFlag
    ) -> None:
        """The words, and a drawn arrow where the sign of it has room: that is small and high."""
        metrics, lines = self._metrics, text.split("\n")
        high = metrics.lineSpacing()
        top = box.top() + (box.height() - len(lines) * high) // 2
        for place, line in enumerate(lines):
            is_at_right = side == Qt.AlignmentFlag.AlignRight
            x = box.right() + 1 - metrics.horizontalAdvance(line) if is_at_right else box.left()
            words = line.removesuffix(arrow)
            own = QRect(x, top + place * high, box.right() + 1 - x, high)
            painter.drawText(own, Qt.AlignmentFlag.AlignVCenter, words.rstrip())
            if words != line:
                before = metrics.horizontalAdvance(words) + metrics.horizontalAdvance(arrow) / 2
                middle = QPointF(x + before, own.top() + high / 2)
                self._paint_arrow(painter, middle, down=arrow in _arrow(descending=True))

    def _paint_arrow(self, painter: QPainter, middle: QPointF, *, down: bool) -> None:
        size = self._theme.scale if down else -self._theme.scale
        ends = ((-3.0, -1.5), (0.0, 1.5), (3.0, -1.5))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.color("text"), 1.3 * self._theme.scale))
        painter.drawPolyline([middle + QPointF(x, y) * size for x, y in ends])

    def fitted(self, column: Column, arrow: str, room: int) -> str:
        """The heading with the arrow, in the longest form that has room.

        Where somebody made the column narrower than that, it is cut, and the arrow never is.
        """
        metrics = self._metrics
        for words in (column.header, column.brief or column.header):
            for form in _with_arrow(words, arrow):
                if max(map(metrics.horizontalAdvance, form.split("\n"))) <= room:
                    return form
        if column.is_bare:
            return arrow.lstrip()

        def cut(line: str, width: int) -> str:
            return metrics.elidedText(line, Qt.TextElideMode.ElideRight, width)

        *lines, last = (column.brief or column.header).split("\n")
        if metrics.horizontalAdvance(last + arrow) > room:
            last = cut(last, room - metrics.horizontalAdvance(arrow))
            arrow = arrow if last else arrow.lstrip()
        return "\n".join([*(cut(line, room) for line in lines), last + arrow])

    @property
    def _font(self) -> QFont:
        return self._written_in()[0]

    @property
    def _metrics(self) -> QFontMetrics:
        return self._written_in()[1]

    def _written_in(self) -> tuple[QFont, QFontMetrics]:
        if self._look is None:
            font = self._theme.font("label", QFont.Weight.DemiBold)
            self._look = font, QFontMetrics(font)
        return self._look

    def _forget_look(self) -> None:
        self._look = None


def _with_arrow(words: str, arrow: str) -> Iterator[str]:
    """The heading with the arrow behind its last line, the one above, or in a line of its own."""
    if not arrow:
        yield words
        return
    *lines, last = words.split("\n")
    yield "\n".join([*lines, last + arrow])
    if lines:
        yield "\n".join([*lines[:-1], lines[-1] + arrow, last])
    else:
        yield f"{last}\n{arrow.strip()}"


def _arrow(*, descending: bool) -> str:
    return " \u02c5" if descending else " \u02c4"
