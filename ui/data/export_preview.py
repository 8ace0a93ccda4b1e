# SPDX-License-Identifier: MIT
"""The first rows of an export and a sentence that says what the file will hold, kept up to date."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QAbstractItemView, QLabel, QTableView, QVBoxLayout, QWidget

from models.errors import LogbookError
from models.exchange.orders import Order
from models.exchange.preview import Consequences, Preview, consequences, preview
from models.logbook import Logbook
from ui.jobs import Job, Jobs
from ui.latest_job import LatestJob
from ui.making import Making
from ui.measures import keep
from ui.theme import Theme, set_kind, set_state
from ui.widgets.text_table import Column, TextRows, width_of

_WAIT_MS = 150
"""So that a filter that is being typed is not read letter by letter."""

_HEIGHT = 150
_ROW = 26
_WIDEST = 360
_AT_A_TIME = 60
"""Columns that are measured in one turn: a REDCap project has more than a thousand."""


class ExportPreview(QWidget):
    """Shows what an order would write.

    Attributes:
        table: the first rows.
        held: what the file will hold.
        lost: what is left out.
        warning: what may still tell who somebody is.
    """

    def __init__(
        self, jobs: Jobs, theme: Theme, logbook: Logbook, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._logbook = logbook
        self._job = LatestJob(jobs, self)
        self._order: Order | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT_MS)
        self._timer.timeout.connect(self._read)
        self._theme = theme
        self._measuring = Making(self)
        self.table = QTableView(self)
        self.table.setAccessibleName(self.tr("First rows"))
        self.table.setModel(TextRows([], self.table))
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setTabKeyNavigation(False)
        self.table.setWordWrap(False)
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setHighlightSections(False)
        keep(theme, self.table.horizontalHeader().setMaximumSectionSize, _WIDEST)
        set_kind(self.table, "rows")
        keep(theme, self.table.setMinimumHeight, _HEIGHT)
        self.held = self._sentence()
        self.lost = self._sentence()
        self.warning = self._sentence()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        keep(theme, layout.setSpacing, 8)
        layout.addWidget(self.held)
        layout.addWidget(self.lost)
        layout.addWidget(self.warning)
        layout.addWidget(self.table, 1)

    def show_order(self, order: Order) -> None:
        """Show another order, once nothing has changed for a moment."""
        self._order = order
        self._timer.start()

    def say(self, error: LogbookError) -> None:
        """Show why there is nothing to show."""
        self._timer.stop()
        self._job.cancel()
        self._tell(self.held, str(error), "error")
        self._tell(self.lost, "")
        self._tell(self.warning, "")

    def tell(self, sentence: str) -> None:
        """Show a piece of news in the place of what the file will hold."""
        self._tell(self.held, sentence, "success")

    def stop(self) -> None:
        """Read no more."""
        self._timer.stop()
        self._job.cancel()

    def _read(self) -> None:
        order, logbook = self._order, self._logbook
        if order is None:
            return

        def work(job: Job) -> Consequences:
            job.tell(preview(logbook, order))
            return consequences(logbook, order, lambda: job.is_cancelled)

        counts = order.rules.changes_anything
        self._tell(self.lost, self.tr("Counting what would be left out…") if counts else "")
        self._tell(self.warning, "")
        self._job.run(
            logbook, work, self._show_consequences, self.say, reports=True, partly=self._show
        )

    def _show(self, shown: Preview) -> None:
        warns = self._order is not None and not self._order.rules.changes_anything
        self._tell(self.held, shown.told, "warning" if warns else "")
        columns = [Column(column.name, column.is_number) for column in shown.columns]
        rows = TextRows(columns, self.table)
        rows.set_rows(shown.rows)
        old = self.table.model()
        self.table.setModel(rows)
        old.deleteLater()
        self.table.verticalHeader().setDefaultSectionSize(self._theme.px(_ROW))
        self._measuring.begin(self._measure(rows))

    def _measure(self, rows: TextRows) -> Iterator[None]:
        header = self.table.horizontalHeader()
        for place in range(rows.columnCount()):
            needed = width_of(self.table, place, rows.texts_of(place))
            header.resizeSection(place, max(needed, header.sectionSizeHint(place)))
            if place % _AT_A_TIME == _AT_A_TIME - 1:
                yield

    def _show_consequences(self, found: Consequences) -> None:
        self._tell(self.lost, found.told)
        self._tell(self.warning, found.warning, "warning")

    def _sentence(self) -> QLabel:
        label = QLabel(self)
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.hide()
        set_kind(label, "small")
        return label

    def _tell(self, label: QLabel, text: str, state: str = "") -> None:
        label.setText(text)
        label.setVisible(bool(text))
        set_state(label, state)
