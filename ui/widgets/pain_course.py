# SPDX-License-Identifier: MIT
"""What the pain curve of one case shows: its scores, where they stand, and how they are said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF

from models.speech import in_quotes, numeral, numerals, say

UNDATED_GAP = 0.6  # of a column, between the dated scores and those without a date

_FAR_APART, _NEAR = 5, 2
"""From mark to mark on a scale that no few whole steps divide, as from 0 to 23."""


@dataclass(frozen=True, slots=True)
class PainPoint:
    """One assessment of pain. A range keeps both ends; a word stays a word.

    Attributes:
        label: the time point as it stands on the axis, such as "1 mo".
        low: the score, or the low end of a range; None if there is no number.
        high: the high end of a range; None or the same as ``low`` if the score is exact.
        words: what was said instead of a number, such as "resolved".
        before: given before the procedure.
        dated: its date is known. Without one it stands apart and no line leads to it.
    """

    label: str
    low: float | None = None
    high: float | None = None
    words: str = ""
    before: bool = False
    dated: bool = True

    @property
    def is_range(self) -> bool:
        """It has two different ends."""
        return self.low is not None and self.high is not None and self.high != self.low

    @property
    def said(self) -> str:
        """The score as people say it: "2", "0–1", "“resolved”" or "no score"."""
        if self.low is None:
            return in_quotes(self.words) if self.words else say("no score")
        return (
            numerals("{low:g}–{high:g}", low=self.low, high=self.high)
            if self.is_range
            else numeral(self.low, "g")
        )


@dataclass(frozen=True, slots=True)
class Placed:
    """A point of the course and where its score stands; both ends are equal if it is exact.

    ``top`` and ``bottom`` are None when there is no number: a word has no height.
    """

    point: PainPoint
    x: float
    top: QPointF | None
    bottom: QPointF | None


@dataclass(frozen=True, slots=True)
class Link:
    """What joins two dated scores.

    Attributes:
        corners: top of the one, top and bottom of the other, bottom of the one; a fan if one of
            them is a range, and flat if both are exact.
        is_flat: both scores are exact, so this is a line.
        skips: time points without a number lie between.
    """

    corners: tuple[QPointF, QPointF, QPointF, QPointF]
    is_flat: bool
    skips: bool


def place_points(points: Sequence[PainPoint], plot: QRectF, maximum: float) -> list[Placed]:
    """Put each point into its column: the dated ones first, those without a date apart at right."""
    ordered = [p for p in points if p.dated] + [p for p in points if not p.dated]
    n_dated = sum(p.dated for p in points)
    gap = UNDATED_GAP if 0 < n_dated < len(ordered) else 0.0
    column = plot.width() / max(len(ordered) + gap, 1)
    placed = []
    for index, point in enumerate(ordered):
        x = plot.left() + column * (index + 0.5 + (0.0 if point.dated else gap))
        low, high = point.low, point.high if point.is_range else point.low
        top, bottom = (
            None if value is None else QPointF(x, plot.bottom() - plot.height() * value / maximum)
            for value in (high, low)
        )
        placed.append(Placed(point, x, top, bottom))
    return placed


def link_points(placed: Sequence[Placed]) -> list[Link]:
    """The lines and fans between dated scores that follow one another."""
    links = []
    previous: tuple[int, Placed] | None = None
    for index, here in enumerate(placed):
        if not here.point.dated or here.top is None:
            continue
        if previous is not None:
            links.append(_link(previous[1], here, skips=index - previous[0] > 1))
        previous = (index, here)
    return links


def ticks(maximum: float) -> list[float]:
    """Where the scale is marked, from 0 to its maximum, on whole numbers if that can be."""
    steps = next((n for n in (5, 4, 3, 2) if maximum % n == 0), 0 if maximum % 1 == 0 else 4)
    if steps:
        return [maximum * step / steps for step in range(steps + 1)]
    apart = _FAR_APART if maximum > 2 * _FAR_APART else _NEAR
    marked = [float(value) for value in range(0, int(maximum), apart)]
    return [*(value for value in marked if value <= maximum - apart / 2), maximum]


def caption(points: Sequence[PainPoint], acceptable: float | None) -> str:
    """The course in a sentence or two, as it stands below the curve."""
    scores = [p for p in points if p.low is not None or p.words]
    if not scores:
        return say("No pain score yet.")
    before = [p for p in scores if p.before]
    dated = [p for p in scores if not p.before and p.dated]
    undated = [p for p in scores if not p.before and not p.dated]
    parts = [say("{said} before", said=before[0].said) if before else say("No score before")]
    parts += [say("{said} at {dated}", said=dated[-1].said, dated=dated[-1].label)] if dated else []
    parts += [say("{said} after, no date", said=undated[-1].said)] if undated else []
    parts += [] if dated or undated else [say("none after")]
    shaded = (
        say(" Shaded: at or under {acceptable:g}.", acceptable=acceptable)
        if acceptable is not None
        else ""
    )
    return f"{', '.join(parts)}.{shaded}"


def in_words(points: Sequence[PainPoint], maximum: float) -> str:
    """Every score, for those who hear the curve instead of seeing it."""
    if not points:
        return say("No pain score yet.")
    said = (f"{p.label}{('' if p.dated else say(', no date'))}: {p.said}" for p in points)
    return say(
        "Pain on a scale of 0 to {maximum:g}. {said}.", maximum=maximum, said="; ".join(said)
    )


def _link(here: Placed, there: Placed, *, skips: bool) -> Link:
    assert here.top is not None
    assert here.bottom is not None
    assert there.top is not None
    assert there.bottom is not None
    flat = not here.point.is_range and not there.point.is_range
    return Link((here.top, there.top, there.bottom, here.bottom), flat, skips)
