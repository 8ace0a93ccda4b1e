# SPDX-License-Identifier: MIT
"""The pain scale over the table of assessments; a verbal scale asks for its top at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from models.schema import Assessment
from models.vocabulary import PainScale
from ui.editor.aside import SCALE, TOP, Aside
from ui.measures import keep
from ui.theme import Theme
from ui.widgets.field_box import FieldBox
from ui.widgets.field_boxes import box_for
from ui.widgets.field_cell import FieldCell


class Scale(NamedTuple):
    """A pain scale, and its top where it states its own."""

    kind: PainScale | None = None
    top: float | None = None


class ScaleBar(QWidget):
    """Chooses the scale of the scores that are typed under it.

    Signals:
        changed: (before, now) two ``Scale``.
        aside_changed: what stands here and is in no score is something else.
    """

    changed = Signal(object, object)
    aside_changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind = box_for(Assessment.pain_scale)
        self.top = box_for(Assessment.pain_scale_max)
        self._before = Scale()
        cells = [FieldCell([box], theme, self) for box in (self.kind, self.top)]
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        keep(theme, layout.setSpacing, 10)
        for cell in cells:
            layout.addWidget(cell, 3)
            cell.note.setParent(self)
            layout.addWidget(cell.note, 2)
        layout.addStretch()
        self._kind_cell, self._top_cell = cells
        keep(theme, self._kind_cell.setMaximumWidth, 180)
        keep(theme, self._top_cell.setMaximumWidth, 120)
        for box in (self.kind, self.top):
            box.changed.connect(self._take)
            box.changed.connect(self.aside_changed)
        self._show_top()

    @property
    def scale(self) -> Scale:
        """The scale that a score takes which is typed now."""
        kind, top = self.kind.value(), self.top.value()
        if not isinstance(kind, PainScale):
            return Scale()
        has_top = kind is PainScale.VERBAL and isinstance(top, int | float)
        return Scale(kind, float(top) if has_top else None)  # type: ignore[arg-type]

    def show_scales_of(self, rows: Iterable[Assessment]) -> None:
        """Show the one scale of these assessments, or that there are several."""
        scales = _scales_of(rows)
        one = _the_one(scales)
        self.kind.set_value(one.kind)
        self.top.set_value(one.top)
        self.kind.set_hint(self.tr("Several scales") if len(scales) > 1 else "")
        self._before = one
        self._show_top()

    def aside(self, rows: Iterable[Assessment], *, taken: bool) -> dict[str, str]:
        """What stands here and is not the one scale of these assessments.

        With ``taken`` as it was taken last, else as it is being typed.
        """
        one, told = _the_one(_scales_of(rows)), {}
        for name, box, value in ((SCALE, self.kind, one.kind), (TOP, self.top, one.top)):
            is_typed = not taken or bool(box.problem())
            text = box.text() if is_typed else box.show_value(box.value())
            if text and text != box.show_value(value) and not box.isHidden():
                told[name] = text
        return told

    def show_aside(self, texts: Aside, rows: Iterable[Assessment], *, taken: bool) -> None:
        """Show what stood here, over the scale of these assessments."""
        self.show_scales_of(rows)
        for name, box in ((SCALE, self.kind), (TOP, self.top)):
            if name not in texts:
                continue
            if taken or name == TOP or PainScale.meant_by(texts[name]) is not None:
                box.set_text(texts[name])
            else:
                box.input.show_text(texts[name])
        self._before = self.scale
        self._show_top()

    def focus_boxes(self) -> list[QWidget]:
        """The controls that Tab goes through here."""
        boxes: list[FieldBox] = [self.kind]
        if not self._top_cell.isHidden():
            boxes.append(self.top)
        return [box.input for box in boxes]

    def _take(self) -> None:
        self._show_top()
        before, self._before = self._before, self.scale
        if before != self._before:
            self.changed.emit(before, self._before)

    def _show_top(self) -> None:
        is_verbal = self.kind.value() is PainScale.VERBAL
        self._top_cell.setVisible(is_verbal)
        self.top.set_open(is_verbal and self.top.value() is None)


def _scales_of(rows: Iterable[Assessment]) -> set[Scale]:
    return {scale_of(row) for row in rows if row.pain_scale}


def _the_one(scales: set[Scale]) -> Scale:
    return next(iter(scales)) if len(scales) == 1 else Scale()


def scale_of(row: Assessment) -> Scale:
    """The scale that an assessment keeps."""
    return Scale(row.pain_scale, row.pain_scale_max if row.pain_scale is PainScale.VERBAL else None)
