# SPDX-License-Identifier: MIT
"""What is seen while the last backup before closing is made."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout
from PySide6.QtWidgets import QWidget as Widget

from models.errors import LogbookError
from ui.jobs import Job
from ui.measures import keep
from ui.theme import Theme, set_kind
from ui.topics import BACKUPS, explain

_WIDTH = 460


class ClosingDialog(QDialog):
    """How far the backup got. It can be skipped, and one that fails leaves the choice.

    Signals:
        skipped: close without it.
        stayed: do not close.

    Attributes:
        skip, stay: the buttons.
    """

    skipped = Signal()
    stayed = Signal()

    def __init__(self, theme: Theme, parent: Widget) -> None:
        super().__init__(parent)
        explain(self, BACKUPS)
        self.setWindowTitle(self.tr("Closing"))
        self._job: Job | None = None
        keep(theme, self.setFixedWidth, _WIDTH)
        self._heading = QLabel(self.tr("Backing up before closing"), self)
        set_kind(self._heading, "heading")
        self._said = QLabel(self.tr("Everything is saved already; this is one more copy."), self)
        for label in (self._heading, self._said):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._bar = QProgressBar(self)
        self._bar.setRange(0, 0)
        self._bar.setAccessibleName(self._heading.text())
        self.stay = QPushButton(self.tr("&Keep working"), self)
        self.skip = QPushButton(self.tr("&Skip the backup"), self)
        buttons = QHBoxLayout()
        keep(theme, buttons.setSpacing, 8)
        buttons.addStretch(1)
        buttons.addWidget(self.stay)
        buttons.addWidget(self.skip)
        layout = QVBoxLayout(self)
        keep(theme, layout.setContentsMargins, *(24,) * 4)
        keep(theme, layout.setSpacing, 12)
        for widget in (self._heading, self._said, self._bar):
            layout.addWidget(widget)
        layout.addLayout(buttons)
        self.skip.clicked.connect(lambda _checked=False: self._end(skips=True))
        self.stay.clicked.connect(lambda _checked=False: self.reject())
        self.skip.setFocus()

    @property
    def said(self) -> str:
        """What it says."""
        return f"{self._heading.text()}. {self._said.text()}"

    def follow(self, job: Job) -> None:
        """Show the progress of a job."""
        self._job = job
        job.progressed.connect(self._advance)

    def tell(self, error: LogbookError) -> None:
        """Say that it failed; the user chooses."""
        self._job = None
        self._heading.setText(self.tr("The backup failed"))
        self._said.setText(str(error))
        self._bar.hide()
        self.skip.setText(self.tr("&Close without it"))
        self.adjustSize()
        self.stay.setFocus()

    def reject(self) -> None:
        """Escape keeps the window open."""
        self._end(skips=False)

    def _end(self, *, skips: bool) -> None:
        job, self._job = self._job, None
        if job is not None:
            job.cancel()
        self.hide()
        (self.skipped if skips else self.stayed).emit()

    def _advance(self, done: int, total: int) -> None:
        self._bar.setRange(0, max(total, 1))
        self._bar.setValue(done)
