# SPDX-License-Identifier: MIT
"""The box for any field: one kind of box for each kind of field."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from models.fields import ClinicalField, Clock, Day, Number, Part, TermField, TermsField, Words
from ui.widgets.date_box import DayBox
from ui.widgets.field_box import FieldBox
from ui.widgets.number_box import NumberBox
from ui.widgets.reported_box import ReportedBox
from ui.widgets.term_box import TermBox
from ui.widgets.terms_box import TermsBox
from ui.widgets.words_box import TextBox, WordsBox


def box_for(
    field: ClinicalField,
    parent: QWidget | None = None,
    *,
    keeps_words: bool = False,
    one_line: bool = False,
) -> FieldBox:
    """A box for the field, made from what the field knows about itself.

    Args:
        field: for a reported number its lower end; the other two columns are found by it.
        parent: the widget that the box stands in.
        keeps_words: as of ``ReportedBox``.
        one_line: show long text in one line too, as in a table.

    Raises:
        TypeError: there is no box for such a field.
    """
    if field.part is Part.LOW and isinstance(field, Number):
        return ReportedBox(reported_columns(field), parent, keeps_words=keeps_words)
    match field:
        case Number():
            return NumberBox(field, parent)
        case TermField():
            return TermBox(field, parent)
        case TermsField():
            return TermsBox(field, parent)
        case Day():
            return DayBox(field, parent)
        case Words(long=True) if not one_line:
            return TextBox(field, parent)
        case Words() | Clock():
            return WordsBox(field, parent)
    raise TypeError(f"no box for {type(field).__name__}")


def reported_columns(field: Number) -> tuple[Number, Number, Words]:
    """Low end, high end and words of the reported number that ``field`` is a part of."""
    columns = {
        column.part: column
        for column in field.model._meta.sorted_fields
        if isinstance(column, ClinicalField) and column.stem == field.stem
    }
    low, high, words = (columns[part] for part in Part)
    assert isinstance(low, Number)
    assert isinstance(high, Number)
    assert isinstance(words, Words)
    return low, high, words
