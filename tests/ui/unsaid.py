# SPDX-License-Identifier: MIT
"""Finds words in sight that were not said: in the pseudo-language these have no brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from getpass import getuser
from pathlib import Path

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

from models.schema import RECORD_TABLES
from ui.help.parts import parts

_ROOT = Path(__file__).parents[2]
_WORD = re.compile(r"[A-Za-z]{3,}|(?<![\w.-])(or|to|of|by|and)(?![\w.-])")
"""Also the short ones that join two values."""
_MOST_ROWS = 12
_MARK = "\0"
_CODE = re.compile(
    r"(-?\w+:[^ ]*|-\w+|[a-z0-9]+(_[a-z0-9]+)+[|a-z0-9_]*|[\w.-]*/[\w./ -]*|\w+\.(kypholog|csv|db)|"
    r"(Ctrl|Shift|Alt)\+\S*|[A-Z]{2,}[\w+-]*|[\w.-]*\d[\w.-]*|\w+=\w*|https?:\S+)"
)
"""Queries, columns, places, keys, abbreviations and numbers with their letters."""

_QUERY = re.compile(r"-?\b\w+:[^\s:]\S*|\bNOT \w+:\S+|date:last \d+d|kypho smith|\"dr smith\"")
_NOT_YET = ("saved filter", "1 month", "3 months")
"""What is shown as it is stored: what the audit gives as a reason is English."""

_ENCODINGS = ("cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "koi8-u", "cp850")

_NO_WORDS = re.compile(
    r"\b(Dr|Operator [A-Z]|Operator|mL|mm|min|mGy|Gy|psi|bar|atm|Kypholog|English|Deutsch|"
    r"Español|Yeom|Genant|Frankel|Nurick|"
    r"Wilson|Backspace|PgUp|PgDown|Enter|Return|Space|Home|End|Left|Right|Down|Menu|Tab|Del|Esc)\b"
)


@cache
def _data() -> str:
    """What the scenes and the published rates are made of; nobody translates it."""
    files = [
        *sorted((_ROOT / "tests" / "pictures").glob("*.py")),
        *sorted((_ROOT / "resources" / "example").glob("*.json")),
        _ROOT / "models" / "sample" / "course.py",
        _ROOT / "resources" / "literature.csv",
        _ROOT / "tests" / "fresh.py",
    ]
    text = "\n".join(file.read_text(encoding="utf-8") for file in files)
    # A sentence of a scene may be written in several pieces.
    text = re.sub(r'"\s*\n\s*f?"', "", text)
    # Headings of levels side by side are told together, as "Level #" of "Level 1", "Level 2".
    together = re.sub(r" \d+\b", " #", text)
    apart = [getuser(), *_codes(), *_written(), *_misread(text)]
    return "\n".join([text, together, *apart]).casefold()


def is_data(text: str) -> bool:
    """Whether this is, or begins, what the scenes are made of, or a query."""
    return text.strip().casefold() in _data() or (text.isascii() and not _has_words(text))


def _written() -> Iterator[str]:
    """What stands as somebody else wrote it, and the help, which is written in English."""
    for part in parts():
        yield f"{part.name}\n{part.version}\n{part.license}"
    for page in (_ROOT / "resources" / "help").glob("*.md"):
        yield page.read_text(encoding="utf-8").partition("\n")[0]


def _misread(text: str) -> Iterator[str]:
    """How words of files look that the import reads in each encoding, to be chosen from."""
    for word in {*re.findall(r"\w*[^\W\x00-\x7f]\w*", text)}:
        told = word.encode("cp1252", "ignore")
        yield from (told.decode(letters, "replace") for letters in _ENCODINGS)


def _codes() -> Iterator[str]:
    """What exports and queries are made of."""
    for table in RECORD_TABLES:
        for field in table.clinical_fields():
            yield field.name
            vocabulary = getattr(field, "vocabulary", None)
            if vocabulary is not None:
                yield "\n".join(str(term.value) for term in vocabulary)


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
            index = model.index(row, column)
            yield str(model.data(index, Qt.ItemDataRole.DisplayRole) or "")
            told = str(model.data(index, Qt.ItemDataRole.AccessibleTextRole) or "").split(", ")
            # Beside the label of a term stand the spellings that are found in every language.
            others = [one for one in told[1:] if one.casefold() not in _spellings()]
            yield ", ".join([*told[:1], *others])


@cache
def _spellings() -> frozenset[str]:
    """What a term may be typed as, in small letters."""
    terms = [
        term
        for table in RECORD_TABLES
        for field in table.clinical_fields()
        for term in getattr(field, "vocabulary", None) or ()
    ]
    return frozenset(word.casefold() for term in terms for word in (term.english, *term.synonyms))


def _outside(text: str) -> str:
    """What of the text stands outside of all brackets, where that has words and is no data."""
    if "<" in text:
        text = QTextDocumentFragment.fromHtml(text).toPlainText()
    depth, kept = 0, []
    for sign in text:
        depth += (sign == "[") - (sign == "]")
        if not depth:
            kept.append(_MARK if sign == "]" else sign)
    rest = _QUERY.sub(_MARK, "".join(kept))
    parts = re.split(rf"[{_MARK}·\n:|]|, |; |[.] | – |→", rest)
    return " | ".join(part.strip() for part in parts if _has_words(part))


def _has_words(part: str) -> bool:
    bare = part.strip(" .,;()“”\"'×")
    if not bare or bare.casefold() in _data() or bare.casefold() in _NOT_YET:
        return False
    return _WORD.search(_NO_WORDS.sub("", _CODE.sub("", bare))) is not None
