# SPDX-License-Identifier: MIT
"""The language of queries by examples: a click puts one into the line."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from html import escape

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from models.query import FIELDS
from models.query.lessons import LESSONS
from ui.filters.popover import Popover
from ui.measures import gap, keep
from ui.theme import Theme, set_kind

_WIDTH, _HEIGHT = 480, 560
_MARGIN, _GAP, _BAR = 20, 20, 12


class LessonsPanel(Popover):
    """Rules with examples, and below them the fields that are asked for often.

    Signals:
        tried: (str) an example was clicked.

    Attributes:
        examples: the buttons of the rules, in their order.
        fields: an example of each field, as links.
    """

    tried = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self.examples: list[QPushButton] = []
        self.setAccessibleName(self.tr("How to search"))
        page = QWidget(self)
        set_kind(page, "page")
        column = QVBoxLayout(page)
        keep(theme, column.setContentsMargins, _MARGIN, 16, _MARGIN, 16)
        keep(theme, column.setSpacing, 4)
        column.addWidget(self._heading(self.tr("How to search")))
        for lesson in LESSONS:
            gap(theme, column, 8)
            for examples in self._lines(lesson.examples):
                column.addLayout(self._line(examples))
            column.addWidget(self._muted(lesson.rule))
        gap(theme, column, 16)
        column.addWidget(self._heading(self.tr("What can be asked for")))
        column.addWidget(self._fields())
        column.addWidget(
            self._muted(
                self.tr("Every other field of the record is offered while you type its name.")
            )
        )
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        set_kind(area, "read")
        area.setAccessibleName(self.accessibleName())
        area.setWidget(page)
        self._page = page
        around = QVBoxLayout(self)
        around.setContentsMargins(1, 1, 1, 1)
        around.addWidget(area)
        self.setFixedWidth(theme.px(_WIDTH))
        area.setMaximumHeight(theme.px(_HEIGHT))

    def sizeHint(self) -> QSize:
        # A small screen may give less, and all of it is reached by scrolling.
        wanted = self._page.sizeHint().height()
        return QSize(self.width(), min(self._theme.px(_HEIGHT), wanted) + 2)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.examples[0].setFocus()

    def _lines(self, examples: Iterable[str]) -> list[list[str]]:
        """The examples in as many lines as they need."""
        room = self._theme.px(_WIDTH - 2 * _MARGIN - _BAR)
        lines: list[list[str]] = []
        left = 0
        for example in examples:
            width = self.fontMetrics().horizontalAdvance(example) + self._theme.px(_GAP)
            if width > left or not lines:
                lines.append([])
                left = room
            lines[-1].append(example)
            left -= width
        return lines

    def _line(self, examples: Iterable[str]) -> QHBoxLayout:
        line = QHBoxLayout()
        keep(self._theme, line.setSpacing, _GAP)
        for example in examples:
            line.addWidget(self._example(example))
        line.addStretch(1)
        return line

    def _example(self, text: str) -> QPushButton:
        button = QPushButton(text, self)
        set_kind(button, "link")
        button.setAutoDefault(False)
        button.setAccessibleName(self.tr("Try {example}").format(example=text))
        button.clicked.connect(partial(self._try, text))
        self.examples.append(button)
        return button

    def _fields(self) -> QLabel:
        """All of them in one label: so many buttons would take long to make."""
        color = self._theme.color("text_muted").name()
        rows = "".join(
            f'<tr><td style="padding-right:{self._theme.px(_GAP)}px">'
            f'<a style="text-decoration:none" href="{escape(field.example)}">'
            f"{escape(field.example)}</a></td>"
            f'<td style="color:{color}">{escape(field.label)}</td></tr>'
            for field in FIELDS
            if field.is_common
        )
        label = QLabel(f"<table cellspacing=0 cellpadding=1>{rows}</table>", self)
        label.setTextFormat(Qt.TextFormat.RichText)
        interaction = Qt.TextInteractionFlag
        label.setTextInteractionFlags(
            interaction.LinksAccessibleByMouse | interaction.LinksAccessibleByKeyboard
        )
        label.linkActivated.connect(self._try)
        self.fields = label
        return label

    def _heading(self, text: str) -> QLabel:
        label = QLabel(text, self)
        set_kind(label, "heading")
        return label

    def _muted(self, text: str) -> QLabel:
        label = QLabel(text, self)
        label.setWordWrap(True)
        set_kind(label, "muted")
        return label

    def _try(self, text: str, _checked: bool = False) -> None:
        self.close()
        self.tried.emit(text)
