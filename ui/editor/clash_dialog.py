# SPDX-License-Identifier: MIT
"""Two versions of a case side by side, to choose from field by field."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from models.errors import LogbookError
from models.reconciling import Choices, Clash, Side, Spot
from ui.editor.clash_rows import ClashRows, Wrapping
from ui.editor.notice_bar import NoticeBar
from ui.editor.questions import moment_words
from ui.measures import fit_screen, keep
from ui.permits import guard
from ui.theme import Theme, set_kind
from ui.topics import TOGETHER, below, explain
from ui.widgets.rows import dress_rows

_SIZE = (980, 560)


class ClashDialog(QDialog):
    """M and T, or Left and Right, take mine or theirs in the selected rows; Enter saves.

    Signals:
        save_wanted: what was chosen is to be saved.

    Attributes:
        table: the fields in which the two differ; those to decide come first.
        mine, theirs: take that side in the selected rows.
        all_mine, all_theirs: take it in every row that is to be decided.
        save, cancel: the ways out; Cancel leaves the entry as it is.
        notice: what keeps the choice from being saved.
    """

    save_wanted = Signal()

    def __init__(self, theme: Theme, clash: Clash, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        explain(self, below(TOGETHER, "The same case"))
        self._theme, self._clash = theme, clash
        self._chosen: dict[Spot, Side] = {}
        self.setWindowTitle(self.tr("Saved by somebody else meanwhile"))
        self._name, self._said, self._left = QLabel(self), QLabel(self), QLabel(self)
        self.notice = NoticeBar(theme, self, aside=0)
        rows = sorted(clash.choices, key=lambda one: one.changed_by is not None)
        self.table = QTableView(self)
        self._heights = QTimer(self, singleShot=True, interval=0)
        headings = (
            self.tr("Field"),
            self.tr("Before"),
            self.tr("Mine"),
            self.tr("Theirs"),
            self.tr("Is saved"),
        )
        self._model = ClashRows(rows, lambda: self._chosen, headings, self.table)
        self.mine = QPushButton(self.tr("&Mine"), self)
        self.theirs = QPushButton(self.tr("&Theirs"), self)
        self.all_mine = QPushButton(self.tr("All mine"), self)
        self.all_theirs = QPushButton(self.tr("All theirs"), self)
        self.save, self.cancel = QPushButton(self.tr("&Save"), self), QPushButton(self)
        self.cancel.setText(self.tr("Cancel"))
        guard(self.save, "save_case")
        self._say()
        self._arrange()
        self._connect()
        self._show_left()
        fit_screen(theme, self, *_SIZE)

    @property
    def clash(self) -> Clash:
        """What is to be decided."""
        return self._clash

    @property
    def chosen(self) -> Choices:
        """What was chosen so far."""
        return dict(self._chosen)

    def take_over(self, chosen: Choices) -> None:
        """Choose as before, in another look at the same case."""
        spots = {one.spot for one in self._clash.choices}
        self._chosen.update({spot: side for spot, side in chosen.items() if spot in spots})
        self._show_left()

    def take(self, rows: Iterable[int], side: Side) -> None:
        """Take a side in these rows."""
        self._chosen.update({self._model.choice(row).spot: side for row in rows})
        self._show_left()

    def warn(self, error: LogbookError) -> None:
        """Say why it could not be saved; something else can be chosen."""
        self._show_left()
        self.notice.say(f"{error.message} {error.cure}".strip(), "error")

    # the parts

    def _say(self) -> None:
        clash = self._clash
        told = self.tr("Two versions of {code}")
        self._name.setText(told.format(code=clash.name or self.tr("a patient without a code")))
        self._name.setTextFormat(Qt.TextFormat.PlainText)
        set_kind(self._name, "heading")
        self._said.setWordWrap(True)
        self._said.setTextFormat(Qt.TextFormat.PlainText)
        parts = []
        if clash.saves:
            told = self.tr("{who} saved this case on {when}, after you had opened it.")
            who = ", ".join(dict.fromkeys(save.user for save in clash.saves))
            parts.append(told.format(who=who, when=moment_words(clash.saves[-1].at)))
        if clash.is_binned:
            parts.append(self.tr("It lies in the bin now."))
        if clash.open:
            parts.append(
                self.tr(
                    "Where both of you changed the same, choose. What only one of you changed or "
                    "added is kept."
                )
            )
        else:
            parts.append(
                self.tr(
                    "Nothing contradicts: what each of you changed or added is kept. Look it "
                    "over, then save."
                )
            )
        self._said.setText(" ".join(parts))

    def _arrange(self) -> None:
        table, theme = self.table, self._theme
        dress_rows(table)
        set_kind(table, "rows")
        table.setModel(self._model)
        table.setItemDelegate(Wrapping(theme, table))
        table.setAccessibleName(self.tr("Fields in which the two versions differ"))
        table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setTabKeyNavigation(False)
        table.setWordWrap(True)
        rows = table.verticalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header = table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(
            self._model.columnCount() - 1, QHeaderView.ResizeMode.ResizeToContents
        )
        # Words that are broken anew take another height.
        header.sectionResized.connect(lambda *_: self._heights.start())
        self._heights.timeout.connect(table.resizeRowsToContents)
        for button, told in (
            (self.mine, self.tr("Take mine in the selected rows")),
            (self.theirs, self.tr("Take theirs in the selected rows")),
            (self.all_mine, self.tr("Take mine in every row that is to be decided")),
            (self.all_theirs, self.tr("Take theirs in every row that is to be decided")),
        ):
            button.setToolTip(told)
            button.setAccessibleName(told)
        set_kind(self.save, "primary")
        sides, foot = QHBoxLayout(), QHBoxLayout()
        for line in (sides, foot):
            keep(theme, line.setSpacing, 8)
        sides.addWidget(self._left, 1)
        for button in (self.mine, self.theirs, self.all_mine, self.all_theirs):
            button.setAutoDefault(False)
            sides.addWidget(button)
        foot.addStretch(1)
        foot.addWidget(self.save)
        foot.addWidget(self.cancel)
        layout = QVBoxLayout(self)
        keep(theme, layout.setContentsMargins, 20, 16, 20, 16)
        keep(theme, layout.setSpacing, 10)
        for widget in (self._name, self._said, self.notice):
            layout.addWidget(widget)
        layout.addLayout(sides)
        layout.addWidget(table, 1)
        layout.addLayout(foot)
        self.cancel.setAutoDefault(False)
        self.save.setDefault(True)
        table.selectRow(0)
        table.setFocus()

    def _connect(self) -> None:
        self.mine.clicked.connect(lambda: self._take_selected(Side.MINE))
        self.theirs.clicked.connect(lambda: self._take_selected(Side.THEIRS))
        self.all_mine.clicked.connect(lambda: self._take_open(Side.MINE))
        self.all_theirs.clicked.connect(lambda: self._take_open(Side.THEIRS))
        keys = {
            Side.MINE: (Qt.Key.Key_M, Qt.Key.Key_Left),
            Side.THEIRS: (Qt.Key.Key_T, Qt.Key.Key_Right),
        }
        for side, each in keys.items():
            for key in each:
                shortcut = QShortcut(QKeySequence(key), self.table)
                shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
                shortcut.activated.connect(partial(self._take_selected, side))
        self.cancel.clicked.connect(self.reject)
        self.save.clicked.connect(self._want_save)

    # deciding

    def _selected(self) -> list[int]:
        return [index.row() for index in self.table.selectionModel().selectedRows()]

    def _open_rows(self) -> list[int]:
        rows = range(self._model.rowCount())
        return [row for row in rows if self._model.side(row) is None]

    def _take_selected(self, side: Side) -> None:
        rows = self._selected()
        self.take(rows, side)
        # Whoever decides by keyboard goes from one to the next.
        if len(rows) == 1 and (left := self._open_rows()):
            self.table.selectRow(left[0])

    def _take_open(self, side: Side) -> None:
        first = range(self._model.rowCount())
        self.take((row for row in first if self._model.choice(row).changed_by is None), side)

    def _show_left(self) -> None:
        self._model.chosen_anew()
        left = len(self._open_rows())
        said = self.tr("To decide: {n}").format(n=left)
        self._left.setText(said if left else self.tr("All are decided."))
        self.save.setEnabled(not left)
        for button in (self.all_mine, self.all_theirs):
            button.setVisible(bool(self._clash.open))

    def _want_save(self) -> None:
        self.notice.hide()
        self.save.setEnabled(False)
        self.save_wanted.emit()
