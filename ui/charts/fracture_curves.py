# SPDX-License-Identifier: MIT
"""New fractures over time: a step curve for each distance, with the numbers at risk below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.safety.fractures import FractureCurve
from models.speech import numeral, say
from ui.charts.axis import say_nothing
from ui.charts.share_axis import draw_rows, share_ticks, top_of
from ui.charts.sheet import Box, Sheet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from models.safety.numbers import SafetyNumbers
    from models.safety.survival import Curve

_MONTHS = (
    *((0, "0"), (91, "3"), (182, "6"), (365, "12"), (548, "18"), (730, "24")),
    *((1095, "36"), (1461, "48"), (1826, "60")),
)
_LEGEND_LINE = 22
_LINE, _APART = 24, 18
_LONGEST = 1826


def draw_fractures(sheet: Sheet, numbers: SafetyNumbers, frame: Box) -> None:
    """Draw the curves into ``frame``."""
    curves = [(code, curve) for code, curve in numbers.fractures.curves if curve.n]
    legend = _legend_rows(sheet, frame.width, curves)
    rows = sheet.line_height("small") * max(1, len(curves))
    plot = Box(
        frame.left + sheet.px(66),
        frame.top + sheet.px(_LEGEND_LINE * max(1, len(legend)) + 6),
        frame.right - sheet.px(14),
        frame.bottom - sheet.px(48) - rows,
    )
    last = max((curve.last_day for _, curve in curves), default=0.0)
    right = min(max(last, 365.0), float(_LONGEST))
    top = _top(curves)
    axes = sheet.axes(plot, (0, right), (0, top))
    draw_rows(sheet, axes, plot, share_ticks(top))
    if not curves:
        say_nothing(sheet, plot, say("Nobody was followed yet"))
    for code, curve in curves:
        _draw_curve(sheet, axes, curve, _color(sheet, code), is_all=code is FractureCurve.ANY)
    ticks = _ticks(sheet, plot, right, max((curve.n for _, curve in curves), default=0))
    _name_months(sheet, plot, ticks, right)
    _count_at_risk(sheet, plot, curves, ticks, right)
    _draw_legend(sheet, frame, legend)


def _ticks(sheet: Sheet, plot: Box, right: float, most: int) -> list[tuple[int, str]]:
    """The months that are named: those whose numbers at risk do not run into each other."""
    room = sheet.width_of(numeral(most, ","), "small") + sheet.px(8)
    kept: list[tuple[int, str]] = []
    for day, month in (one for one in _MONTHS if one[0] <= right):
        if not kept or _x_of(plot, day, right) - _x_of(plot, kept[-1][0], right) >= room:
            kept.append((day, month))
    return kept


def _top(curves: Sequence[tuple[FractureCurve, Curve]]) -> float:
    shares = [
        1 - (step.ci95.low if step.ci95 and code is FractureCurve.ANY else step.free)
        for code, curve in curves
        for step in curve.steps
        if step.day <= _LONGEST
    ]
    return top_of(max(shares, default=0.05))


def _color(sheet: Sheet, code: FractureCurve) -> str:
    return sheet.palette.series[{"any": 0, "adjacent": 5, "remote": 2}[code.value]]


def _draw_curve(sheet: Sheet, axes: Axes, curve: Curve, color: str, *, is_all: bool) -> None:
    # The curve of all lies below the others and is broader, so that it shows where they are one.
    days = [0.0, *(step.day for step in curve.steps), curve.last_day]
    shares = [0.0, *(1 - step.free for step in curve.steps)]
    axes.step(
        days,
        [*shares, shares[-1]],
        where="post",
        color=color,
        linewidth=sheet.points(4.4 if is_all else 1.8),
        zorder=3 if is_all else 4,
    )
    known = [step for step in curve.steps if step.ci95 is not None]
    if is_all and known:
        ends = [step.ci95 for step in known if step.ci95 is not None]
        axes.fill_between(
            [*(step.day for step in known), curve.last_day],
            [*(1 - end.high for end in ends), 1 - ends[-1].high],
            [*(1 - end.low for end in ends), 1 - ends[-1].low],
            step="post", color=color, alpha=0.16, linewidth=0, zorder=2,
        )  # fmt: skip


def _x_of(plot: Box, day: float, right: float) -> float:
    return plot.left + plot.width * day / right


def _name_months(sheet: Sheet, plot: Box, ticks: Sequence[tuple[int, str]], right: float) -> None:
    for day, month in ticks:
        sheet.text(
            _x_of(plot, day, right), plot.bottom + sheet.px(7), month, align="center", size="small"
        )
    sheet.text(
        (plot.left + plot.right) / 2, plot.bottom + sheet.px(22),
        say('Months after the first procedure'), size="small", color="text_muted", align="center",
    )  # fmt: skip


def _count_at_risk(
    sheet: Sheet,
    plot: Box,
    curves: Sequence[tuple[FractureCurve, Curve]],
    ticks: Sequence[tuple[int, str]],
    right: float,
) -> None:
    step = sheet.line_height("small")
    top = plot.bottom + sheet.px(48)
    for row, (code, curve) in enumerate(curves):
        y = top + row * step
        words = say("At risk") if not row else ""
        sheet.text(
            plot.left - sheet.px(66), y, words, size="small", color="text_muted", middle=True
        )
        for day, _month in ticks:
            sheet.text(
                _x_of(plot, day, right), y, numeral(curve.at_risk(day), ','), size="small",
                color=_color(sheet, code), align="center", middle=True,
            )  # fmt: skip


Entry = tuple[FractureCurve, str]


def _legend_rows(
    sheet: Sheet, width: float, curves: Sequence[tuple[FractureCurve, Curve]]
) -> list[list[Entry]]:
    """Which curves stand in which line of the legend."""
    rows: list[list[Entry]] = []
    used = width
    for code, curve in curves:
        label = say(
            "{code}, {n_events:,} of {n:,}", code=code.label, n_events=curve.n_events, n=curve.n
        )
        needed = sheet.px(_LINE + _APART) + sheet.width_of(label)
        if used + needed - sheet.px(_APART) > width:
            rows.append([])
            used = 0.0
        rows[-1].append((code, label))
        used += needed
    return rows


def _draw_legend(sheet: Sheet, frame: Box, rows: Sequence[Sequence[Entry]]) -> None:
    axes = sheet.axes(frame, (frame.left, frame.right), (frame.bottom, frame.top))
    for number, row in enumerate(rows):
        x, y = frame.left, frame.top + sheet.px(9 + number * _LEGEND_LINE)
        for code, label in row:
            axes.plot(
                [x, x + sheet.px(_LINE - 6)], [y, y], color=_color(sheet, code),
                linewidth=sheet.points(4.4 if code is FractureCurve.ANY else 2.4),
                solid_capstyle="butt",
            )  # fmt: skip
            sheet.text(x + sheet.px(_LINE), y, label, middle=True)
            x += sheet.px(_LINE + _APART) + sheet.width_of(label)
