# SPDX-License-Identifier: MIT
"""Published rates as a Qt model, and the part of them that a search leaves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)

from models.analysis.statistics import Proportion, wilson
from models.literature import PublishedRate
from models.query import folded
from models.vocabulary import Measure
from ui.widgets.interval_delegate import INTERVAL_ROLE
from ui.widgets.rate_words import (
    NOT_STATED,
    count_of,
    rate_of,
    searched_in,
    technique_of,
    tr,
)

RATE_ROLE = Qt.ItemDataRole.UserRole
"""The ``Line`` of a row."""

SORT_ROLE = Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Line:
    """A rate in the table; ``own_id`` is "" for one that comes with the program."""

    rate: PublishedRate
    own_id: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: heading, what a line shows in it, and what it is sorted by."""

    heading: str
    text: Callable[[Line], str]
    order: Callable[[Line], object]
    is_number: bool = False


def make_columns() -> tuple[Column, ...]:
    """The columns from left to right."""

    def by_text(text: Callable[[Line], str]) -> Callable[[Line], object]:
        return lambda line: folded(text(line))

    source = Column(tr("Source"), _source, by_text(_source))
    texts: tuple[tuple[str, Callable[[Line], str]], ...] = (
        (tr("Indication"), lambda line: line.rate.indication or NOT_STATED),
        (tr("Technique"), lambda line: technique_of(line.rate)),
        (tr("What"), lambda line: line.rate.measure.label),
        (tr("Looked for by"), lambda line: _label(line.rate.detection)),
        (tr("When"), lambda line: line.rate.time_point or NOT_STATED),
    )
    named = [Column(heading, text, by_text(text)) for heading, text in texts]
    count = Column(
        tr("Counted, of"), lambda line: count_of(line.rate), _denominator, is_number=True
    )
    rate = Column(tr("Rate, 95 % interval"), lambda line: rate_of(line.rate), _share)
    drawn = Column("", lambda line: "", _share)
    return (source, *named[:3], count, rate, drawn, *named[3:])


DRAWN = 6
"""The column in which the interval is drawn."""


class RatesModel(QAbstractTableModel):
    """All rates, those of the clinic first."""

    def __init__(self, columns: Sequence[Column], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._lines: list[Line] = []

    def set_lines(self, lines: Sequence[Line]) -> None:
        """Show other rates."""
        self.beginResetModel()
        self._lines = list(lines)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as Qt declares it
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as Qt declares it
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line, column = self._lines[index.row()], self._columns[index.column()]
        if role == RATE_ROLE:
            return line
        if role == SORT_ROLE:
            return column.order(line)
        if role == INTERVAL_ROLE:
            return _interval(line) if index.column() == DRAWN else None
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text(line)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return column.text(line) or rate_of(line.rate)
        if role == Qt.ItemDataRole.ToolTipRole:
            return column.text(line) if column.text(line) != NOT_STATED else tr("Not stated")
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section].heading
        if role == Qt.ItemDataRole.AccessibleTextRole and section == DRAWN:
            return tr("Interval, drawn")
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(self._columns[section])
        return None


class FoundRates(QSortFilterProxyModel):
    """The rates that a search and a choice leave."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words: tuple[str, ...] = ()
        self._measure: Measure | None = None
        self.setSortRole(SORT_ROLE)

    def look_for(self, text: str, measure: Measure | None) -> None:
        """Leave the rates with a word that begins so for each, of one measure or of all."""
        self._words, self._measure = tuple(folded(text).split()), measure
        self.invalidate()

    def filterAcceptsRow(self, row: int, parent: Index) -> bool:
        line: Line = self.sourceModel().index(row, 0, parent).data(RATE_ROLE)
        if self._measure is not None and line.rate.measure is not self._measure:
            return False
        if not self._words:
            return True
        told = " " + folded(searched_in(line.rate))
        return all(f" {word}" in told for word in self._words)

    def lessThan(self, left: Index, right: Index) -> bool:
        one, other = left.data(SORT_ROLE), right.data(SORT_ROLE)
        return bool(one < other)


def _source(line: Line) -> str:
    return tr("{source} (own)").format(source=line.rate.source) if line.own_id else line.rate.source


def _label(term: object) -> str:
    return str(getattr(term, "label", NOT_STATED))


def _interval(line: Line) -> Proportion | None:
    return wilson(*line.rate.counts) if line.rate.counts is not None else None


def _share(line: Line) -> float:
    """Below 0 where there are no counts, so that those stand together."""
    counts = line.rate.counts
    return counts[0] / counts[1] if counts is not None else -1.0


def _denominator(line: Line) -> int:
    return line.rate.denominator if line.rate.denominator is not None else -1


def _alignment(column: Column) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column.is_number else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
