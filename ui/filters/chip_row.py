# SPDX-License-Identifier: MIT
"""The conditions of a filter as a row of chips; those without room are in a menu at its end."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy, QWidget

from models.query import Filter, Term
from models.query.field import NOTHING_KNOWN
from models.quick import dataclass
from ui.theme import Theme, set_kind, set_state
from ui.widgets.chip import Chip

if TYPE_CHECKING:
    from models.query.chips import Chip as OfferedChip
    from ui.filters.offer_panel import OfferPanel

_GAP = 6
_MANY = 9
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


@dataclass(frozen=True, slots=True)
class _Place:
    """A chip with what it stands for: a field whose offers it opens, or only a condition."""

    chip: Chip
    field: str
    term: Term | None


class ChipRow(QWidget):
    """Shows a filter and changes it by clicks.

    The chips keep their order. Where they do not fit, those that are off go first. Tab stops once
    here, the arrow keys go from chip to chip.

    Signals:
        chosen: (Filter) what is asked for after a click.
        writing_wanted: (str, Term | None) the condition of this field is to be shown in the text.
        offers_wanted: what a chip offers is to be shown; whoever knows of new words tells them.

    Attributes:
        more: the menu of what has no room.

    Args:
        today: what spans such as "last 30 days" are offered for.
        later: the chips are made when somebody has them filled in, or looks for them.
    """

    chosen = Signal(object)
    writing_wanted = Signal(str, object)
    offers_wanted = Signal()

    def __init__(
        self,
        theme: Theme,
        today: Callable[[], date] = date.today,
        parent: QWidget | None = None,
        *,
        later: bool = False,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._today = today
        self._asked = Filter()
        self._known: Mapping[str, Sequence[str]] = NOTHING_KNOWN
        self._panel: OfferPanel | None = None
        self._offered: tuple[OfferedChip, ...] = ()
        self._fields: dict[str, Chip] = {}
        self._others: list[Chip] = []
        self._places: list[_Place] = []
        self._stop: QWidget | None = None
        self.more = QPushButton(self)
        set_kind(self.more, "chip-menu")
        self.more.setAutoDefault(False)
        self.more.setMenu(QMenu(self.more))
        self.more.menu().aboutToShow.connect(self._fill_more)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Filters"))
        theme.follow(self._arrange)
        theme.follow(self.updateGeometry)
        if not later:
            self.fill()

    def fill(self) -> None:
        """Make the chips, unless they are there; until then there is room for them."""
        from models.query.chips import chips

        if not self._fields:
            self._offered = chips(self._today())
            self._fields = {one.field: self._make(one.label, one.field) for one in self._offered}
            self.show_filter(self._asked)

    def show_filter(self, asked: Filter) -> None:
        """Show what is asked for."""
        self._asked = asked
        if not self._fields:
            # Chips that are still to come show it then.
            if asked.terms:
                self.fill()
            return
        from models.query.chips import own_term, said_on_chip, unshown

        places = []
        for field, chip in self._fields.items():
            own = own_term(asked, field)
            chip.set_value(said_on_chip(own) if own is not None else "")
            places.append(_Place(chip, field, own))
        others = unshown(asked, self._offered)
        while len(self._others) < len(others):
            self._others.append(self._make("", ""))
        for chip in self._others[len(others) :]:
            chip.hide()
        for chip, term in zip(self._others, others, strict=False):
            chip.set_value(said_on_chip(term))
            places.append(_Place(chip, "", term))
        self._places = places
        self._arrange()

    def set_known(self, known: Mapping[str, Sequence[str]]) -> None:
        """Texts in use, to be offered for fields of words."""
        self._known = known
        if self._panel is not None and self._panel.field in known:
            self._panel.set_chip(self._offers_of(self._panel.field))
            self._panel.place()
            self._panel.setFocus(Qt.FocusReason.PopupFocusReason)

    @property
    def shown(self) -> list[Chip]:
        """The chips in sight, from left to right."""
        self.fill()
        return [place.chip for place in self._places if not place.chip.isHidden()]

    @property
    def hidden(self) -> list[Chip]:
        """The chips that have no room."""
        self.fill()
        return [place.chip for place in self._places if place.chip.isHidden()]

    @property
    def panel(self) -> OfferPanel | None:
        """The offers that are open."""
        return self._panel

    # chips

    def _make(self, label: str, field: str) -> Chip:
        chip = Chip(self._theme, label, self)
        chip.clicked.connect(partial(self._press, chip))
        chip.removed.connect(partial(self._remove, chip))
        return chip

    def _place_of(self, chip: Chip) -> _Place:
        return next(place for place in self._places if place.chip is chip)

    def _press(self, chip: Chip, _checked: bool = False) -> None:
        place = self._place_of(chip)
        if place.field:
            self.open_offers(place.field, chip)
        else:
            self.writing_wanted.emit("", place.term)

    def _remove(self, chip: Chip) -> None:
        self._take_away(self._place_of(chip).term)

    def _take_away(self, term: Term | None) -> None:
        if term is not None:
            from models.query.chips import without_term

            self.chosen.emit(without_term(self._asked, term))

    def open_offers(self, field: str, anchor: QWidget | None = None) -> None:
        """Show what can be chosen for a field, under its chip or under another control."""
        from ui.filters.offer_panel import OfferPanel

        self.fill()
        self.offers_wanted.emit()
        self._panel = OfferPanel(self._theme, self._offers_of(field), self._asked, self)
        self._panel.chosen.connect(self.chosen)
        self._panel.writing_wanted.connect(lambda term: self.writing_wanted.emit(field, term))
        self._panel.closed.connect(self._forget_panel)
        self._panel.open_under(anchor or self._fields[field])
        self._panel.setFocus(Qt.FocusReason.PopupFocusReason)

    def _offers_of(self, field: str) -> OfferedChip:
        from models.query.chips import chips

        return next(one for one in chips(self._today(), self._known) if one.field == field)

    def _forget_panel(self) -> None:
        self._panel = None

    def _fill_more(self) -> None:
        menu = self.more.menu()
        menu.clear()
        for place in self._places:
            if not place.chip.isHidden():
                continue
            text = place.chip.value or place.chip.label
            action = menu.addAction(text.replace("&", "&&"))
            action.setCheckable(bool(place.chip.value))
            action.setChecked(action.isCheckable())
            if place.field:
                action.triggered.connect(partial(self._open_hidden, place.field))
            else:
                action.triggered.connect(partial(self._remove, place.chip))

    def _open_hidden(self, field: str, _checked: bool = False) -> None:
        self.open_offers(field, self.more)

    # keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()), 0)
        row = self._row()
        here = self.focusWidget()
        if not step or here not in row:
            super().keyPressEvent(event)
            return
        there = row[min(max(row.index(here) + step, 0), len(row) - 1)]
        there.setFocus(Qt.FocusReason.TabFocusReason)
        self._let_tab_stop(there)

    def _row(self) -> list[QWidget]:
        """What the arrow keys go through."""
        return [*self.shown, *([] if self.more.isHidden() else [self.more])]

    def _let_tab_stop(self, stop: QWidget) -> None:
        self._stop = stop
        for widget in (*(place.chip for place in self._places), self.more):
            strong, click = Qt.FocusPolicy.StrongFocus, Qt.FocusPolicy.ClickFocus
            widget.setFocusPolicy(strong if widget is stop else click)

    # room

    def least_width(self) -> int:
        """What the menu needs that holds the chips without room, when some of them are on."""
        letters = self.more.fontMetrics().horizontalAdvance
        around = self.more.sizeHint().width() - letters(self.more.text())
        return around + letters(self._said_of_more(self.tr("More"), _MANY))

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        return QSize(self.more.sizeHint().width(), self._height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _height(self) -> int:
        row = [self.more, *(place.chip for place in self._places)]
        return max(widget.sizeHint().height() for widget in row)

    def _width(self, widgets: Sequence[QWidget]) -> int:
        gap = self._theme.px(_GAP)
        return sum(widget.sizeHint().width() + gap for widget in widgets) - gap * bool(widgets)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Find out what fits, and put it there; out of sight there is no room yet to fit into."""
        if not self.isVisible():
            return
        shown = self._fitting()
        hidden = [place for place in self._places if place.chip not in shown]
        self._name_more(hidden, all_of_them=not shown)
        row: list[QWidget] = [place.chip for place in self._places if place.chip in shown]
        if hidden:
            row.append(self.more)
        left, gap, height = 0, self._theme.px(_GAP), self._height()
        for widget in row:
            size = widget.sizeHint()
            widget.setGeometry(left, (height - size.height()) // 2, size.width(), size.height())
            left += size.width() + gap
        for place in self._places:
            place.chip.setVisible(place.chip in shown)
        self.more.setVisible(bool(hidden))
        if self._stop not in row and row:
            self._let_tab_stop(row[0])

    def _fitting(self) -> list[Chip]:
        every = [place.chip for place in self._places]
        if self._width(every) <= self.width():
            return every
        self._name_more(self._places, all_of_them=False)
        room = self.width() - self.more.sizeHint().width()
        found: list[Chip] = []
        for chip in sorted(every, key=lambda chip: not chip.value):
            room -= chip.sizeHint().width() + self._theme.px(_GAP)
            if room < 0:
                break
            found.append(chip)
        return found

    def _said_of_more(self, name: str, on: int) -> str:
        return f"{name} ({on})" if on else name

    def _name_more(self, hidden: Sequence[_Place], *, all_of_them: bool) -> None:
        on = sum(bool(place.chip.value) for place in hidden)
        for name in (self.tr("Filters"), self.tr("More")) if all_of_them else (self.tr("More"),):
            self.more.setText(self._said_of_more(name, on))
            if self.more.sizeHint().width() <= self.width():
                break
        set_state(self.more, "on" if on else "")
