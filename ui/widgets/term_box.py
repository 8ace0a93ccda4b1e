# SPDX-License-Identifier: MIT
"""Box for one term of a vocabulary: type a part of it, or choose from the list."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from models.errors import InvalidValue
from models.fields import TermField, TermsField
from models.typed import quoted
from models.vocabulary import Vocabulary
from ui.widgets.field_line import FieldLine
from ui.widgets.line_box import LineBox
from ui.widgets.term_list import TermList
from ui.widgets.term_search import matching

MOST_USED = 5
"""Terms that are offered first because they were used last."""

_CLOSE = 4
"""A form with so many letters less than the longest is never wider."""

_WITH_OPENING_KEYS = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.KeypadModifier


class SearchBox(LineBox):
    """What the boxes for one and for several terms share: the list under the line."""

    def __init__(
        self, field: TermField | TermsField, line: FieldLine, parent: QWidget | None = None
    ) -> None:
        self._terms: Sequence[Vocabulary] = tuple(field.vocabulary)
        self._used: Sequence[Vocabulary] = ()
        self._list: TermList | None = None
        super().__init__((field,), parent, line)
        self.input.textEdited.connect(self._search)
        self.input.list_wanted.connect(self.show_all)
        self.input.installEventFilter(self)

    def current(self) -> Vocabulary | None:
        """The term that is highlighted when the whole list drops down; None for none."""
        return None

    def ticked(self) -> tuple[Vocabulary, ...]:
        """The terms that bear a tick in the list."""
        return ()

    def sample(self) -> str:
        # A longer form stands where there is more room, and the tool tip says all of it.
        forms = [term.abbreviated for term in self._terms]
        longest = max(map(len, forms))
        letters = self.input.fontMetrics().horizontalAdvance
        return max((form for form in forms if len(form) > longest - _CLOSE), key=letters)

    def choose(self, term: Vocabulary) -> None:
        """Take a term of the list that was clicked or entered, as if its label were typed."""
        self.input.show_text(term.label)
        self._take(term.label, told=True)

    def recall(self, terms: Sequence[Vocabulary], words: Sequence[str]) -> None:
        self._used = [term for term in terms if not term.is_ordered][:MOST_USED]

    def meant_by(self, text: str) -> Vocabulary | None:
        """The highlighted term, else the likeliest one."""
        highlighted = self._highlighted()
        if highlighted is not None:
            return highlighted
        return next(iter(matching(self._terms, text, self._used)), None)

    def unknown(self, text: str) -> InvalidValue:
        """What to say of a text that means no term, with the way out."""
        said = self.tr("{field} does not know {text}. Press Down for the list.")
        message = said.format(field=self.field.label, text=quoted(text))
        return InvalidValue(self.field.name, message)

    def show_all(self) -> None:
        """Drop down with every term."""
        if not self.input.isReadOnly():
            offered = matching(self._terms, "", self._used)
            self._drop().offer(offered, self.current(), self.ticked())

    def take_back(self) -> None:
        if self._list is not None and self._list.is_shown:
            self._list.hide()
        else:
            super().take_back()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._handle_key(event)
        return super().eventFilter(watched, event)

    def _handle_key(self, event: QKeyEvent) -> bool:
        """What a key does before the line gets it; while the list is shown, it may not."""
        key = Qt.Key(event.key())
        if self._list is not None and self._list.is_shown:
            if key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
                self.commit()
                return False
            if self._list.step(key):
                return True
        opens = key in (Qt.Key.Key_Down, Qt.Key.Key_F4)
        if opens and not event.modifiers() & ~_WITH_OPENING_KEYS:
            self.show_all()
        return opens

    def _search(self, text: str) -> None:
        found = matching(self._terms, text, self._used) if text.strip() else []
        self._drop().offer(found, found[0] if found else None, self.ticked())

    def _highlighted(self) -> Vocabulary | None:
        return self._list.current if self._list is not None else None

    def _hide_list(self) -> None:
        if self._list is not None:
            self._list.hide()

    def _drop(self) -> TermList:
        """The list; made when it is first needed, because a form has many boxes."""
        if self._list is None:
            self._list = TermList(self.input)
            self._list.chosen.connect(self.choose)
        return self._list


class TermBox(SearchBox):
    """One term. Tab or Enter takes the term that is highlighted, or the likeliest one."""

    def __init__(self, field: TermField, parent: QWidget | None = None) -> None:
        super().__init__(field, FieldLine(arrow=True), parent)

    def current(self) -> Vocabulary | None:
        return self._value if isinstance(self._value, Vocabulary) else None

    def shorter(self, value: object) -> tuple[str, ...]:
        return (value.short, value.abbreviated) if isinstance(value, Vocabulary) else ()

    def read(self, text: str) -> object:
        wanted = text.strip()
        term = self.meant_by(wanted) if wanted else None
        if term is not None:
            return term
        try:
            return super().read(text)
        except InvalidValue as error:
            raise self.unknown(wanted) from error

    def commit(self) -> None:
        if (term := self._highlighted()) is not None:
            self.input.show_text(term.label)
        super().commit()
        self._hide_list()
