# SPDX-License-Identifier: MIT
"""How rows are painted: two lines of text, empty boxes, words to choose, and the headings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from PySide6.QtCore import QObject, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QHeaderView, QWidget

from models.vocabulary import AssessmentMissing
from ui.followup.columns import COLUMNS, Cell, Key, Piece, Pieces, heading
from ui.followup.words import tr
from ui.theme import Theme

ROW_HEIGHT = 46
_HEADER_HEIGHT = 32
_PADDING = 8
_EDGE = 14
BOX_HEIGHT = 30
BOX_WIDTH = 64
BESIDE_TYPED = 14
_FIRST = "body"
_SECOND = "small"
_BETWEEN_LINES = 1
MORE = "…"
_WIDTHS_KEPT = 2_000


class Act(NamedTuple):
    """Something that can be chosen in a row by a click."""

    text: str
    reason: AssessmentMissing | None


@dataclass(frozen=True, slots=True)
class Placed:
    """Such a thing with its place, in the coordinates of the cell."""

    act: Act
    box: QRectF


def acts(*, few: bool) -> tuple[Act, ...]:
    """What stands in the last column; the rest is in the menu."""
    more = Act(MORE, None)
    if few:
        return (more,)
    return (
        Act(tr("Not reached"), AssessmentMissing.NOT_REACHED),
        Act(tr("Declined"), AssessmentMissing.DECLINED),
        Act(tr("Moved"), AssessmentMissing.MOVED),
        Act(tr("Died"), AssessmentMissing.DIED),
        more,
    )


def edges(theme: Theme, section: int) -> tuple[int, int]:
    """What stays free at the left and the right of a cell; the list has a wider edge."""
    left = _PADDING if section else _EDGE
    right = _EDGE if section == len(COLUMNS) - 1 else _PADDING
    return theme.px(left), theme.px(right)


class Lettering(QObject):
    """Fonts, colors and widths, which are dear to find out, for all cells."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._looks: dict[tuple[str, bool, bool], tuple[QFont, QFontMetricsF]] = {}
        self._colors: dict[str, QColor] = {}
        self._widths: dict[tuple[str, str, bool, bool], float] = {}
        theme.follow(self._forget)

    def color(self, token: str) -> QColor:
        """A color of the palette."""
        if token not in self._colors:
            self._colors[token] = self._theme.color(token)
        return self._colors[token]

    def look(
        self, size: str = _FIRST, *, bold: bool = False, italic: bool = False
    ) -> tuple[QFont, QFontMetricsF]:
        """A font and its measures."""
        key = (size, bold, italic)
        if key not in self._looks:
            font = self._theme.numbers_font(size)
            font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
            font.setItalic(italic)
            self._looks[key] = font, QFontMetricsF(font)
        return self._looks[key]

    def width(self, pieces: Pieces, size: str = _FIRST) -> float:
        """How wide a line is, in pixels."""
        return sum([self._width_of(piece, size) for piece in pieces])

    def _width_of(self, piece: Piece, size: str) -> float:
        key = (piece.text, size, piece.bold, piece.italic)
        width = self._widths.get(key)
        if width is None:
            if len(self._widths) >= _WIDTHS_KEPT:
                self._widths.clear()
            metrics = self.look(size, bold=piece.bold, italic=piece.italic)[1]
            width = self._widths[key] = metrics.horizontalAdvance(piece.text)
        return width

    def cell_width(self, cell: Cell, *, whole: bool = False) -> float:
        """How wide a cell is whose second line may be cut short, unless it is to be ``whole``."""
        second = self.width(cell.second, _SECOND) if whole else 0.0
        return max(self.width(cell.first), second)

    def paint_cell(self, painter: QPainter, room: QRect, cell: Cell, *, right: bool) -> None:
        """Paint a cell of one or two lines in the middle of its room."""
        lines = [(cell.first, _FIRST)]
        if cell.second:
            lines.append((cell.second, _SECOND))
        heights = [self.look(size)[1].height() for _, size in lines]
        spare = room.height() - sum(heights) - _BETWEEN_LINES * (len(lines) - 1)
        top = room.top() + spare / 2
        for (pieces, size), height in zip(lines, heights, strict=True):
            line = QRectF(room.left(), top, room.width(), height)
            self.paint_line(painter, line, pieces, size, right=right)
            top += height + _BETWEEN_LINES

    def paint_line(
        self,
        painter: QPainter,
        room: QRectF,
        pieces: Pieces,
        size: str = _FIRST,
        *,
        right: bool = False,
    ) -> None:
        """Paint a line in the longest form that has room; an ellipsis ends what has none."""
        left, end = room.left(), room.right()
        total = self.width(pieces, size)
        if total > room.width() + 0.5:
            pieces = tuple(replace(one, text=one.short or one.text) for one in pieces)
            total = self.width(pieces, size)
        if total > room.width() + 0.5:
            pieces = tuple(replace(one, text=one.mark or one.text) for one in pieces)
            total = self.width(pieces, size)
        if right and total <= room.width():
            left = end - total
        for piece in pieces:
            font, metrics = self.look(size, bold=piece.bold, italic=piece.italic)
            text, width = piece.text, metrics.horizontalAdvance(piece.text)
            if left + width > end + 0.5:
                text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, end - left)
            painter.setFont(font)
            painter.setPen(self.color(piece.ink.value))
            base = room.top() + (room.height() + metrics.ascent() - metrics.descent()) / 2
            painter.drawText(QPointF(left, round(base)), text)
            left += width
            if left >= end:
                return

    def paint_told(self, painter: QPainter, room: QRectF, pieces: Pieces) -> None:
        """Paint a line, or a sentence that has no room in one in two small ones."""
        if len(pieces) > 1 or self.width(pieces) <= room.width() + 0.5:
            self.paint_line(painter, room, pieces)
            return
        (piece,) = pieces
        words, metrics = piece.text.split(), self.look(_SECOND)[1]
        first = [words.pop(0)]
        while words and metrics.horizontalAdvance(" ".join([*first, words[0]])) <= room.width():
            first.append(words.pop(0))
        upper = QRectF(room.left(), room.center().y() - metrics.height(), room.width(), 0)
        for told in (first, words):
            upper.setHeight(metrics.height())
            line = (replace(piece, text=" ".join(told)),)
            self.paint_line(painter, upper, line, _SECOND)
            upper.translate(0, metrics.height())

    def place(self, choices: Sequence[Act], room: QRect) -> Iterator[Placed]:
        """Where the things to choose stand in a cell."""
        metrics = self.look()[1]
        left = float(room.left())
        for act in choices:
            width = metrics.horizontalAdvance(act.text)
            yield Placed(act, QRectF(left, room.top(), width, room.height()))
            left += width + self.between

    @property
    def between(self) -> float:
        """From one thing to choose to the next, with the dot between them."""
        return self.look()[1].horizontalAdvance(" · ")

    def acts_width(self, choices: Sequence[Act]) -> float:
        """How wide the things to choose are together."""
        metrics = self.look()[1]
        words = sum(metrics.horizontalAdvance(act.text) for act in choices)
        return words + self.between * (len(choices) - 1)

    def paint_acts(
        self, painter: QPainter, placed: Sequence[Placed], *, hovered: Act | None, ink: str
    ) -> None:
        """Paint the things to choose, with dots between them."""
        font, metrics = self.look()
        painter.setFont(font)
        for place, one in enumerate(placed):
            is_hovered = one.act == hovered
            painter.setPen(self.color("accent" if is_hovered else ink))
            base = one.box.top() + (one.box.height() + metrics.ascent() - metrics.descent()) / 2
            painter.drawText(QPointF(one.box.left(), round(base)), one.act.text)
            if is_hovered and one.act.reason is not None:
                under = QPointF(one.box.left(), round(base) + 2)
                painter.drawLine(under, under + QPointF(one.box.width(), 0))
            if place + 1 < len(placed):
                painter.setPen(self.color("text_disabled"))
                painter.drawText(QPointF(one.box.right(), round(base)), " · ")

    def paint_box(self, painter: QPainter, box: QRectF, text: str, *, wrong: bool) -> None:
        """Paint a box that waits to be typed into."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.color("error" if wrong else "field_edge"), 1))
        painter.setBrush(self.color("surface"))
        radius = self._theme.radius()
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        if text:
            font, metrics = self.look()
            painter.setFont(font)
            painter.setPen(self.color("text"))
            inner = box.adjusted(self._theme.px(9), 0, -self._theme.px(4), 0)
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
            painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, shown)

    def _forget(self) -> None:
        self._looks.clear()
        self._colors.clear()
        self._widths.clear()


class DueHeading(QHeaderView):
    """The headings, which sort nothing: the list is in the order in which to ask."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = theme
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(theme.px(16))

    def sizeHint(self) -> QSize:
        return QSize(0, self._theme.px(_HEADER_HEIGHT))

    def heading_width(self, key: Key) -> int:
        """What a heading takes, in pixels, without padding."""
        metrics = QFontMetricsF(self._font())
        return round(metrics.horizontalAdvance(heading(key)) + 1)

    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:
        if not rect.isValid():
            return
        theme, key = self._theme, COLUMNS[logical]
        painter.save()
        painter.fillRect(rect, theme.color("raised"))
        painter.setPen(theme.color("border"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        left, right = edges(theme, logical)
        side = Qt.AlignmentFlag.AlignRight if key is Key.SO_FAR else Qt.AlignmentFlag.AlignLeft
        painter.setFont(self._font())
        painter.setPen(theme.color("text_muted"))
        box = rect.adjusted(left, 0, -right, 0)
        metrics = QFontMetricsF(self._font())
        # A heading that has no room says nothing, rather than a few letters.
        text = heading(key) if metrics.horizontalAdvance(heading(key)) <= box.width() + 1 else ""
        painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, text)
        painter.restore()

    def _font(self) -> QFont:
        return self._theme.font("label", QFont.Weight.DemiBold)
