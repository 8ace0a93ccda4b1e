# SPDX-License-Identifier: MIT
"""Finds words in sight that were not said: in the pseudo-language these have no brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from PySide6.QtCore import QAbstractListModel, QModelIndex, Qt
from PySide6.QtGui import QTextDocumentFragment
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QMenu,
    QTabBar,
    QWidget,
)

_WORD = re.compile(r"[A-Za-z]{3,}")
_MOST_ROWS = 12
_NO_WORDS = re.compile(
    r"\b(mL|mm|min|kV|mGy|Gy|psi|bar|atm|years|Ctrl|Shift|Alt|Return|Tab|Esc|Del|Space|Home|End|"
    r"Kypholog|Clinic|kypholog|English|Deutsch|Español|PDF|SVG|PNG|CSV|ODT|HTML|JSON|REDCap|FHIR|"
    r"NRS|VAS|ODI|RMDQ|CIRSE|SIR|Yeom|Genant|Frankel|ASIA|Nurick|Wilson|CUSUM|SPRT|UTC|ISO|BKP|"
    r"Backspace|PgUp|PgDown|Ins|Left|Right|Up|Down|Menu)\b"
)


def unsaid(top: QWidget) -> Iterator[str]:
    """Every text in sight, or told to screen readers, with words outside of brackets."""
    for widget in (top, *top.findChildren(QWidget)):
        if not widget.isVisible():
            continue
        for text in dict.fromkeys(_texts(widget)):
            if rest := _outside(text):
                yield f"{type(widget).__name__}: {rest!r} of {text!r}"


def _texts(widget: QWidget) -> Iterator[str]:
    yield from (widget.toolTip(), widget.accessibleName(), widget.accessibleDescription())
    match widget:
        case QLabel() | QAbstractButton():
            yield widget.text()
        case QLineEdit():
            yield widget.placeholderText()
        case QComboBox():
            yield from (widget.itemText(at) for at in range(min(widget.count(), _MOST_ROWS)))
        case QGroupBox():
            yield widget.title()
        case QTabBar():
            yield from (widget.tabText(at) for at in range(widget.count()))
        case QMenu():
            yield from (action.text() for action in widget.actions())
        case QAbstractItemView():
            yield from _cells(widget)
    if widget.isWindow():
        yield widget.windowTitle()


def _cells(view: QAbstractItemView) -> Iterator[str]:
    model = view.model()
    if model is None:
        return
    nowhere = QModelIndex()
    is_list = isinstance(model, QAbstractListModel)
    columns = range(1 if is_list else model.columnCount(nowhere))
    for column in columns:
        yield str(model.headerData(column, Qt.Orientation.Horizontal) or "")
    for row in range(min(model.rowCount(nowhere), _MOST_ROWS)):
        for column in columns:
            yield str(model.data(model.index(row, column), Qt.ItemDataRole.DisplayRole) or "")


def _outside(text: str) -> str:
    """What of the text stands outside of all brackets, where that has words."""
    if "<" in text:
        text = QTextDocumentFragment.fromHtml(text).toPlainText()
    depth, kept = 0, []
    for sign in text:
        depth += (sign == "[") - (sign == "]")
        if not depth and sign != "]":
            kept.append(sign)
    rest = _NO_WORDS.sub("", "".join(kept))
    return rest.strip() if _WORD.search(rest) else ""
