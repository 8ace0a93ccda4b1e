# SPDX-License-Identifier: MIT
"""How a level was reached and filled: technique, approach, needles, balloons, cement."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from models.checks.rule import Said
from models.numbers import show_number
from models.schema import Balloon, TreatedLevel
from models.speech import lowered, say
from models.vocabulary import (
    REGIONS,
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
            message = say(
                "{approach} is no approach to the {region} spine.",
                approach=row.approach.label,
                region=REGIONS[region],
            )
            yield Said(row, "approach", message)
        if row.technique and _ONLY_IN.get(row.technique, region) != region:
            message = say(
                "{technique} is no technique for the {region} spine.",
                technique=row.technique.label,
                region=REGIONS[region],
            )
            yield Said(row, "technique", message)


def approaches(case: Case) -> Iterator[Said]:
    """What is possible, and rarely done that way."""
    for row in case.levels:
        in_neck = row.level and row.level.region == "cervical"
        if row.approach is Approach.TRANSORAL and in_neck and row.level is not Level.C2:
            message = say("Transoral reaches C2; at {level} it is unusual.", level=row.level.label)
            yield Said(row, "approach", message)
        if row.side is Side.BILATERAL and row.needle_count == 1:
            yield Said(row, "needle_count", say("Bilateral with one needle is unusual."))
        if row.technique is Technique.PEDICULOPLASTY and (row.part or row.approach):
            reaches_arch = row.approach is Approach.DIRECT_PEDICLE_LAMINA
            if not reaches_arch and not _ARCH & frozenset(row.part or ()):
                message = say("Pediculoplasty is for pedicle or lamina. Check technique and part.")
                yield Said(row, "technique", message)


def balloons_needed(case: Case) -> Iterator[Said]:
    """A technique with balloon has one."""
    for row in case.levels:
        if row.technique and row.technique.uses_balloon and row.balloon_count == 0:
            message = say("{technique} needs at least one balloon.", technique=row.technique.label)
            yield Said(row, "balloon_count", message)


def balloons(case: Case) -> Iterator[Said]:
    """The balloons that are listed are those that were counted, and the technique has them."""
    for row in case.levels:
        listed = case.balloons_of(row)
        if not listed:
            continue
        if row.technique and not row.technique.uses_balloon:
            message = say(
                "Balloons are listed, but {technique} uses none.",
                technique=lowered(row.technique.label),
            )
            yield Said(row, "technique", message)
        elif row.balloon_count is not None and row.balloon_count != len(listed):
            message = say(
                "Balloons counted: {balloon_count}, listed: {n}.",
                balloon_count=row.balloon_count,
                n=len(listed),
            )
            yield Said(row, "balloon_count", message)
        for balloon in listed:
            side: Side | None = balloon.side
            if side is not None and side is _OTHER_SIDE.get(row.side):
                message = say(
                    "A balloon on the {side}, and a needle on the other side.",
                    side=lowered(side.label),
                )
                yield Said(balloon, "side", message)


def bursting(case: Case) -> Iterator[Said]:
    """No balloon stands a pressure beyond the limit, whichever unit it is told in."""
    hard = Balloon.pressure.hard
    for row in case.balloons:
        psi = _in_psi(row)
        if psi is not None and row.pressure in hard and psi not in hard:
            message = say(
                "{pressure} is {psi:.0f} psi. Possible are {hard} psi.",
                pressure=_pressure(row),
                psi=psi,
                hard=hard,
            )
            yield Said(row, "pressure", message)


def pressures(case: Case) -> Iterator[Said]:
    """A pressure has its unit, and is usual in psi whichever unit it is told in."""
    usual = Balloon.pressure.usual
    for row in case.balloons:
        if row.pressure is not None and row.pressure_unit is None:
            yield Said(row, "pressure_unit", say("Name the unit of the pressure."))
        psi = _in_psi(row)
        if psi is not None and row.pressure in usual and psi not in usual:
            message = say(
                "{pressure} is {psi:.0f} psi. Expected are {usual} psi.",
                pressure=_pressure(row),
                psi=psi,
                usual=usual,
            )
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
            yield Said(row, "fill", say("Unilateral, but cement is entered for both sides."))


def _cement_problem(row: TreatedLevel) -> str:
    """Why the sides and the total contradict each other; one side alone may be all or a part."""
    sides = [side for side in (row.cement_left_ml, row.cement_right_ml) if side is not None]
    if row.cement_ml is None or not sides:
        return ""
    total, stated = round(sum(sides), 1), round(row.cement_ml, 1)
    if total == stated or (len(sides) == 1 and total < stated):
        return ""
    both = say("Left and right make {ml} mL, not the total given.")
    one = say("One side alone has {ml} mL, not the total given.")
    return (both if len(sides) == 2 else one).format(ml=show_number(total))


def _in_psi(row: Balloon) -> float | None:
    if row.pressure is None or row.pressure_unit is None:
        return None
    return float(row.pressure) * PSI_IN[row.pressure_unit]


def _pressure(row: Balloon) -> str:
    return f"{show_number(row.pressure)} {row.pressure_unit.label}"
