# SPDX-License-Identifier: MIT
"""The scrolling form: all sections, one below the other."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui.editor.aside import Aside
from ui.editor.assessments_view import AssessmentsView
from ui.editor.blocks import Section
from ui.editor.case_rows import Subject
from ui.editor.column import BlockColumn, Part
from ui.editor.fields_view import FoldButton
from ui.editor.images_view import ImagesView
from ui.editor.layout import FOLLOWUP, IMAGES, LEVELS, SECTIONS
from ui.editor.levels_view import LevelsView
from ui.measures import keep
from ui.theme import Theme, set_kind
from ui.widgets.field_box import FieldBox
from ui.widgets.field_form import FieldForm

_WIDEST = 1200
_EDGE = 20
_TOP = 16
_SPACING = 6
_SECTION_GAP = 22 + _SPACING
_LEAST_FOR_TWO = 1400
"""Where the form is so wide, sections stand in two columns instead of leaving half of it empty."""
_LABEL, _ROOM = 24, 48
"""Above a control that is gone to; where the form has to move, it leaves more room around."""
_SECOND_FROM = LEVELS
"""The first section of the second column."""


class CaseForm(QScrollArea):
    """All boxes of a case.

    Attributes:
        levels: the treated levels.
        assessments: pain and function.
        images: the images.

    Signals:
        removed: (name of the list, row) the user took a row of a list away.
        place_changed: (name) another section is at the top, or has the focus.
        aside_changed: what stands beside the case and belongs to no row of it is something else.
    """

    removed = Signal(str, object)
    place_changed = Signal(str)
    aside_changed = Signal()

    def __init__(self, binder: FieldForm, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.levels = LevelsView(binder, theme)
        self.assessments = AssessmentsView(binder, theme)
        self.images = ImagesView(binder, theme)
        self._headings: dict[str, QLabel] = {}
        self._parts: dict[str, Part] = {}
        self._page = QWidget(self)
        set_kind(self._page, "page")
        self._layout = QHBoxLayout(self._page)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        # Widgets and not layouts in a layout, which forget heights that depend on the width.
        self._sides = (QWidget(self._page), QWidget(self._page))
        self._columns = tuple(QVBoxLayout(side) for side in self._sides)
        for side, column in zip(self._sides, self._columns, strict=True):
            keep(theme, column.setContentsMargins, _EDGE, _TOP, _EDGE, 3 * _EDGE)
            keep(theme, column.setSpacing, _SPACING)
            column.addStretch()
            self._layout.addWidget(side, 1)
        for section in SECTIONS:
            self._make_section(section, binder)
        self._has_two = False
        self._arrange()
        self.setWidget(self._page)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().valueChanged.connect(self._tell_place)
        # The bar knows of another height before the sections have found their new places.
        self._grown = QTimer(self, singleShot=True, interval=0)
        self._grown.timeout.connect(self._settle_anew)
        self._revealed: QWidget | None = None
        self.verticalScrollBar().actionTriggered.connect(lambda _action: self._let_go())
        self.verticalScrollBar().rangeChanged.connect(lambda _least, _most: self._grown.start())
        for view in (self.levels, self.assessments):
            view.aside_changed.connect(self.aside_changed)
        self.levels.row_removed.connect(self.removed)
        self.assessments.removed.connect(self.removed)
        self.images.removed.connect(self.removed)
        theme.follow(self._share_width)
        theme.changing.connect(self._hold_places)
        theme.dressed.connect(self._find_places)
        self._share_width()

    def make_ready(self, subject: Subject) -> Iterator[None]:
        """Make the boxes that a case is going to need and that are not there yet, in steps.

        A box takes a millisecond, and the first case that is shown needs a hundred and more.
        """
        for part in self._parts.values():
            yield from part.make_ready(subject)

    def show_subject(self, subject: Subject, *, is_new: bool = False) -> Iterator[None]:
        """Show a case from its beginning, a part in each step.

        ``is_new``: there are boxes that were never laid out. Then a part at a time is, because
        each of their words is measured; it takes longer than all at once.
        """
        # Out of sight nothing is laid out before all of it is there; but the focus would be lost.
        focus = QApplication.focusWidget()
        is_hidden = focus is None or not self._page.isAncestorOf(focus)
        self._page.setHidden(is_hidden)
        for part in self._parts.values():
            _widget(part).setHidden(is_hidden and is_new)
            part.show_subject(subject)
            yield
        self._page.show()
        yield
        for part in self._parts.values() if is_new else ():
            _widget(part).show()
            yield
        self.verticalScrollBar().setValue(0)
        self._tell_place()
        yield

    def follow(self, subject: Subject) -> None:
        """Rows came, went or were changed behind the boxes: show them as they are now."""
        for part in self._parts.values():
            part.follow(subject)

    def aside(self, *, taken: bool) -> dict[str, str]:
        """What stands beside the case: as it was taken last, or as it is being typed."""
        return self.levels.aside(taken=taken) | self.assessments.aside(taken=taken)

    def show_aside(self, texts: Aside, *, taken: bool) -> None:
        """Show what stood beside the case."""
        self.levels.show_aside(texts, taken=taken)
        self.assessments.show_aside(texts, taken=taken)

    def find_box(self, row_id: str, field: str) -> FieldBox | None:
        """The box of a field of a row, unfolded and with its level chosen."""
        found = (part.find_box(row_id, field) for part in self._parts.values())
        return next((box for box in found if box is not None), None)

    def section_of(self, widget: QWidget) -> str:
        """The section that a control stands in; "" for none."""
        for name, part in self._parts.items():
            if isinstance(part, QWidget) and part.isAncestorOf(widget):
                return name
        return ""

    def go_to(self, section: str) -> None:
        """Scroll to a section and put the focus on its first box."""
        stops = self._parts[section].focus_boxes()
        if stops:
            stops[0].setFocus(Qt.FocusReason.OtherFocusReason)
        self.settle()
        heading = self._headings[section]
        top = heading.y() + heading.contentsMargins().top()
        self.verticalScrollBar().setValue(top - self._theme.px(8))
        self.place_changed.emit(section)

    def reveal(self, widget: QWidget) -> None:
        """Scroll so that a control can be seen, with its label.

        It stays in sight when the form finds other places, until the user scrolls.
        """
        self.settle()
        self._bring_into_sight(QRect(widget.mapTo(self._page, QPoint()), widget.size()))
        self._revealed = widget

    def reveal_soon(self, widget: QWidget) -> None:
        """``reveal`` what has the focus, when this event is through and all has its place."""
        self._revealed = widget
        self._grown.start()

    def _hold_places(self) -> None:
        """A change of the look comes box by box: all of them find their places once, at its end."""
        for layout in (*self._columns, self._layout):
            layout.setEnabled(False)

    def _find_places(self) -> None:
        for layout in (*self._columns, self._layout):
            layout.setEnabled(True)
            layout.invalidate()
        self._layout.activate()
        self._grown.start()

    def _bring_into_sight(self, place: QRect) -> None:
        """Scroll, where not all of it is seen; Qt is content with the place of the cursor."""
        bar, height = self.verticalScrollBar(), self.viewport().height()
        label, room = self._theme.px(_LABEL), self._theme.px(_ROOM)
        seen = range(bar.value(), bar.value() + height + 1)
        if place.top() - label in seen and place.bottom() + 1 in seen:
            return
        lowest = place.bottom() + room - height
        highest = place.top() - room
        bar.setValue(min(highest, max(lowest, bar.value())))

    def settle(self) -> None:
        """Let the form find its places now, where something just came or went."""
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        for layout in (*self._columns, self._layout):
            layout.activate()

    def focus_boxes(self) -> Iterator[QWidget]:
        """The controls that Tab goes through, in the order in which they are read."""
        for part in self._parts.values():
            yield from part.focus_boxes()

    def folds_in(self, section: str) -> list[FoldButton]:
        """What folds something out in one section."""
        stops = self._parts[section].focus_boxes()
        return [stop for stop in stops if isinstance(stop, FoldButton)]

    def focus_boxes_in(self, section: str) -> list[QWidget]:
        """The controls of one section."""
        return self._parts[section].focus_boxes()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._let_go()
        super().wheelEvent(event)

    def _let_go(self) -> None:
        """The user scrolls, and nothing pulls back."""
        self._revealed = None

    def _settle_anew(self) -> None:
        """What was typed brought up more, or less: whoever types there still sees where."""
        if not self._layout.isEnabled():
            return
        focus = QApplication.focusWidget()
        if focus is not None and focus is self._revealed and self.isAncestorOf(focus):
            self.reveal(focus)
        self._tell_place_anew()

    def _share_width(self) -> None:
        """One column, or two where the window is wide."""
        has_two = self.width() >= self._theme.px(_LEAST_FOR_TWO)
        if has_two is not self._has_two:
            self._has_two = has_two
            self._arrange()
        self._page.setMaximumWidth(self._theme.px(_WIDEST) * (2 if has_two else 1))
        firsts = (SECTIONS[0].name, _SECOND_FROM.name if has_two else "")
        for name, heading in self._headings.items():
            above = 0 if name in firsts else self._theme.px(_SECTION_GAP)
            heading.setContentsMargins(0, above, 0, 0)

    def _arrange(self) -> None:
        """Put the sections into their columns; whoever types there goes with them."""
        here = QApplication.focusWidget()
        column, second = self._columns
        for name, part in self._parts.items():
            if self._has_two and name == _SECOND_FROM.name:
                column = second
            assert isinstance(part, QWidget)
            for widget in (self._headings[name], part):
                # Not by ``takeAt``: an item that lives on keeps its successor from being measured.
                for old in self._columns:
                    old.removeWidget(widget)
                column.insertWidget(column.count() - 1, widget)
        self._sides[1].setVisible(self._has_two)
        if here is not None and self.isAncestorOf(here):
            here.setFocus()

    def _make_section(self, section: Section, binder: FieldForm) -> None:
        heading = QLabel(section.title, self._page)
        set_kind(heading, "heading")
        self._headings[section.name] = heading
        part: QWidget
        if section is LEVELS:
            part = self.levels
        elif section is FOLLOWUP:
            part = self.assessments
        elif section is IMAGES:
            part = self.images
        else:
            part = BlockColumn(section.blocks, binder, self._theme, self._page)
            part.removed.connect(self.removed)
        part.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._parts[section.name] = part

    def _tell_place_anew(self) -> None:
        """Sections moved under the window: the one with the focus counts while it is in sight."""
        focus = QApplication.focusWidget()
        name = self.section_of(focus) if focus is not None else ""
        if focus is not None and name and not focus.visibleRegion().isEmpty():
            self.place_changed.emit(name)
        else:
            self._tell_place()

    def _tell_place(self) -> None:
        """The section in sight: the last whose heading is above the upper third."""
        bar, names = self.verticalScrollBar(), list(self._headings)
        if self._has_two:
            # The second column stands beside the first; who goes there says so.
            names = names[: names.index(_SECOND_FROM.name)]
        line = bar.value() + self.viewport().height() // 3
        above = [name for name in names if self._headings[name].y() <= line]
        if bar.value() == 0 or not above:
            self.place_changed.emit(names[0])
        else:
            self.place_changed.emit(names[-1] if bar.value() == bar.maximum() else above[-1])


def _widget(part: Part) -> QWidget:
    assert isinstance(part, QWidget)
    return part
