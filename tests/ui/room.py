# SPDX-License-Identifier: MIT
"""Finds words that have no room in their control, or whose control is hidden by another."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import Qt, QTextDocumentFragment
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QStyle,
    QStyleOptionButton,
    QStyleOptionComboBox,
    QStyleOptionFrame,
    QTableView,
    QWidget,
)

from ui.widgets.date_box import DayBox
from ui.widgets.field_cell import FieldCell
from ui.widgets.field_label import FieldLabel
from ui.widgets.field_line import FieldLine

_SLACK = 1
_LINE_MARGIN = 4
_CELL_MARGIN = 6


def offenders(top: QWidget) -> Iterator[str]:
    """Every control in sight whose words are cut off, by its path, with what is wrong."""
    shown = [child for child in top.findChildren(QWidget) if child.isVisible()]
    for widget in shown:
        trouble = _trouble(widget)
        if trouble:
            yield f"{_path(widget, top)}: {trouble}"
    for widget in shown:
        yield from (f"{_path(widget, top)}: {said}" for said in _overlaps(widget))


def _trouble(widget: QWidget) -> str:
    match widget:
        case FieldLabel():
            return _field_label(widget)
        case QLabel():
            return _label(widget)
        case QPushButton():
            return _button(widget)
        case QLineEdit():
            return _line(widget)
        case QComboBox():
            return _combo(widget)
        case QHeaderView():
            return _header(widget)
        case QTableView():
            return _table(widget)
    return ""


def _field_label(label: FieldLabel) -> str:
    """One over a box is whole; others may be shortened where they tell the whole."""
    words = _plain(label.text())
    if isinstance(cell := label.parentWidget(), FieldCell):
        # Only a core field, or one of a line that is awaited, is ever marked as open.
        has_dot = any(box.field.core or box.is_open for box in cell.boxes)
        needed = label.least_width(with_dot=has_dot)
        return f"“{words}” needs {needed}, has {label.width()}" if needed > label.width() else ""
    return "" if _is_told(label, words) else _too_long(label, words, label.width())


def _label(label: QLabel) -> str:
    words = _plain(label.text())
    if not words or (not label.pixmap().isNull()):
        return ""
    needed = QSize(label.width(), label.heightForWidth(label.width()))
    if not label.wordWrap():
        needed = label.sizeHint()
    lacking = _lacking(label.size(), needed)
    if not lacking and label.wordWrap():
        longest = max(label.fontMetrics().horizontalAdvance(word) for word in words.split())
        room = label.contentsRect().width() - 2 * label.margin() - max(label.indent(), 0)
        lacking = f"a word of {longest} in {room}" if longest > room + _SLACK else ""
    lacking = lacking or _hidden(label)
    is_shortened = words.endswith("…") and bool(label.toolTip())
    return f"“{words[:50]}” {lacking}" if lacking and not is_shortened else ""


def _button(button: QPushButton) -> str:
    words = button.text().replace("&&", "\0").replace("&", "").replace("\0", "&")
    option = QStyleOptionButton()
    button.initStyleOption(option)
    content = QStyle.SubElement.SE_PushButtonContents
    room = button.style().subElementRect(content, option, button)
    lacking = _hidden(button)
    if words:
        icon = 0 if button.icon().isNull() else button.iconSize().width() + _LINE_MARGIN
        lines = words.split("\n")
        needed = max(map(button.fontMetrics().horizontalAdvance, lines)) + icon
        height = button.fontMetrics().height() * len(lines)
        if needed > room.width() + _SLACK:
            lacking = f"needs a width of {needed}, has {room.width()}"
        elif height > button.height():
            lacking = f"needs a height of {height}, has {button.height()}"
    elif not button.findChildren(QWidget):
        # What it paints by itself, it has measured by itself.
        lacking = _lacking(button.size(), button.sizeHint()) or lacking
    name = words or button.accessibleName()
    return f"“{name[:50]}” {lacking}" if lacking else ""


def _line(line: QLineEdit) -> str:
    if line.hasFocus():
        return ""
    if isinstance(line, FieldLine):
        # It ends in an ellipsis where it is too long, and tells the whole when pointed at. A part
        # of a date would be another date.
        is_date = isinstance(line.parentWidget(), DayBox)
        words = line.text() or line.placeholderText()
        needed = line.width_for(words) if is_date and words else 0
        cut = f"“{words}” needs {needed}, has {line.width()}" if needed > line.width() else ""
        return cut or _hidden(line)
    words = line.text() or line.placeholderText()
    option = QStyleOptionFrame()
    line.initStyleOption(option)
    content = QStyle.SubElement.SE_LineEditContents
    room = line.style().subElementRect(content, option, line)
    margins = line.textMargins()
    width = room.width() - margins.left() - margins.right() - _LINE_MARGIN
    cut = _too_long(line, words, width) or _hidden(line)
    return "" if _is_told(line, words) and not _hidden(line) else cut


def _combo(box: QComboBox) -> str:
    option = QStyleOptionComboBox()
    box.initStyleOption(option)
    kind, part = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
    room = box.style().subControlRect(kind, option, part, box)
    return _too_long(box, box.currentText(), room.width()) or _hidden(box)


def _header(header: QHeaderView) -> str:
    model = header.model()
    if header.orientation() is not Qt.Orientation.Horizontal:
        return ""
    metrics = header.fontMetrics()
    cut = []
    for place in range(header.count()):
        words = model.headerData(place, header.orientation())
        left = header.sectionViewportPosition(place)
        if header.isSectionHidden(place) or not words or left >= header.width():
            continue
        # Headings wrap between words.
        longest = max(metrics.horizontalAdvance(word) for word in str(words).split())
        if not model.headerData(place, header.orientation(), Qt.ItemDataRole.ToolTipRole):
            width = header.sectionSize(place)
            if longest > width:
                cut.append(f"“{words}” needs a width of {longest}, has {width}")
    return "; ".join(cut)


def _table(table: QTableView) -> str:
    """Cells in sight whose words are cut off; what cells paint themselves tells the whole."""
    model, cut = table.model(), []
    seen = table.viewport().rect()
    for row in range(model.rowCount()):
        for column in range(model.columnCount()):
            index = model.index(row, column)
            room = table.visualRect(index)
            words = str(index.data() or "")
            if not words or not seen.intersects(room) or table.columnSpan(row, column) > 1:
                continue
            pieces = words.split() if table.wordWrap() else [words]
            longest = max(map(table.fontMetrics().horizontalAdvance, pieces))
            is_told = index.data(Qt.ItemDataRole.ToolTipRole) and not table.wordWrap()
            if longest > room.width() - _CELL_MARGIN and not is_told:
                cut.append(f"“{words[:30]}” needs a width of {longest}, has {room.width()}")
    return "; ".join(cut)


def _too_long(widget: QWidget, words: str, room: int) -> str:
    needed = widget.fontMetrics().horizontalAdvance(words)
    if needed <= room + _SLACK:
        return ""
    return f"“{words[:50]}” needs a width of {needed}, has {room}"


def _is_told(widget: QWidget, words: str) -> bool:
    # A blank at the end, after which one would type on, need not be told.
    words = words.strip()
    return words in _plain(widget.toolTip()) or words in widget.toolTip()


def _lacking(size: QSize, needed: QSize) -> str:
    if needed.width() > size.width() + _SLACK:
        return f"needs a width of {needed.width()}, has {size.width()}"
    if needed.height() > size.height() + _SLACK:
        return f"needs a height of {needed.height()}, has {size.height()}"
    return ""


def _hidden(widget: QWidget) -> str:
    """Whether a container cuts the control off where nobody can scroll to."""
    rect = widget.rect()
    here: QWidget = widget
    while not here.isWindow() and (above := here.parentWidget()) is not None:
        rect = rect.translated(here.pos())
        room = above.rect()
        area = above.parentWidget()
        if isinstance(area, QAbstractScrollArea) and above is area.viewport():
            bars = area.horizontalScrollBarPolicy(), area.verticalScrollBarPolicy()
            never = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
            if bars[0] is not never:
                room.setLeft(min(room.left(), rect.left()))
                room.setRight(max(room.right(), rect.right()))
            if bars[1] is not never:
                room.setTop(min(room.top(), rect.top()))
                room.setBottom(max(room.bottom(), rect.bottom()))
            if not room.contains(rect):
                return f"lies at {_told(rect)} in {_told(room)}, where nobody scrolls"
            # The rest of the way it is the area that has to be in sight.
            rect, here = area.rect(), area
            continue
        if not room.adjusted(-_SLACK, -_SLACK, _SLACK, _SLACK).contains(rect):
            return f"lies at {_told(rect)}, beyond {_told(room)}"
        here = above
    return ""


def _overlaps(parent: QWidget) -> Iterator[str]:
    """Controls with words that stand side by side in one layout and cover each other."""
    kinds = (QLabel, QPushButton, QLineEdit)
    layout = parent.layout()
    if layout is None:
        return
    beside = [
        child
        for child in parent.children()
        if isinstance(child, kinds) and child.isVisible() and layout.indexOf(child) >= 0
    ]
    for one, other in combinations(beside, 2):
        both = one.geometry().intersected(other.geometry())
        if both.width() > _SLACK and both.height() > _SLACK:
            yield f"“{one.text()[:30]}” and “{other.text()[:30]}” cover each other"


def _plain(text: str) -> str:
    return QTextDocumentFragment.fromHtml(text).toPlainText() if Qt.mightBeRichText(text) else text


def _told(rect: QRect) -> str:
    return f"{rect.left()},{rect.top()} to {rect.right()},{rect.bottom()}"


def _path(widget: QWidget, top: QWidget) -> str:
    names = []
    here: QWidget | None = widget
    while here is not None and here is not top:
        names.append(type(here).__name__)
        here = here.parentWidget()
    return "/".join(reversed(names[:5]))
