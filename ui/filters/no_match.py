# SPDX-License-Identifier: MIT
"""What a page says where no case is what was asked for."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from models import query
from models.query import Filter
from ui.widgets.empty_state import EmptyState

_LETTERS = 40


def say_no_match(state: EmptyState, asked: Filter) -> None:
    """Nothing is what was asked for; a long query is told in words only."""
    text = query.text_of(asked)
    title = _tr("No case matches \u201c{query}\u201d").format(query=text)
    if len(text) > _LETTERS:
        title = _tr("No case matches all of this")
    is_of_words = all(not term.field for term in asked.terms)
    hint = _tr("Every word has to begin a word of the case.")
    if not is_of_words:
        hint = query.words_of(asked)
    state.say(title, hint, _tr("Clear search"), kind="")


def _tr(text: str) -> str:
    return QCoreApplication.translate("filters", text)
