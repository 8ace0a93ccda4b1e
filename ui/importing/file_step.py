# SPDX-License-Identifier: MIT
"""The first step: which file, and how it is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QWidget,
)

from models.errors import LogbookError
from models.importing.arranging import layouts_of
from models.importing.first_look import FirstLook, is_date, is_number
from models.importing.headings import HeadingRows
from models.importing.hidden import LEAVE_OUT, READ
from models.importing.layouts import AS_IT_STANDS
from models.importing.mapping import Mapping
from models.importing.opening import Source, as_in_the_file, hidden_in, questions_of, sheet_of
from models.importing.reading import CsvTable
from models.importing.recognizing import DELIMITERS, ENCODINGS, Writing
from models.importing.workbook import SheetTable
from models.speech import begun, numeral
from ui.importing.box_grid import BoxGrid
from ui.importing.path_line import PathLine
from ui.importing.step import Step, StepTable, fill
from ui.theme import Theme, set_kind, set_state
from ui.widgets.choice_box import ChoiceBox
from ui.widgets.dropped_files import TABLE_ENDINGS
from ui.widgets.text_table import Column

_VARIOUS = "various"
_LETTERS = 24


class FileStep(Step):
    """Chooses the file, shows what was recognized of it, and takes what is said otherwise.

    Signals:
        source_wanted: (Source) this file is to be read, in this way.
        dates_wanted: (str) every column of dates is in this order; "" to go by the cells.
        decimal_wanted: (str) every column of numbers has this decimal sign; "" to go by the cells.

    Attributes:
        path: the file.
        sheet, hidden, encoding, delimiter, decimal, dates, heading, lines, layout_box: selectors.
        table: the first rows.
    """

    source_wanted = Signal(object)
    dates_wanted = Signal(str)
    decimal_wanted = Signal(str)

    def __init__(self, theme: Theme, recent: Sequence[Path], parent: QWidget | None = None) -> None:
        super().__init__(theme, self.tr("File"), parent)
        self._source: Source | None = None
        self._look: FirstLook | None = None
        self.path = PathLine(self)
        self.path.setAccessibleName(self.tr("File"))
        self.path.setPlaceholderText(self.tr("Drop a CSV or Excel file here, or browse"))
        self.browse = QPushButton(self.tr("B&rowse…"), self)
        self.recent = QPushButton(self.tr("Recent"), self)
        set_kind(self.recent, "menu")
        self.sheet = self._box(self.tr("Sheet"))
        self.hidden = self._box(self.tr("Hidden rows, columns"))
        self.encoding = self._box(self.tr("Encoding"))
        self.delimiter = self._box(self.tr("Delimiter"))
        self.decimal = self._box(self.tr("Decimal sign"))
        self.dates = self._box(self.tr("Dates"))
        self.heading = self._box(self.tr("Headings in"))
        self.lines = self._box(self.tr("Lines of headings"))
        self.layout_box = self._box(self.tr("Rows and levels"))
        self.told = QLabel(self)
        self.told.setWordWrap(True)
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.table = StepTable(theme, self.tr("First rows"), self)
        self._offer_recent(recent)
        self._arrange()
        self._connect()
        self._show_boxes()
        self._say_nothing_read()

    @property
    def may_go_on(self) -> bool:
        return self._look is not None

    def begin(self) -> None:
        (self.path if self._look is None else self.table).setFocus()

    def choose(self, file: Path) -> None:
        """Read this file, as it is recognized."""
        self.path.setText(str(file))
        self.path.setToolTip(str(file))
        self._want(Source(file))

    def show_look(self, look: FirstLook) -> None:
        """Show what was recognized."""
        self._look, self._source = look, look.source
        counts = look.seen.rows, look.seen.cases, len(look.table.columns)
        rows, cases, columns_told = (numeral(n, ",") for n in counts)
        told = self.tr("{rows} rows, {cases} cases, {columns} columns. {written}.")
        self.said.setText(
            told.format(rows=rows, cases=cases, columns=columns_told, written=look.table.written)
        )
        self.show_mapping(look.mapping, look)
        self._show_boxes()
        columns = [Column(name) for name in look.table.columns]
        width = len(columns)
        rows_shown = [(*row.cells[:width], *[""] * (width - len(row.cells))) for row in look.first]
        self.table.set_rows(columns, rows_shown)
        self.changed.emit()

    def show_mapping(self, mapping: Mapping, look: FirstLook) -> None:
        """Show how dates and numbers are read, and ask what the file does not tell by itself."""
        self._fill_numbers(mapping, look)
        self._fill_dates(mapping, look)
        self.told.setText(" ".join(look.seen.recognized))
        self.told.setVisible(bool(look.seen.recognized))
        asked = [*hidden_in(look.table).told, *questions_of(look.table), *look.seen.questions]
        if asked:
            self.notice.say("\n".join(asked), "warning")
        else:
            self.notice.hide()

    def warn(self, error: LogbookError) -> None:
        """Say why the file cannot be read; there is nothing to go on with."""
        self._look = None
        self._say_nothing_read()
        self.told.hide()
        self.table.hide()
        super().warn(error)
        self.changed.emit()

    def _say_nothing_read(self) -> None:
        told = self.tr(
            "Any table that you keep already, as CSV or Excel. The file is only read, "
            "and nothing is written before you have seen what would be."
        )
        self.said.setText(told)

    def _want(self, source: Source) -> None:
        self._source = source
        self.source_wanted.emit(source)

    def _take_path(self) -> None:
        if text := self.path.text().strip().strip('"'):
            self.choose(Path(text))

    def _take_changed_path(self) -> None:
        """What was typed and left without Enter."""
        if self._source is None or Path(self.path.text().strip()) != self._source.file:
            self._take_path()

    def _ask_for_file(self) -> None:
        known = " ".join(f"*{ending}" for ending in TABLE_ENDINGS)
        kinds = self.tr("Tables ({known});;All files (*)").format(known=known)
        begin = self.path.text() or str(Path.home())
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Import"), begin, kinds)
        if name:
            self.choose(Path(name))

    def _offer_recent(self, recent: Sequence[Path]) -> None:
        menu = QMenu(self.recent)
        for file in recent:
            action = menu.addAction(str(file).replace("&", "&&"))
            action.triggered.connect(lambda _checked=False, file=file: self.choose(file))
        self.recent.setMenu(menu)
        self.recent.setVisible(bool(recent))

    # how it is written

    def _show_boxes(self) -> None:
        look = self._look
        table = as_in_the_file(look.table) if look is not None else None
        sheet = sheet_of(table) if table is not None else None
        is_text, is_sheet = table is not None and sheet is None, sheet is not None
        is_headed = isinstance(table, CsvTable | SheetTable)
        for box, shown in (
            (self.sheet, is_sheet),
            (self.hidden, sheet is not None and bool(sheet.hidden)),
            (self.encoding, is_text),
            (self.delimiter, is_text),
            (self.decimal, look is not None and self.decimal.count() > 0),
            (self.dates, look is not None and self.dates.count() > 0),
            (self.heading, is_headed),
            (self.lines, is_headed),
            (self.layout_box, look is not None and self._fill_layout(look)),
        ):
            self._grid.show_box(box, shown=shown)
        self.table.setVisible(look is not None)
        if look is None:
            return
        if sheet is not None:
            self._fill_sheet(look.source, sheet)
        elif isinstance(table, CsvTable):
            self._fill_text_file(look.source, table.writing)
        if isinstance(table, CsvTable | SheetTable):
            self._fill_heading(look.source, table.headings)
        self._place_boxes()

    def _fill_text_file(self, source: Source, writing: Writing) -> None:
        encodings = [(writing.told_in(name), name) for name in ENCODINGS]
        delimiters = [(begun(told), sign) for sign, told in DELIMITERS.items()]
        if not source.encoding:
            encodings.insert(0, (self._recognized(writing.told_in(writing.encoding)), ""))
        if not source.delimiter:
            delimiters.insert(0, (self._recognized(begun(DELIMITERS[writing.delimiter])), ""))
        fill(self.encoding, encodings, source.encoding)
        set_state(self.encoding, "warning" if writing.others else "")
        fill(self.delimiter, delimiters, source.delimiter)

    def _fill_sheet(self, source: Source, sheet: SheetTable) -> None:
        unseen = self.tr("{sheet} (hidden)")
        names = [
            (unseen.format(sheet=name) if name in sheet.hidden_sheets else name, name)
            for name in sheet.sheets
        ]
        fill(self.sheet, names, sheet.sheet)
        ways = [(self.tr("Read them"), READ), (self.tr("Leave them out"), LEAVE_OUT)]
        fill(self.hidden, ways, source.hidden or READ)

    def _fill_heading(self, source: Source, rows: HeadingRows) -> None:
        """The first rows, with what stands in them."""
        told = self.tr("Row {n}: {cells}")
        items = [
            (told.format(n=number, cells=_shortened(cells)), f"{number}")
            for number, cells in rows.seen
        ]
        if not source.heading:
            recognized = next((text for text, row in items if row == f"{rows.first}"), "")
            items.insert(0, (self._recognized(recognized), ""))
        fill(self.heading, items, f"{rows.first}" if source.heading else "")
        counts = [self.tr("One row"), self.tr("Two rows"), self.tr("Three rows")]
        lines = [(text, f"{count}") for count, text in enumerate(counts, start=1)]
        fill(self.lines, lines, f"{rows.lines}")

    def _fill_layout(self, look: FirstLook) -> bool:
        """Offer how rows and levels may lie; whether there is a choice."""
        words = {
            "levels_side_by_side": self.tr("Levels side by side"),
            "row_a_visit": self.tr("A row a visit"),
        }
        found = [words[name] for name in layouts_of(look.table, look.seen)]
        recognized = self._recognized(", ".join(found)) if found else self.tr("Recognize them")
        plain = self.tr("As they stand")
        fill(self.layout_box, [(recognized, ""), (plain, AS_IT_STANDS)], look.source.layout)
        return bool(found or look.source.layout)

    def _turn_to_heading(self) -> None:
        """Read the file with the headings in the rows that were chosen."""
        look = self._look
        table = None if look is None else as_in_the_file(look.table)
        if look is None or not isinstance(table, CsvTable | SheetTable):
            return
        rows, said = table.headings, str(self.heading.currentData())
        first, lines = int(said or rows.first), int(self.lines.currentData())
        wanted = HeadingRows(first, first + lines - 1)
        is_recognized = not said and lines == rows.lines
        self._want(replace(look.source, heading="" if is_recognized else str(wanted)))

    def _fill_numbers(self, mapping: Mapping, look: FirstLook) -> None:
        known = {"point": self.tr("Point, as in 4.5"), "comma": self.tr("Comma, as in 4,5")}
        uses = {use.column: use.decimal for use in mapping.columns if is_number(use)}
        forms = [form.numbers for name, form in look.seen.formats.items() if name in uses]
        self._fill_stated(self.decimal, known, set(uses.values()), {form.sign for form in forms})
        set_state(self.decimal, "warning" if any(form.question for form in forms) else "")

    def _fill_dates(self, mapping: Mapping, look: FirstLook) -> None:
        known = {
            "day_first": self.tr("Day before month, as in 31/12/2026"),
            "month_first": self.tr("Month before day, as in 12/31/2026"),
        }
        uses = {use.column: use.dates for use in mapping.columns if is_date(use)}
        forms = [form.dates for name, form in look.seen.formats.items() if name in uses]
        self._fill_stated(self.dates, known, set(uses.values()), {form.order for form in forms})
        set_state(self.dates, "warning" if any(form.question for form in forms) else "")

    def _fill_stated(
        self, box: QComboBox, known: dict[str, str], stated: set[str], seen: set[str]
    ) -> None:
        """What was said of all columns, or else what their cells told."""
        if not stated:
            box.clear()
            return
        recognized = {sign for sign in seen if sign}
        plain = known[next(iter(recognized))] if len(recognized) == 1 else ""
        by_cells = self._recognized(plain) if plain else self.tr("By the cells of each column")
        items = [(by_cells, ""), *((told, name) for name, told in known.items())]
        if len(stated) > 1:
            items.insert(0, (self.tr("Columns differ"), _VARIOUS))
        fill(box, items, _VARIOUS if len(stated) > 1 else next(iter(stated)))

    def _recognized(self, told: str) -> str:
        return self.tr("{what} (recognized)").format(what=told)

    def _reread(self) -> None:
        if self._source is None:
            return
        self._want(
            replace(
                self._source,
                encoding=str(self.encoding.currentData() or ""),
                delimiter=str(self.delimiter.currentData() or ""),
            )
        )

    def _turn_to_sheet(self) -> None:
        if self._source is not None:
            self._want(replace(self._source, sheet=str(self.sheet.currentData())))

    def _turn_to_hidden(self) -> None:
        if self._source is not None:
            self._want(replace(self._source, hidden=str(self.hidden.currentData())))

    def _turn_to_layout(self) -> None:
        if self._source is not None:
            self._want(replace(self._source, layout=str(self.layout_box.currentData())))

    def _tell(self, box: QComboBox) -> None:
        wanted = str(box.currentData())
        if wanted == _VARIOUS:
            return
        (self.dates_wanted if box is self.dates else self.decimal_wanted).emit(wanted)

    # the parts

    def _arrange(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.path, 1)
        row.addWidget(self.browse)
        row.addWidget(self.recent)
        self._grid = BoxGrid(
            self.theme,
            {
                self.sheet: 0,
                self.encoding: 0,
                self.hidden: 1,
                self.delimiter: 1,
                self.decimal: 2,
                self.dates: 3,
                self.heading: 4,
                self.lines: 5,
                self.layout_box: 6,
            },
            self,
        )
        self._place_boxes()
        self.content.addLayout(row)
        self.content.addLayout(self._grid)
        self.content.addWidget(self.told)
        self.content.addWidget(self.table, 1)
        self.content.addStretch(0)

    def _place_boxes(self) -> None:
        # The step itself grows with its boxes; what scrolls around it is as wide as can be seen.
        self._grid.fit((self.parentWidget() or self).width())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_boxes()

    def _connect(self) -> None:
        self.path.entered.connect(self._take_path)
        self.path.editingFinished.connect(self._take_changed_path)
        self.browse.clicked.connect(self._ask_for_file)
        self.encoding.activated.connect(lambda _place: self._reread())
        self.delimiter.activated.connect(lambda _place: self._reread())
        self.sheet.activated.connect(lambda _place: self._turn_to_sheet())
        self.hidden.activated.connect(lambda _place: self._turn_to_hidden())
        self.decimal.activated.connect(lambda _place: self._tell(self.decimal))
        self.dates.activated.connect(lambda _place: self._tell(self.dates))
        self.heading.activated.connect(lambda _place: self._turn_to_heading())
        self.lines.activated.connect(lambda _place: self._turn_to_heading())
        self.layout_box.activated.connect(lambda _place: self._turn_to_layout())

    def _box(self, name: str) -> ChoiceBox:
        box = ChoiceBox(self)
        box.setAccessibleName(name)
        return box


def _shortened(cells: Sequence[str]) -> str:
    """The first cells of a row that hold something."""
    filled = [" ".join(cell.split()) for cell in cells if cell.strip()]
    told = ", ".join(filled)
    return told if len(told) <= _LETTERS else f"{told[:_LETTERS].rstrip()} …"
