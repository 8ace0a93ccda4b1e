# SPDX-License-Identifier: MIT
"""Blocks of the form one below the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from ui.editor.blocks import Block, Fields, HeightGain, Listing, WithLeakPicture
from ui.editor.case_rows import Subject
from ui.editor.fields_view import FieldsView
from ui.editor.gain_view import GainView
from ui.editor.leak_picture_view import LeakPictureView
from ui.editor.listing_view import ListingView
from ui.measures import keep
from ui.theme import Theme
from ui.widgets.field_box import FieldBox
from ui.widgets.field_form import FieldForm


class Part(Protocol):
    """What every part of the form can do."""

    def make_ready(self, subject: Subject) -> Iterator[None]:
        """Make what ``show_subject`` is going to need for this, a piece for each step.

        What is not ready by then is made at once, and holds the window up for as long.
        """

    def show_subject(self, subject: Subject) -> None:
        """Show this case, or this level of it."""

    def follow(self, subject: Subject) -> None:
        """Rows came, went or were changed behind the boxes: show them as they are now.

        What the user folded out stays so, and a line that is empty stays where it is.
        """

    def find_box(self, row_id: str, field: str) -> FieldBox | None:
        """The box of a field of a row, brought into sight; None if it is not here."""

    def focus_boxes(self) -> list[QWidget]:
        """The controls that Tab goes through here, in their order."""


class BlockColumn(QWidget):
    """Makes a view for each block and shows all of them.

    Signals:
        removed: (name of the list, row) the user took a row of a list away.
    """

    removed = Signal(str, object)

    def __init__(
        self,
        blocks: Iterable[Block],
        form: FieldForm,
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        keep(theme, self._layout.setSpacing, 8)
        self._parts: list[Part] = []
        for block in blocks:
            view = self._view(block, form, theme)
            self._layout.addWidget(view)
            self._parts.append(view)

    def make_ready(self, subject: Subject) -> Iterator[None]:
        """Make what the views are going to need, a piece for each step."""
        for part in self._parts:
            yield from part.make_ready(subject)

    def show_subject(self, subject: Subject) -> None:
        """Show this case, or this level of it."""
        for part in self._parts:
            part.show_subject(subject)

    def follow(self, subject: Subject) -> None:
        """Rows came, went or were changed behind the boxes: show them as they are now."""
        for part in self._parts:
            part.follow(subject)

    def find_box(self, row_id: str, field: str) -> FieldBox | None:
        """The box of a field of a row, brought into sight; None if it is not here."""
        found = (part.find_box(row_id, field) for part in self._parts)
        return next((box for box in found if box is not None), None)

    def focus_boxes(self) -> list[QWidget]:
        """The controls that Tab goes through here, in their order."""
        return [stop for part in self._parts for stop in part.focus_boxes()]

    def _view(
        self, block: Block, form: FieldForm, theme: Theme
    ) -> FieldsView | ListingView | GainView | LeakPictureView:
        match block:
            case Fields():
                return FieldsView(block, form, theme, self)
            case HeightGain():
                return GainView(form, theme, self)
            case WithLeakPicture():
                inner = BlockColumn(block.blocks, form, theme, self)
                inner.removed.connect(self.removed)
                return LeakPictureView(inner, form, theme, self)
            case Listing():
                view = ListingView(block, form, theme, self)
                view.removed.connect(self.removed)
                return view
