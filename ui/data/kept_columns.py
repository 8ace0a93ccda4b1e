# SPDX-License-Identifier: MIT
"""Sets of columns under their names: offered to an export, saved, renamed and deleted."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject

from models.exchange.codebook import Entry
from models.exchange.column_sets import ColumnSet, delete_set, list_sets, rename_set, save_set
from models.logbook import Logbook
from ui.data.columns_dialog import ColumnsDialog
from ui.data.export_form import ExportForm
from ui.jobs import Failed, Jobs
from ui.latest_job import LatestJob
from ui.theme import Theme


class KeptColumns(QObject):
    """Keeps what a form offers the same as what the logbook keeps.

    Args:
        form: offers the sets.
        failed: is told why they cannot be read or saved.
    """

    def __init__(
        self, jobs: Jobs, theme: Theme, logbook: Logbook, form: ExportForm, failed: Failed
    ) -> None:
        super().__init__(form)
        self._theme, self._logbook, self._form = theme, logbook, form
        self._failed = failed
        self._once: list[ColumnSet] = []
        self._job = LatestJob(jobs, self)

    def offer(self, chosen: str) -> None:
        """Offer all that are kept, and choose the one of this name."""
        self._change(lambda: chosen, lambda _: None, self._failed)

    def ask(self, told: Sequence[Entry], chosen: Sequence[str]) -> None:
        """Let columns be chosen, and what is kept be changed."""
        name = self._form.remembered()["columns"]
        if name in (once.name for once in self._once):
            name = ""
        dialog = ColumnsDialog(self._theme, told, chosen, name, self._form.window())
        dialog.accepted.connect(lambda: self._save(dialog.name.text(), dialog.columns()))
        dialog.once_wanted.connect(lambda: self._use_once(dialog.columns()))
        dialog.rename_wanted.connect(lambda old, new: self._rename(dialog, old, new))
        dialog.delete_wanted.connect(lambda old: self._delete(dialog, old))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _use_once(self, columns: Sequence[str]) -> None:
        """These columns stand beside what is kept, as long as the form is there."""
        name = self.tr("Chosen for this export")
        self._once = [ColumnSet(name, tuple(columns))]
        self.offer(name)

    def _save(self, name: str, columns: Sequence[str]) -> None:
        logbook = self._logbook
        self._change(lambda: save_set(logbook, name, columns).name, lambda _: None, self._failed)

    def _rename(self, dialog: ColumnsDialog, old: str, new: str) -> None:
        logbook = self._logbook
        self._change(lambda: rename_set(logbook, old, new), dialog.show_renamed, dialog.notice.warn)

    def _delete(self, dialog: ColumnsDialog, old: str) -> None:
        logbook = self._logbook

        def work() -> str:
            delete_set(logbook, old)
            return ""

        self._change(work, lambda _: dialog.show_deleted(), dialog.notice.warn)

    def _change(self, work: Callable[[], str], done: Callable[[str], None], failed: Failed) -> None:
        """Change what is kept, and offer what there is then, with what ``work`` names chosen."""
        logbook = self._logbook

        def both() -> tuple[str, list[ColumnSet]]:
            return work(), list_sets(logbook)

        def show(found: tuple[str, list[ColumnSet]]) -> None:
            name, kept = found
            self._form.set_columns([*kept, *self._once], name)
            done(name)

        self._job.run(logbook, both, show, failed)
