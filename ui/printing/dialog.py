# SPDX-License-Identifier: MIT
"""The print dialog: a preview beside the paper, and ways to a printer or a PDF file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QLocale, Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from models.errors import LogbookError
from models.logbook import Logbook
from models.speech import numeral
from ui.jobs import Jobs
from ui.measures import gap, keep
from ui.printing.controls import PageTurner, fit_window, paper_box, patient_notice
from ui.printing.desk import Desk
from ui.printing.listing import Listing, Progress
from ui.printing.paper import SheetSize
from ui.printing.preview import PagePreview
from ui.printing.typeset import Pages
from ui.settings import Settings
from ui.theme import Theme, set_kind
from ui.topics import CASES
from ui.widgets.flowing import FlowingLine
from ui.widgets.message import tell_error
from ui.widgets.steady_scroll import SteadyScrollArea

_SIZE = (980, 640)
_SIDE = 230


@dataclass(frozen=True, slots=True)
class PrintRequest:
    """What is to be printed, and what is said and written down about it.

    Attributes:
        read: makes the list, in a job of its own with the logbook open; tells how far it is.
        file_name: what a PDF file is called at first, without a folder.
        notice: whose data it holds and what follows from that.
        note: (how, rows) writes down that it leaves the program, in a job with the logbook open,
            before it does; if it raises, nothing leaves.
    """

    read: Callable[[Progress], Listing]
    file_name: str
    notice: str
    note: Callable[[str, int], None]


class PrintDialog(QDialog):
    """Shows the pages of a list, prints them, or saves them as a PDF file.

    Reading, setting and printing run in jobs, with progress and cancel.

    Attributes:
        preview: the page in sight.
        size_box, upright, across: the paper.
        print_button, pdf_button, cancel_button: what can be done.
    """

    def __init__(
        self,
        theme: Theme,
        jobs: Jobs,
        settings: Settings,
        logbook: Logbook,
        request: PrintRequest,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._settings = settings
        self._request = request
        self._desk = Desk(jobs, logbook, request.read, request.note, self)
        self.setWindowTitle(self.tr("Print"))
        self.preview = PagePreview(theme, self)
        self._make_controls()
        self._arrange()
        self._connect()
        fit_window(theme, self, *_SIZE)
        self._desk.prepare(SheetSize.usual(QLocale()), lies=None)

    @property
    def is_busy(self) -> bool:
        """Whether something is being read, set or printed."""
        return self._desk.is_busy

    @property
    def said(self) -> str:
        """What the dialog tells of the list, or of what became of it."""
        return self._state.text()

    def save_pdf(self, target: Path) -> None:
        """Write the pages into this file."""
        self._settings.export_folder = target.parent
        self._desk.save(target)

    def done(self, result: int) -> None:
        self._desk.stop()
        super().done(result)

    # the parts

    def _make_controls(self) -> None:
        self.size_box = paper_box(self)
        self.upright = QRadioButton(self.tr("P&ortrait"), self)
        self.across = QRadioButton(self.tr("&Landscape"), self)
        ways = QButtonGroup(self)
        ways.addButton(self.upright)
        ways.addButton(self.across)
        self.wide = QPushButton(self.tr("Page &width"), self)
        self.wide.setCheckable(True)
        self.wide.setToolTip(self.tr("Show the page large enough to be read"))
        self.turner = PageTurner(self)
        self._state = QLabel(self)
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self.cancel_button = QPushButton(self.tr("Cancel"), self)
        self.print_button = QPushButton(self.tr("&Print…"), self)
        self.pdf_button = QPushButton(self.tr("&Save as PDF…"), self)
        self.close_button = QPushButton(self.tr("Close"), self)
        set_kind(self.print_button, "primary")
        self.print_button.setDefault(True)

    def _arrange(self) -> None:
        self.turner.row.addWidget(self.wide)
        ways = FlowingLine(self._theme, self.upright, self.across)
        left = QVBoxLayout()
        left.addWidget(self.preview, 1)
        left.addWidget(self.turner)
        panel = QWidget(self)
        side = QVBoxLayout(panel)
        side.setContentsMargins(0, 0, 0, 0)
        side.addWidget(self._what_is_told(ways), 1)
        side.addWidget(self._bar)
        side.addWidget(self.cancel_button)
        for button in (self.print_button, self.pdf_button, self.close_button):
            side.addWidget(button)
        layout = QHBoxLayout(self)
        layout.addLayout(left, 1)
        layout.addWidget(panel)
        keep(self._theme, panel.setFixedWidth, _SIDE)
        keep(self._theme, layout.setContentsMargins, 16, 16, 20, 16)
        keep(self._theme, layout.setSpacing, 16)
        keep(self._theme, side.setSpacing, 6)

    def _what_is_told(self, ways: QWidget) -> QWidget:
        """What stands above the buttons; on a small screen with large text it scrolls."""
        told = QWidget(self)
        set_kind(told, "page")
        lines = QVBoxLayout(told)
        lines.setContentsMargins(0, 0, 0, 0)
        keep(self._theme, lines.setSpacing, 6)
        self._state.setWordWrap(True)
        lines.addWidget(self._state)
        gap(self._theme, lines, 8)
        heading = QLabel(self.tr("Paper"), self)
        set_kind(heading, "heading")
        lines.addWidget(heading)
        lines.addWidget(self.size_box)
        lines.addWidget(ways)
        gap(self._theme, lines, 8)
        lines.addWidget(patient_notice(self._theme, self._request.notice, self))
        lines.addStretch(1)
        area = SteadyScrollArea(self)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setAccessibleName(self.windowTitle())
        area.setWidget(told)
        return area

    def _connect(self) -> None:
        self.size_box.currentIndexChanged.connect(self._set_anew)
        self.across.toggled.connect(self._set_anew)
        self.wide.toggled.connect(lambda on: self.preview.fill_width(on=on))
        self.turner.turned.connect(lambda by: self.preview.turn_to(self.preview.page + by))
        self.preview.turned.connect(self._show_place)
        self.cancel_button.clicked.connect(self._cancel)
        self.print_button.clicked.connect(self._ask_printer)
        self.pdf_button.clicked.connect(self._ask_file)
        self.close_button.clicked.connect(self.reject)
        self._desk.busy_changed.connect(self._show_busy)
        self._desk.progressed.connect(self._advance)
        self._desk.ready.connect(self._show_pages)
        self._desk.failed.connect(self._tell)
        self._desk.finished.connect(self._state.setText)

    # what is shown

    def _show_pages(self, pages: Pages) -> None:
        for box in (self.size_box, self.upright, self.across):
            box.blockSignals(True)
        self.size_box.setCurrentIndex(list(SheetSize).index(self._desk.size))
        (self.across if pages.paper.is_landscape else self.upright).setChecked(True)
        for box in (self.size_box, self.upright, self.across):
            box.blockSignals(False)
        self.preview.show_pages(pages)
        count = len(pages.rows)
        rows = self.tr("1 row") if count == 1 else self.tr("{n} rows").format(n=numeral(count, ","))
        told = (
            self.tr("{rows} on 1 page") if pages.count == 1 else self.tr("{rows} on {pages} pages")
        )
        self._state.setText(told.format(rows=rows, pages=numeral(pages.count, ",")))

    def _show_place(self, number: int) -> None:
        count = self.preview.pages.count if self.preview.pages is not None else 0
        self.turner.show_place(number, count, count)

    def _show_busy(self, what: str) -> None:
        """``what`` is under way; "" for nothing."""
        for widget in (self._bar, self.cancel_button):
            widget.setVisible(bool(what))
        for button in (self.print_button, self.pdf_button):
            button.setVisible(not what)
        self._bar.setAccessibleName(what)
        if what:
            self._bar.setRange(0, 0)
            self._state.setText(what)
        can_print = not what and self.preview.pages is not None
        controls: list[QWidget] = [self.print_button, self.pdf_button, self.size_box]
        for control in (*controls, self.upright, self.across):
            control.setEnabled(can_print)
        self._show_place(self.preview.page)

    def _advance(self, done: int, total: int) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    def _tell(self, error: LogbookError) -> None:
        self._state.setText(error.message)
        tell_error(self, self.tr("Print"), error, CASES)

    # what is done

    def _set_anew(self) -> None:
        self._desk.prepare(self.size_box.currentData(), lies=self.across.isChecked())

    def _cancel(self) -> None:
        """Without pages there is nothing left to do here."""
        pages = self.preview.pages
        if pages is None:
            self.reject()
        else:
            self._desk.stop()
            self._show_pages(pages)
            self._state.setText(self.tr("Stopped. Nothing was printed or saved."))

    def _ask_file(self) -> None:
        first = self._settings.export_folder / self._request.file_name
        name, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save as PDF"), str(first), self.tr("PDF files (*.pdf)")
        )
        if name:
            self.save_pdf(Path(name if Path(name).suffix else f"{name}.pdf"))

    def _ask_printer(self) -> None:
        pages = self.preview.pages
        if pages is None:
            return
        if not QPrinterInfo.availablePrinterNames():
            self._tell(
                LogbookError(
                    self.tr("No printer is set up on this machine."),
                    self.tr("Set one up in the system, or save a PDF file."),
                )
            )
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(pages.listing.title)
        printer.setPageLayout(pages.paper.layout)
        dialog = QPrintDialog(printer, self)
        dialog.setMinMax(1, pages.count)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self._desk.print_on(printer)
