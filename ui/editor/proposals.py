# SPDX-License-Identifier: MIT
"""Proposes a term in the lines of a list, pale, until a key or a double click takes it."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

from models.schema import Record
from models.vocabulary import Vocabulary
from ui.editor.blocks import Proposal
from ui.widgets.field_box import FieldBox
from ui.widgets.field_table_row import FieldTableRow
from ui.widgets.term_box import TermBox


class Proposals(QObject):
    """Knows which empty boxes show a proposal.

    Space or a double click in such a box takes it. Enter and Tab leave it, so that nothing comes
    into the record that was not meant.
    """

    def __init__(self, proposal: Proposal, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._proposal = proposal
        self._views: set[FieldTableRow] = set()
        self._boxes: dict[QObject, tuple[FieldTableRow, FieldBox]] = {}

    def refresh(self, views: Iterable[FieldTableRow]) -> None:
        """Show what is proposed in each line as it stands now."""
        name = self._proposal.field.name
        for view in views:
            if view not in self._views:
                self._views.add(view)
                view.details_made.connect(lambda made=view: self.refresh([made]))
            for box in view.boxes_of(name):
                if box.input not in self._boxes:
                    self._boxes[box.input] = view, box
                    box.input.installEventFilter(self)
            term = self._proposed(view.row)
            view.set_hint(name, _hint(term) if term is not None else "")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched in self._boxes and _takes(event):
            view, box = self._boxes[watched]
            term = self._proposed(view.row)
            if term is not None and not box.input.text() and isinstance(box, TermBox):
                box.choose(term)
                return True
        return super().eventFilter(watched, event)

    def _proposed(self, row: Record | None) -> Vocabulary | None:
        field, source = self._proposal.field, self._proposal.source
        if row is None or getattr(row, field.name) is not None or field.name in row.missing:
            return None
        return self._proposal.terms.get(getattr(row, source.name))


def _takes(event: QEvent) -> bool:
    if event.type() == QEvent.Type.MouseButtonDblClick:
        return True
    if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
        return False
    return event.key() == Qt.Key.Key_Space and not event.modifiers()


def _hint(term: Vocabulary) -> str:
    return QCoreApplication.translate("proposals", "{term}? (Space)").format(term=term.value)
