# SPDX-License-Identifier: MIT
"""Box for several terms of a vocabulary: chips, and a search for the next one."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from models.errors import InvalidValue
from models.fields import TermsField
from models.vocabulary import Vocabulary
from ui.widgets.chips_line import ChipsLine
from ui.widgets.term_box import SearchBox
from ui.widgets.term_search import matching

SEPARATORS = (",", ";")


class TermsBox(SearchBox):
    """Several terms. Tab or Enter adds the highlighted one; Backspace takes the last one away.

    Choosing a term from the list a second time takes it away again.
    """

    input: ChipsLine

    def __init__(self, field: TermsField, parent: QWidget | None = None) -> None:
        super().__init__(field, ChipsLine(), parent)
        self._value: tuple[Vocabulary, ...] = ()
        self.input.cross_clicked.connect(self._remove_at)
        self.input.entered.connect(self._on_entered)

    def set_value(self, value: object) -> None:
        super().set_value(value if isinstance(value, tuple) else ())
        self._show_chips()

    def show_value(self, value: object) -> str:
        """Nothing: the terms stand before the text, and only the search is text."""
        return ""

    def read(self, text: str) -> tuple[Vocabulary, ...]:
        wanted = text.strip()
        if not wanted:
            return self._value
        found = self.meant_by(wanted)
        return self._with(*(self._listed(wanted) if found is None else (found,)))

    def meant_by(self, text: str) -> Vocabulary | None:
        return self._highlighted() or self._ended(text) or super().meant_by(text)

    def value_without_number(self) -> tuple[Vocabulary, ...]:
        return self._value

    def ticked(self) -> tuple[Vocabulary, ...]:
        return self._value

    def choose(self, term: Vocabulary) -> None:
        if term in self._value:
            self._set_terms(held for held in self._value if held is not term)
        else:
            self._set_terms(self._with(term))

    def commit(self) -> None:
        was, highlighted = self._value, self._highlighted()
        if highlighted is not None and not self.input.text().strip():
            self.choose(highlighted)
        else:
            super().commit()
        self._hide_list()
        if self._value != was:
            self._show_chips()

    def _handle_key(self, event: QKeyEvent) -> bool:
        typed = self.input.text()
        if event.key() == Qt.Key.Key_Backspace and not typed and self._value:
            self._set_terms(self._value[:-1])
            return True
        if event.text() in SEPARATORS and typed.strip():
            if self._goes_on(f"{typed}{event.text()}"):
                return super()._handle_key(event)
            self.commit()
            return True
        return super()._handle_key(event)

    def _search(self, text: str) -> None:
        """A separator that turns out to be no part of a label has ended the term before it."""
        for separator in SEPARATORS:
            before, _, rest = text.partition(separator)
            term = self._named(before) if rest.strip() and not self._goes_on(text) else None
            if term is not None:
                self._set_terms(self._with(term))
                self.input.setText(rest.lstrip())
                self._search(self.input.text())
                return
        ended = self._ended(text)
        if ended is None:
            super()._search(text)
        else:
            others = [term for term in matching(self._terms, text) if term is not ended]
            self._drop().offer([ended, *others], ended, self.ticked())

    def _goes_on(self, text: str) -> bool:
        """Whether a label begins with this text, which has a separator in it."""
        wanted = text.strip().casefold()
        return any(term.label.casefold().startswith(wanted) for term in self._terms)

    def _ended(self, text: str) -> Vocabulary | None:
        """The term before a separator at the end."""
        typed = text.rstrip()
        alone = typed.rstrip("".join(SEPARATORS))
        return self._named(alone) if alone != typed else None

    def _named(self, text: str) -> Vocabulary | None:
        """The term that has exactly this name."""
        field = self.field
        assert isinstance(field, TermsField)
        return field.vocabulary.meant_by(text)

    def _listed(self, text: str) -> tuple[Vocabulary, ...]:
        """The terms of a list such as one that was pasted."""
        field = self.field
        assert isinstance(field, TermsField)
        try:
            return field.parse(text)
        except InvalidValue as error:
            raise self.unknown(text) from error

    def _on_entered(self) -> None:
        """Enter adds what was searched for; with nothing searched for it goes on."""
        is_searching = bool(self.input.text().strip()) or self._highlighted() is not None
        self.commit()
        if not is_searching:
            self.input.go_on()

    def _remove_at(self, place: int) -> None:
        self._set_terms(term for number, term in enumerate(self._value) if number != place)

    def _set_terms(self, terms: Iterable[Vocabulary]) -> None:
        self.set_value(tuple(terms))
        if self._value:
            self._missing = None
        self.changed.emit()

    def _with(self, *terms: Vocabulary) -> tuple[Vocabulary, ...]:
        return tuple(sorted({*self._value, *terms}, key=lambda held: held.rank))

    def _show_chips(self) -> None:
        terms = self._value
        forms = (
            [getattr(term, form) for term in terms] for form in ("label", "short", "abbreviated")
        )
        self.input.show_chips(*forms)
        self._show_hint()

    def _description(self) -> str:
        return ". ".join(filter(None, (self.field.show(self._value), super()._description())))

    def _tool_tip(self) -> str:
        return "\n\n".join(filter(None, (self.field.show(self._value), super()._tool_tip())))

    def _show_hint(self) -> None:
        """A search needs no hint while chips stand there."""
        super()._show_hint()
        if self._value:
            self.input.setPlaceholderText("")
