# SPDX-License-Identifier: MIT
"""Where the next core field is that is still open, at whichever level it is."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from models.schema import TreatedLevel
from ui.editor.focus_order import FocusOrder
from ui.editor.form import CaseForm
from ui.editor.layout import LEVELS
from ui.widgets.field_box import FieldBox


class OpenSteps:
    """Finds the stops that are open, and brings up the level that has them.

    The panel shows one level; on the way past it the others are looked at too, from head to tail.
    """

    def __init__(self, order: FocusOrder, form: CaseForm) -> None:
        self._order = order
        self._form = form

    def after(self, here: QWidget | None, *, forward: bool) -> QWidget | None:
        """The next open stop, or the one before, around and around; None where none is open."""
        stop = self._order.after(here, forward=forward, wanted=self._is_open)
        for level in self._levels_passed(here, stop, forward=forward):
            self._form.levels.choose(level)
            stops = self._form.focus_boxes_in(LEVELS.name)
            found = [one for one in stops if self._is_open(one) and one.isVisible()]
            if found:
                return found[0 if forward else -1]
        return stop

    def _levels_passed(
        self, here: QWidget | None, stop: QWidget | None, *, forward: bool
    ) -> list[TreatedLevel]:
        """The levels with open fields that lie on the way, the next first."""
        stops = self._order.stops()
        ours = self._form.focus_boxes_in(LEVELS.name)
        places = [place for place, one in enumerate(stops) if one in ours]
        if not places:
            return []
        way = 1 if forward else -1
        outside = -1 if forward else len(stops)
        start = stops.index(here) if here in stops else outside
        end = places[-1] if forward else places[0]

        def far(place: int) -> int:
            return (way * (place - start) - 1) % len(stops)

        leaves = -1 if start == end else far(end)
        arrives = far(stops.index(stop)) if stop in stops else len(stops)
        if leaves >= arrives:
            return []
        return self._form.levels.open_levels(forward=forward, beyond=start in places)

    def _is_open(self, stop: QWidget) -> bool:
        if stop is self._form.levels.adder:
            return not self._form.levels.levels()
        box = stop.parentWidget()
        # Counted balloons lack their volumes, which have boxes of their own to go to.
        return isinstance(box, FieldBox) and box.is_open and (box.is_empty() or bool(box.problem()))
