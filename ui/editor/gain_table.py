# SPDX-License-Identifier: MIT
"""The figures that follow from the heights: a formula a line, a wall a column. To be read only."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QSizePolicy, QTableView, QWidget

from models.heights import Wall
from models.speech import begun, say
from ui.editor.gain import Line
from ui.theme import Theme, set_kind

_ROW = 24
_WORDS, _FIGURE = 196, 76
_EDGE = 5
_WIDEST = 720
_SHORT = (say("Ant."), say("Mid."), say("Post."))

Index = QModelIndex | QPersistentModelIndex


class GainRows(QAbstractTableModel):
    """Name of the formula, how it is reckoned, and the result at each wall."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._lines: tuple[Line, ...] = ()
        self.heads = (
            self.tr("Worked out"),
            self.tr("Formula"),
            *(begun(wall.shown) for wall in Wall),
        )
        self.is_short = False

    def set_lines(self, lines: tuple[Line, ...]) -> None:
        """Show other figures; what is selected stays selected where the lines are as many."""
        if len(lines) != len(self._lines):
            self.beginResetModel()
            self._lines = lines
            self.endResetModel()
        elif lines != self._lines:
            self._lines = lines
            last = self.index(len(lines) - 1, len(self.heads) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def set_short(self, is_short: bool) -> None:
        """Shorten the names of formulas and walls where there is no room for them."""
        if is_short is not self.is_short:
            self.is_short = is_short
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 2, len(self.heads) - 1)

    def widest_name(self, metrics: QFontMetrics, *, is_short: bool) -> int:
        """The room that the names of the formulas need, whole or short."""
        names = (line.short if is_short else line.label for line in self._lines)
        return max(map(metrics.horizontalAdvance, names), default=0)

    def widest_words(self, metrics: QFontMetrics) -> int:
        """The room that the formulas need."""
        return max((metrics.horizontalAdvance(line.words) for line in self._lines), default=0)

    def text(self, row: int, column: int) -> str:
        """What stands in a cell."""
        line = self._lines[row]
        return (line.label, line.words, *(cell.text for cell in line.cells))[column]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as Qt declares it
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as Qt declares it
        return 0 if parent.isValid() else len(self.heads)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row, column = index.row(), index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole if column == 0 and self.is_short:
                return self._lines[row].short
            case Qt.ItemDataRole.DisplayRole:
                return self.text(row, column)
            case Qt.ItemDataRole.ToolTipRole:
                line = self._lines[row]
                return line.cells[column - 2].tip if column > 1 else f"{line.label}: {line.words}"
            case Qt.ItemDataRole.AccessibleTextRole if column > 1:
                # A screen reader names the formula with each figure, as the eye finds it.
                line = self._lines[row]
                parts = (line.label, self.heads[column], self.text(row, column))
                return ", ".join(parts)
            case Qt.ItemDataRole.TextAlignmentRole:
                return _alignment(column)
            case Qt.ItemDataRole.ForegroundRole if column == 1:
                return self._theme.color("text_muted")
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            is_short = self.is_short and section > 1
            return self.tr(_SHORT[section - 2]) if is_short else self.heads[section]
        return _alignment(section) if role == Qt.ItemDataRole.TextAlignmentRole else None


class GainTable(QTableView):
    """Shows all figures at once, and scrolls sideways where large letters have no room.

    Copy takes what is selected, or everything.

    Signals:
        copy_wanted: (text, rows) this is wanted on the clipboard.
    """

    copy_wanted = Signal(str, int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows = GainRows(theme, self)
        self.setModel(self._rows)
        self.setAccessibleName(self.tr("Heights worked out"))
        set_kind(self, "figures")
        set_kind(self.horizontalHeader(), "figures")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        off = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(off)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.horizontalScrollBar().rangeChanged.connect(lambda *_: self._fit())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionsClickable(False)
        self.horizontalHeader().setMinimumSectionSize(1)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        theme.follow(self._fit)
        self._fit()

    def show_lines(self, lines: tuple[Line, ...]) -> None:
        """Show these figures; the table is hidden while there are none."""
        self._rows.set_lines(lines)
        self.setVisible(bool(lines))
        self._fit()

    def copy(self) -> None:
        """Ask for the selected cells, or all with their heads, on the clipboard as a table."""
        chosen = self.selectionModel().selectedIndexes()
        if chosen:
            rows = sorted({index.row() for index in chosen})
            columns = sorted({index.column() for index in chosen})
            lines = [[self._rows.text(row, column) for column in columns] for row in rows]
        else:
            columns = list(range(self._rows.columnCount()))
            cells = [[self._rows.text(r, c) for c in columns] for r in range(self._rows.rowCount())]
            lines = [list(self._rows.heads), *cells]
        self.copy_wanted.emit(_as_table(lines), self._rows.rowCount() if not chosen else len(rows))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def _fit(self) -> None:
        height = self._theme.px(_ROW)
        self.verticalHeader().setDefaultSectionSize(height)
        head = self.horizontalHeader().sizeHint().height()
        bar = self.horizontalScrollBar()
        below = bar.sizeHint().height() if bar.maximum() else 0
        self.setFixedHeight(head + self._rows.rowCount() * height + 2 + below)
        wider = len(Wall) * (self._figure_width() - self._theme.px(_FIGURE))
        metrics = QFontMetrics(self._theme.font("body"))
        wider += max(0, self._rows.widest_words(metrics) - self._theme.px(_WORDS))
        self.setMaximumWidth(self._theme.px(_WIDEST) + wider)
        self._share_width()

    def _share_width(self) -> None:
        """Where a formula has no room they all go, for tool tips say them; then names are short."""
        px, width, figures = self._theme.px, self.viewport().width(), len(Wall)
        name, figure = self._name_width(is_short=False), self._figure_width()
        words = max(px(_WORDS), self._rows.widest_words(QFontMetrics(self._theme.font("body"))))
        has_words = width >= name + words + 2 * px(_EDGE) + figures * figure
        is_short = not has_words and name + figures * figure > width
        self.setFont(self._theme.font("label" if is_short else "body"))
        self._rows.set_short(is_short)
        if is_short:
            name = self._name_width(is_short=True)
            figure = self._figure_width(is_short=True)
        wide = figure if has_words else max(figure, (width - name) // figures)
        self.setColumnHidden(1, not has_words)
        for column in range(2, 2 + figures):
            self.setColumnWidth(column, wide)
        self.setColumnWidth(0, name if has_words else max(name, width - figures * wide))
        self.setColumnWidth(1, width - name - figures * wide if has_words else 0)

    def _figure_width(self, *, is_short: bool = False) -> int:
        """A figure takes little; the name of its wall may take more."""
        # The style sheet writes the heads in a font that is not the header's own.
        metrics = QFontMetrics(self._theme.font("label", QFont.Weight.DemiBold))
        heads = [self.tr(head) for head in _SHORT] if is_short else self._rows.heads[2:]
        widest = max(map(metrics.horizontalAdvance, heads))
        least = 0 if is_short else self._theme.px(_FIGURE)
        return max(least, widest + 2 * self._theme.px(_EDGE))

    def _name_width(self, *, is_short: bool) -> int:
        metrics = QFontMetrics(self._theme.font("label" if is_short else "body"))
        return self._rows.widest_name(metrics, is_short=is_short) + 3 * self._theme.px(_EDGE)


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column > 1 else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def _as_table(lines: Sequence[Sequence[str]]) -> str:
    return "\n".join("\t".join(cells) for cells in lines)
