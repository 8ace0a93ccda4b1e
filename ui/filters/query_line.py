# SPDX-License-Identifier: MIT
"""The line in which a query is typed: what it understands is colored, what not is underlined."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
)
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from models import query
from models.query import QueryError, Understood, folded
from ui import keys
from ui.filters.completions import CompletionList
from ui.theme import Theme
from ui.widgets.row_button import RowButton

if TYPE_CHECKING:
    from PySide6.QtGui import QTextCharFormat

    from models.query import Completion
    from models.query.marking import Mark, Role

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_FEWEST_LETTERS = 2
_CROSS = 26
_AROUND_HINT = 24
"""What the line takes beside its words, at scale 1."""
_STILL_HERE = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
_GOES_ON = tuple(":<>=")
_COLORS = {"name": "text_muted", "value": "accent", "negation": "before"}


class QueryLine(QLineEdit):
    """A line edit like any other, with colors and completions.

    Enter searches; it takes a completion only where one was stepped to. Tab takes the first one.
    Escape closes the list, then clears the line, then leaves it; in a dialog it closes that.

    Signals:
        submitted: Enter was pressed: what was typed is meant.
        left: the user wants to go on with what was found.
        help_wanted: F1.
        rested: the list of completions went away.
        finished: the user went elsewhere.
    """

    submitted = Signal()
    left = Signal()
    help_wanted = Signal()
    rested = Signal()
    finished = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._known: Mapping[str, Sequence[str]] = {}
        self._hints: tuple[str, ...] = ()
        self._understood = Understood()
        self._is_composing = False
        self._is_writing = self._is_edited = self._is_typing = False
        self.completions = CompletionList(theme, self)
        self.completions.chosen.connect(self.take)
        self._cross = RowButton(RowButton.Kind.REMOVE, theme, self)
        self._cross.setAccessibleName(self.tr("Clear search"))
        self._cross.setToolTip(self.tr("Clear search (Esc)"))
        self._cross.clicked.connect(self._clear)
        self._cross.hide()
        self.textChanged.connect(self._read)
        self.textEdited.connect(self._note_edit)
        theme.follow(self._color)
        theme.follow(self._place_cross)
        theme.follow(self._fit_hint)

    @property
    def understood(self) -> Understood:
        """What the text means, as far as it is understood."""
        return self._understood

    @property
    def problems(self) -> tuple[QueryError, ...]:
        """What is not understood, without the word that is still being typed."""
        problems, cursor = self._understood.problems, self.cursorPosition()
        if not self._is_typing:
            return problems
        ends = cursor + len(self.text()[cursor:].split(" ", 1)[0])
        begins = self.text().rfind(" ", 0, cursor) + 1
        return tuple(one for one in problems if one.end < begins or one.start > ends)

    def settle(self) -> None:
        """Take the word at the cursor as it stands, unless completions are offered for it."""
        if not self.completions.is_shown:
            self._is_typing = False
            self._color()

    def set_known(self, known: Mapping[str, Sequence[str]]) -> None:
        """Texts in use, to be offered for fields of words, by the names of these fields."""
        self._known = known

    def put(self, text: str) -> None:
        """Replace the whole text; Undo brings the former one back."""
        if text != self.text():
            self.selectAll()
            self._write(text)
            self.show_beginning()

    def show_beginning(self) -> None:
        """Of what is too long the beginning says most, unless somebody is typing at its end."""
        if not self.hasFocus():
            self.setCursorPosition(0)

    def show_place(self, start: int, end: int) -> None:
        """Go to a part of the text and select it."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.setSelection(start, end - start)

    def take(self, completion: Completion) -> None:
        """Write a completion, and after a name or a sign offer what can follow it."""
        self.completions.hide()
        self.setSelection(completion.start, completion.end - completion.start)
        self._write(completion.insert)
        self._is_typing = True
        if completion.insert[-1:] in _GOES_ON:
            self._offer_while_typing()

    def _write(self, text: str) -> None:
        """Insert, without offering anything as when it is typed."""
        self._is_writing = True
        self.insert(text)
        self._is_writing = False

    # completions

    def offer(self) -> None:
        """Drop down with everything that can be written at the cursor."""
        self._show_offers(query.complete(self.text(), self.cursorPosition(), self._known))

    def _note_edit(self) -> None:
        """Qt tells so before it tells the text, and also of what is inserted by a program."""
        self._is_edited = not self._is_writing

    def _offer_while_typing(self) -> None:
        """Drop down where it helps, and not in the way of words that are searched for."""
        text, cursor = self.text(), self.cursorPosition()
        found = query.complete(text, cursor, self._known)
        if found and not self._is_worth_offering(found, text, cursor):
            found = []
        self._show_offers(found)

    def _is_worth_offering(self, found: Sequence[Completion], text: str, cursor: int) -> bool:
        start, end = found[0].start, found[0].end
        if len(found) == 1 and _says(found[0], text[start:end]):
            return False
        before = text[start - 1 : start]
        is_in_value = bool(before) and before not in "-–— " and before.isprintable()
        return is_in_value or cursor - start >= _FEWEST_LETTERS

    def _show_offers(self, found: Sequence[Completion]) -> None:
        was_shown = self.completions.is_shown
        if found:
            typed = self.text()[found[0].start : self.cursorPosition()]
            left = self.cursorRect().center().x() - self.fontMetrics().horizontalAdvance(typed)
            self.completions.offer(found, max(0, left))
        else:
            self.completions.hide()
        if was_shown and not found:
            self.rested.emit()

    # keys

    def event(self, event: QEvent) -> bool:
        asks = isinstance(event, QKeyEvent) and _is_one_of(event, keys.SEARCH_HELP.sequence)
        if asks and event.type() == QEvent.Type.ShortcutOverride:
            # Elsewhere this key opens the pages of help; here it is about the search.
            event.accept()
            return True
        is_tab = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Tab
        if is_tab and event.type() == QEvent.Type.KeyPress and self.completions.is_shown:
            self.take(self.completions.current or self.completions.offered[0])
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if _is_one_of(event, *keys.OPEN_LIST.sequences, keys.COMPLETE.sequence):
            self.offer()
        elif _is_one_of(event, keys.SEARCH_HELP.sequence):
            self.completions.hide()
            self.help_wanted.emit()
        elif not plain or not self._go(Qt.Key(event.key())):
            super().keyPressEvent(event)

    def _go(self, key: Qt.Key) -> bool:
        """What a key without modifiers does here; False where it is one like in any line."""
        if self.completions.step(key):
            return True
        if key in _ENTER:
            self._enter()
        elif key == Qt.Key.Key_Escape:
            return self._escape()
        elif key == Qt.Key.Key_Down:
            self.left.emit()
        else:
            return False
        return True

    def _enter(self) -> None:
        current = self.completions.current
        self.completions.hide()
        if current is not None:
            self.take(current)
        else:
            self.submitted.emit()

    def _escape(self) -> bool:
        if self.completions.is_shown:
            self.completions.hide()
            self.rested.emit()
        elif self.text():
            self.put("")
        elif isinstance(self.window(), QDialog):
            return False
        else:
            self.left.emit()
        return True

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in _STILL_HERE:
            self.completions.hide()
            self.show_beginning()
            self.finished.emit()

    # colors

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        super().inputMethodEvent(event)
        self._is_composing = bool(event.preeditString())
        self._color()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_cross()
        self._fit_hint()

    def show_hint(self, *forms: str) -> None:
        """Pale words while nothing is asked for: the first of these forms that has room."""
        self._hints = forms
        self._fit_hint()

    @property
    def hint(self) -> str:
        """The pale words, whole."""
        return self._hints[0] if self._hints else ""

    def _fit_hint(self) -> None:
        letters = self.fontMetrics().horizontalAdvance
        room = self.width() - self._theme.px(_AROUND_HINT)
        fitting = (form for form in self._hints if letters(form) <= room)
        self.setPlaceholderText(next(fitting, ""))

    def _place_cross(self) -> None:
        width = self._theme.px(_CROSS)
        self._cross.setGeometry(self.width() - width, 0, width, self.height())
        self.setTextMargins(0, 0, width if self.text() else 0, 0)

    def _clear(self) -> None:
        self.put("")
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _read(self, text: str) -> None:
        self._understood = query.parse_partial(text)
        self._is_typing, self._is_edited = self._is_edited, False
        if self._cross.isHidden() == bool(text):
            self._cross.setVisible(bool(text))
            self._place_cross()
        self._color()
        if self._is_typing:
            self._offer_while_typing()

    def _color(self) -> None:
        """Color the text by the one way that QLineEdit has: as an input method would."""
        if self._is_composing:
            return
        attributes = [self._attribute(mark) for mark in self._marks()]
        event = QInputMethodEvent("", attributes)
        super().inputMethodEvent(event)

    def _marks(self) -> Sequence[Mark]:
        if not self.text():
            return ()
        from models.query.marking import marks_of

        return marks_of(self.text(), replace(self._understood, problems=self.problems))

    def _attribute(self, mark: Mark) -> QInputMethodEvent.Attribute:
        kind = QInputMethodEvent.AttributeType.TextFormat
        start = mark.start - self.cursorPosition()
        return QInputMethodEvent.Attribute(
            kind, start, mark.end - mark.start, self._format(mark.role)
        )

    def _format(self, role: Role) -> QTextCharFormat:
        from PySide6.QtGui import QTextCharFormat

        look = QTextCharFormat()
        if role == "problem":
            look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
            look.setUnderlineColor(self._theme.color("error"))
        else:
            look.setForeground(self._theme.color(_COLORS[role]))
        return look


def _says(completion: Completion, typed: str) -> bool:
    """Whether that is written already, in whatever spelling."""
    names = (completion.insert, completion.label, *completion.detail.split(", "))
    return folded(typed) in map(folded, names)


def _is_one_of(event: QKeyEvent, *sequences: str) -> bool:
    pressed = QKeySequence(event.keyCombination())
    return any(pressed == QKeySequence(sequence) for sequence in sequences)
