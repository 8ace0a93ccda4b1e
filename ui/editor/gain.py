# SPDX-License-Identifier: MIT
"""What the heights of a level show, in words: every figure with the name of its formula."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from models.heights import (
    Formula,
    Loss,
    Reference,
    Wall,
    WallHeights,
    beck_index,
    best_gain,
    change,
    contradicts,
    walls_of,
    worst_loss,
)
from models.numbers import Reported, show_number, show_reported
from models.schema import LaterMeasure, TreatedLevel
from models.speech import numeral, say

UNDEFINED = "–"
_MM = TreatedLevel.height_gain_low_mm.unit
_LIFTED = (Wall.ANTERIOR, Wall.MIDDLE)


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure as it is read, and what is to be said of it."""

    text: str
    tip: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One formula over the three walls; ``words`` says how it is reckoned.

    ``short`` is the label where room is short.
    """

    label: str
    short: str
    words: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """All that is said of the heights of a level.

    Attributes:
        gain: the gain that counts for this level, or "–".
        basis: what this gain rests on.
        lines: each formula at each wall; none where no height was entered.
        angles: how angles changed, and the Beck index; "" if nothing is known.
        doubt: that the reported gain is not the measured one; "" if it is, or one is missing.
        loss: the worst loss of height before; None if it cannot be known.
    """

    gain: str
    basis: str
    lines: tuple[Line, ...]
    angles: str
    doubt: str
    loss: Loss | None


def tell(level: TreatedLevel) -> Told:
    """What follows from the heights, angles and the reported gain of this level."""
    walls = walls_of(level)
    gain, basis = _gain(level, walls)
    has_heights = any(
        height is not None for wall in walls.values() for height in (wall.before, wall.after)
    )
    lines = (_reference(walls), *_formulas(walls)) if has_heights else ()
    angles = "  ·  ".join(_angles(level, walls))
    return Told(gain, basis, lines, angles, _doubt(level, walls), worst_loss(walls))


def suggestion(loss: Loss) -> str:
    """Why the grade of Genant is suggested, in one sentence."""
    said = _tr("Suggested by {loss} % lost at the {wall} wall, against the {reference}.")
    return said.format(
        loss=show_number(loss.percent), wall=loss.wall.shown, reference=loss.reference.shown
    )


def _gain(level: TreatedLevel, walls: Mapping[Wall, WallHeights]) -> tuple[str, str]:
    gains = {w: walls[w].work_out(Formula.GAIN).value for w in _LIFTED}
    known = {wall: gain for wall, gain in gains.items() if gain is not None}
    if known:
        best = max(known, key=lambda wall: known[wall])
        one = _tr("{wall} wall")
        basis = one if len(known) == 1 else _tr("{wall} wall, the better of anterior and middle")
        of_lost = walls[best].work_out(Formula.OF_LOST).value
        gain = _in_mm(known[best])
        if of_lost is not None:
            part = _tr("{gain}, {n} % of lost height")
            gain = part.format(gain=gain, n=show_number(of_lost, 0))
        return gain, basis.format(wall=best.shown)
    low, high = level.height_gain_low_mm, level.height_gain_high_mm
    if low is not None and high is not None:
        return f"{show_reported(Reported(low, high))} {_MM}", _tr("as reported, not measured")
    return UNDEFINED, _tr("from heights before and after, or as reported")


def _reference(walls: Mapping[Wall, WallHeights]) -> Line:
    sources = {wall.reference for wall in walls.values()} - {None}
    one = sources.pop() if len(sources) == 1 else None
    words = one.shown if one else _tr("mean, or ↑ above, ↓ below")
    if not any(wall.reference for wall in walls.values()):
        words = _tr("the neighbors' heights are not entered")
    cells = []
    for wall in walls.values():
        height, source = wall.reference_mm, wall.reference
        if height is None or source is None:
            cells.append(Cell(UNDEFINED, _tr("No neighbor's height is known at this wall.")))
            continue
        mark = "" if source is one else _MARKS.get(source, "")
        cells.append(Cell(f"{mark}{show_number(height, 2)}", source.shown))
    label = f"{_tr('Reference')}, {_MM}"
    return Line(label, label, words, tuple(cells))


_MARKS = {Reference.ABOVE: "↑", Reference.BELOW: "↓"}


def _formulas(walls: Mapping[Wall, WallHeights]) -> Iterator[Line]:
    for formula in Formula:
        cells = tuple(_cell(formula, wall) for wall in walls.values())
        names = (formula.label, _SHORT.get(formula, formula.label))
        label, short = (f"{name}, {formula.unit}" for name in names)
        yield Line(label, short, formula.words, cells)


_SHORT = {
    Formula.COMPRESSION_BEFORE: say("Loss before"),
    Formula.COMPRESSION_AFTER: say("Loss after"),
    Formula.OF_INITIAL: say("of initial"),
    Formula.OF_LOST: say("of lost"),
    Formula.OF_REFERENT: say("of reference"),
}


def _cell(formula: Formula, wall: WallHeights) -> Cell:
    value, why_not = wall.work_out(formula)
    if value is None:
        return Cell(UNDEFINED, why_not.shown if why_not else "")
    if formula is Formula.GAIN:
        return Cell(signed(value), formula.words)
    return Cell(show_number(value, 0), formula.words)


def _angles(level: TreatedLevel, walls: Mapping[Wall, WallHeights]) -> Iterator[str]:
    for label, before, after in (
        (LaterMeasure.wedge_deg.label, level.wedge_before_deg, level.wedge_after_deg),
        (LaterMeasure.kyphosis_deg.label, level.kyphosis_before_deg, level.kyphosis_after_deg),
    ):
        turned = change(before, after)
        if turned is not None:
            yield f"{label} {signed(turned)}°"
    anterior, posterior = walls[Wall.ANTERIOR], walls[Wall.POSTERIOR]
    pair = (
        beck_index(anterior.before, posterior.before),
        beck_index(anterior.after, posterior.after),
    )
    if any(index is not None for index in pair):
        was, now = (UNDEFINED if index is None else numeral(index, ".2f") for index in pair)
        yield _tr("Beck index {was} → {now}, anterior / posterior").format(was=was, now=now)


def _doubt(level: TreatedLevel, walls: Mapping[Wall, WallHeights]) -> str:
    low, high = level.height_gain_low_mm, level.height_gain_high_mm
    measured = best_gain((walls[wall].before, walls[wall].after) for wall in _LIFTED)
    if measured is None or low is None or high is None or not contradicts(measured, (low, high)):
        return ""
    said = _tr("Reported {reported} mm, measured {measured}. Both are kept; the measured counts.")
    reported = show_reported(Reported(low, high))
    return said.format(reported=reported, measured=_in_mm(measured))


def _in_mm(value: float) -> str:
    return f"{signed(value)} {_MM}"


def signed(value: float) -> str:
    """A number with its sign, where it is above 0."""
    shown = show_number(value)
    return f"+{shown}" if value > 0 else shown


def _tr(text: str) -> str:
    return QCoreApplication.translate("heights", text)
