# SPDX-License-Identifier: MIT
"""The table of whom to ask: one row has the boxes, the keys lead from row to row."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPoint, QPointF, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from models.followup.duelist import DueLine
from models.vocabulary import AssessmentMissing
from ui.followup import words
from ui.followup.boxes import AnalgesicsBox, ProblemLabel, ScoreBox
from ui.followup.calls import Calls
from ui.followup.columns import COLUMNS, Folded, Key
from ui.followup.delegate import DueDelegate
from ui.followup.model import DueModel
from ui.followup.painting import (
    BOX_HEIGHT,
    BOX_WIDTH,
    ROW_HEIGHT,
    Act,
    DueHeading,
    Lettering,
    edges,
)
from ui.followup.widths import Widths
from ui.followup.words import tr
from ui.theme import Theme, set_kind, set_state
from ui.topics import FOLLOW_UP, below, set_topic
from ui.widgets.rows import dress_rows

_GAP = 6


class DueTable(QTableView):
    """Shows a ``DueModel``; the current row has the boxes.

    Signals:
        entered: Enter was pressed in the row.
        reason_chosen: (AssessmentMissing) there is no score, and this is why.
        menu_wanted: the menu of the row, at a place on the screen.
        opened: (case id) the row was double-clicked.
        undo_wanted: (case id) what was just saved of the row is to be taken back.
    """

    entered = Signal()
    reason_chosen = Signal(object)
    menu_wanted = Signal(QPoint)
    opened = Signal(str)
    undo_wanted = Signal(str)

    def __init__(
        self, theme: Theme, model: DueModel, calls: Calls, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        set_topic(self, below(FOLLOW_UP, "Taking scores"))
        self._theme = theme
        self._due = model
        self._calls = calls
        self._letters = Lettering(theme, self)
        self._folded: Folded = frozenset()
        self.setModel(model)
        self._heading = DueHeading(theme, self)
        self.setHorizontalHeader(self._heading)
        self._widths = Widths(theme, self._letters, self._heading.heading_width)
        self.score = ScoreBox(self.viewport())
        self.analgesics = AnalgesicsBox(self.viewport())
        self.problem = ProblemLabel(theme, self.viewport())
        self._delegate = DueDelegate(theme, self._letters, calls, self)
        self.setItemDelegate(self._delegate)
        self._set_up()
        self._connect()
        self._dress()

    @property
    def folded(self) -> Folded:
        """The columns that have no room."""
        return self._folded

    @property
    def is_told_beside(self) -> bool:
        """Whether the row with the boxes is covered by what is wrong with its score."""
        return self.problem.is_beside

    def set_open(self, *, is_open: bool) -> None:
        """Offer the boxes, or only show, to who may enter nothing."""
        self._delegate.is_open = is_open
        self.show_row()
        self.viewport().update()

    # the current row

    @property
    def row(self) -> int:
        """The row with the boxes; -1 for none."""
        return self.currentIndex().row()

    @property
    def line(self) -> DueLine | None:
        """Whom the row with the boxes is about."""
        return self._due.line(self.row) if self.row >= 0 else None

    def go_to(self, row: int) -> None:
        """Give this row the boxes, and the focus to the box of the score."""
        if 0 <= row < self._due.rowCount():
            self.setCurrentIndex(self._due.index(row, 0))
            self.show_row()
            self.focus_score()

    def go_on(self) -> bool:
        """Go to the next row that waits; False where none does."""
        count, start = self._due.rowCount(), self.row
        for row in (*range(start + 1, count), *range(max(0, start))):
            line = self._due.line(row)
            if line is None or self._calls.settled(line.case.case_id) is None:
                self.go_to(row)
                return True
        self.show_row()
        return False

    def focus_score(self) -> None:
        """Let the next key go into the box of the score, if it is in sight."""
        if not self.score.isHidden():
            self.score.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_row(self) -> None:
        """Show in the boxes what is typed for the row, and put them in their places."""
        line = self.line
        waits = line is not None and self._calls.settled(line.case.case_id) is None
        waits = waits and self._delegate.is_open
        had_focus = self.score.hasFocus() or self.analgesics.hasFocus()
        if not waits or line is None:
            if had_focus:
                self.setFocus(Qt.FocusReason.OtherFocusReason)
            for box in (self.score, self.analgesics, self.problem):
                box.hide()
            self._repaint(self.row)
            return
        entry = self._calls.entry(line)
        if self.score.text() != entry.text:
            self.score.setText(entry.text)
        self.analgesics.show_level(entry.analgesics)
        set_state(self.score, "error" if entry.problem else "")
        self.score.setAccessibleName(self._name_of(line))
        self.score.setAccessibleDescription(entry.problem or self._hint_of(line))
        self.score.show()
        self.place_boxes()
        self._repaint(self.row)

    def place_boxes(self) -> None:
        """Put the boxes over their cells."""
        if self.score.isHidden():
            return
        px = self._theme.px
        cell = self.visualRect(self._due.index(self.row, COLUMNS.index(Key.PAIN)))
        left = edges(self._theme, COLUMNS.index(Key.PAIN))[0]
        top = cell.center().y() - px(BOX_HEIGHT) // 2
        self.score.setGeometry(cell.left() + left, top, px(BOX_WIDTH), px(BOX_HEIGHT))
        other = self.visualRect(self._due.index(self.row, COLUMNS.index(Key.ANALGESICS)))
        left, right = edges(self._theme, COLUMNS.index(Key.ANALGESICS))
        self.analgesics.setGeometry(
            other.left() + left, top, max(1, other.width() - left - right), px(BOX_HEIGHT)
        )
        line = self.line
        entry = self._calls.entry(line) if line is not None else None
        beside = QRect(self.score.pos(), self.score.size())
        beside.setRight(cell.right() - px(_GAP))
        self.problem.tell(entry.problem if entry else "", beside, self.viewport().rect())
        has_room = Key.ANALGESICS not in self._folded and not self.problem.is_beside
        self.analgesics.setVisible(has_room)

    def _name_of(self, line: DueLine) -> str:
        visit = line.next.time_point.label if line.next else ""
        return tr("Pain of {patient}, {visit}").format(patient=words.patient_of(line), visit=visit)

    def _hint_of(self, line: DueLine) -> str:
        entry = self._calls.entry(line)
        due = words.due_in_words(line.next) if line.next else ""
        return f"{entry.scale.label}. {due}"

    def measure(self) -> None:
        """Share the width out; where it is too narrow some columns fold into others."""
        shared = self._widths.share(self.viewport().width(), self._due.sample())
        self._folded = shared.folded
        self._due.unnamed = Key.OTHERWISE if Key.OTHERWISE in shared.folded else None
        for section, key in enumerate(COLUMNS):
            self.setColumnHidden(section, key not in shared.widths)
            if key in shared.widths:
                self._heading.resizeSection(section, shared.widths[key])
        self.show_row()

    # inside

    def _set_up(self) -> None:
        set_kind(self, "list")
        self.setAccessibleName(tr("Whom to ask"))
        dress_rows(self)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.score.hide()
        self.analgesics.hide()
        QWidget.setTabOrder(self.score, self.analgesics)

    def _connect(self) -> None:
        self.customContextMenuRequested.connect(self._ask_for_menu)
        self.selectionModel().currentRowChanged.connect(self._follow_row)
        self.verticalScrollBar().valueChanged.connect(self.place_boxes)
        self.horizontalScrollBar().valueChanged.connect(self.place_boxes)
        self._due.dataChanged.connect(lambda *_: self.show_row())
        self._calls.changed.connect(self._show_case)
        self.score.textEdited.connect(self._take_text)
        self.score.entered.connect(self.entered)
        self.score.escaped.connect(self._clear)
        self.score.moved.connect(self.move_by)
        self.analgesics.entered.connect(self.entered)
        self.analgesics.currentIndexChanged.connect(self._take_level)
        self._theme.follow(self._dress)

    def _dress(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self._theme.px(ROW_HEIGHT))
        self._widths.forget()
        self.measure()
        self.viewport().update()

    def _follow_row(self, current: QModelIndex, previous: QModelIndex) -> None:
        self.scrollTo(current)
        self._repaint(previous.row())
        self.show_row()
        # Whoever moves by the mouse or the arrow keys goes on typing.
        if self.hasFocus() or self.score.hasFocus() or self.analgesics.hasFocus():
            self.focus_score()

    def _show_case(self, case_id: str) -> None:
        line = self.line
        if line is not None and line.case.case_id == case_id:
            self.show_row()
        self._repaint(self._due.row_of_case(case_id))

    def _repaint(self, row: int) -> None:
        """Paint one row anew; painting all of them takes too long for a key."""
        if row >= 0:
            top = self.rowViewportPosition(row)
            self.viewport().update(0, top, self.viewport().width(), self.rowHeight(row))

    def _take_text(self, text: str) -> None:
        if (line := self.line) is None:
            return
        entry = self._calls.entry(line)
        entry.text = text
        self._calls.typed.emit()
        if entry.problem:
            entry.problem = ""
            set_state(self.score, "")
        self.scrollTo(self.currentIndex())
        self.place_boxes()

    def _take_level(self, _place: int) -> None:
        if (line := self.line) is not None:
            self._calls.entry(line).analgesics = self.analgesics.level
            self._calls.typed.emit()

    def _clear(self) -> None:
        self.score.clear()
        self._take_text("")

    def move_by(self, rows: int) -> None:
        """Go so many rows down, or up; at the ends it stays."""
        last = self._due.rowCount() - 1
        if last >= 0:
            self.go_to(min(max(self.row + rows, 0), last))

    def _act_at(self, place: QPointF) -> tuple[int, Act | None, bool]:
        """The row, what can be chosen there, and whether it is the way to take back a change."""
        index = self.indexAt(place.toPoint())
        if not index.isValid():
            return -1, None, False
        act, is_undo = self._delegate.hit(index, self.visualRect(index), place)
        return index.row(), act, is_undo

    # keys and mouse

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.row < 0 and self._due.rowCount():
            self.setCurrentIndex(self._due.index(0, 0))
        if not self.score.isHidden():
            self.score.setFocus(event.reason())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
            return
        super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Qt would look through every row for it, also those that are not read yet."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row, act, is_undo = self._act_at(event.position())
        line = self._due.line(row) if row >= 0 else None
        if event.button() is not Qt.MouseButton.LeftButton or line is None:
            super().mousePressEvent(event)
            return
        if is_undo:
            self.undo_wanted.emit(line.case.case_id)
            return
        self.go_to(row)
        if act is not None:
            self._choose(act)

    def _choose(self, act: Act) -> None:
        if isinstance(act.reason, AssessmentMissing):
            self.reason_chosen.emit(act.reason)
            return
        cell = self.visualRect(self._due.index(self.row, COLUMNS.index(Key.OTHERWISE)))
        self.menu_wanted.emit(self.viewport().mapToGlobal(cell.center()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        row, act, is_undo = self._act_at(event.position())
        line = self._due.line(row) if row >= 0 else None
        if line is not None and act is None and not is_undo:
            self.opened.emit(line.case.case_id)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        row, act, is_undo = self._act_at(event.position())
        self._delegate.set_hovered(row, act, is_undo=is_undo)
        points = act is not None or is_undo
        shape = Qt.CursorShape.PointingHandCursor if points else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)
        self.viewport().update()
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: object) -> None:
        self._delegate.set_hovered(-1, None, is_undo=False)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.measure()

    def _ask_for_menu(self, place: QPoint) -> None:
        index = self.indexAt(place)
        if index.isValid():
            self.go_to(index.row())
        elif self.row < 0:
            return
        else:
            place = self.visualRect(self.currentIndex()).center()
        self.menu_wanted.emit(self.viewport().mapToGlobal(place))
