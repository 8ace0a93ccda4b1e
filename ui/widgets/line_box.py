# SPDX-License-Identifier: MIT
"""A field box of one line."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from models.fields import ClinicalField
from ui.widgets.field_box import FieldBox
from ui.widgets.field_line import FieldLine


class LineBox(FieldBox):
    """A box of one line."""

    input: FieldLine

    def __init__(
        self,
        fields: tuple[ClinicalField, ...],
        parent: QWidget | None = None,
        line: FieldLine | None = None,
    ) -> None:
        super().__init__(fields, line or FieldLine(fields[0].shown_unit), parent)
        self.input.textEdited.connect(self._on_typed)
        self.input.leaving.connect(self.entered)
        self.input.escaped.connect(self.take_back)
        self.input.proposal_wanted.connect(self.take_proposal)

    def shorter(self, _value: object) -> tuple[str, ...]:
        """Ever shorter forms of a value, for where it has no room."""
        return ()

    def _put(self, value: object) -> None:
        self.input.show_text(self.show_value(value), *self.shorter(value))

    def _put_hint(self, hint: str, *shorter: str) -> None:
        self.input.show_hint(hint, *shorter)

    def _shorter_hint(self) -> tuple[str, ...]:
        proposal = self.proposal()
        return self.shorter(proposal.value) if proposal is not None else super()._shorter_hint()

    def take_back(self) -> None:
        """Escape: put back what was there before the typing; what was refused is taken out."""
        was_refused = bool(self._told_problem)
        self.set_value(self._value)
        if was_refused:
            self.changed.emit()
