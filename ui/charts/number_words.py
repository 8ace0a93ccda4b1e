# SPDX-License-Identifier: MIT
"""Numbers as people read them: a mean, a change, an interval, a share, a p value. No Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.speech import numerals, say, shown_number

if TYPE_CHECKING:
    from models.analysis.statistics import Interval, Mean

NONE = "–"
"""Stands where there is no number."""


def fixed(value: float, decimals: int = 1) -> str:
    """A number that keeps its decimals, with a true minus sign; never "−0.0"."""
    text = f"{value:.{decimals}f}"
    return shown_number(text.lstrip("-") if float(text) == 0 else text.replace("-", "−"))


def mean(values: Mean, decimals: int = 1) -> str:
    """As in "8.1"; a dash where there is none."""
    return number(values.mean, decimals)


def number(value: float | None, decimals: int = 1) -> str:
    """As in "8.1"; a dash where there is none."""
    return NONE if value is None else fixed(value, decimals)


def change(value: float | None, decimals: int = 1) -> str:
    """A change with its sign, as in "−6.0" and "+0.4"."""
    if value is None:
        return NONE
    shown = fixed(value, decimals)
    return f"+{shown}" if value > 0 and shown != fixed(0, decimals) else shown


def interval(limits: Interval | None, decimals: int = 1, *, signed: bool = False) -> str:
    """As in "95 % CI −6.5 to −5.5"; "no interval" where there is none."""
    if limits is None:
        return say("no interval")
    show = change if signed else fixed
    return say(
        "95 % CI {show} to {show2}",
        show=show(limits.low, decimals),
        show2=show(limits.high, decimals),
    )


def in_brackets(limits: Interval | None, decimals: int = 1, *, signed: bool = False) -> str:
    """As in "(−6.5 to −5.5)"; "" where there is none."""
    if limits is None:
        return ""
    show = change if signed else fixed
    return say(
        "({show} to {show2})", show=show(limits.low, decimals), show2=show(limits.high, decimals)
    )


def p_value(p: float | None) -> str:
    """As in "p < 0.001" and "p = 0.04"."""
    if p is None:
        return NONE
    if p < 0.001:
        return numerals("p < {limit:.3f}", limit=0.001)
    return numerals("p = {p:.3f}", p=p) if p < 0.1 else numerals("p = {p:.2f}", p=p)


def percent(rate: float | None) -> str:
    """As in "92 %"; only none is 0 % and only all is 100 %."""
    if rate is None:
        return NONE
    whole = round(100 * rate)
    if whole == 0 and rate > 0:
        return "<1 %"
    return ">99 %" if whole == 100 and rate < 1 else f"{whole} %"


def percent_interval(limits: Interval | None) -> str:
    """As in "83–97"."""
    if limits is None:
        return ""
    return numerals("{value:.0f}–{value2:.0f}", value=100 * limits.low, value2=100 * limits.high)
