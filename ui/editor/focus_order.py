# SPDX-License-Identifier: MIT
"""Where Tab goes: through the form as it is read, however its boxes came about."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget


class Stops(Protocol):
    """A part of the page that Tab goes through."""

    def focus_boxes(self) -> Iterable[QWidget]:
        """Its controls, in their order."""


class FocusOrder:
    """The controls of several parts, one part after the other, and around again."""

    def __init__(self, *parts: Stops) -> None:
        self._parts = parts

    def stops(self) -> list[QWidget]:
        """All that Tab goes through now, from the first to the last."""
        return [stop for part in self._parts for stop in part.focus_boxes() if _takes_tab(stop)]

    def after(
        self,
        here: QWidget | None,
        *,
        forward: bool,
        wanted: Callable[[QWidget], bool] = lambda _stop: True,
    ) -> QWidget | None:
        """The control that Tab (or, not ``forward``, Shift+Tab) goes to; None if there is none.

        Of the controls that are not ``wanted`` none is gone to.
        """
        # Whether it takes Tab is asked of those alone that are come by: there are hundreds.
        boxes = [box for part in self._parts for box in part.focus_boxes()]
        is_stop = here is not None and here in boxes and _takes_tab(here)
        place = boxes.index(here) if here is not None and is_stop else -1
        following = boxes[place + 1 :] + boxes[: place + 1]
        if not forward:
            before = place if is_stop else len(boxes)
            following = [*reversed(boxes[:before]), *reversed(boxes[before:])]
        return next((box for box in following if _takes_tab(box) and wanted(box)), None)


def focused() -> QWidget | None:
    """What has the focus."""
    return QApplication.focusWidget()


def _takes_tab(widget: QWidget) -> bool:
    takes_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return takes_tab and widget.isEnabled() and widget.isVisible()
