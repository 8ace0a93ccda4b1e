# SPDX-License-Identifier: MIT
"""Takes pictures in: chosen, dropped onto the page or pasted, read and stored off the UI thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QBuffer,
    QEvent,
    QEventLoop,
    QIODevice,
    QMimeData,
    QObject,
    QStandardPaths,
    QTimer,
)
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QImageWriter,
    QKeyEvent,
    QKeySequence,
)
from PySide6.QtWidgets import QFileDialog, QWidget

from models.errors import LogbookError
from models.logbook import Logbook
from models.schema import Image
from ui.ahead import Room
from ui.editor.case_rows import fresh
from ui.editor.editing import Editing
from ui.editor.form import CaseForm
from ui.editor.image_words import said_of
from ui.editor.layout import IMAGES
from ui.editor.notice_bar import NoticeBar
from ui.jobs import Job, Jobs
from ui.theme import Theme
from ui.widgets.dropped_files import dropped_files
from ui.widgets.field_form import focused_box
from ui.widgets.image_entry import ImageEntry, entries_of

if TYPE_CHECKING:
    from models.images.reading import Read

Source = Callable[[], "Read"]


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of several sources: stored pictures by name of their content, and refusals."""

    stored: tuple[tuple[str, Read], ...]
    refused: tuple[LogbookError, ...]


class ImageIntake(QObject):
    """Brings pictures into the case that is edited, and opens the viewer.

    A file that cannot be taken is told beside the images, and keeps no other from being taken.
    """

    def __init__(
        self,
        page: QWidget,
        jobs: Jobs,
        theme: Theme,
        editing: Editing,
        form: CaseForm,
        notice: NoticeBar,
    ) -> None:
        super().__init__(page)
        self._page = page
        self._jobs = jobs
        self._theme = theme
        self._editing = editing
        self._form = form
        self._view = view = form.images
        self._notice = notice
        places = QStandardPaths.StandardLocation
        self._folder = QStandardPaths.writableLocation(places.PicturesLocation)
        self._reading: list[Job] = []
        self._awaiting: tuple[str, list[Path]] | None = None
        self._viewer = Room(jobs, self, "ui.widgets.image_viewer")
        page.setAcceptDrops(True)
        page.installEventFilter(self)
        view.add_wanted.connect(self.choose)
        view.view_wanted.connect(self._open_viewer)
        view.thumbnails_wanted.connect(self._load_thumbnails)
        editing.reviewed.connect(self._meet)

    # where pictures come from

    def choose(self) -> None:
        """Ask for files."""
        from models.images.reading import PATTERNS

        upper = (pattern.upper() for pattern in PATTERNS)
        kinds = self.tr("Images ({patterns})").format(patterns=" ".join((*PATTERNS, *upper)))
        names, _ = QFileDialog.getOpenFileNames(
            self._page, self.tr("Add images"), self._folder, f"{kinds};;{self.tr('All files (*)')}"
        )
        if names:
            self._folder = str(Path(names[0]).parent)
            self.add_files([Path(name) for name in names])

    def paste(self) -> bool:
        """Take what the clipboard holds; False if that is no picture and no file."""
        return self._take_data(QGuiApplication.clipboard().mimeData())

    def add_to(self, case_id: str, paths: Sequence[Path]) -> None:
        """Take files into a case as soon as it is shown, or ask for them where there are none."""
        self._awaiting = case_id, list(paths)

    def add_files(self, paths: Sequence[Path]) -> None:
        """Take in files."""
        self._take([partial(_read_file, path) for path in paths])

    def wait(self) -> None:
        """Return when every picture that was handed in is in the case, or refused."""
        while self._reading:
            loop = QEventLoop()
            self._reading[0].finished.connect(loop.quit)
            loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDropEvent) and self._editing.case is not None:
            return self._handle_drag(event)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return event.matches(QKeySequence.StandardKey.Paste) and self.paste()
        if event.type() == QEvent.Type.DragLeave:
            self._view.show_target(on=False)
        return super().eventFilter(watched, event)

    def _handle_drag(self, event: QDropEvent) -> bool:
        if not _holds_pictures(event.mimeData()):
            return False
        event.acceptProposedAction()
        is_over = event.type() == QEvent.Type.Drop
        if isinstance(event, QDragEnterEvent) or is_over:
            self._view.show_target(on=not is_over)
        if is_over:
            self._take_data(event.mimeData())
        return True

    def _take_data(self, data: QMimeData) -> bool:
        if not _holds_pictures(data):
            return False
        if paths := dropped_files(data):
            self.add_files(paths)
        else:
            image = QImage(data.imageData())
            name = self.tr("The pasted picture")
            self._take([partial(_read_image, image, name)], is_screenshot=True)
        return True

    def _meet(self) -> None:
        """A case is in sight: the one that files wait for, or another that sends them away."""
        awaiting, case = self._awaiting, self._editing.case
        if awaiting is None or case is None:
            return
        self._awaiting = None
        case_id, paths = awaiting
        if case.id == case_id:
            # Later, because the page is about to go to its first box.
            QTimer.singleShot(0, self, partial(self._go_on, paths))

    def _go_on(self, paths: Sequence[Path]) -> None:
        self._form.go_to(IMAGES.name)
        self.add_files(paths) if paths else self.choose()

    # reading and storing

    def _take(self, sources: Sequence[Source], *, is_screenshot: bool = False) -> None:
        case, logbook = self._editing.case, self._editing.logbook
        if case is None or logbook is None:
            return
        self._view.show_refused(())
        self._view.show_progress(0, len(sources))

        def add(taken: Taken) -> None:
            self._view.show_progress(0, 0)
            if self._editing.case is case:
                self._add(taken, is_screenshot=is_screenshot)

        def fail(error: LogbookError) -> None:
            self._view.show_progress(0, 0)
            self._view.show_refused([str(error)])

        job = self._jobs.run(
            *(logbook, lambda job: _read_all(job, logbook, sources), add, fail),
            reports=True,
            changes=True,
        )
        job.progressed.connect(self._view.show_progress)
        self._reading.append(job)
        job.finished.connect(lambda: self._reading.remove(job))

    def _add(self, taken: Taken, *, is_screenshot: bool) -> None:
        case = self._editing.case
        assert case is not None
        rows = [
            fresh(
                Image,
                procedure=case.id,
                content=name,
                added_at=datetime.now(UTC),
                kind=read.picture.kind,
            )
            for name, read in taken.stored
        ]
        thumbnails = {name: read.thumbnail for name, read in taken.stored}
        had = [str(row.content_id) for row in case.images]
        twice = _repeats(had, [name for name, _ in taken.stored])
        # Whoever types on elsewhere is left alone.
        here = focused_box()
        may_move = here is None or self._view.isAncestorOf(here)
        self._view.add(rows, thumbnails)
        self._view.show_refused(str(error) for error in taken.refused)
        pictures = [read.picture for _, read in taken.stored]
        if pictures or taken.refused:
            said = said_of(pictures, taken.refused, is_screenshot=is_screenshot, twice=twice)
            self._notice.say(said.text, said.state)
        box = self._view.find_box(str(rows[0].id), Image.phase.name) if rows else None
        if box is not None and may_move:
            box.input.setFocus()

    # showing

    def _load_thumbnails(self) -> None:
        logbook, names = self._editing.logbook, self._view.missing_thumbnails()
        if logbook is None:
            return

        def work() -> dict[str, bytes]:
            from models.images.store import thumbnails

            return thumbnails(logbook, names)

        self._jobs.run(logbook, work, self._view.show_thumbnails, self._tell)

    def _tell(self, error: LogbookError) -> None:
        self._notice.say(str(error), "error")

    def _open_viewer(self, place: int) -> None:
        entries = entries_of(self._view.rows())
        self._viewer.enter(partial(self._show_images, entries, place))

    def _show_images(self, entries: tuple[ImageEntry, ...], place: int) -> None:
        from ui.widgets.image_viewer import ImageViewer

        logbook = self._editing.logbook
        if logbook is not None:
            ImageViewer(self._jobs, self._theme, logbook, entries, place, self._page).open()


def _repeats(known: Sequence[str], new: Sequence[str]) -> int:
    """How many of the new ones are there already, or come twice."""
    return len(new) - len({*new} - {*known})


def _holds_pictures(data: QMimeData) -> bool:
    return bool(dropped_files(data)) or data.hasImage()


def _read_all(job: Job, logbook: Logbook, sources: Sequence[Source]) -> Taken:
    from models.images.picture import NotAPicture
    from models.images.store import put

    stored: list[tuple[str, Read]] = []
    refused: list[LogbookError] = []
    for number, source in enumerate(sources):
        job.progress(number, len(sources))
        try:
            read = source()
        except NotAPicture as error:
            refused.append(error)
        else:
            stored.append((put(logbook, read), read))
    return Taken(tuple(stored), tuple(refused))


def _read_file(path: Path) -> Read:
    from models.images.reading import read_file

    return read_file(path)


def _read_image(image: QImage, name: str) -> Read:
    from models.images.reading import read

    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, b"PNG").write(image)
    return read(name, bytes(buffer.data().data()))
