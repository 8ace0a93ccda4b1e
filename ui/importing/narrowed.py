# SPDX-License-Identifier: MIT
"""A step that shows what would become of each case: chips with counts narrow a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QLabel, QWidget

from ui.importing.step import Step, StepTable
from ui.importing.told_rows import ToldRows
from ui.theme import Theme, set_kind
from ui.widgets.flowing import FlowingLine
from ui.widgets.one_of_several import OneOfSeveral

K = TypeVar("K", bound=StrEnum)


class NarrowedStep(Step, Generic[K]):
    """What the previews of an import and of a merge have in common.

    Args:
        kinds: the kinds of rows, in the order of their chips.
        called: what the table is called.
        rows_of: makes the rows of one kind, or of all for None; None before there is a preview.
        turned: hears which row is the current one; -1 for none.

    Attributes:
        table: the rows.
        chips: one for each kind, and None for all.
        full: all of the current row.
    """

    def __init__(
        self,
        theme: Theme,
        kinds: Sequence[K],
        called: str,
        rows_of: Callable[[K | None], ToldRows | None],
        turned: Callable[[int], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, self.tr("Preview"), parent)
        self._rows_of = rows_of
        self.chips: dict[K | None, OneOfSeveral] = {}
        for kind in (None, *kinds):
            chip = OneOfSeveral(parent=self)
            chip.clicked.connect(lambda _checked=False, kind=kind: self.narrow(kind))
            set_kind(chip, "chip")
            self.chips[kind] = chip
        self.table = StepTable(theme, called, self)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.table.turned.connect(turned)
        self.full = QLabel(self)
        self.full.setWordWrap(True)
        self.full.setTextFormat(Qt.TextFormat.PlainText)

    def begin(self) -> None:
        self.table.setFocus()

    def narrow(self, kind: K | None) -> None:
        """Show what is of one kind only, or all of it for None."""
        rows = self._rows_of(kind)
        if rows is None:
            return
        for one, chip in self.chips.items():
            chip.mark(is_down=one is kind)
        self.table.put(rows)
        self.table.go_to(0)

    def show_counts(self, every: int, counts: Mapping[K, int], names: Mapping[K, str]) -> None:
        """Say on the chips how much there is, in all and of each kind."""
        for kind, chip in self.chips.items():
            count = every if kind is None else counts[kind]
            name = self.tr("All") if kind is None else names[kind]
            chip.setText(f"{name} {count:,}")
            chip.setEnabled(count > 0)

    def chips_line(self) -> QWidget:
        """The chips beside each other."""
        return FlowingLine(self.theme, *self.chips.values(), apart=6)

    def selected(self) -> list[int]:
        """The rows that are selected: by ranges, of which there are few however many rows."""
        ranges = self.table.selectionModel().selection().toList()
        return sorted({row for one in ranges for row in range(one.top(), one.bottom() + 1)})
