# SPDX-License-Identifier: MIT
"""The report dialog: which report, of which cases, a preview, and the file that it becomes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from models.errors import LogbookError
from models.logbook import Logbook
from models.speech import numeral
from ui.events import LogbookEvents
from ui.filters.bar import FilterBar
from ui.filters.shelf import FilterShelf
from ui.jobs import Jobs
from ui.measures import gap, keep
from ui.printing.controls import PageTurner, fit_window, paper_box, patient_notice
from ui.reports.desk import MOST_SHOWN, Prepared, ReportDesk
from ui.reports.options import ReportOptions, ReportRequest
from ui.reports.preview import ReportPreview
from ui.reports.writing import Format
from ui.settings import Settings
from ui.theme import Theme, set_kind
from ui.topics import OUTCOMES, below, explain
from ui.widgets.message import tell_error

_SIZE = (1060, 680)
_SIDE = 250


class ReportDialog(QDialog):
    """Prepares a report, shows its pages, and saves it as PDF, ODT or HTML.

    Reading, drawing and laying out run in jobs, with progress and cancel.

    Attributes:
        options: which report is wanted.
        filters: of which cases, where a filter says so.
        preview: the page in sight.
        size_box, format_box: the paper, and what the report becomes.
        save_button, cancel_button: what can be done.
    """

    def __init__(
        self,
        theme: Theme,
        jobs: Jobs,
        settings: Settings,
        events: LogbookEvents,
        logbook: Logbook,
        request: ReportRequest,
        shelf: FilterShelf | None = None,
        now: Callable[[], datetime] = datetime.now,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        explain(self, below(OUTCOMES, "Handing on"))
        self._theme = theme
        self._settings = settings
        self._desk = ReportDesk(jobs, logbook, self, now)
        self.setWindowTitle(self.tr("Report"))
        self._shelf = shelf or FilterShelf(jobs, events, self)
        self.filters = FilterBar(jobs, theme, events, self._shelf, parent=self)
        self.filters.set_logbook(logbook)
        self.filters.set_filter(request.asked)
        self.options = ReportOptions(request, self)
        self.preview = ReportPreview(theme, self)
        self._make_controls()
        self._arrange()
        self._connect()
        fit_window(theme, self, *_SIZE)
        self._offer_operators()
        self._shelf.learn()
        self._prepare()

    @property
    def is_busy(self) -> bool:
        """Whether something is being prepared or saved."""
        return self._desk.is_busy

    @property
    def said(self) -> str:
        """What the dialog tells of the report, or of what became of it."""
        return self._state.text()

    @property
    def chosen_format(self) -> Format:
        """What the report becomes."""
        return Format(str(self.format_box.currentData()))

    def save_as(self, target: Path) -> None:
        """Write the report into this file."""
        self._settings.export_folder = target.parent
        self._desk.save(target, self.chosen_format, self.size_box.currentData())

    def done(self, result: int) -> None:
        self._desk.stop()
        super().done(result)

    # the parts

    def _make_controls(self) -> None:
        self.size_box = paper_box(self)
        self.format_box = QComboBox(self)
        self.format_box.setAccessibleName(self.tr("Kind of file"))
        for kind in Format:
            self.format_box.addItem(kind.label, kind)
        self.turner = PageTurner(self)
        self._state = QLabel(self)
        self._state.setWordWrap(True)
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self.cancel_button = QPushButton(self.tr("Cancel"), self)
        self.save_button = QPushButton(self.tr("&Save…"), self)
        self.close_button = QPushButton(self.tr("Close"), self)
        set_kind(self.save_button, "primary")
        self.save_button.setDefault(True)

    def _arrange(self) -> None:
        left = QVBoxLayout()
        left.addWidget(self.filters)
        left.addWidget(self.preview, 1)
        left.addWidget(self.turner)
        panel = QWidget(self)
        side = QVBoxLayout(panel)
        side.setContentsMargins(0, 0, 0, 0)
        side.addWidget(self.options)
        gap(self._theme, side, 8)
        side.addWidget(self.format_box)
        side.addWidget(self.size_box)
        gap(self._theme, side, 8)
        told = self.tr("Keep the file as you keep the logbook: it can hold patient data.")
        side.addWidget(patient_notice(self._theme, told, self))
        side.addStretch(1)
        side.addWidget(self._state)
        side.addWidget(self._bar)
        for button in (self.cancel_button, self.save_button, self.close_button):
            side.addWidget(button)
        layout = QHBoxLayout(self)
        layout.addLayout(left, 1)
        layout.addWidget(panel)
        keep(self._theme, panel.setFixedWidth, _SIDE)
        keep(self._theme, layout.setContentsMargins, 16, 16, 16, 16)
        keep(self._theme, layout.setSpacing, 16)
        keep(self._theme, side.setSpacing, 6)

    def _connect(self) -> None:
        self.options.changed.connect(self._prepare)
        self.filters.asked.connect(self._prepare)
        self.size_box.currentIndexChanged.connect(self._prepare)
        self._shelf.known_changed.connect(self._offer_operators)
        self.turner.turned.connect(lambda by: self.preview.turn_to(self.preview.page + by))
        self.preview.turned.connect(self._show_place)
        self.cancel_button.clicked.connect(self._cancel)
        self.save_button.clicked.connect(self._ask_file)
        self.close_button.clicked.connect(self.reject)
        self._desk.busy_changed.connect(self._show_busy)
        self._desk.progressed.connect(self._advance)
        self._desk.ready.connect(self._show_report)
        self._desk.failed.connect(self._tell)
        self._desk.finished.connect(self._state.setText)

    # what is shown

    def _offer_operators(self) -> None:
        self.options.offer_operators(self._shelf.known.get("operator", ()))

    def _show_report(self, prepared: Prepared) -> None:
        self.preview.show_pages(prepared.images, prepared.n_pages)
        report = prepared.drawn.report
        self.filters.show_found(report.n_cases if self.options.kind.takes_filter else None)
        pages = (
            self.tr("{n} pages").format(n=numeral(prepared.n_pages, ","))
            if prepared.n_pages != 1
            else self.tr("1 page")
        )
        shown = (
            self.tr("Shown are the first {n}; the file has all of them.").format(n=MOST_SHOWN)
            if prepared.n_pages > MOST_SHOWN
            else ""
        )
        self._state.setText(" ".join(filter(None, (f"{pages}.", shown))))

    def _show_place(self, number: int) -> None:
        prepared = self._desk.prepared
        count = prepared.n_pages if prepared is not None else 0
        self.turner.show_place(number, self.preview.count, count)

    def _show_busy(self, what: str) -> None:
        """``what`` is under way; "" for nothing."""
        for widget in (self._bar, self.cancel_button):
            widget.setVisible(bool(what))
        self.save_button.setVisible(not what)
        self.save_button.setEnabled(self._desk.prepared is not None)
        self._bar.setAccessibleName(what)
        if what:
            self._bar.setRange(0, 0)
            self._state.setText(what)

    def _advance(self, done: int, total: int) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    def _tell(self, error: LogbookError) -> None:
        self._state.setText(error.message)
        tell_error(self, self.tr("Report"), error, OUTCOMES)

    # what is done

    def _prepare(self) -> None:
        self.filters.setVisible(self.options.kind.takes_filter)
        self.preview.show_pages((), 0)
        wanted = self.options.wanted(self.filters.filter)
        self._desk.prepare(wanted, self.size_box.currentData())

    def _cancel(self) -> None:
        self._desk.stop()
        self._state.setText(self.tr("Stopped. Nothing was saved."))

    def _ask_file(self) -> None:
        prepared, kind = self._desk.prepared, self.chosen_format
        if prepared is None:
            return
        first = self._settings.export_folder / f"{prepared.drawn.report.file_stem}.{kind.value}"
        name, _ = QFileDialog.getSaveFileName(
            self,
            self.tr("Save report"),
            str(first),
            self.tr("{kind} files (*.{ending})").format(kind=kind.name, ending=kind.value),
        )
        if name:
            self.save_as(Path(name if Path(name).suffix else f"{name}.{kind.value}"))
