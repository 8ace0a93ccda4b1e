# SPDX-License-Identifier: MIT
"""Rounded panels: one with a title for anything, one for a single large figure."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ui.measures import keep
from ui.theme import Theme


class Card(QFrame):
    """A panel with title, subtitle and room for content.

    Attributes:
        header: the row of the title; what is added stands at its right end (a legend, a button).
        body: where the content goes.
    """

    def __init__(
        self, theme: Theme, title: str = "", subtitle: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._title = _label("heading")
        self._subtitle = _label("small")
        for words in (self._title, self._subtitle):
            words.setWordWrap(True)
        self.header = QHBoxLayout()
        keep(theme, self.header.setSpacing, 8)
        self.header.addWidget(self._title, 1)
        self.body = QVBoxLayout()
        keep(theme, self.body.setSpacing, 8)
        keep(theme, self.body.setContentsMargins, 0, 4, 0, 0)
        outer = QVBoxLayout(self)
        keep(theme, outer.setContentsMargins, 14, 12, 14, 12)
        keep(theme, outer.setSpacing, 2)
        outer.addLayout(self.header)
        outer.addWidget(self._subtitle)
        outer.addLayout(self.body, 1)
        self.set_title(title, subtitle)

    def set_title(self, title: str, subtitle: str = "") -> None:
        """Write another title and subtitle; an empty one takes no room."""
        self._title.setText(title)
        self._title.setVisible(bool(title))
        self._subtitle.setText(subtitle)
        self._subtitle.setVisible(bool(subtitle))
        self.setAccessibleName(title)


class FigureCard(QFrame):
    """One large figure, what it is, and in small print its n, interval and what is missing."""

    def __init__(
        self,
        theme: Theme,
        figure: str = "",
        label: str = "",
        small_print: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._figure, self._label, self._small = _label("figure"), _label(""), _label("small")
        outer = QVBoxLayout(self)
        keep(theme, outer.setContentsMargins, 14, 12, 14, 12)
        keep(theme, outer.setSpacing, 1)
        for line in (self._figure, self._label, self._small):
            outer.addWidget(line)
        outer.addStretch(1)
        for words in (self._label, self._small):
            words.setWordWrap(True)
        self.set_figure(figure, label, small_print)

    def set_figure(self, figure: str, label: str, small_print: str = "") -> None:
        """Show another figure. ``small_print`` carries n and interval."""
        self._figure.setText(figure)
        self._label.setText(label)
        self._small.setText(small_print)
        self.setAccessibleName(f"{label}: {figure}")
        self.setAccessibleDescription(small_print)


def _label(kind: str) -> QLabel:
    label = QLabel()
    label.setProperty("kind", kind)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
