# SPDX-License-Identifier: MIT
"""What is seen while a logbook that an older program left is brought up to date."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from ui.jobs import Job
from ui.measures import gap, keep
from ui.theme import Theme, set_kind


class CatchingUp(QWidget):
    """How far it got, why it is done, and a way to stop it, in place of what opens a logbook."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = ""
        self._job: Job | None = None
        self._said = QLabel(self)
        self._said.setWordWrap(True)
        self._bar = QProgressBar(self)
        why = QLabel(
            self.tr(
                "Some values are worked out anew, once. Nothing that was recorded changes. "
                "Cancelled, it goes on when the logbook is opened again."
            ),
            self,
        )
        why.setWordWrap(True)
        set_kind(why, "muted")
        self._cancel = QPushButton(self.tr("Cancel"), self)
        self._cancel.clicked.connect(self._stop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        keep(theme, column.setSpacing, 8)
        for widget in (self._said, self._bar, why):
            column.addWidget(widget)
        gap(theme, column, 12)
        column.addWidget(self._cancel)

    def follow(self, job: Job, name: str) -> None:
        """Show the progress of a job on the logbook of this name, until it ends."""
        self._job, self._name = job, name
        self._cancel.setEnabled(True)
        self._advance(0, 1)
        job.progressed.connect(self._advance)
        self.show()
        self._cancel.setFocus()

    def _advance(self, done: int, total: int) -> None:
        self._bar.setRange(0, max(total, 1))
        self._bar.setValue(done)
        percent = 100 * done // max(total, 1)
        self._said.setText(
            self.tr("Bringing {logbook} up to date … {percent} %").format(
                logbook=self._name, percent=percent
            )
        )
        self._bar.setAccessibleName(self._said.text())

    def _stop(self) -> None:
        if self._job is not None:
            self._cancel.setEnabled(False)
            self._job.cancel()
