# SPDX-License-Identifier: MIT
"""Tells the height gain under the heights, to be read only, with the formula named."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from models.schema import Record, TreatedLevel
from ui.editor.case_rows import Subject
from ui.editor.gain import UNDEFINED, gain_of
from ui.theme import Theme, set_kind
from ui.widgets.field_box import FieldBox
from ui.widgets.field_form import FieldForm


class GainView(QLabel):
    """One line: the gain of each wall, and how it is reckoned."""

    def __init__(self, form: FieldForm, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._level: TreatedLevel | None = None
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        set_kind(self, "small")
        form.edited.connect(self._on_edited)
        theme.changed.connect(self._tell)

    def show_subject(self, subject: Subject) -> None:
        """Tell the gain of this level."""
        self._level = subject.level
        self._tell()

    def follow(self, subject: Subject) -> None:
        """Tell the gain of this level as it is now."""
        self.show_subject(subject)

    def find_box(self, row_id: str, field: str) -> FieldBox | None:
        """None: nothing is entered here."""
        return None

    def focus_boxes(self) -> list[QWidget]:
        """None: there is nothing to type into."""
        return []

    def _on_edited(self, row: Record, _field: str) -> None:
        if row is self._level:
            self._tell()

    def _tell(self) -> None:
        gain = gain_of(self._level) if self._level is not None else UNDEFINED
        label = self.tr("Height gain")
        formula = self.tr("gain = after − before; percent of the height before")
        color = self._theme.palette.text
        shown = f'<span style="color: {color}">{escape(gain)}</span>'
        self.setText(f"{escape(label)}&nbsp; {shown} &nbsp; {escape(formula)}")
        self.setAccessibleName(f"{label}: {gain}")
        self.setAccessibleDescription(formula)
