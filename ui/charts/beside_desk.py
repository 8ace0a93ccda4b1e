# SPDX-License-Identifier: MIT
"""Hands the figure of published rates on: into the clipboard, into files, with words and data."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog, QWidget

from ui.charts import beside_printing, beside_words
from ui.charts.beside_words import BesideFound
from ui.charts.kinds import ALL_FILES, FileKind, named
from ui.charts.ledger import Whose
from ui.jobs import Jobs
from ui.widgets.beside_card import BesideCard
from ui.widgets.notice import Notice


class BesideDesk(QObject):
    """What is done with the figure of a card.

    Args:
        jobs: where it is drawn.
        card: what it shows.
        notice: where it is told how it went.
        whose: whose cases are shown.
        page: where the card is.
    """

    def __init__(
        self, jobs: Jobs, card: BesideCard, notice: Notice, whose: Whose, page: QWidget
    ) -> None:
        super().__init__(page)
        self._whose = whose
        self._jobs, self._card, self._notice, self._page = jobs, card, notice, page
        card.copy_asked.connect(self.copy)
        card.words_asked.connect(self.copy_words)
        card.export_asked.connect(self._ask_where)

    @property
    def found(self) -> BesideFound | None:
        """What the card shows; None while it shows nothing."""
        own = self._card.own
        return None if own is None else BesideFound(own, self._card.published, self._card.about)

    def copy(self) -> None:
        """Put the figure into the clipboard, as it goes to paper."""
        if (found := self.found) is not None:
            ledger = self._whose()

            def work() -> QImage:
                image = beside_printing.copy(found)
                ledger.note_copy(found.english)
                return image

            self._jobs.run(ledger.logbook, work, self._put_image, self._notice.warn)

    def copy_words(self) -> None:
        """Put caption and methods into the clipboard."""
        if (found := self.found) is not None:
            ledger = self._whose()
            told = f"{found.heading}. {beside_words.caption(found)}"
            text = f"{told}\n\n{beside_words.methods(found)}"
            self._jobs.run(
                ledger.logbook,
                partial(ledger.note_caption, found.english),
                lambda _: self._put_words(text),
                self._notice.warn,
            )

    def save(self, target: Path, kind: FileKind) -> None:
        """Keep the figure, or its data, in a file."""
        if (found := self.found) is not None:
            told = self.tr("The figure is in {file}.").format(file=target)
            ledger = self._whose()
            note = partial(ledger.note_file, found.english, kind, target.name)
            work = partial(beside_printing.save, found, target, kind, note)
            tell = self._notice.tell
            self._jobs.run(ledger.logbook, work, lambda _: tell(told), self._notice.warn)

    def _ask_where(self) -> None:
        first = ALL_FILES[0]
        proposed = f"{beside_words.FILE_STEM}.{first.suffix}"
        filters = {f"{known.label} (*.{known.suffix})": known for known in ALL_FILES}
        name, chosen = QFileDialog.getSaveFileName(
            self._page, self.tr("Export figure"), str(Path.home() / proposed), ";;".join(filters)
        )
        if name:
            self.save(*named(Path(name), filters.get(chosen, first)))

    def _put_words(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self._notice.tell(self.tr("The caption and the methods are in the clipboard."))

    def _put_image(self, image: QImage) -> None:
        QGuiApplication.clipboard().setImage(image)
        self._notice.tell(self.tr("The figure is in the clipboard, with its caption."))
