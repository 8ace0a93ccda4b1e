# SPDX-License-Identifier: MIT
"""Opens the history of a case, asks before something is brought back, and does it in a job."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from models.case import Saved, restore_case
from models.errors import LogbookError
from models.history import (
    Cell,
    History,
    RowGone,
    Version,
    read_history,
    restore,
    restore_field,
)
from models.history.restoring import earlier
from models.logbook import Logbook
from ui.clipboard import copy_rows
from ui.history.dialog import HistoryDialog, about_version
from ui.topics import ENTRY, below
from ui.widgets.message import is_wanted
from ui.widgets.version_text import change_count, tr, value
from ui.widgets.why_dialog import WhyDialog
from ui.workplace import Workplace

MayChange = Callable[[str], bool]


class HistoryDesk(QObject):
    """One history is open at a time.

    Signals:
        changed: (id of a case) something of it was brought back or failed to be; whoever holds
            the case reads it anew.

    Args:
        may_change: asked with the id of a case before it is changed; False holds it back.
    """

    changed = Signal(str)

    def __init__(self, place: Workplace, may_change: MayChange) -> None:
        super().__init__(place.window)
        self._place = place
        self._may_change = may_change
        self._logbook: Logbook | None = None
        self._case_id = ""
        self.dialog: HistoryDialog | None = None
        events = place.events
        events.opened.connect(self._forget_logbook)
        events.case_saved.connect(self._refresh)
        events.cases_changed.connect(self._refresh)
        events.settings_changed.connect(lambda _settings: self._refresh())

    def open(self, logbook: Logbook, case_id: str) -> None:
        """Show the history of a case."""
        self.close()
        self._logbook, self._case_id = logbook, case_id
        self._read(newest=True)

    def close(self) -> None:
        """Show none."""
        if self.dialog is not None:
            self.dialog.close()

    def _forget_logbook(self) -> None:
        """What is still being read is of a logbook that is closed now, or locked."""
        self._logbook, self._case_id = None, ""
        self.close()

    # reading

    def _refresh(self, case_id: str = "") -> None:
        if self.dialog is not None and case_id in ("", self._case_id):
            self._read(newest=False)

    def _read(self, *, newest: bool) -> None:
        logbook, case_id = self._logbook, self._case_id
        if logbook is None:
            return
        self._place.jobs.run(
            logbook,
            lambda: read_history(logbook, case_id),
            lambda history: self._show(history, newest=newest),
            self._place.tell,
        )

    def _show(self, history: History, *, newest: bool) -> None:
        if history.case_id != self._case_id:
            return
        if self.dialog is None:
            self.dialog = self._make()
            self.dialog.show()
        self.dialog.show_history(history, newest=newest)
        self.dialog.versions.setFocus()

    def _make(self) -> HistoryDialog:
        dialog = HistoryDialog(self._place.theme, self._place.window)
        dialog.version_wanted.connect(self._ask_version)
        dialog.value_wanted.connect(self._ask_value)
        dialog.unbin_wanted.connect(self._unbin)
        dialog.copy_wanted.connect(self._copy)
        dialog.finished.connect(self._forget)
        return dialog

    def _copy(self, text: str, rows: int) -> None:
        if (logbook := self._logbook) is not None:
            what, place = "Rows of the history of a case", self._place
            copy_rows(place.jobs, logbook, what, text, rows, place.tell)

    def _forget(self) -> None:
        self.dialog = None
        self._place.window.activateWindow()

    # bringing back

    def _ask_version(self, version: Version) -> None:
        if self.dialog is None or (history := self.dialog.history) is None:
            return
        today, then = history.present, history.document(version.number)
        count = len(history.lines(today, earlier(history, version.number)))
        title = tr("Bring this version back?")
        about = f"{about_version(version)}\n{change_count(count)}. " + tr(
            "It becomes a new version; nothing is lost."
        )
        question = self._question(history, title, about)
        cells = [line.cell for line in history.lines(today, then) if line.cell.is_person]
        if any(not (cell.is_name and history.hides_names) for cell in cells):
            question.offer_extra(
                _patient_words(history, any(cell.is_name for cell in cells)),
                checked=not history.other_cases,
            )
        self._ask(
            question,
            lambda logbook, reason, with_patient: restore(
                logbook, history.case_id, version.number, reason, with_patient=with_patient
            ),
        )

    def _ask_value(self, version: Version, cell: Cell) -> None:
        if self.dialog is None or (history := self.dialog.history) is None:
            return
        title, about = self._named(history, version, cell)
        if cell.is_person and history.other_cases:
            about += "\n" + _shared_words(history.other_cases)
        question = self._question(history, title, about)
        self._ask(
            question,
            lambda logbook, reason, _with_patient: restore_field(
                logbook, history.case_id, version.number, cell, reason
            ),
            lambda gone: self._ask_row(version, cell, gone),
        )

    def _named(self, history: History, version: Version, cell: Cell) -> tuple[str, str]:
        """The question and what it is about."""
        then = history.document(version.number)
        for line in history.lines(history.present, then):
            if line.cell == cell or (line.cell.key == cell.key and line.cell.is_row):
                if line.cell.is_row:
                    title = tr("Bring {place} back?") if line.after else tr("Take {place} out?")
                    return title.format(place=line.place), line.after or line.before
                title = tr("{place}: bring {field} back?")
                return (
                    title.format(place=line.place, field=line.label),
                    f"{value(line.before)} → {value(line.after)}",
                )
        return tr("Bring this value back?"), tr("It is the same today.")

    def _ask_row(self, version: Version, cell: Cell, gone: RowGone) -> None:
        parent = self.dialog or self._place.window
        told = f"{gone.message} {tr('Bring the whole row back?')}"
        if is_wanted(parent, tr("Bring back"), told, topic=below(ENTRY, "Afterwards")):
            self._ask_value(version, Cell(cell.table, cell.row_id))

    def _unbin(self) -> None:
        case_id = self._case_id
        self._run(lambda logbook: restore_case(logbook, case_id))

    def _question(self, history: History, title: str, about: str) -> WhyDialog:
        return WhyDialog(
            self._place.theme,
            title,
            about,
            tr("Bring back"),
            self.dialog,
            needs_reason=history.needs_reason,
        )

    def _ask(
        self,
        question: WhyDialog,
        work: Callable[[Logbook, str, bool], Saved],
        on_gone: Callable[[RowGone], None] | None = None,
    ) -> None:
        def accept() -> None:
            reason, with_patient = question.reason, question.with_extra
            self._run(lambda logbook: work(logbook, reason, with_patient), on_gone)

        question.accepted.connect(accept)
        question.finished.connect(self._return)
        if (logbook := self._logbook) is not None:
            question.offer_recent(self._place.jobs, logbook)
        question.open()

    def _return(self) -> None:
        """The history has the keyboard again."""
        if self.dialog is not None:
            self.dialog.activateWindow()

    def _run(
        self,
        work: Callable[[Logbook], Saved],
        on_gone: Callable[[RowGone], None] | None = None,
    ) -> None:
        logbook, case_id = self._logbook, self._case_id
        if logbook is None or not self._may_change(case_id):
            return
        self._place.jobs.run(
            logbook,
            partial(work, logbook),
            lambda _saved: self._done(case_id),
            lambda error: self._fail(case_id, error, on_gone),
            changes=True,
        )

    def _done(self, case_id: str) -> None:
        self.changed.emit(case_id)
        self._place.events.case_saved.emit(case_id)

    def _fail(
        self, case_id: str, error: LogbookError, on_gone: Callable[[RowGone], None] | None
    ) -> None:
        self.changed.emit(case_id)
        if isinstance(error, RowGone) and on_gone is not None:
            on_gone(error)
        else:
            self._place.tell(error)


def _patient_words(history: History, names_differ: bool) -> str:
    words = [tr("Also the fields of the patient")]
    if names_differ and history.hides_names:
        words.append(tr("Names and record numbers stay as they are: they are switched off."))
    if history.other_cases:
        words.append(_shared_words(history.other_cases))
    return f"{words[0]}. {' '.join(words[1:])}" if len(words) > 1 else words[0]


def _shared_words(others: int) -> str:
    if others == 1:
        return tr("1 other case of the patient changes too.")
    return tr("{n} other cases of the patient change too.").format(n=others)
