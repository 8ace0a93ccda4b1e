# SPDX-License-Identifier: MIT
"""Presses F1 where a scene is, and says what the help lacks about that place."""

from __future__ import annotations

import gettext
import re
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from tests.pictures.stage import Stage
from ui.filters.popover import Popover
from ui.filters.query_line import QueryLine
from ui.help.pages import HelpPage, help_pages
from ui.help.reader import HelpDialog
from ui.topics import SEARCH, topic_at
from ui.widgets.field_box import FieldBox

_RESOURCES = Path(__file__).parents[2] / "resources"
_LANGUAGES = ("de", "es")
_TITLES = {
    "cases": "Cases",
    "followup": "Follow-up",
    "outcomes": "Outcomes",
    "safety": "Safety",
    "literature": "Literature",
    "editor": "Edit case",
}
"""What the pages of the window are called there."""

_TO_FILL = (QLineEdit, QComboBox, QAbstractSpinBox, QTextEdit, QPlainTextEdit)

_AT_THE_TOP = {"audit", "encryption", "first-steps", "literature", "promises"}
"""Pages that begin with what there is to be filled in, and pages about nothing to be filled in."""

_ALSO_THERE = {"Section", "File", "Search the settings"}
"""Boxes of other pages that are told of there."""

_TOLD_BY_ITSELF = ("search", "settings", "fields-")
"""Pages that are no files."""

_WORD, _STEM = re.compile(r"\w{3,}"), 5


class Helped:
    """Asks once for each page of the window, each kind of dialog and each table of the form."""

    def __init__(self) -> None:
        self._asked: set[str] = set()
        self._pages = {page.heading: page for page in help_pages(_RESOURCES / "help")}
        pages = self._pages.values()
        self._topics = {topic for page in pages for topic in (page.topic, *page.places)}
        self._with_places = {page.topic for page in pages if page.places}
        self._catalogs = {
            code: gettext.GNUTranslations((_RESOURCES / "translations" / f"{code}.mo").open("rb"))
            for code in _LANGUAGES
        }

    def lacking(self, stage: Stage, shown: QWidget) -> Iterator[str]:
        """What F1 lacks in a scene."""
        if isinstance(shown, HelpDialog):
            return
        yield from self._of_controls(stage.window if shown.window() is stage.window else shown)
        if isinstance(shown, QDialog):
            yield from self._of_place(stage, shown, f"{type(shown).__name__} {shown.windowTitle()}")
        elif popovers := [one for one in stage.popups() if isinstance(one, Popover)]:
            page = self._opened(stage, popovers[-1])
            if page is None or page.topic != SEARCH:
                yield f"F1 tells of {page and page.topic} in a popover of the search"
        elif not stage.popups():
            yield from self._of_place(stage, stage.window, stage.window.shown_page)
            for box in stage.window.findChildren(FieldBox):
                table = box.field.model.__name__
                if table not in self._asked and _takes_focus(box.input):
                    yield from self._of_box(stage, box, table)

    def _of_controls(self, top: QWidget) -> Iterator[str]:
        """Controls of which the help tells nothing, and boxes of which it tells no place."""
        for control in top.findChildren(QWidget):
            if not control.isVisible() or not control.focusPolicy() & Qt.FocusPolicy.TabFocus:
                continue
            if isinstance(control, QueryLine):
                # It has help of its own.
                continue
            topic = topic_at(control)
            if topic not in self._topics:
                yield f"F1 in {_name_of(control)} is about {topic!r}"
            elif topic not in self._with_places - _AT_THE_TOP or not isinstance(control, _TO_FILL):
                continue
            elif control.accessibleName() not in _ALSO_THERE:
                yield f"F1 in {_name_of(control)} opens all of {topic}"

    def _of_place(self, stage: Stage, top: QWidget, place: str) -> Iterator[str]:
        if place in self._asked:
            return
        self._asked.add(place)
        focused: QWidget | None = QApplication.focusWidget()
        # The search has help of its own.
        if focused is None or not top.isAncestorOf(focused) or isinstance(focused, QueryLine):
            focused = top
        title = top.windowTitle() if isinstance(top, QDialog) else _TITLES[place]
        page = self._opened(stage, focused)
        if page is None:
            yield f"F1 opens nothing in {place}"
        else:
            yield from self._names(page, title)

    def _of_box(self, stage: Stage, box: FieldBox, table: str) -> Iterator[str]:
        self._asked.add(table)
        page = self._opened(stage, box.input)
        if page is None or f"### {box.field.label}\n" not in page.text:
            yield f"F1 does not tell {table}.{box.field.name}, but {page.topic if page else page}"

    def _opened(self, stage: Stage, focused: QWidget) -> HelpPage | None:
        """The page that F1 opens; None for none."""
        focused.setFocus()
        QTest.keyClick(focused, Qt.Key.Key_F1)
        dialogs = [one for one in stage.window.findChildren(HelpDialog) if one.isVisible()]
        if not dialogs:
            return None
        heading = dialogs[-1].pages.currentItem().text()
        for dialog in dialogs:
            dialog.close()
            QApplication.sendPostedEvents(dialog, QEvent.Type.DeferredDelete)
        return self._pages[heading]

    def _names(self, page: HelpPage, title: str) -> Iterator[str]:
        """What is not there in a language, or does not name what one sees."""
        if not _shares_a_word(title, page.text):
            yield f"{page.topic} does not name {title!r}"
        if page.topic.startswith(_TOLD_BY_ITSELF):
            return
        for code in _LANGUAGES:
            file = _RESOURCES / "help" / code / f"{page.topic}.md"
            said = self._catalogs[code].gettext(title)
            if not file.exists() or not _shares_a_word(said, file.read_text(encoding="utf-8")):
                yield f"{code}/{page.topic} does not name {said!r}"


def _name_of(control: QWidget) -> str:
    words = control.accessibleName() or getattr(control, "text", str)()
    return f"{type(control).__name__} {words!r}"


def _takes_focus(widget: QWidget) -> bool:
    if widget.isVisible() and widget.isEnabled():
        widget.setFocus()
    return QApplication.focusWidget() is widget


def _shares_a_word(title: str, text: str) -> bool:
    """Whether one of the words of a title stands there, however it ends."""
    told = text.casefold()
    return any(word[:_STEM] in told for word in _WORD.findall(title.casefold()))
