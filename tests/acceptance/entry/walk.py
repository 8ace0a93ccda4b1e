# SPDX-License-Identifier: MIT
"""A user who goes through the whole editor with Tab and answers whatever is asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import cast

from PySide6.QtWidgets import QApplication

from models.fields import Number, Part, TermsField
from models.numbers import Reported, show_reported
from models.schema import (
    Adjunct,
    AdverseEvent,
    Assessment,
    Balloon,
    LaterMeasure,
    Leak,
    PriorTreatment,
    Procedure,
    Record,
    TreatedLevel,
)
from tests.acceptance.entry.desk import ALT
from tests.acceptance.entry.whole_case import Facts
from tests.ui.editor.keyboard import Key, Keyboard
from ui.editor.assessments_view import FIRST_LINES
from ui.editor.fields_view import FoldButton
from ui.editor.page import EditorPage
from ui.widgets.field_box import FieldBox
from ui.widgets.field_form import FieldForm, focused_box

MOST_STOPS = 600
ADD_LEVEL, ADD_TIME_POINT, ADD_IMAGES = "Add level", "Add time point", "Add images…"
SCALE = "Pain scale"
IN_TABLES = (PriorTreatment, Adjunct, Balloon, Leak, LaterMeasure, AdverseEvent, Assessment)


class Walk:
    """Answers each box by what ``facts`` say of its row; boxes of which they say nothing stay.

    Rows of a list are answered in the order in which they come, assessments by their time point.
    ``paste`` puts an image in with the keys, and returns when it is there.
    """

    def __init__(
        self,
        page: EditorPage,
        keys: Keyboard,
        facts: Mapping[type[Record], tuple[Facts, ...]],
        paste: Callable[[], None],
    ) -> None:
        form = page.findChild(FieldForm)
        assert isinstance(form, FieldForm)
        self._form, self._keys, self._facts, self._paste = form, keys, facts, paste
        self._of_row: dict[str, Facts | None] = {}
        self._left = {table: list(rows) for table, rows in facts.items()}
        self._to_add = {ADD_LEVEL, SCALE, ADD_IMAGES}
        told = (facts["time_point"] for facts in facts[Assessment])
        self._later = [point for point in told if point not in FIRST_LINES]

    def through_the_form(self) -> None:
        """From the box with the focus to the notes at the end."""
        for _ in range(MOST_STOPS):
            box, place = focused_box(), self._keys.place
            if isinstance(stop := QApplication.focusWidget(), FoldButton):
                self._unfold(stop)
            elif place.startswith(ADD_LEVEL) and ADD_LEVEL in self._to_add:
                self._add_levels()
                continue
            elif place == ADD_TIME_POINT and self._later:
                self._add_time_point(self._later.pop())
                continue
            elif place == ADD_IMAGES and ADD_IMAGES in self._to_add:
                self._to_add.discard(ADD_IMAGES)
                self._paste()
                continue
            elif place == SCALE and SCALE in self._to_add:
                self._to_add.discard(SCALE)
                self._keys.type("NRS")
            elif box is not None and self._answer(box):
                return
            self._keys.press(Key.Key_Tab)
        raise AssertionError("Tab did not lead to the notes")

    def _answer(self, box: FieldBox) -> bool:
        """Type what belongs into the box; whether it was the last one."""
        row = self._form.row_of(box)
        if row is None:
            return False
        facts = self._facts_of(row)
        if facts is not None and box.field.name in facts and not _shows(box, row, facts):
            self._type(box, facts)
        return isinstance(row, Procedure) and box.field.name == "notes"

    def _facts_of(self, row: Record) -> Facts | None:
        key = str(row.id)
        if key not in self._of_row:
            self._of_row[key] = self._next_facts(row)
            if self._of_row[key] is not None and isinstance(row, IN_TABLES):
                # What has no column in the table stands under its line.
                self._keys.press(Key.Key_Return, with_=ALT)
        return self._of_row[key]

    def _next_facts(self, row: Record) -> Facts | None:
        left = self._left[type(row)]
        if isinstance(row, Assessment):
            fitting = (facts for facts in left if facts["time_point"] is row.time_point)
            return next(fitting, None)
        return left.pop(0) if left else None

    def _type(self, box: FieldBox, facts: Facts) -> None:
        field, value = box.field, facts[box.field.name]
        if isinstance(field, TermsField):
            for term in cast("tuple[object, ...]", value):
                self._keys.type(str(getattr(term, "label", ""))).press(Key.Key_Return)
        elif isinstance(field, Number) and field.part is Part.LOW:
            high = facts[field.name.replace("_low", "_high")]
            told = Reported(cast("float", value), cast("float", high))
            self._keys.type(show_reported(told, field.decimals))
        else:
            self._keys.type(field.show(value))

    def _unfold(self, fold: FoldButton) -> None:
        if not fold.isChecked():
            self._keys.press(Key.Key_Space)

    def _add_levels(self) -> None:
        self._to_add.discard(ADD_LEVEL)
        levels = (str(facts["level"]) for facts in self._facts[TreatedLevel])
        self._keys.type(" ".join(levels)).press(Key.Key_Return)

    def _add_time_point(self, point: object) -> None:
        self._keys.type(Assessment.time_point.show(point)).press(Key.Key_Return)
        self._keys.press(Key.Key_Backtab)


def _shows(box: FieldBox, row: Record, facts: Facts) -> bool:
    """Whether it is there already, because it follows from what was typed before."""
    name = box.field.name
    return bool(getattr(row, name) == facts[name])
