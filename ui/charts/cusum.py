# SPDX-License-Identifier: MIT
"""A CUSUM chart: the sum after each observation, its limits, and where it signalled."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from models.safety.cusum import Verdict
from models.speech import lowered, numeral, numerals, say, shown_day
from ui.charts.axis import say_nothing
from ui.charts.share_axis import draw_rows
from ui.charts.sheet import Box, Sheet

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from models.safety.cusum import Chart
    from models.safety.numbers import SafetyNumbers

_MOST_POINTS = 4_000
_MANY = 1_500
_NAMED, _NEAR = 0.36, 0.12
"""The part of the width that the name of a limit takes, and what is near to the limit."""
_BAD = Verdict.UNACCEPTABLE


def draw_cusum(sheet: Sheet, numbers: SafetyNumbers, frame: Box) -> None:
    """Draw the chart that is watched into ``frame``."""
    watched = numbers.watched
    found = watched.chart
    told = " · ".join(filter(None, (watched.in_short(), watched.too_few())))
    said = sheet.wrap(told, frame.width, "small")
    for number, line in enumerate(said):
        below = frame.top + number * sheet.line_height("small")
        sheet.text(frame.left, below, line, size="small", color="text_muted")
    plot = Box(
        frame.left + sheet.px(44),
        frame.top + sheet.px(14) + len(said) * sheet.line_height("small"),
        frame.right,
        frame.bottom - sheet.px(40),
    )
    low, high = _range(found)
    axes = sheet.axes(plot, (0, max(found.n, 1)), (low, high))
    if not found.n:
        unit = lowered(watched.watch.unit.label)
        say_nothing(sheet, plot, say("No {unit} with a day and a known outcome", unit=unit))
        return
    axes.axhline(0, color=sheet.palette.text_muted, linewidth=sheet.points(1), zorder=1)
    draw_rows(sheet, axes, plot, _ticks(low, high), ".3g")
    _draw_limits(sheet, axes, plot, found)
    x, y = _thinned(np.array([0.0, *found.path]))
    width = sheet.points(1.8 if found.n < _MANY else 0.9)
    axes.plot(
        x, y, color=sheet.palette.after, linewidth=width, zorder=3,
        solid_joinstyle="round", clip_on=False,
    )  # fmt: skip
    for is_bad, color in ((True, sheet.palette.error), (False, sheet.palette.success)):
        signals = [one for one in found.signals if (one.verdict is _BAD) is is_bad]
        axes.plot(
            [one.at + 1 for one in signals], [one.value for one in signals], "o", color=color,
            markersize=sheet.points(6), zorder=5, clip_on=False,
        )  # fmt: skip
    _name_ends(sheet, plot, numbers)


def _range(found: Chart) -> tuple[float, float]:
    ends = [0.0, *found.path, *(one for one in (found.lower, found.upper) if one is not None)]
    low, high = min(ends), max(ends)
    room = 0.08 * max(high - low, 0.5)
    return (low - room if low < 0 else 0.0), high + room


def _ticks(low: float, high: float) -> list[float]:
    rough = (high - low) / 4
    unit = 10.0 ** np.floor(np.log10(rough))
    step = float(next(unit * one for one in (1, 2, 5, 10) if unit * one >= rough))
    first = int(np.ceil(low / step))
    return [step * number for number in range(first, int(np.floor(high / step)) + 1)]


def _draw_limits(sheet: Sheet, axes: Axes, plot: Box, found: Chart) -> None:
    low, high = axes.get_ylim()
    for name, value, verdict in found.named_limits:
        color = sheet.palette.error if verdict is _BAD else sheet.palette.success
        axes.axhline(
            value, color=color, linewidth=sheet.points(1.4), dashes=(5, 4), zorder=2, clip_on=False
        )
        y = plot.bottom - plot.height * (value - low) / (high - low)
        above = y - sheet.px(10) if value > 0 else y + sheet.px(10)
        words = numerals(
            "{name} = {value:.2f}: {verdict}",
            name=name,
            value=value,
            verdict=lowered(verdict.label),
        ).replace("-", "−")
        is_right = _is_free_at_the_end(found, value)
        x = plot.right - sheet.px(4) if is_right else plot.left + sheet.px(4)
        align = "right" if is_right else "left"
        text = sheet.text(x, above, words, color=color, align=align, middle=True)
        text.set_path_effects(sheet.halo())


def _is_free_at_the_end(found: Chart, limit: float) -> bool:
    """Whether the course stays as far from a limit at its end as at its beginning, or farther."""
    path = np.array(found.path or (0.0,))
    part = max(1, round(len(path) * _NAMED))
    first, last = (float(np.abs(one - limit).min()) for one in (path[:part], path[-part:]))
    return last >= first or last > abs(limit) * _NEAR


def _thinned(path: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Of very many points the lowest and the highest of every few, in their order."""
    x = np.arange(len(path))
    if len(path) <= _MOST_POINTS:
        return x, path
    size = -(-len(path) // (_MOST_POINTS // 2))
    whole = len(path) - len(path) % size
    parts, first = path[:whole].reshape(-1, size), np.arange(0, whole, size)
    rest = path[whole:]
    ends = [whole + at for at in (rest.argmin(), rest.argmax())] if len(rest) else []
    kept = np.unique([*(first + parts.argmin(axis=1)), *(first + parts.argmax(axis=1)), *ends])
    return x[kept], path[kept]


def _name_ends(sheet: Sheet, plot: Box, numbers: SafetyNumbers) -> None:
    watched = numbers.watched
    y = plot.bottom + sheet.px(8)
    line = sheet.line_height("small")
    last = len(watched.days)
    for number, x, align in ((1, plot.left, "left"), (last, plot.right, "right")):
        if number == 1 and last == 1 and align == "right":
            continue
        named = f"{watched.watch.unit.label} {numeral(number, ',')}"
        sheet.text(x, y, named, size="small", color="text_muted", align=align)
        day = shown_day(watched.days[number - 1])
        sheet.text(x, y + line, day, size="small", color="text_muted", align=align)
