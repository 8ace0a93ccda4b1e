# SPDX-License-Identifier: MIT
"""Arranges the columns of the list: in the user's order and widths, the others as texts need."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from math import ceil

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QTableView

from models.caselist import CaseLine
from ui.cases.column_layout import ColumnLayout
from ui.cases.columns import Column, Key
from ui.cases.delegates import DRAWN, TAG_ROOM
from ui.cases.heading import Heading, padding
from ui.cases.run_painter import RunPainter
from ui.cases.runs import Run, Runs, forms
from ui.cases.widths import Wish, share_out
from ui.theme import Theme

_MOST_TEXTS = 0.9  # of a column's texts decide how wide it wants to be; few long ones do not

_LEAST_WORD = 60


class ColumnArrangement(QObject):
    """Which columns of a table are in sight, where, and how wide.

    Signals:
        changed: the user chose something else; not for what only follows the room there is.

    Args:
        view: the table, whose heading is already in its place.
        sample: lines that are here, to see how much room they take.
    """

    changed = Signal()

    def __init__(
        self,
        theme: Theme,
        view: QTableView,
        heading: Heading,
        columns: Sequence[Column],
        texts: RunPainter,
        sample: Callable[[], Sequence[CaseLine]],
    ) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view
        self._heading = heading
        self._columns = tuple(columns)
        self._sections = {column.key: place for place, column in enumerate(columns)}
        self._texts = texts
        self._sample = sample
        self._wishes: dict[Key, Wish] = {}
        self._layout = ColumnLayout()
        self._is_arranging = False
        self._show()
        heading.sectionMoved.connect(self._take_order)
        heading.sectionResized.connect(self._take_width)
        heading.sectionHandleDoubleClicked.connect(self._let_share)
        heading.let_go.connect(self.fit)

    @property
    def layout(self) -> ColumnLayout:
        """What the user chose."""
        return self._layout

    @property
    def in_sight(self) -> tuple[Column, ...]:
        """The columns that are shown, from left to right."""
        return tuple(self._columns[self._sections[key]] for key in self._layout.in_sight)

    def arrange(self, layout: ColumnLayout) -> None:
        """Show the columns as they were chosen."""
        if layout == self._layout:
            return
        self._layout = layout
        self._show()
        self.measure()
        self.changed.emit()

    def measure(self) -> None:
        """Find out from the texts that are here how wide the columns should be."""
        sample = self._sample()
        self._wishes = {column.key: self._wish(column, sample) for column in self.in_sight}
        self.fit()

    def fit(self) -> None:
        """Give each column its own width, or the room that its texts need, as far as there is."""
        own = {key: self._theme.px(width) for key, width in self._layout.widths.items()}
        shown = self._layout.in_sight
        fixed = {key: own[key] for key in shown if key in own}
        sharing = [key for key in shown if key not in own and key in self._wishes]
        room = self._view.viewport().width() - sum(fixed.values())
        shared = share_out([self._wishes[key] for key in sharing], room)
        with self._arranging():
            for key, width in [*fixed.items(), *zip(sharing, shared, strict=True)]:
                self._heading.resizeSection(self._sections[key], width)

    # what the user does to the headings

    def _take_order(self) -> None:
        if not self._is_arranging:
            places = range(self._heading.count())
            order = tuple(self._columns[self._heading.logicalIndex(at)].key for at in places)
            self._take(ColumnLayout(order, self._layout.away, self._layout.widths))

    def _take_width(self, section: int, old: int, new: int) -> None:
        if not self._is_arranging and new and self._view.isVisible():
            width = round(new / self._theme.scale)
            self._take(self._layout.with_width(self._columns[section].key, width))

    def _let_share(self, section: int) -> None:
        self._take(self._layout.with_width(self._columns[section].key, None))
        self.fit()

    def _take(self, layout: ColumnLayout) -> None:
        if layout != self._layout:
            self._layout = layout
            self._heading.find_first()
            self._view.viewport().update()
            self.changed.emit()

    # the headings

    def _show(self) -> None:
        with self._arranging():
            for place, key in enumerate(self._layout.order):
                section = self._sections[key]
                self._heading.moveSection(self._heading.visualIndex(section), place)
                self._heading.setSectionHidden(section, key in self._layout.away)
        self._heading.find_first()
        self._view.viewport().update()

    @contextmanager
    def _arranging(self) -> Iterator[None]:
        # A scroll bar that comes or goes meanwhile has the room shared out again.
        before, self._is_arranging = self._is_arranging, True
        try:
            yield
        finally:
            self._is_arranging = before

    # widths

    def _wish(self, column: Column, sample: Sequence[CaseLine]) -> Wish:
        is_first = self._sections[column.key] == self._heading.first
        edges = sum(padding(self._theme, is_first=is_first))
        edges += self._room_for_mark(column, sample)
        heading, bold, whole = self._heading.heading_width(column), column.key is Key.LEVELS, 0
        most, least = (
            ceil(self._texts.width_of((Run(text, bold=bold),)))
            for text in (column.widest, column.narrowest)
        )
        brief = 0
        if column.key not in DRAWN and sample:
            runs = self._texts.runs_of(column)
            widths, short, briefest = self._widths_of([runs(line) for line in sample])
            whole = widths[-1] + edges
            most = min(most, widths[min(int(_MOST_TEXTS * len(widths)), len(widths) - 1)])
            least = max(min(least, short), min(least, briefest))
            brief = briefest if briefest < short else 0
        smallest = self._heading.minimumSectionSize()
        narrowest = max(max(heading, least) + edges, smallest)
        widest = max(heading + edges, most + edges, narrowest)
        cuts = self._cuts(column, least if column.gives else most, brief)
        return Wish(
            *(widest, narrowest, column.gives, column.folds, whole),
            tuple(max(cut + edges, smallest) for cut in cuts),
        )

    def _cuts(self, column: Column, cells: int, brief: int) -> tuple[int, int]:
        """What stays of a column with a brief heading, and then with its words in brief, too.

        Args:
            column: which one.
            cells: what they take with words in short.
            brief: what they take with words in brief; 0 where there are none.
        """
        heading = self._heading.brief_width(column)
        least = self._theme.px(_LEAST_WORD) if column.is_told else brief or cells
        words = min(cells, least)
        return max(cells, heading), max(words, heading)

    def _room_for_mark(self, column: Column, sample: Sequence[CaseLine]) -> int:
        """Synthetic cases are marked beside their code where no other column says so."""
        is_marked = column.key is Key.PATIENT and Key.STATUS in self._layout.away
        return self._theme.px(TAG_ROOM) if is_marked and any(o.synthetic for o in sample) else 0

    def _widths_of(self, texts: Sequence[Runs]) -> tuple[list[int], int, int]:
        """How wide each text is, in ascending order, the widest in short, and in brief."""
        # Many say the same.
        widths, short, brief = {runs: ceil(self._texts.width_of(runs)) for runs in texts}, 0, 0
        for runs, width in widths.items():
            wide = [width]
            if any(run.short for run in runs):
                wide += [ceil(self._texts.width_of(form)) for form in forms(runs)]
            short = max(short, wide[1] if len(wide) > 1 else width)
            brief = max(brief, min(wide))
        return sorted(widths[runs] for runs in texts), short, brief
