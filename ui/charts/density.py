# SPDX-License-Identifier: MIT
"""Very many pairs as a density: how many of their lines pass each place, and of which kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.colors import to_rgb
from scipy.ndimage import gaussian_filter1d

from ui.charts.sheet import Sheet

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_ACROSS, _UP = 180, 360
_BLUR = 0.016
"""How far a line reaches up and down, as a share of the scale."""


def draw_density(
    sheet: Sheet,
    axes: Axes,
    before: np.ndarray,
    after: np.ndarray,
    improved: np.ndarray,
    n: np.ndarray,
) -> None:
    """Shade the room between both columns by the pairs that pass there.

    The color of a place is that of the pairs that pass it, mixed by their numbers, so that a few
    on top do not hide the many below.

    Args:
        sheet: where it is drawn.
        axes: the columns stand at 0 and 1, the scale is upright.
        before: scores before, of different pairs.
        after: scores after, of the same.
        improved: which of them improved enough.
        n: how often each occurs.
    """
    ends = axes.get_ylim()
    yes, no = (_passing(before[part], after[part], n[part], ends) for part in (improved, ~improved))
    together = yes + no
    share = np.divide(no, together, out=np.zeros_like(no), where=together > 0)[..., None]
    colors = np.empty((_UP, _ACROSS, 4))
    colors[..., :3] = (1 - share) * to_rgb(sheet.palette.after) + share * to_rgb(
        sheet.palette.series[1]
    )
    strongest = together.max() or 1.0
    colors[..., 3] = 0.9 * np.sqrt(together / strongest)
    axes.imshow(
        colors, extent=(0, 1, *ends), origin="lower", aspect="auto", interpolation="bilinear",
        zorder=2,
    )  # fmt: skip
    axes.set_axis_off()


def _passing(
    before: np.ndarray, after: np.ndarray, n: np.ndarray, ends: tuple[float, float]
) -> np.ndarray:
    """Pairs that pass each place, a row for each height and a column for each step across."""
    bottom, top = ends
    found = np.zeros((_UP, _ACROSS))
    if not len(n):
        return found
    for column, x in enumerate(np.linspace(0, 1, _ACROSS)):
        heights = (before + (after - before) * x - bottom) / (top - bottom)
        rows = np.clip(np.round(heights * (_UP - 1)), 0, _UP - 1).astype(int)
        found[:, column] = np.bincount(rows, weights=n, minlength=_UP)
    blurred: np.ndarray = gaussian_filter1d(found, _BLUR * _UP, axis=0, mode="constant")
    return blurred
