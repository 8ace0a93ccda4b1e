# SPDX-License-Identifier: MIT
"""The last step: what was written, and the way back."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QWidget

from models.importing.lines import Verdict
from models.importing.starting import Done
from ui.importing.step import Step
from ui.measures import keep
from ui.permits import guard
from ui.theme import Theme, set_kind
from ui.widgets.flowing import FlowingLine


class ResultStep(Step):
    """Tells how it ended.

    Signals:
        undo_wanted: the import is to be taken back.
        cases_wanted: (int) the cases of the import with this number are to be shown.
        refused_wanted: (Path) the refused rows are to be written into this file.

    Attributes:
        undo, show_cases, save_refused: the buttons.
    """

    undo_wanted = Signal()
    cases_wanted = Signal(int)
    refused_wanted = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, self.tr("Result"), parent)
        self._done: Done | None = None
        self.undo = QPushButton(self.tr("&Undo this import"), self)
        guard(self.undo, "import")
        self.show_cases = QPushButton(self.tr("&Show the imported cases"), self)
        self.save_refused = QPushButton(self.tr("Save &refused rows…"), self)
        self._figures = QGridLayout()
        self._numbers: dict[str, QLabel] = {}
        self._backup = QLabel(self)
        self._backup.setWordWrap(True)
        self._backup.setTextFormat(Qt.TextFormat.PlainText)
        set_kind(self._backup, "muted")
        self._arrange()
        self.undo.clicked.connect(lambda: self.undo_wanted.emit())
        self.show_cases.clicked.connect(self._show_cases)
        self.save_refused.clicked.connect(self._ask_for_file)
        back = QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self)
        back.activated.connect(self.undo.click)

    def begin(self) -> None:
        (self.show_cases if self.show_cases.isEnabled() else self.undo).setFocus()

    def show_done(self, done: Done) -> None:
        """Tell what was written."""
        self._done = done
        counts, written = done.shown.counts, done.written
        not_taken = counts[Verdict.CONFLICTING] + counts[Verdict.CHANGED] + counts[Verdict.NEW]
        not_taken -= written.new + written.changed
        for name, number in (
            ("new", written.new),
            ("changed", written.changed),
            ("same", counts[Verdict.SAME]),
            ("kept", not_taken),
            ("refused", counts[Verdict.REFUSED]),
        ):
            self._numbers[name].setText(f"{number:,}")
        wrote = written.new + written.changed
        imported = self.tr("{file} is imported.").format(file=done.shown.table.name)
        self.said.setText(" ".join([imported, *done.shown.seen.converted]))
        self.undo.setEnabled(wrote > 0)
        self.show_cases.setEnabled(wrote > 0)
        self.save_refused.setVisible(counts[Verdict.REFUSED] > 0)
        if done.backup is not None:
            told = self.tr("The logbook as it was before lies in {folder}, as {file}.")
            lies = done.backup.file
            self._backup.setText(told.format(folder=lies.parent.name, file=lies.name))
        self._backup.setVisible(done.backup is not None)

    def show_undone(self) -> None:
        """Tell that it was taken back."""
        self.notice.tell(self.tr("The import is undone. Edit > Redo does it again."))
        if self._done is not None:
            told = self.tr("The import of {file} is taken back.")
            self.said.setText(told.format(file=self._done.shown.table.name))
        self.undo.setEnabled(False)
        self.show_cases.setEnabled(False)

    def _show_cases(self) -> None:
        if self._done is not None:
            self.cases_wanted.emit(self._done.number)

    def _ask_for_file(self) -> None:
        if (file := self.ask_where()) is not None:
            self.refused_wanted.emit(file)

    def _arrange(self) -> None:
        keep(self.theme, self._figures.setHorizontalSpacing, 24)
        labels = {
            "new": self.tr("New"),
            "changed": self.tr("Changed"),
            "same": self.tr("Same as before"),
            "kept": self.tr("Conflicts, kept as they were"),
            "refused": self.tr("Refused"),
        }
        for column, (name, label) in enumerate(labels.items()):
            number, words = QLabel("0", self), QLabel(label, self)
            set_kind(number, "figure")
            set_kind(words, "muted")
            words.setWordWrap(True)
            words.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
            words.setBuddy(number)
            self._figures.addWidget(number, 0, column)
            self._figures.addWidget(words, 1, column)
            self._figures.setColumnStretch(column, 1)
            self._numbers[name] = number
        self.content.addLayout(self._figures)
        self.content.addWidget(self._backup)
        buttons = self.show_cases, self.undo, self.save_refused
        self.content.addWidget(FlowingLine(self.theme, *buttons))
        self.content.addStretch(1)
