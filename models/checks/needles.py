# SPDX-License-Identifier: MIT
"""How a level was reached and filled: technique, approach, needles, balloons, cement."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from models.checks.rule import Said
from models.numbers import show_number
from models.schema import Balloon, TreatedLevel
from models.vocabulary import (
    Approach,
    Fill,
    Level,
    PressureUnit,
    Side,
    Technique,
    VertebraPart,
)

if TYPE_CHECKING:
    from models.case import Case

PSI_IN = {PressureUnit.PSI: 1.0, PressureUnit.BAR: 14.504, PressureUnit.ATM: 14.696}
"""Pounds per square inch in one of each unit."""

_ONLY_IN = {
    Technique.CERVICAL_VERTEBROPLASTY: "cervical",
    Technique.SACROPLASTY: "sacral",
    Technique.SACROPLASTY_BALLOON: "sacral",
}
_ARCH = frozenset(
    {
        VertebraPart.PEDICLE_LEFT,
        VertebraPart.PEDICLE_RIGHT,
        VertebraPart.LAMINA,
        VertebraPart.SPINOUS_PROCESS,
    }
)
_OTHER_SIDE = {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT}


def regions(case: Case) -> Iterator[Said]:
    """Approach and technique belong to the region of the spine."""
    for row in case.levels:
        if not row.level:
            continue
        region = row.level.region
        if row.approach and region not in row.approach.regions:
            message = f"{row.approach.label} is no approach to the {region} spine."
            yield Said(row, "approach", message)
        if row.technique and _ONLY_IN.get(row.technique, region) != region:
            message = f"{row.technique.label} is no technique for the {region} spine."
            yield Said(row, "technique", message)


def approaches(case: Case) -> Iterator[Said]:
    """What is possible, and rarely done that way."""
    for row in case.levels:
        in_neck = row.level and row.level.region == "cervical"
        if row.approach is Approach.TRANSORAL and in_neck and row.level is not Level.C2:
            message = f"Transoral reaches C2; at {row.level.label} it is unusual."
            yield Said(row, "approach", message)
        if row.side is Side.BILATERAL and row.needle_count == 1:
            yield Said(row, "needle_count", "Bilateral with one needle is unusual.")
        if row.technique is Technique.PEDICULOPLASTY and (row.part or row.approach):
            reaches_arch = row.approach is Approach.DIRECT_PEDICLE_LAMINA
            if not reaches_arch and not _ARCH & frozenset(row.part or ()):
                message = "Pediculoplasty is for pedicle or lamina. Check technique and part."
                yield Said(row, "technique", message)


def balloons_needed(case: Case) -> Iterator[Said]:
    """A technique with balloon has one."""
    for row in case.levels:
        if row.technique and row.technique.uses_balloon and row.balloon_count == 0:
            message = f"{row.technique.label} needs at least one balloon."
            yield Said(row, "balloon_count", message)


def balloons(case: Case) -> Iterator[Said]:
    """The balloons that are listed are those that were counted, and the technique has them."""
    for row in case.levels:
        listed = case.balloons_of(row)
        if not listed:
            continue
        if row.technique and not row.technique.uses_balloon:
            message = f"Balloons are listed, but {row.technique.label.lower()} uses none."
            yield Said(row, "technique", message)
        elif row.balloon_count is not None and row.balloon_count != len(listed):
            message = f"Balloons counted: {row.balloon_count}, listed: {len(listed)}."
            yield Said(row, "balloon_count", message)
        for balloon in listed:
            side: Side | None = balloon.side
            if side is not None and side is _OTHER_SIDE.get(row.side):
                message = f"A balloon on the {side.label.lower()}, and a needle on the other side."
                yield Said(balloon, "side", message)


def bursting(case: Case) -> Iterator[Said]:
    """No balloon stands a pressure beyond the limit, whichever unit it is told in."""
    hard = Balloon.pressure.hard
    for row in case.balloons:
        psi = _in_psi(row)
        if psi is not None and row.pressure in hard and psi not in hard:
            message = f"{_pressure(row)} is {psi:.0f} psi. Possible are {hard} psi."
            yield Said(row, "pressure", message)


def pressures(case: Case) -> Iterator[Said]:
    """A pressure has its unit, and is usual in psi whichever unit it is told in."""
    usual = Balloon.pressure.usual
    for row in case.balloons:
        if row.pressure is not None and row.pressure_unit is None:
            yield Said(row, "pressure_unit", "Name the unit of the pressure.")
        psi = _in_psi(row)
        if psi is not None and row.pressure in usual and psi not in usual:
            message = f"{_pressure(row)} is {psi:.0f} psi. Expected are {usual} psi."
            yield Said(row, "pressure", message)


def cement(case: Case) -> Iterator[Said]:
    """Left and right make the total."""
    for row in case.levels:
        if message := _cement_problem(row):
            yield Said(row, "cement_ml", message)


def filling(case: Case) -> Iterator[Said]:
    """A fill of one side holds cement on one side."""
    for row in case.levels:
        if row.fill is Fill.UNILATERAL and row.cement_left_ml and row.cement_right_ml:
            yield Said(row, "fill", "Unilateral, but cement is entered for both sides.")


def _cement_problem(row: TreatedLevel) -> str:
    """Why the sides and the total contradict each other; one side alone may be all or a part."""
    sides = [side for side in (row.cement_left_ml, row.cement_right_ml) if side is not None]
    if row.cement_ml is None or not sides:
        return ""
    total, stated = round(sum(sides), 1), round(row.cement_ml, 1)
    if total == stated or (len(sides) == 1 and total < stated):
        return ""
    given = "Left and right make" if len(sides) == 2 else "One side alone has"
    return f"{given} {show_number(total)} mL, not the total given."


def _in_psi(row: Balloon) -> float | None:
    if row.pressure is None or row.pressure_unit is None:
        return None
    return float(row.pressure) * PSI_IN[row.pressure_unit]


def _pressure(row: Balloon) -> str:
    return f"{show_number(row.pressure)} {row.pressure_unit.label}"
