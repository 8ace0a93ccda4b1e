# SPDX-License-Identifier: MIT
"""Asks what to export and where to, and shows what the file will hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from models.codebook_command import write_book
from models.errors import LogbookError
from models.exchange.choosing import column_names
from models.exchange.codebook import described, entries
from models.exchange.profiles import ENDINGS
from models.exchange.shapes import Shape
from models.logbook import Logbook
from models.query import Filter
from models.speech import numeral, say
from ui.data.export_choice import ExportChoice, Scope
from ui.data.export_form import ExportForm
from ui.data.export_preview import ExportPreview
from ui.data.kept_columns import KeptColumns
from ui.events import LogbookEvents
from ui.filters.bar import FilterBar
from ui.filters.shelf import FilterShelf
from ui.jobs import Jobs
from ui.latest_job import LatestJob
from ui.measures import fit_screen, gap, keep
from ui.theme import Theme, set_kind
from ui.topics import EXPORT, below, explain, set_topic

if TYPE_CHECKING:
    from models.report_command import Layout

__all__ = ["ExportChoice", "ExportDialog", "Scope"]

_WIDTH, _HEIGHT = 820, 780


class ExportDialog(QDialog):
    """Cases, form and target of an export.

    Args:
        jobs, theme, events, logbook, shelf, parent: as of every dialog.
        folder: where the file is to be, at first.
        scope: what there is to choose from.
        remembered: what was chosen last.
        layout: gives what lays a codebook out as PDF, asked in a worker; without it there is none.

    Attributes:
        filters: which cases are wanted, where a filter says so.
        form: format, rows, columns and what is said of persons.
        preview: the first rows, and what the file will hold.
        target: where the file is to be.
        export: the button that does it.
        codebook: writes what the columns mean, without any case.
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
        remembered: Mapping[str, str] | None = None,
        layout: Callable[[], Layout] | None = None,
    ) -> None:
        super().__init__(parent)
        explain(self, EXPORT)
        self.setWindowTitle(self.tr("Export"))
        self._logbook = logbook
        self._layout = layout or _no_layout
        self._theme = theme
        self._selected = scope.selected
        self._counting = LatestJob(jobs, self)
        self._counting_all = LatestJob(jobs, self)
        self._writing = LatestJob(jobs, self)
        self.filters = FilterBar(jobs, theme, events, shelf, parent=self)
        self.filters.set_logbook(logbook)
        self._all, self._met, self._some = self._scopes(scope)
        self.form = ExportForm(theme, remembered or {}, self)
        self.preview = ExportPreview(jobs, theme, logbook, self)
        self.target = QLineEdit(str(folder / f"{logbook.name}{self.form.ending()}"), self)
        self.target.setAccessibleName(self.tr("File"))
        browse = QPushButton(self.tr("Browse…"), self)
        browse.clicked.connect(self._browse)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self.export = QPushButton(self.tr("Export"), self)
        set_kind(self.export, "primary")
        self._buttons.addButton(self.export, QDialogButtonBox.ButtonRole.AcceptRole)
        self.codebook = QPushButton(self.tr("Codebook…"), self)
        set_topic(self.codebook, below(EXPORT, "Codebook"))
        self.codebook.setToolTip(self.tr("What every column means, as a page to read or print"))
        self._buttons.addButton(self.codebook, QDialogButtonBox.ButtonRole.ActionRole)
        self.codebook.clicked.connect(self._ask_for_codebook)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        self.target.textChanged.connect(self.target.setToolTip)
        self.target.setToolTip(self.target.text())
        self.target.textChanged.connect(self._allow)
        self.export.setDefault(True)
        self._arrange(browse)
        self._begin(scope)
        self._kept = KeptColumns(jobs, theme, logbook, self.form, self.preview.say)
        self._kept.offer((remembered or {}).get("columns", ""))

    @property
    def choice(self) -> ExportChoice:
        """What was chosen."""
        only = self._selected if self._some.isChecked() else None
        asked = self.filters.filter if self._met.isChecked() else Filter()
        target = _path_of(self.target.text().strip())
        return ExportChoice(target, only, asked, self.form.order(), self.form.remembered())

    def done(self, result: int) -> None:
        """Read nothing more for a dialog that is closed."""
        self.preview.stop()
        super().done(result)

    def _scopes(self, scope: Scope) -> tuple[QRadioButton, QRadioButton, QRadioButton]:
        selected = len(scope.selected)
        every = QRadioButton(self.tr("All cases"), self)
        met = QRadioButton(self.tr("Cases of a filter"), self)
        some = QRadioButton(self.tr("Selected cases ({n})").format(n=numeral(selected, ",")), self)
        some.setVisible(selected > 0)
        group = QButtonGroup(self)
        for button in (every, met, some):
            group.addButton(button)
        return every, met, some

    def _show_count(self, count: int) -> None:
        self._all.setText(self.tr("All cases ({n})").format(n=numeral(count, ",")))

    def _count_all(self) -> None:
        """For a list that had no time yet to count its cases."""
        logbook = self._logbook
        self._counting_all.run(logbook, lambda: _count_of(logbook, Filter()), self._show_count)

    def _begin(self, scope: Scope) -> None:
        """Choose what is likeliest, and follow the choice."""
        if scope.count:
            self._show_count(scope.count)
        else:
            self._count_all()
        # One case is always selected, so a single one says little of what is wanted.
        proposed = self._met if scope.asked.terms else self._all
        if len(scope.selected) > 1:
            proposed = self._some
        proposed.setChecked(True)
        proposed.setFocus()
        self.filters.set_filter(scope.asked)
        self._met.toggled.connect(self._show_filter)
        for button in (self._all, self._met, self._some):
            button.toggled.connect(self._show_order)
        self.filters.asked.connect(self._count)
        self.filters.left.connect(self.export.setFocus)
        self.form.changed.connect(self._follow_form)
        self.form.columns_wanted.connect(self._choose_columns)
        self._show_filter(self._met.isChecked())
        self._follow_form()

    def _show_filter(self, shown: bool) -> None:
        self.filters.setVisible(shown)
        if shown:
            self._count(self.filters.filter)
            self.filters.setFocus()

    def _count(self, asked: Filter) -> None:
        """Say how many cases that is, once it is known."""
        self._show_order()
        logbook = self._logbook
        if not asked.terms:
            self._counting.cancel()
            self.filters.show_found(None)
            return

        self._counting.run(
            logbook,
            lambda: _count_of(logbook, asked),
            self.filters.show_found,
            self.filters.say,
        )

    def _follow_form(self) -> None:
        """Give the file the ending of the format, unless the user chose one of their own."""
        target = _path_of(self.target.text().strip())
        if target.suffix.casefold() in ENDINGS:
            self.target.setText(str(target.with_suffix(self.form.ending())))
        self._show_order()
        self._allow()

    def _show_order(self) -> None:
        try:
            choice = self.choice
        except LogbookError as error:
            self.preview.say(error)
            return
        self.preview.show_order(choice.order())

    def _choose_columns(self) -> None:
        order = self.form.order()
        chosen = order.columns if order.columns is not None else column_names(order.shape)
        self._kept.ask(list(entries(described(Shape(order.shape)))), chosen)

    def _arrange(self, browse: QPushButton) -> None:
        theme = self._theme
        page = QWidget(self)
        set_kind(page, "page")
        content = QVBoxLayout(page)
        content.setContentsMargins(0, 0, 0, 0)
        keep(theme, content.setSpacing, 8)
        title = QLabel(self.tr("Export"), self)
        set_kind(title, "title")
        about = QLabel(
            self.tr("Choose the cases and the form of the file; below is what it will hold."),
            self,
        )
        about.setWordWrap(True)
        set_kind(about, "muted")
        for widget in (title, about):
            content.addWidget(widget)
        gap(theme, content, 4)
        for choice in (self._all, self._some, self._met):
            content.addWidget(choice, 0, Qt.AlignmentFlag.AlignLeft)
        content.addWidget(self.filters)
        gap(theme, content, 4)
        content.addWidget(self.form)
        gap(theme, content, 4)
        content.addWidget(self.preview, 1)
        row = QHBoxLayout()
        row.addWidget(self.target, 1)
        row.addWidget(browse)
        layout = QVBoxLayout(self)
        keep(theme, layout.setContentsMargins, 24, 24, 24, 24)
        keep(theme, layout.setSpacing, 12)
        layout.addWidget(_scrolled(page, self), 1)
        layout.addLayout(row)
        layout.addWidget(self._buttons)
        # What there is no room for scrolls.
        fit_screen(theme, self, _WIDTH, _HEIGHT)

    def _browse(self) -> None:
        ending = self.form.ending()
        name, _ = QFileDialog.getSaveFileName(
            self,
            self.tr("Export to"),
            self.target.text(),
            self.tr("{kind} files (*{ending})").format(kind=ending[1:].upper(), ending=ending),
        )
        if name:
            self.target.setText(name if Path(name).suffix else f"{name}{ending}")

    def _ask_for_codebook(self) -> None:
        page, table = self.tr("Page (*.html)"), self.tr("CSV files (*.csv)")
        kinds = ";;".join((self.tr("PDF files (*.pdf)"), page, self.tr("Markdown (*.md)"), table))
        proposed = str(_path_of(self.target.text().strip()).with_name("codebook.pdf"))
        name, _ = QFileDialog.getSaveFileName(self, self.tr("Codebook"), proposed, kinds)
        if name:
            self.write_codebook(Path(name) if Path(name).suffix else Path(f"{name}.pdf"))

    def write_codebook(self, target: Path) -> None:
        """Write what the columns of the chosen rows mean."""
        shape, layout = Shape(self.form.order().shape), self._layout
        told = self.tr("The codebook is in {file}.").format(file=target)

        def work() -> None:
            write_book(target, shape, layout)

        self._writing.run(self._logbook, work, lambda _: self.preview.tell(told), self.preview.say)

    def _allow(self) -> None:
        self.export.setEnabled(bool(self.target.text().strip()))


def _no_layout() -> Layout:
    raise LogbookError(say("Pages cannot be laid out here."), say("Let the name end in .html."))


def _count_of(logbook: Logbook, asked: Filter) -> int:
    from models.caselist import Query, case_ids

    return sum(map(len, case_ids(logbook, Query(asked))))


def _scrolled(page: QWidget, parent: QWidget) -> QScrollArea:
    area = QScrollArea(parent)
    area.setAccessibleName(parent.windowTitle())
    area.setWidget(page)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
    return area


def _path_of(text: str) -> Path:
    try:
        return Path(text).expanduser()
    except RuntimeError:
        # The home of nobody who is known here: then it is a name like any other.
        return Path(text)
