# SPDX-License-Identifier: MIT
"""The About box: what runs here in which version, under which licenses, and where the data lies."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QItemSelection, Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QFrame,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from models import VERSION
from models.logbook import Logbook
from ui.help.parts import Part, parts
from ui.jobs import Jobs
from ui.latest_job import LatestJob
from ui.measures import fit_screen, gap, keep
from ui.theme import Theme, set_kind
from ui.topics import FIRST_STEPS, explain
from ui.widgets.plain_tip import plain_tip
from ui.widgets.steady_scroll import SteadyScrollArea
from ui.widgets.text_table import Column, TextTable

_WIDTH, _HEIGHT = 800, 720
_TEXT_HEIGHT = 140
_PARTS_SHOWN = 5


class AboutDialog(QDialog):
    """Shows at once what is known; the parts are read in a thread and come in when they are there.

    Args:
        logbook: the open one, if any.
        settings_place: where this user's settings are kept.
        example: where the example logbook is made.

    Attributes:
        table: the parts.
        text: the license of the chosen part.
    """

    def __init__(
        self,
        theme: Theme,
        jobs: Jobs,
        logbook: Logbook | None,
        settings_place: str,
        example: Path,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        explain(self, FIRST_STEPS)
        self.setWindowTitle(self.tr("About Kypholog"))
        self._theme = theme
        self._parts: Sequence[Part] = ()
        page = QWidget(self)
        set_kind(page, "page")
        column = QVBoxLayout(page)
        keep(theme, column.setContentsMargins, 0, 0, 8, 0)
        keep(theme, column.setSpacing, 8)
        column.addWidget(self._words(f"Kypholog {VERSION}", "title"))
        column.addWidget(
            self._words(
                self.tr(
                    "A case log for vertebral augmentation. It is a log and no medical device: "
                    "it gives no advice on treatment. Nothing leaves this machine, except to a "
                    "database server that you name."
                )
            )
        )
        gap(theme, column, 8)
        column.addWidget(self._words(self.tr("Where the data lies"), "heading"))
        column.addLayout(self._places(logbook, settings_place, example))
        gap(theme, column, 8)
        column.addWidget(self._words(self.tr("What it is made of"), "heading"))
        self.table = self._table()
        self.text = self._license_text()
        column.addWidget(self.table)
        column.addWidget(self.text)
        column.addStretch(1)
        area = SteadyScrollArea(self)
        area.setAccessibleName(self.windowTitle())
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(page)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        keep(theme, layout.setContentsMargins, 24, 24, 24, 24)
        keep(theme, layout.setSpacing, 12)
        layout.addWidget(area, 1)
        layout.addWidget(buttons)
        fit_screen(theme, self, _WIDTH, _HEIGHT)
        reading = LatestJob(jobs, self)
        reading.run(None, parts, self._show_parts)
        self.finished.connect(reading.cancel)

    def _words(self, words: str, kind: str = "") -> QLabel:
        label = QLabel(words, self)
        label.setWordWrap(True)
        if kind:
            set_kind(label, kind)
        return label

    def _places(self, logbook: Logbook | None, settings_place: str, example: Path) -> QFormLayout:
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        keep(self._theme, form.setVerticalSpacing, 6)
        keep(self._theme, form.setHorizontalSpacing, 12)
        if logbook is None:
            form.addRow(self._words(self.tr("No logbook is open."), "muted"))
        else:
            form.addRow(
                self._words(
                    self.tr(
                        "The folder of the logbook holds everything: cases, images, drafts, "
                        "the audit and the settings of the logbook."
                    ),
                    "muted",
                )
            )
            self._add_place(form, self.tr("Logbook"), str(logbook.folder))
            self._add_place(form, self.tr("Its backups"), str(logbook.folder / "backups"))
        self._add_place(form, self.tr("Your settings"), settings_place)
        self._add_place(form, self.tr("Example logbook"), str(example))
        return form

    def _add_place(self, form: QFormLayout, name: str, place: str) -> None:
        """A line, because a path has no words at which it could wrap, and is there to be copied."""
        line = QLineEdit(place, self)
        line.setReadOnly(True)
        line.setCursorPosition(0)
        line.setToolTip(plain_tip(place))
        line.setAccessibleName(name)
        form.addRow(name, line)

    def _table(self) -> TextTable:
        columns = (
            Column(self.tr("Part")),
            Column(self.tr("Version")),
            Column(self.tr("License"), stretches=True),
        )
        table = TextTable(self._theme, self.tr("Parts"), columns, self, most_shown=_PARTS_SHOWN)
        table.selectionModel().selectionChanged.connect(self._show_license)
        return table

    def _license_text(self) -> QPlainTextEdit:
        text = QPlainTextEdit(self)
        text.setReadOnly(True)
        text.setAccessibleName(self.tr("License of the chosen part"))
        text.setPlaceholderText(self.tr("The parts are being read."))
        text.setTabChangesFocus(True)
        keep(self._theme, text.setFixedHeight, _TEXT_HEIGHT)
        return text

    def _show_parts(self, found: Sequence[Part]) -> None:
        self._parts = found
        said = self.tr("in its text")
        self.table.set_rows([(one.name, one.version, one.license or said) for one in found])
        self.table.selectRow(0)

    def _show_license(self, chosen: QItemSelection, _before: QItemSelection) -> None:
        rows = [index.row() for index in chosen.indexes()]
        if rows:
            self.text.setPlainText(self._parts[rows[0]].text)
