# SPDX-License-Identifier: MIT
"""Boxes for free text: one line, or several."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QStringListModel, QTimer
from PySide6.QtWidgets import QAbstractItemView, QCompleter, QWidget

from models.fields import Clock, Words
from models.vocabulary import Vocabulary
from ui.dressing import lay_out_anew
from ui.theme import set_kind
from ui.widgets.field_box import FieldBox
from ui.widgets.field_text import FieldText
from ui.widgets.line_box import LineBox

_CODE = 12
"""Letters of a patient code, as most clinics make them."""


class WordsBox(LineBox):
    """One line of text, or a time of day. What was entered here before is offered while typing."""

    def __init__(self, field: Words | Clock, parent: QWidget | None = None) -> None:
        super().__init__((field,), parent)
        self._used: Sequence[str] = ()
        self._offer: QCompleter | None = None
        # Fast typing searches once, for what it has become.
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._search)
        self.input.textEdited.connect(self._soon.start)
        self.input.finished.connect(self._hide_offer)

    def sample(self) -> str:
        # By a code a person is known, so that all of it has to be seen.
        return "0" * _CODE if self.field.unique else super().sample()

    def recall(self, terms: Sequence[Vocabulary], words: Sequence[str]) -> None:
        self._used = words

    def take_back(self) -> None:
        if self._offer is not None and _list_of(self._offer).isVisible():
            self._hide_offer()
        else:
            super().take_back()

    def _search(self) -> None:
        text = self.input.text()
        wanted = text.strip().casefold() if self.input.hasFocus() else ""
        found = [used for used in self._used if wanted and wanted in used.casefold()]
        if not found or found == [text]:
            self._hide_offer()
            return
        offer = self._made()
        model = offer.model()
        assert isinstance(model, QStringListModel)
        model.setStringList(found)
        lay_out_anew(_list_of(offer))
        offer.complete()

    def _take_offered(self, words: object) -> None:
        if not isinstance(words, str):
            return
        self.input.show_text(words)
        self._take(words, told=True)

    def _hide_offer(self) -> None:
        if self._offer is not None:
            _list_of(self._offer).hide()

    def _made(self) -> QCompleter:
        """The list; made when it is first needed, because a form has many boxes."""
        if self._offer is None:
            self._offer = QCompleter(QStringListModel(self), self.input)
            self._offer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
            self._offer.setWidget(self.input)
            self._offer.activated.connect(self._take_offered)
            set_kind(_list_of(self._offer), "dropped")
        return self._offer


def _list_of(offer: QCompleter) -> QAbstractItemView:
    view = offer.popup()
    assert view is not None
    return view


class TextBox(FieldBox):
    """Several lines of text; the box grows with them."""

    def __init__(self, field: Words, parent: QWidget | None = None) -> None:
        control = FieldText()
        super().__init__((field,), control, parent)
        control.edited.connect(self._on_typed)
