# SPDX-License-Identifier: MIT
"""Hands figures on: into the clipboard, into files, with their words and their data."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog, QWidget

from ui.charts.kinds import ALL_FILES, FileKind, NamedFigure, named
from ui.charts.ledger import Whose
from ui.charts.press import Press
from ui.jobs import Jobs
from ui.widgets.notice import Notice

_DATA = "csv"


class FigureDesk(QObject):
    """What is done with a figure that is shown.

    Args:
        jobs: where figures are drawn.
        press: what draws them.
        notice: where it is told how it went.
        whose: whose cases are shown.
        parent: the page.
    """

    def __init__(
        self,
        jobs: Jobs,
        press: Press,
        notice: Notice,
        whose: Whose,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._press = press
        self._notice = notice
        self._whose = whose
        self._page = parent

    def copy(self, kind: NamedFigure, found: object) -> None:
        """Put a figure into the clipboard, as it goes to paper."""
        ledger = self._whose()

        def work() -> QImage:
            image = self._press.copy(kind, found)
            ledger.note_copy(kind.english)
            return image

        self._jobs.run(ledger.logbook, work, self._put_image, self._notice.warn)

    def copy_caption(self, kind: NamedFigure, found: object) -> None:
        """Put the caption of a figure into the clipboard."""
        told, ledger = self.tr("The caption is in the clipboard."), self._whose()

        def work() -> str:
            text = self._press.caption(kind, found)
            ledger.note_caption(kind.english)
            return text

        done = partial(self._put_text, told)
        self._jobs.run(ledger.logbook, work, done, self._notice.warn)

    def copy_methods(self, kind: NamedFigure, found: object) -> None:
        """Put the sentence of methods of a figure into the clipboard."""
        told = self.tr("The methods sentence is in the clipboard.")
        work = partial(self._press.methods, kind, found)
        self._jobs.run(None, work, partial(self._put_text, told), self._notice.warn)

    def save(self, kind: NamedFigure, found: object, target: Path, file_kind: FileKind) -> None:
        """Keep a figure, or its data, in a file."""
        told = (
            self.tr("The data of the figure is in {file}.")
            if file_kind.suffix == _DATA
            else self.tr("The figure is in {file}.")
        ).format(file=target)
        ledger = self._whose()
        note = partial(ledger.note_file, kind.english, file_kind, target.name)
        work = partial(self._press.save, kind, found, target, file_kind, note)
        self._jobs.run(ledger.logbook, work, lambda _: self._notice.tell(told), self._notice.warn)

    def ask_where(self, kind: NamedFigure, found: object) -> None:
        """Ask for a file, and keep the figure there."""
        if (logbook := self._whose().logbook) is None:
            return
        first = ALL_FILES[0]
        proposed = Path.home() / f"{logbook.name}-{kind.value}.{first.suffix}"
        filters = {f"{known.label} (*.{known.suffix})": known for known in ALL_FILES}
        name, chosen = QFileDialog.getSaveFileName(
            self._page, self.tr("Export figure"), str(proposed), ";;".join(filters)
        )
        if name:
            self.save(kind, found, *named(Path(name), filters.get(chosen, first)))

    def _put_image(self, image: QImage) -> None:
        QGuiApplication.clipboard().setImage(image)
        self._notice.tell(self.tr("The figure is in the clipboard, with its caption."))

    def _put_text(self, told: str, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self._notice.tell(told)
