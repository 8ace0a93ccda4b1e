# SPDX-License-Identifier: MIT
"""Images of the case: each with its boxes, and below them where more are added."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from models.schema import Image, Record
from ui.editor.case_rows import Subject, attach, detach
from ui.editor.image_card import ImageCard
from ui.measures import keep
from ui.theme import Theme, set_kind, set_state
from ui.topics import ENTRY, below, set_topic
from ui.widgets.field_box import FieldBox
from ui.widgets.field_form import FieldForm

ROWS = "images"
"""Name of the list in ``models.case.Case``."""


class ImagesView(QWidget):
    """Shows the images of a case.

    Signals:
        removed: (name of the list, row) the user took an image away.
        add_wanted: the user wants to choose files.
        view_wanted: (place) an image is to be looked at.
        thumbnails_wanted: some small pictures are not there yet; see ``show_thumbnails``.
    """

    removed = Signal(str, object)
    add_wanted = Signal()
    view_wanted = Signal(int)
    thumbnails_wanted = Signal()

    def __init__(self, form: FieldForm, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._form = form
        self._theme = theme
        self._subject: Subject | None = None
        self._cards: list[ImageCard] = []
        self._pictures: dict[str, bytes] = {}
        set_topic(self, below(ENTRY, "Images"))
        self._place = QFrame(self)
        self._add = QPushButton(self.tr("Add images…"), self._place)
        self._hint = QLabel(self._place)
        self._progress = QProgressBar(self._place)
        self._refused = QLabel(self)
        self._column = QVBoxLayout()
        self._arrange()
        self.show_progress(0, 0)
        self._add.clicked.connect(lambda _on=False: self.add_wanted.emit())
        form.edited.connect(self._on_edited)

    # what is shown

    def make_ready(self, subject: Subject) -> Iterator[None]:
        """Make a card for each image, one a step."""
        while len(self._cards) < len(subject.case.images):
            self._add_card()
            self._cards[-1].hide()
            yield

    def show_subject(self, subject: Subject) -> None:
        """Show the images of a case."""
        if self._subject is None or subject.case is not self._subject.case:
            self.show_refused(())
            self._pictures = {}
        self._subject = subject
        self._show_rows()

    def follow(self, subject: Subject) -> None:
        """Show the images as they are now."""
        self._subject = subject
        self._show_rows()

    def want_thumbnails(self) -> None:
        """Ask for the small pictures that are not there yet."""
        if self.missing_thumbnails():
            self.thumbnails_wanted.emit()

    def rows(self) -> list[Image]:
        """The images of the case, in their order."""
        return list(self._subject.case.images) if self._subject is not None else []

    def cards(self) -> list[ImageCard]:
        """What is shown of each image, in their order."""
        return self._cards[: len(self.rows())]

    def missing_thumbnails(self) -> set[str]:
        """Names of the contents whose small pictures are not there yet."""
        return {str(row.content_id) for row in self.rows()} - set(self._pictures)

    def show_thumbnails(self, pictures: Mapping[str, bytes]) -> None:
        """Show small pictures, by the names of their contents."""
        self._pictures.update(pictures)
        for card in self.cards():
            if card.row is not None and str(card.row.content_id) in pictures:
                card.thumbnail.show_picture(pictures[str(card.row.content_id)])

    def show_progress(self, done: int, total: int) -> None:
        """Say how many of how many files were read; 0 of 0 when none is being read."""
        self._progress.setVisible(bool(total))
        self._progress.setRange(0, max(total, 1))
        self._progress.setValue(done)
        words = self.tr("or drop files here, or paste a picture: PNG, JPEG, TIFF, DICOM")
        if total:
            words = self.tr("Reading {n} of {total}…").format(n=min(done + 1, total), total=total)
        self._hint.setText(words)

    def show_refused(self, sentences: Iterable[str]) -> None:
        """Say what could not be taken, and why."""
        text = "\n".join(sentences)
        self._refused.setText(text)
        self._refused.setVisible(bool(text))
        self._add.setAccessibleDescription(text)

    @property
    def refused(self) -> str:
        """What is said of files that could not be taken."""
        return self._refused.text()

    def show_target(self, *, on: bool) -> None:
        """Show where files will go that are dragged over the page."""
        set_state(self._place, "target" if on else "")

    # what the form asks for

    def find_box(self, row_id: str, field: str) -> FieldBox | None:
        """The box of a field of an image."""
        card = next((c for c in self.cards() if c.row and str(c.row.id) == row_id), None)
        return card.find_box(field) if card is not None else None

    def focus_boxes(self) -> list[QWidget]:
        """The controls that Tab goes through here."""
        return [*(stop for card in self.cards() for stop in card.focus_boxes()), self._add]

    # what the user does

    def add(self, rows: Iterable[Image], pictures: Mapping[str, bytes]) -> None:
        """Take images into the case."""
        assert self._subject is not None
        self._pictures.update(pictures)
        added = list(rows)
        for row in added:
            attach(self._subject.case, ROWS, row)
        self._show_rows()
        for row in added:
            self._form.edited.emit(row, "")

    def _move(self, card: ImageCard, by: int) -> None:
        rows = self.rows()
        if self._subject is None or card.row is None:
            return
        place = next(n for n, row in enumerate(rows) if row is card.row)
        there = place + by
        if not 0 <= there < len(rows):
            return
        here = self.focusWidget()
        stop = card.focus_boxes().index(here) if here in card.focus_boxes() else 0
        self._form.commit()
        rows.insert(there, rows.pop(place))
        for number, row in enumerate(rows):
            row.position = number
        self._subject.case.images = rows
        self._show_rows()
        self._cards[there].focus_boxes()[stop].setFocus(Qt.FocusReason.OtherFocusReason)
        self._form.edited.emit(rows[there], "")

    def _remove(self, card: ImageCard) -> None:
        row = card.row
        if self._subject is None or row is None:
            return
        place = next(n for n, other in enumerate(self.rows()) if other is row)
        detach(self._subject.case, ROWS, row)
        self._form.forget(row)
        self._show_rows()
        left = self.cards()
        stop = left[min(place, len(left) - 1)].thumbnail if left else self._add
        stop.setFocus(Qt.FocusReason.OtherFocusReason)
        self.removed.emit(ROWS, row)
        self._form.edited.emit(row, "")

    # inside

    def _on_edited(self, row: Record, _field: str) -> None:
        for card in self.cards():
            if card.row is row:
                card.show_title()

    def _show_rows(self) -> None:
        rows = self.rows()
        while len(self._cards) < len(rows):
            self._add_card()
        for number, card in enumerate(self._cards):
            if number < len(rows):
                row = rows[number]
                picture = self._pictures.get(str(row.content_id))
                last = number == len(rows) - 1
                card.show_row(row, picture, is_first=number == 0, is_last=last)
            elif card.row is not None:
                card.release()
            card.setVisible(number < len(rows))
        self.want_thumbnails()

    def _add_card(self) -> None:
        card = ImageCard(self._form, self._theme, self)
        card.view_wanted.connect(lambda: self._view(card))
        card.move_wanted.connect(lambda by: self._move(card, by))
        card.remove_wanted.connect(lambda: self._remove(card))
        self._cards.append(card)
        self._column.addWidget(card)

    def _view(self, card: ImageCard) -> None:
        self.view_wanted.emit(self._cards.index(card))

    def _arrange(self) -> None:
        theme = self._theme
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        set_kind(self._place, "drop")
        set_kind(self._hint, "small")
        self._hint.setWordWrap(True)
        set_kind(self._refused, "small")
        set_state(self._refused, "error")
        self._refused.setWordWrap(True)
        self._refused.setTextFormat(Qt.TextFormat.PlainText)
        self._refused.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        keep(theme, self._progress.setMaximumWidth, 160)
        inner = QHBoxLayout(self._place)
        keep(theme, inner.setContentsMargins, 8, 6, 8, 6)
        keep(theme, inner.setSpacing, 10)
        inner.addWidget(self._add)
        inner.addWidget(self._hint, 1)
        inner.addWidget(self._progress)
        keep(theme, self._column.setSpacing, 16)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        keep(theme, layout.setSpacing, 12)
        layout.addLayout(self._column)
        layout.addWidget(self._place)
        layout.addWidget(self._refused)
