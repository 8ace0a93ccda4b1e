# SPDX-License-Identifier: MIT
"""What stands in the boxes and is no value yet, on its way into a draft and back."""

from __future__ import annotations

from models.case import Case
from models.document import model_of, stored_fields
from models.drafts import Draft, Typed, draft_of
from models.fields import ClinicalField
from models.schema import Record
from models.snapshot import row_of
from ui.editor.aside import LEVEL, Aside
from ui.editor.bring import rows_of
from ui.widgets.field_form import FieldForm, Refused, Typing


def draft_now(case: Case, binder: FieldForm, aside: Aside) -> Draft:
    """The case with all that is being typed, as a draft; ``aside`` is what stands beside it."""
    refused = tuple(_typed(told, told.message) for told in binder.refused())
    typing = binder.typing()
    return draft_of(case, refused, _typed(typing) if typing is not None else None, aside)


class TypingOfDraft:
    """Brings refused and half typed text of a draft back to the rows of its case."""

    def __init__(self, draft: Draft, case: Case) -> None:
        self._draft = draft
        self._rows = {str(row.id): row for row in rows_of(case)}

    def put_back(self, binder: FieldForm) -> None:
        """Before the case is shown: have lines for rows that are not in the case yet."""
        binder.set_refused(
            Refused(self._row(told), _field(told), told.text, told.message)
            for told in self._draft.refused
        )
        if self._draft.typing is not None:
            binder.hold(self._row(self._draft.typing))

    @property
    def place(self) -> tuple[str, str] | None:
        """Id of the row and name of the field that was being typed into."""
        typing = self._draft.typing
        return (typing.row_id, typing.field) if typing is not None else None

    @property
    def aside(self) -> Aside:
        """What stood beside the case."""
        return self._draft.aside

    @property
    def was_adding_levels(self) -> bool:
        """Whether what was typed last may be a level to add."""
        return self._draft.typing is None and LEVEL in self._draft.aside

    @property
    def text(self) -> str:
        """What was being typed."""
        return self._draft.typing.text if self._draft.typing is not None else ""

    def _row(self, typed: Typed) -> Record:
        if typed.row_id not in self._rows:
            table = model_of(typed.table)
            self._rows[typed.row_id] = row_of(table, typed.row_id, typed.fields)
        return self._rows[typed.row_id]


def _typed(told: Refused | Typing, message: str = "") -> Typed:
    row = told.row
    table = str(row._meta.table_name)
    return Typed(table, str(row.id), told.field.name, stored_fields(row), told.text, message)


def _field(typed: Typed) -> ClinicalField:
    field = model_of(typed.table)._meta.fields[typed.field]
    assert isinstance(field, ClinicalField)
    return field
