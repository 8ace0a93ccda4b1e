# SPDX-License-Identifier: MIT
"""Finds what is written and cut off: out of its box, by an ellipsis, or beyond its figure.

What somebody typed may end in an ellipsis where a tool tip tells the whole. What the program says
may not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox
from PySide6.QtCore import QAbstractListModel, QModelIndex, QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QFontMetricsF
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QMenuBar,
    QTabBar,
    QTreeView,
    QWidget,
)

from tests.ui.painted import Word, words_of
from tests.ui.unsaid import is_data
from ui.charts.sheet import PIXELS_PER_INCH
from ui.collector import Collector
from ui.filters.query_line import QueryLine
from ui.widgets.field_line import FieldLine

ELLIPSIS = "…"
_SLACK = 1.6
"""Pixels; letters that lean stand out of what their widths say."""
_LINE_SLACK = 4
"""Pixels; the box of a line of text has room above and below its letters."""
_FAR = 30_000.0
_MOST_ROWS = 60
_TIP, _SAID = Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.DisplayRole


class CutWatch:
    """Finds what is cut off in widgets, as long as it watches what the program shortens."""

    def __init__(self) -> None:
        self._wholes: dict[str, str] = {}
        self._beyond: list[str] = []

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Take note of what this program shortens by itself, and of figures that are drawn."""
        plain, fine, draw = QFontMetrics.elidedText, QFontMetricsF.elidedText, Figure.draw
        QFontMetrics.elidedText = self._noting(plain)  # type: ignore[method-assign]
        QFontMetricsF.elidedText = self._noting(fine)  # type: ignore[method-assign]

        def drawing(figure: Figure, renderer: Any) -> None:
            draw(figure, renderer)
            self._beyond += _beyond(figure, renderer)

        Figure.draw = drawing  # type: ignore[method-assign,assignment]
        # As in the program: what nobody needs any more never goes in the thread of a job.
        collector = Collector()
        try:
            yield
        finally:
            collector.stop()
            QFontMetrics.elidedText = plain  # type: ignore[method-assign]
            QFontMetricsF.elidedText = fine  # type: ignore[method-assign]
            Figure.draw = draw  # type: ignore[method-assign]

    def cut(self, top: QWidget) -> Iterator[str]:
        """Everything in sight that is cut off, and in the figures drawn since this was asked."""
        yield from self.in_figures()
        for widget in (top, *top.findChildren(QWidget)):
            if widget.isVisible() and not widget.size().isEmpty():
                words = words_of(widget)
                yield from (f"{_path(widget, top)}: {said}" for said in self._cut(widget, words))

    def in_figures(self) -> list[str]:
        """What is cut off or unreadable in the figures drawn since this was asked."""
        found, self._beyond = self._beyond, []
        return list(dict.fromkeys(found))

    def _noting(self, shorten: Callable[..., str]) -> Callable[..., str]:
        def noted(metrics: object, text: str, *how: object) -> str:
            shown = shorten(metrics, text, *how)
            if shown != text:
                self._wholes[shown] = text
            return shown

        return noted

    def _cut(self, widget: QWidget, words: list[Word]) -> Iterator[str]:
        # What is being typed moves with the cursor.
        is_typed = isinstance(widget, QueryLine) or widget.hasFocus()
        if not (isinstance(widget, QLineEdit) and is_typed):
            yield from _out(widget, words)
            yield from self._short(widget, words)

    def _short(self, widget: QWidget, words: Iterable[Word]) -> Iterator[str]:
        for text in dict.fromkeys(word.text.strip() for word in words):
            if ELLIPSIS not in text or text == ELLIPSIS:
                continue
            given = list(_given(widget, _SAID))
            whole = self._wholes.get(text, "")
            if not whole and any(text in one.replace("&", "") for one in given):
                # The words of the program end so.
                continue
            head = text.partition(ELLIPSIS)[0]
            whole = whole or next((one for one in given if head and head in one), text)
            is_told = isinstance(widget, FieldLine) or _is_told(widget, whole)
            if not is_told or not is_data(head):
                yield f"“{text}” of “{whole[:60]}”{'' if is_told else ', which no tool tip tells'}"


def _out(widget: QWidget, words: Iterable[Word]) -> Iterator[str]:
    """What stands out of its box. What several cells paint a part of each is put together."""
    edge, room = QRectF(widget.rect()), _room(widget)
    parts: dict[tuple[str, float, float], tuple[Word, QRectF]] = {}
    for word in words:
        within = _scrolled(edge if word.within is None else word.within, edge, room)
        if within.isEmpty() or not word.ink.intersects(within):
            continue
        key = word.text, round(word.ink.left()), round(word.ink.top())
        before = parts.get(key)
        parts[key] = word, within.united(before[1]) if before else within
    for word, within in parts.values():
        ink = word.ink
        # A menu that is taller than the screen scrolls between two arrows.
        is_scrolled = isinstance(widget, QMenu)
        across = max(within.left() - ink.left(), ink.right() - within.right())
        along = 0 if is_scrolled else max(within.top() - ink.top(), ink.bottom() - within.bottom())
        if max(across, along) > _SLACK:
            yield f"“{word.text}” stands out by {max(across, 0):.0f}, {max(along, 0):.0f}"


def _room(widget: QWidget) -> QRectF:
    """Where a widget may write: beyond its edge, where somebody can scroll there."""
    room = QRectF(widget.rect())
    area = widget.parentWidget()
    if isinstance(area, QAbstractScrollArea) and area.viewport() is widget:
        above = area.parentWidget()
        if isinstance(area, QHeaderView) and isinstance(above, QAbstractScrollArea):
            area = above
        if area.horizontalScrollBar().maximum() > area.horizontalScrollBar().minimum():
            room.adjust(-_FAR, 0, _FAR, 0)
        if area.verticalScrollBar().maximum() > area.verticalScrollBar().minimum():
            room.adjust(0, -_FAR, 0, _FAR)
    return room


def _scrolled(within: QRectF, edge: QRectF, room: QRectF) -> QRectF:
    """What a painter keeps to, and where that ends at the edge of the widget, what is beyond."""
    upper = QPointF(
        room.left() if within.left() <= edge.left() else within.left(),
        room.top() if within.top() <= edge.top() else within.top(),
    )
    lower = QPointF(
        room.right() if within.right() >= edge.right() else within.right(),
        room.bottom() if within.bottom() >= edge.bottom() else within.bottom(),
    )
    return QRectF(upper, lower)


def _beyond(figure: Figure, renderer: Any) -> Iterator[str]:
    """Texts of a figure that stand out of it, run into each other, or end in an ellipsis."""
    dot = figure.dpi / PIXELS_PER_INCH
    before: list[tuple[str, Bbox]] = []
    for text in figure.findobj(Text):
        words = text.get_text().strip()
        if not words or not text.get_visible():
            continue
        box = text.get_window_extent(renderer)
        if min(box.x0, box.y0, renderer.width - box.x1, renderer.height - box.y1) < -1:
            yield f"“{words}” stands out of its figure"
        if ELLIPSIS in words:
            yield f"“{words}” is shortened in its figure"
        for other, there in before:
            both = Bbox.intersection(box, there)
            if both and both.width > _SLACK * dot and both.height > _LINE_SLACK * dot:
                yield f"“{words}” runs into “{other}” in its figure"
        before.append((words, box))


def _is_told(widget: QWidget, whole: str) -> bool:
    tips = [widget.toolTip(), *_given(widget, _TIP)]
    if (above := widget.parentWidget()) is not None:
        tips.append(above.toolTip())
    if isinstance(widget, QMenu):
        tips += (action.toolTip() for action in widget.actions())
    return any(" ".join(whole.split()) in " ".join(tip.split()) for tip in tips)


def _given(widget: QWidget, role: Qt.ItemDataRole) -> Iterator[str]:
    """What the widget, or the view it belongs to, is given to write or to tell."""
    area = widget.parentWidget()
    if isinstance(area, QAbstractItemView) and area.viewport() is widget:
        yield from _of_model(area, role)
    elif role is _SAID:
        match widget:
            case QLabel() | QAbstractButton() | QLineEdit():
                yield widget.text()
            case QComboBox():
                yield from (widget.itemText(at) for at in range(widget.count()))
            case QTabBar():
                yield from (widget.tabText(at) for at in range(widget.count()))
            case QMenu() | QMenuBar():
                yield from (action.text() for action in widget.actions())


def _of_model(view: QAbstractItemView, role: Qt.ItemDataRole) -> Iterator[str]:
    model = view.model()
    if isinstance(view, QHeaderView):
        for place in range(view.count()):
            yield str(model.headerData(place, view.orientation(), role) or "")
        return
    waiting = [view.rootIndex()]
    while waiting:
        above = waiting.pop()
        columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(above)
        for row in range(min(model.rowCount(above), _MOST_ROWS)):
            first: QModelIndex = model.index(row, 0, above)
            for column in range(columns):
                yield str(model.index(row, column, above).data(role) or "")
            if isinstance(view, QTreeView) and model.hasChildren(first):
                waiting.append(first)


def _path(widget: QWidget, top: QWidget) -> str:
    names = []
    here: QWidget | None = widget
    while here is not None and here is not top:
        names.append(type(here).__name__)
        here = here.parentWidget()
    return "/".join(reversed(names[:4])) or type(top).__name__
