# SPDX-License-Identifier: MIT
"""Opens the import wizard and the dialog that merges a logbook, for what is dropped too."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QDropEvent

from models.access.needs import why_not
from models.logbook import DATABASE_NAME
from models.query import Filter, parse
from models.query.field import IMPORT
from ui.ahead import Room
from ui.history.saved_undo import SavedUndo
from ui.permits import refuses
from ui.session import Session
from ui.settings import Settings
from ui.widgets.dropped_files import TABLE_ENDINGS, dropped_files
from ui.workplace import Workplace

if TYPE_CHECKING:
    from models.importing.starting import Done
    from ui.importing.merge_dialog import MergeLogbookDialog
    from ui.importing.wizard import ImportWizard


class ImportDesk(QObject):
    """Imports into the open logbook.

    Args:
        place: where the wizard is shown, and by what it works.
        session: which logbook is open.
        settings: which files were taken last.
        saved: undo of what was saved.
        may_leave: whether nothing that is not saved holds the user back; asks where it does.
        list_cases: shows the cases of a filter.
    """

    def __init__(
        self,
        place: Workplace,
        session: Session,
        settings: Settings,
        saved: SavedUndo,
        may_leave: Callable[[], bool],
        list_cases: Callable[[Filter], None],
    ) -> None:
        super().__init__(place.window)
        self._place = place
        self._session = session
        self._settings = settings
        self._saved = saved
        self._may_leave = may_leave
        self._list_cases = list_cases
        # Loaded with the first import, so that a window opens without them.
        self._wizard = Room(place.jobs, self, "ui.importing.wizard")
        self._merging = Room(place.jobs, self, "ui.importing.merge_dialog")
        place.window.installEventFilter(self)

    def ask(self, file: Path | None = None) -> None:
        """Open the wizard, with this file."""
        self._wizard.enter(partial(self._open_wizard, file))

    def ask_logbook(self, folder: Path | None = None) -> None:
        """Open the dialog that merges another logbook, with this one named."""
        self._merging.enter(partial(self._open_merging, folder))

    def _open_wizard(self, file: Path | None) -> None:
        from ui.importing.wizard import ImportWizard

        logbook = self._session.logbook
        if logbook is None or refuses(self, "import") or not self._may_leave():
            return
        wizard = ImportWizard(
            self._place.theme, self._place.jobs, self._settings, logbook, self._place.window
        )
        wizard.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        wizard.written.connect(self._tell_written)
        wizard.undo_wanted.connect(self._saved.undo_import)
        self._follow(wizard)
        wizard.cases_wanted.connect(lambda number: self._show_cases(wizard, number))
        wizard.open()
        if file is not None:
            wizard.open_file(file)

    def _open_merging(self, folder: Path | None) -> None:
        from ui.importing.merge_dialog import MergeLogbookDialog

        logbook = self._session.logbook
        if logbook is None or refuses(self, "merge_logbook") or not self._may_leave():
            return
        dialog = MergeLogbookDialog(
            self._place.theme, self._place.jobs, self._settings, logbook, self._place.window
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.written.connect(lambda done: self._place.events.cases_changed.emit())
        dialog.undo_wanted.connect(self._saved.undo_import)
        self._follow(dialog)
        dialog.open()
        if folder is not None:
            dialog.where.place.setText(str(folder))
            dialog.next.setFocus()

    def _follow(self, dialog: ImportWizard | MergeLogbookDialog) -> None:
        """Let the dialog show how its import is taken back, and whether it was."""
        self._saved.undone.connect(dialog.ending.show_undone)
        self._saved.started.connect(dialog.follow)
        dialog.stop_wanted.connect(self._saved.stop)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop):
            assert isinstance(event, QDropEvent)
            if (file := self._dropped(event)) is not None:
                event.acceptProposedAction()
                if kind == QEvent.Type.Drop:
                    self.ask_logbook(file) if file.is_dir() else self.ask(file)
                return True
        return super().eventFilter(watched, event)

    def _show_cases(self, wizard: ImportWizard, number: int) -> None:
        wizard.close()
        self._list_cases(parse(f"{IMPORT}:{number}"))

    def _dropped(self, event: QDropEvent) -> Path | None:
        """The table or the folder of another logbook that is dropped; None for anything else."""
        files = dropped_files(event.mimeData())
        logbook = self._session.logbook
        if logbook is None or len(files) != 1:
            return None
        (file,) = files
        if (file / DATABASE_NAME).is_file():
            is_own = logbook.has_files and file.resolve() == logbook.folder.resolve()
            return None if is_own or why_not(logbook.door, "merge_logbook") else file
        is_table = file.suffix.casefold() in TABLE_ENDINGS
        return file if is_table and not why_not(logbook.door, "import") else None

    def _tell_written(self, done: Done) -> None:
        if done.written.new or done.written.changed:
            self._place.events.cases_changed.emit()
