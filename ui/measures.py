# SPDX-License-Identifier: MIT
"""Distances and sizes that follow the size of the text while the program runs."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QBoxLayout, QDialog, QSizePolicy, QSpacerItem

from ui.theme import Theme

__all__ = ["OF_THE_SCREEN", "fit_screen", "gap", "give_room", "keep"]

OF_THE_SCREEN = 0.92
"""How much of the screen's width and height a dialog may take."""


def keep(theme: Theme, setter: Callable[..., object], *lengths: float) -> None:
    """Call ``setter`` with lengths in pixels, now and whenever the scale is another one.

    Args:
        theme: tells the scale.
        setter: a method of a widget or layout, such as ``layout.setSpacing``; kept for as long
            as that object lives.
        lengths: its arguments for scale 1; 0 stays 0.

    Raises:
        TypeError: ``setter`` is no method of a Qt object.
    """
    owner = getattr(setter, "__self__", None)
    if not isinstance(owner, QObject):
        raise TypeError(f"{setter!r} is no method of a Qt object")
    _Measure(theme, setter, lengths, owner)


def gap(theme: Theme, layout: QBoxLayout, length: float) -> None:
    """Leave this distance, given for scale 1, before what is added to ``layout`` next."""
    _Gap(theme, layout, length)


def give_room(dialog: QDialog) -> None:
    """Make a dialog as high as its sentences need, when all of them stand in their places.

    Qt keeps a new window to two thirds of the screen and squeezes sentences that wrap.
    """
    layout = dialog.layout()
    assert layout is not None
    # What a button says may just have become longer.
    layout.activate()
    width = max(dialog.minimumWidth(), layout.sizeHint().width())
    dialog.resize(width, layout.totalHeightForWidth(width))


def fit_screen(theme: Theme, dialog: QDialog, width: float, height: float) -> None:
    """Give a dialog this size, in pixels for scale 1, or what the screen has room for."""
    room = dialog.screen().availableSize() * OF_THE_SCREEN
    dialog.resize(min(theme.px(width), room.width()), min(theme.px(height), room.height()))


class _Measure(QObject):
    """Belongs to what it measures, so that both go together."""

    def __init__(
        self,
        theme: Theme,
        setter: Callable[..., object],
        lengths: tuple[float, ...],
        owner: QObject,
    ) -> None:
        super().__init__(owner)
        self._theme = theme
        self._setter = setter
        self._lengths = lengths
        theme.follow(self._apply)
        self._apply()

    def _apply(self) -> None:
        self._setter(*(self._theme.px(length) if length else 0 for length in self._lengths))


class _Gap(QObject):
    """The same for a distance, which is no Qt object of its own."""

    def __init__(self, theme: Theme, layout: QBoxLayout, length: float) -> None:
        super().__init__(layout)
        self._spacer = QSpacerItem(0, 0)
        self._layout = layout
        layout.addSpacerItem(self._spacer)
        keep(theme, self.set_length, length)

    def set_length(self, pixels: int) -> None:
        """Make the distance this long, in the direction of the layout."""
        directions = QBoxLayout.Direction
        across = self._layout.direction() in (directions.LeftToRight, directions.RightToLeft)
        fixed, any_size = QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Minimum
        if across:
            self._spacer.changeSize(pixels, 0, fixed, any_size)
        else:
            self._spacer.changeSize(0, pixels, any_size, fixed)
        self._layout.invalidate()
