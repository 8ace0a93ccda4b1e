# SPDX-License-Identifier: MIT
"""The pane beside the list: everything about the case that is chosen, to read and to copy."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from models.case import load_case
from models.errors import LogbookError
from models.logbook import Logbook
from ui.cases.detail_level import Entry, LevelPart
from ui.cases.detail_rows import Detail, describe, open_fields_title
from ui.jobs import Jobs
from ui.latest_job import LatestJob
from ui.theme import Theme, set_kind, set_state
from ui.widgets.empty_state import EmptyState
from ui.widgets.pain_curve import PainCurve
from ui.widgets.spine import SpineView
from ui.widgets.spine_marks import LevelMark

WIDTH = 324
"""How wide the pane likes to be, at scale 1."""
_SMALLEST = 264
_SPINE_WIDTH = 58
_NAMES_WIDTH = 64
_PAUSE_MS = 60
_STATES = {"warning": "warning"}


class DetailPane(QFrame):
    """Shows one case, or says how many are chosen.

    Signals:
        edit_wanted: the Edit button.
        export_wanted: the Export button that stands there for several cases.
    """

    edit_wanted = Signal()
    export_wanted = Signal()

    def __init__(self, jobs: Jobs, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._logbook: Logbook | None = None
        self._case_id = ""
        self._loading = LatestJob(jobs, self)
        self.setAccessibleName(self.tr("Chosen case"))
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._load)
        self._empty = EmptyState(theme, self)
        self._empty.pressed.connect(self.export_wanted)
        self._content = CaseView(theme, self)
        self._content.edit.clicked.connect(lambda _checked=False: self.edit_wanted.emit())
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._content)
        self.clear()

    def set_logbook(self, logbook: Logbook | None) -> None:
        """Show cases of this logbook from now on."""
        self._logbook = logbook
        self.clear()

    @property
    def shown_case(self) -> str:
        """Id of the case in the pane; "" for none."""
        return self._case_id

    def show_case(self, case_id: str) -> None:
        """Read the case and show it; what is there stays in sight until then."""
        self._forget_job()
        self._case_id = case_id
        self._pause.start()

    def show_several(self, count: int) -> None:
        """Say that several cases are chosen."""
        self._rest()
        self._empty.say(
            self.tr("{count} cases selected").format(count=f"{count:,}"),
            button=self.tr("Export…"),
            kind="",
        )

    def clear(self) -> None:
        """No case is chosen."""
        self._rest()
        self._empty.say("", self.tr("Choose a case to see it here."))

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(WIDTH), 0)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(_SMALLEST), 0)

    def _rest(self) -> None:
        self._forget_job()
        self._case_id = ""
        self._stack.setCurrentWidget(self._empty)

    def _load(self) -> None:
        logbook, case_id = self._logbook, self._case_id
        if logbook is None or not case_id:
            return
        self._loading.run(
            logbook, lambda: describe(load_case(logbook, case_id)), self._show, self._fail
        )

    def _show(self, detail: Detail) -> None:
        self._content.show_detail(detail)
        self._stack.setCurrentWidget(self._content)

    def _fail(self, error: LogbookError) -> None:
        self._empty.say(self.tr("The case cannot be shown"), str(error))
        self._stack.setCurrentWidget(self._empty)

    def _forget_job(self) -> None:
        self._pause.stop()
        self._loading.cancel()


class CaseView(QScrollArea):
    """The content of the pane for one case."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._detail: Detail | None = None
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        page = QWidget(self)
        set_kind(page, "page")
        self.heading = _label("title")
        self.subtitle = _label("small")
        self.edit = QPushButton(self.tr("Edit"), page)
        self._procedure = _label("")
        self._small_print = _label("small")
        self.levels = LevelBox(theme, page)
        self._below = QVBoxLayout()
        self._layout = QVBoxLayout(page)
        self._layout.addLayout(self._head())
        self._layout.addSpacing(theme.space(1))
        self._layout.addWidget(_heading(self.tr("Procedure")))
        self._layout.addWidget(self._procedure)
        self._layout.addWidget(self._small_print)
        self._layout.addWidget(self.levels)
        self._layout.addLayout(self._below)
        self._layout.addStretch(1)
        self.setWidget(page)
        theme.changed.connect(self._dress)
        self._dress()

    def show_detail(self, detail: Detail) -> None:
        """Show this case, from its top if it is another one than before."""
        another = self._detail is None or self._detail.case_id != detail.case_id
        self._detail = detail
        self.setUpdatesEnabled(False)
        self.heading.setText(detail.heading)
        self.subtitle.setText(detail.subtitle)
        self._procedure.setText(detail.procedure)
        self._small_print.setText(detail.small_print)
        self._small_print.setVisible(bool(detail.small_print))
        self.levels.show_levels(detail.levels, detail.marks)
        _empty_out(self._below)
        self._fill_below(detail)
        self.setUpdatesEnabled(True)
        if another:
            self.verticalScrollBar().setValue(0)

    def _head(self) -> QHBoxLayout:
        names = QVBoxLayout()
        names.setSpacing(self._theme.px(2))
        names.addWidget(self.heading)
        names.addWidget(self.subtitle)
        head = QHBoxLayout()
        head.addLayout(names, 1)
        head.addWidget(self.edit, 0, Qt.AlignmentFlag.AlignTop)
        return head

    def _fill_below(self, detail: Detail) -> None:
        for curve in detail.curves:
            self._begin_part(curve.title)
            drawn = PainCurve(self._theme)
            drawn.set_course(curve.points, curve.maximum)
            drawn.setMinimumHeight(drawn.sizeHint().height())
            self._below.addWidget(drawn)
        for part in detail.texts:
            self._begin_part(part.title, _STATES.get(part.state, ""))
            for paragraph in part.paragraphs:
                self._below.addWidget(_label("", paragraph))
        if detail.open_fields:
            self._below.addSpacing(self._theme.space(2))
            self._below.addWidget(self._notice(detail))

    def _begin_part(self, title: str, state: str = "") -> None:
        self._below.addSpacing(self._theme.space(2))
        self._below.addWidget(_heading(title, state))

    def _notice(self, detail: Detail) -> QFrame:
        notice = QFrame()
        set_kind(notice, "notice")
        layout = QVBoxLayout(notice)
        layout.setContentsMargins(*(self._theme.space(3), self._theme.space(2)) * 2)
        layout.setSpacing(self._theme.px(2))
        layout.addWidget(_heading(open_fields_title(len(detail.open_fields))))
        layout.addWidget(_label("small", ", ".join(detail.open_fields)))
        return notice

    def _dress(self) -> None:
        edge = self._theme.space(4)
        self._layout.setContentsMargins(edge, self._theme.space(3), self._theme.px(10), edge)
        self._layout.setSpacing(self._theme.px(6))
        self._below.setSpacing(self._theme.px(6))
        if self._detail is not None:
            self.show_detail(self._detail)


class LevelBox(QWidget):
    """The spine with all treated levels, and beside it the facts of one of them."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._parts: tuple[LevelPart, ...] = ()
        self._marks: dict = {}
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self.show_level)
        self.spine = SpineView(theme, compact=True, parent=self)
        self._switch = QHBoxLayout()
        self._facts = QGridLayout()
        self._facts.setColumnStretch(1, 1)
        self._facts.setHorizontalSpacing(theme.space(2))
        self._facts.setVerticalSpacing(theme.px(5))
        right = QVBoxLayout()
        right.addLayout(self._switch)
        right.addLayout(self._facts)
        right.addStretch(1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, theme.space(1), 0, 0)
        layout.setSpacing(theme.space(2))
        layout.addWidget(self.spine, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(right, 1)
        theme.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        self.spine.setFixedWidth(self._theme.px(_SPINE_WIDTH))

    def show_levels(self, parts: tuple[LevelPart, ...], marks: dict) -> None:
        """Show these levels; the first is the one whose facts are told."""
        self._parts, self._marks = parts, marks
        _empty_out(self._switch)
        for number, part in enumerate(parts if len(parts) > 1 else ()):
            button = QPushButton(part.name, self)
            button.setCheckable(True)
            self._group.addButton(button, number)
            self._switch.addWidget(button)
        self._switch.addStretch(1)
        self.setVisible(bool(parts))
        if parts:
            self.show_level(0)

    def show_level(self, number: int) -> None:
        """Tell the facts of one of the levels."""
        part = self._parts[number]
        if (button := self._group.button(number)) is not None:
            button.setChecked(True)
        _empty_out(self._facts)
        for row, entry in enumerate(part.entries):
            self._add(row, entry)
        several = len(self._parts) > 1
        self.spine.set_marks(
            {
                level: _selected(mark) if several and level is part.level else mark
                for level, mark in self._marks.items()
            }
        )

    def _add(self, row: int, entry: Entry) -> None:
        name, value = _label("muted", entry.label), _label("", entry.value)
        name.setFixedWidth(self._theme.px(_NAMES_WIDTH))
        if entry.state == "open":
            set_kind(value, "muted")
        elif entry.state == "strong":
            set_kind(value, "heading")
        set_state(value, _STATES.get(entry.state, ""))
        cell = QVBoxLayout()
        cell.setSpacing(0)
        cell.addWidget(value)
        if entry.note:
            cell.addWidget(_label("small", entry.note))
        cell.addStretch(1)
        top = Qt.AlignmentFlag.AlignTop
        self._facts.addWidget(name, 2 * row, 0, top)
        self._facts.addLayout(cell, 2 * row, 1)
        line = QFrame()
        set_kind(line, "hairline")
        self._facts.addWidget(line, 2 * row + 1, 0, 1, 2)


def _selected(mark: LevelMark) -> LevelMark:
    return replace(mark, selected=True)


def _heading(text: str, state: str = "") -> QLabel:
    label = _label("heading", text)
    set_state(label, state)
    return label


def _label(kind: str, text: str = "") -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    set_kind(label, kind)
    return label


def _empty_out(layout: QLayout) -> None:
    """Take everything out of a layout, with the layouts in it."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            _empty_out(inner)
