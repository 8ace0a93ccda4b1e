# SPDX-License-Identifier: MIT
"""Makes one patient of two records of a person, and two again: find, compare, merge, undo."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

import shiboken6
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from models.errors import LogbookError
from models.logbook import Logbook
from models.merges import PastMerge, past_merges
from models.merging import Merged, Preview, merge, preview
from models.patients import Similar, load_person, patients_of
from models.unmerging import undo_merge
from ui.jobs import Jobs
from ui.patients.compare_page import ComparePage
from ui.patients.find_page import FindPage
from ui.patients.past_page import PastMerges
from ui.permits import guard
from ui.theme import Theme, set_kind, set_state
from ui.topics import CASES, below, explain

_SIZE = (620, 560)
_SHARE = 0.9  # of the screen, at most


class _Known(NamedTuple):
    patient_id: str
    code: str


class MergeDialog(QDialog):
    """Goes from the first patient to the second, to both side by side, and tells how it ended.

    Attributes:
        finder, compare, past: the parts.
        merge_button, swap_button, back_button, undo_button: what can be done.

    Signals:
        changed: patients were merged, or a merge was undone.
    """

    changed = Signal()

    def __init__(
        self,
        theme: Theme,
        jobs: Jobs,
        logbook: Logbook,
        case_ids: Sequence[str],
        parent: QWidget | None = None,
        *,
        stores_names: bool,
    ) -> None:
        super().__init__(parent)
        explain(self, below(CASES, "Patients"))
        self.setWindowTitle(self.tr("Merge patients"))
        self._jobs = jobs
        self._logbook = logbook
        self._keep: _Known | None = None
        self._shown: Preview | None = None
        self._last = 0
        self._is_writing = False
        self.finder = FindPage(theme, jobs, logbook, self, stores_names=stores_names)
        self.compare = ComparePage(theme, self, stores_names=stores_names)
        self.past = PastMerges(theme, self)
        self._notice = QFrame(self)
        self._said = QLabel(self._notice)
        self.undo_button = QPushButton(self.tr("Undo"), self._notice)
        self.back_button = QPushButton(self.tr("Back"), self)
        self.swap_button = QPushButton(self)
        self.merge_button = QPushButton(self.tr("Merge"), self)
        self.close_button = QPushButton(self.tr("Close"), self)
        for button in (self.undo_button, self.merge_button):
            guard(button, "merge_patients")
        self._stack = QStackedWidget(self)
        self._arrange(theme)
        self._connect()
        room = self.screen().availableSize()
        wanted = QSize(theme.px(_SIZE[0]), theme.px(_SIZE[1]))
        self.resize(wanted.boundedTo(room * _SHARE))
        self._read_past()
        self._begin(case_ids)

    @property
    def said(self) -> str:
        """What the bar says; "" while there is none."""
        return "" if self._notice.isHidden() else self._said.text()

    def reject(self) -> None:
        # Whoever waits for news of a change is told before the dialog is gone.
        if not self._is_writing:
            super().reject()

    # who

    def _begin(self, case_ids: Sequence[str]) -> None:
        logbook = self._logbook

        def work() -> list[_Known]:
            people = [load_person(logbook, one) for one in patients_of(logbook, case_ids)]
            return [
                _Known(str(one.patient.id), one.patient.patient_code or "") for one in people if one
            ]

        def start(known: list[_Known]) -> None:
            self._keep = known[0] if known else None
            if len(known) == 2:
                self._look_at(known[0].patient_id, known[1].patient_id)
            else:
                self._ask()

        self._run(work, start)

    def _ask(self) -> None:
        self._shown = None
        self._stack.setCurrentWidget(self.finder)
        if self._keep is None:
            self.finder.ask(self.tr("Which patient is kept?"))
        else:
            code = self._keep.code or self.tr("the patient without a code")
            question = self.tr("Who is the same person as {code}?").format(code=code)
            self.finder.ask(question, self._keep.patient_id)
        self._show_buttons()

    def _take(self, patient: Similar) -> None:
        if self._keep is None:
            self._keep = _Known(patient.patient_id, patient.code)
            self._ask()
        else:
            self._look_at(self._keep.patient_id, patient.patient_id)

    def _back(self) -> None:
        if self._shown is None:
            self._keep = None
        self._ask()

    def _swap(self) -> None:
        if self._shown is not None:
            keep, other = self._shown.other, self._shown.keep
            self._keep = _Known(keep.patient_id, keep.code)
            self._look_at(keep.patient_id, other.patient_id)

    # what would be done

    def _look_at(self, keep_id: str, other_id: str) -> None:
        logbook = self._logbook
        self._run(lambda: preview(logbook, keep_id, other_id), self._show_preview)

    def _show_preview(self, shown: Preview) -> None:
        self._shown = shown
        self._notice.hide()
        self.compare.show_preview(shown)
        self._stack.setCurrentWidget(self.compare)
        other = shown.other.code or self.tr("the other")
        self.swap_button.setText(self.tr("Keep {code} instead").format(code=other))
        self._show_buttons()
        self.compare.focus_first()

    # doing and undoing

    def _merge(self) -> None:
        logbook, shown = self._logbook, self._shown
        if shown is None:
            return
        choices, reason = self.compare.choices, self.compare.reason_box.text().strip()
        self._write(lambda: merge(logbook, shown, choices, reason), self._tell_merged)

    def _tell_merged(self, done: Merged) -> None:
        self._last = done.number
        nameless = self.tr("a patient without a code")
        self._tell(
            self.tr("Merged {other} into {keep}. Cases moved: {n}.").format(
                other=done.other_code or nameless, keep=done.keep_code or nameless, n=done.moved
            )
        )
        self.undo_button.show()
        self._after_change()
        self.undo_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _undo(self, number: int) -> None:
        logbook = self._logbook
        self._write(lambda: undo_merge(logbook, number), self._tell_undone)

    def _tell_undone(self, _nothing: None) -> None:
        self._tell(self.tr("The merge was undone. Both patients are as they were."))
        self._after_change()

    def _write(self, work: Callable, done: Callable) -> None:
        self._is_writing = True
        self.merge_button.setEnabled(False)
        self._run(work, done)

    def _after_change(self) -> None:
        self._is_writing = False
        self.changed.emit()
        self._keep = None
        self.compare.reason_box.clear()
        self._read_past()
        self._ask()

    def _read_past(self) -> None:
        logbook = self._logbook

        def show(merges: list[PastMerge]) -> None:
            self.past.show_merges(merges)

        self._run(lambda: past_merges(logbook), show)

    # saying

    def _tell(self, text: str, state: str = "") -> None:
        self._said.setText(text)
        self._notice.setAccessibleName(text)
        set_state(self._notice, state)
        self.undo_button.hide()
        self._notice.show()

    def _fail(self, error: LogbookError) -> None:
        self._is_writing = False
        self._tell(f"{error.message} {error.cure}".strip(), "error")
        self._show_buttons()

    def _run(self, work: Callable, done: Callable) -> None:
        # The dialog may have been closed by then, and nothing of it may be touched any more.
        def deliver(act: Callable, value: object) -> None:
            if shiboken6.isValid(self):
                act(value)

        self._jobs.run(self._logbook, work, partial(deliver, done), partial(deliver, self._fail))

    def _show_buttons(self) -> None:
        compares = self._shown is not None
        self.back_button.setVisible(compares or self._keep is not None)
        self.swap_button.setVisible(compares)
        self.merge_button.setVisible(compares)
        self.merge_button.setEnabled(compares)
        self.past.setVisible(not compares and bool(self.past.list.count()))

    # putting together

    def _arrange(self, theme: Theme) -> None:
        set_kind(self._notice, "notice")
        set_kind(self.merge_button, "primary")
        for button in (self.back_button, self.swap_button, self.close_button, self.undo_button):
            button.setAutoDefault(False)
        self._said.setWordWrap(True)
        self._said.setTextFormat(Qt.TextFormat.PlainText)
        bar = QHBoxLayout(self._notice)
        bar.setContentsMargins(*(theme.space(3), theme.px(6)) * 2)
        bar.addWidget(self._said, 1)
        bar.addWidget(self.undo_button)
        self._stack.addWidget(self.finder)
        self._stack.addWidget(self.compare)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.space(2))
        buttons.addWidget(self.back_button)
        buttons.addWidget(self.swap_button)
        buttons.addStretch(1)
        buttons.addWidget(self.merge_button)
        buttons.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(theme.space(6),) * 4)
        layout.setSpacing(theme.space(3))
        layout.addWidget(self._notice)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self.past)
        layout.addLayout(buttons)
        self._notice.hide()
        self._show_buttons()

    def _connect(self) -> None:
        self.finder.chosen.connect(self._take)
        self.back_button.clicked.connect(self._back)
        self.swap_button.clicked.connect(self._swap)
        self.merge_button.clicked.connect(self._merge)
        self.close_button.clicked.connect(self.reject)
        self.undo_button.clicked.connect(lambda: self._undo(self._last))
        self.past.undo_wanted.connect(self._undo)
