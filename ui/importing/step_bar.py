# SPDX-License-Identifier: MIT
"""Names the steps of the wizard in their order, and which of them is on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from ui.measures import keep
from ui.theme import Theme, set_kind, set_state


class StepBar(QWidget):
    """A line of numbers and names."""

    def __init__(self, theme: Theme, names: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names = tuple(names)
        self._labels: list[tuple[QLabel, QLabel]] = []
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        keep(theme, layout.setSpacing, 6)
        for number, name in enumerate(names, start=1):
            badge, label = QLabel(f"{number}", self), QLabel(name, self)
            set_kind(badge, "badge")
            layout.addWidget(badge)
            layout.addWidget(label)
            layout.addSpacing(theme.px(10))
            self._labels.append((badge, label))
        layout.addStretch(1)
        self.go_to(0)

    def go_to(self, place: int) -> None:
        """Show that this step is on."""
        for number, (badge, label) in enumerate(self._labels):
            set_state(badge, "accent" if number <= place else "")
            set_kind(label, "heading" if number == place else "muted")
        told = self.tr("Step {n} of {every}: {name}")
        self.setAccessibleName(
            told.format(n=place + 1, every=len(self._names), name=self._names[place])
        )
