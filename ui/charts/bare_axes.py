# SPDX-License-Identifier: MIT
"""Axes that draw nothing of their own, without what matplotlib would prepare to draw it.

Ticks, their labels and grid lines are made with every ``Axes`` and cost two thirds of its making;
figures here write and rule their own.
"""

from __future__ import annotations

from typing import Any

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.axis import XAxis, YAxis


class _BareX(XAxis):
    def set_clip_path(self, path: Any, transform: Any = None) -> None:
        # An axis would make its ticks here to clip them.
        Artist.set_clip_path(self, path, transform)


class _BareY(YAxis):
    def set_clip_path(self, path: Any, transform: Any = None) -> None:
        Artist.set_clip_path(self, path, transform)


class BareAxes(Axes):
    """A coordinate system to draw in."""

    def _init_axis(self) -> None:
        # The way in which projections bring axes of their own.
        self.xaxis = _BareX(self, clear=False)
        self.yaxis = _BareY(self, clear=False)
        for edge, axis in (
            ("bottom", self.xaxis),
            ("top", self.xaxis),
            ("left", self.yaxis),
            ("right", self.yaxis),
        ):
            self.spines[edge].register_axis(axis)

    def grid(self, *_how: Any, **_look: Any) -> None:
        """Nothing: even to take a grid away, matplotlib makes the ticks."""

    def tick_params(self, *_how: Any, **_look: Any) -> None:
        """Nothing: there are no ticks."""
