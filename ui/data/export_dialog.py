# SPDX-License-Identifier: MIT
"""Asks what to export and where to, and says in a sentence what the file will hold."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from models.logbook import Logbook
from models.query import Filter
from ui.events import LogbookEvents
from ui.filters.bar import FilterBar
from ui.filters.shelf import FilterShelf
from ui.jobs import Jobs
from ui.latest_job import LatestJob
from ui.measures import gap, give_room, keep
from ui.theme import Theme, set_kind

_WIDTH = 620


@dataclass(frozen=True, slots=True)
class ExportChoice:
    """What the user decided.

    Attributes:
        target: the file.
        case_ids: only these cases; None for all.
        asked: only cases that meet this filter.
    """

    target: Path
    case_ids: list[str] | None
    asked: Filter = field(default_factory=Filter)


@dataclass(frozen=True, slots=True)
class Scope:
    """What there is to choose from.

    Attributes:
        count: all cases.
        selected: ids of those that are selected.
        asked: the filter of the page, with which the dialog begins.
    """

    count: int
    selected: list[str]
    asked: Filter = field(default_factory=Filter)


class ExportDialog(QDialog):
    """Scope and target of a CSV export.

    Attributes:
        filters: which cases are wanted, where a filter says so.
        target: where the file is to be.
        export: the button that does it.
    """

    def __init__(
        self,
        jobs: Jobs,
        theme: Theme,
        events: LogbookEvents,
        logbook: Logbook,
        folder: Path,
        scope: Scope,
        shelf: FilterShelf | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Export"))
        self._logbook = logbook
        self._selected = scope.selected
        self._counting = LatestJob(jobs, self)
        self.filters = FilterBar(jobs, theme, events, shelf, parent=self)
        self.filters.set_logbook(logbook)
        selected = len(scope.selected)
        self._all = QRadioButton(self.tr("All cases ({n})").format(n=f"{scope.count:,}"), self)
        self._met = QRadioButton(self.tr("Cases of a filter"), self)
        self._some = QRadioButton(self.tr("Selected cases ({n})").format(n=f"{selected:,}"), self)
        self._some.setVisible(selected > 0)
        group = QButtonGroup(self)
        for scope_button in (self._all, self._met, self._some):
            group.addButton(scope_button)
        self.target = QLineEdit(str(folder / f"{logbook.name}.csv"), self)
        self.target.setAccessibleName(self.tr("File"))
        browse = QPushButton(self.tr("Browse…"), self)
        browse.clicked.connect(self._browse)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self.export = QPushButton(self.tr("Export"), self)
        set_kind(self.export, "primary")
        self._buttons.addButton(self.export, QDialogButtonBox.ButtonRole.AcceptRole)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        self.target.textChanged.connect(self.target.setToolTip)
        self.target.setToolTip(self.target.text())
        self.target.textChanged.connect(self._allow)
        self.export.setDefault(True)
        self._arrange(theme, browse)
        self._begin(scope)
        self._allow()

    @property
    def choice(self) -> ExportChoice:
        """What was chosen."""
        only = self._selected if self._some.isChecked() else None
        asked = self.filters.filter if self._met.isChecked() else Filter()
        return ExportChoice(_path_of(self.target.text().strip()), only, asked)

    def _begin(self, scope: Scope) -> None:
        """Choose what is likeliest, and follow the choice."""
        # One case is always selected, so a single one says little of what is wanted.
        proposed = self._met if scope.asked.terms else self._all
        if len(scope.selected) > 1:
            proposed = self._some
        proposed.setChecked(True)
        proposed.setFocus()
        self.filters.set_filter(scope.asked)
        self._met.toggled.connect(self._show_filter)
        self.filters.asked.connect(self._count)
        self.filters.left.connect(self.export.setFocus)
        self._show_filter(self._met.isChecked())

    def _show_filter(self, shown: bool) -> None:
        self.filters.setVisible(shown)
        if shown:
            self._count(self.filters.filter)
            self.filters.setFocus()
        give_room(self)

    def _count(self, asked: Filter) -> None:
        """Say how many cases that is, once it is known."""
        logbook = self._logbook
        if not asked.terms:
            self._counting.cancel()
            self.filters.show_found(None)
            return

        def work() -> int:
            from models.caselist import Query, case_ids

            return sum(map(len, case_ids(logbook, Query(asked))))

        self._counting.run(logbook, work, self.filters.show_found, self.filters.say)

    def _arrange(self, theme: Theme, browse: QPushButton) -> None:
        layout = QVBoxLayout(self)
        keep(theme, layout.setContentsMargins, 24, 24, 24, 24)
        keep(theme, layout.setSpacing, 8)
        title = QLabel(self.tr("Export as CSV"), self)
        set_kind(title, "title")
        about = QLabel(
            self.tr(
                "One row per treated level, with the case and the patient repeated and pain by "
                "time point. Codes, not labels; UTF-8, commas, decimal points. Names, record "
                "numbers, birth dates, notes and lot numbers are left out. Patient codes and dates "
                "are in it, so treat the file as patient data."
            ),
            self,
        )
        about.setWordWrap(True)
        set_kind(about, "muted")
        row = QHBoxLayout()
        row.addWidget(self.target, 1)
        row.addWidget(browse)
        for widget in (title, about):
            layout.addWidget(widget)
        gap(theme, layout, 8)
        for choice in (self._all, self._some, self._met):
            layout.addWidget(choice, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.filters)
        gap(theme, layout, 8)
        layout.addLayout(row)
        gap(theme, layout, 16)
        layout.addWidget(self._buttons)
        keep(theme, self.setMinimumWidth, _WIDTH)

    def _browse(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, self.tr("Export to"), self.target.text(), self.tr("CSV files (*.csv)")
        )
        if name:
            self.target.setText(name if Path(name).suffix else f"{name}.csv")

    def _allow(self) -> None:
        self.export.setEnabled(bool(self.target.text().strip()))


def _path_of(text: str) -> Path:
    try:
        return Path(text).expanduser()
    except RuntimeError:
        # The home of nobody who is known here: then it is a name like any other.
        return Path(text)
