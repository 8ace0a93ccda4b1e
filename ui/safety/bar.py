# SPDX-License-Identifier: MIT
"""The bar above the page: its title, and what is done with the figures."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QPushButton, QWidget

from ui.charts.kinds import SafetyFigure
from ui.measures import keep
from ui.theme import Theme, set_kind


class SafetyBar(QFrame):
    """Title and figure buttons.

    Signals:
        copy_asked: a figure, by its kind, is to be copied.
        caption_asked: its caption is to be copied.
        methods_asked: the sentence of how its numbers were worked out is to be copied.
        export_asked: it is to be kept in a file, or its numbers.

    Attributes:
        copying: the button whose menu hands a figure, or words about it, to the clipboard.
    """

    copy_asked = Signal(SafetyFigure)
    caption_asked = Signal(SafetyFigure)
    methods_asked = Signal(SafetyFigure)
    export_asked = Signal(SafetyFigure)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_kind(self, "toolbar")
        title = QLabel(self.tr("Safety"), self)
        set_kind(title, "title")
        self.copying = self._button(self.tr("Cop&y figure"))
        self._export = self._button(self.tr("E&xport figure"))
        self._fill(self.copying, self.copy_asked.emit)
        for words, ask in (
            (self.tr("Caption"), self.caption_asked.emit),
            (self.tr("Methods sentence"), self.methods_asked.emit),
        ):
            self.copying.menu().addSeparator()
            self._fill(self.copying, ask, f"{words}: ")
        self._fill(self._export, self.export_asked.emit, ending="…")
        layout = QHBoxLayout(self)
        keep(theme, layout.setContentsMargins, 16, 8, 16, 8)
        keep(theme, layout.setSpacing, 8)
        layout.addWidget(title)
        layout.addStretch(1)
        layout.addWidget(self.copying)
        layout.addWidget(self._export)
        self.allow_figures(allowed=False)

    def allow_figures(self, *, allowed: bool) -> None:
        """Whether there are figures to copy and to export."""
        self.copying.setEnabled(allowed)
        self._export.setEnabled(allowed)

    def _button(self, text: str) -> QPushButton:
        button = QPushButton(text, self)
        set_kind(button, "menu")
        button.setToolTip(text.replace("&", ""))
        button.setAccessibleName(text.replace("&", ""))
        button.setMenu(QMenu(button))
        return button

    def _fill(
        self,
        button: QPushButton,
        ask: Callable[[SafetyFigure], None],
        beginning: str = "",
        ending: str = "",
    ) -> None:
        for kind in SafetyFigure:
            action = button.menu().addAction(f"{beginning}{kind.heading}{ending}")
            action.triggered.connect(lambda _checked=False, figure=kind: ask(figure))
