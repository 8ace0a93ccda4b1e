# SPDX-License-Identifier: MIT
"""Box in which one of many things is looked for by a part of its name, and chosen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QStyle, QStyleOptionFrame, QWidget

from ui.theme import set_state
from ui.widgets.plain_tip import plain_tip
from ui.widgets.term_list import TermList
from ui.widgets.term_search import Named, matching

_OPENING = (Qt.Key.Key_Down, Qt.Key.Key_F4)
_TAKING = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_AROUND = 6
"""Pixels that Qt keeps around what stands pale, and one to either side for how it rounds."""


class PickBox(QLineEdit):
    """Type a part of a name, or press Down for all; Enter takes what is highlighted.

    Signals:
        picked: (Named) one of the offers was taken.
    """

    picked = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offers: Sequence[Named] = ()
        self._shown: Named | None = None
        self._list = TermList(self)
        self._list.chosen.connect(self._take)
        self.setAccessibleName(name)
        self._hints = (self.tr("Type to search, or press Down"), self.tr("Search"))
        self._fit_hint()
        self.setToolTip(self._hints[0])
        self.textEdited.connect(self._search)

    @property
    def shown(self) -> Named | None:
        """What the box shows as chosen."""
        return self._shown

    def set_offers(self, offers: Sequence[Named], shown: Named | None = None) -> None:
        """Let one of these be chosen, and show one of them as chosen already."""
        self._list.hide()
        self._offers = offers
        self._show(shown)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, is_open = Qt.Key(event.key()), self._list.is_shown
        if key in _TAKING:
            self._take_likeliest()
        elif key is Qt.Key.Key_Escape and (is_open or self.text() != self._words()):
            self._list.hide()
            self._show(self._shown)
        elif is_open and self._list.step(key):
            return
        elif key in _OPENING:
            self._drop_all()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self.selectAll()
        self._drop_all()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        # The list itself takes the focus when it drops down.
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self._show(self._shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_hint()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit_hint()

    def _fit_hint(self) -> None:
        """How to search, or that one can, where the line has no room for more."""
        whole, short = self._hints
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        element = QStyle.SubElement.SE_LineEditContents
        room = self.style().subElementRect(element, option, self).width() - _AROUND
        fits = self.fontMetrics().horizontalAdvance(whole) <= room
        self.setPlaceholderText(whole if fits else short)

    def _search(self, text: str) -> None:
        set_state(self, "")
        found = matching(self._offers, text) if text.strip() else []
        self._list.offer(found, found[0] if found else None)

    def _drop_all(self) -> None:
        self._list.offer(list(self._offers), self._shown)

    def _take_likeliest(self) -> None:
        text = self.text().strip()
        found = self._list.current
        if found is None and text and text != self._words():
            found = next(iter(matching(self._offers, text)), None)
        if found is not None:
            self._take(found)
        elif text and text != self._words():
            # What was typed stays, to be mended.
            set_state(self, "error")
            said = self.tr("Nothing is called {text}. Press Down for the list.")
            self.setToolTip(plain_tip(said.format(text=text)))
        else:
            self._show(self._shown)

    def _take(self, offer: Named) -> None:
        self._list.hide()
        self._show(offer)
        self.picked.emit(offer)

    def _show(self, offer: Named | None) -> None:
        self._shown = offer
        set_state(self, "")
        self.setText(self._words())
        self.setCursorPosition(0)
        self.setToolTip(plain_tip(self._words() or self._hints[0]))

    def _words(self) -> str:
        return self._shown.label if self._shown is not None else ""
