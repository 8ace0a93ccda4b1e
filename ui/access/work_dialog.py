# SPDX-License-Identifier: MIT
"""What is seen while a logbook is written anew with another key."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QProgressBar, QWidget

from ui.access.parts import fit, layout_of
from ui.jobs import Job
from ui.measures import gap
from ui.theme import Theme
from ui.topics import ENCRYPTION, explain


class WorkDialog(QDialog):
    """How far it is. It cannot be stopped, and whatever ends the program does no harm."""

    def __init__(self, theme: Theme, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        explain(self, ENCRYPTION)
        self.setWindowTitle(title)
        self.setWindowFlag(Qt.WindowType.WindowCloseButtonHint, on=False)
        about = self.tr(
            "The logbook is closed meanwhile and opens again by itself. Should the power fail, it "
            "opens as it was, or as it is to be; never in between."
        )
        layout = layout_of(self, theme, title, about)
        gap(theme, layout, 8)
        self.bar = QProgressBar(self)
        self.bar.setRange(0, 0)
        self.bar.setAccessibleName(title)
        layout.addWidget(self.bar)
        fit(self)

    def follow(self, job: Job) -> None:
        """Show the progress of a job."""
        job.progressed.connect(self._advance)

    def reject(self) -> None:
        """Nothing closes it but the end of the work."""

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()

    def _advance(self, done: int, total: int) -> None:
        self.bar.setRange(0, max(total, 1))
        self.bar.setValue(done)
