# SPDX-License-Identifier: MIT
"""What is treated in a synthetic case, level by level, and how."""

from __future__ import annotations

from models.case import Case
from models.sample.dice import Dice, Odds
from models.sample.heights import measure
from models.sample.lesions import describe_lesion
from models.sample.plausible import (
    APPROACH,
    CEMENT_ML,
    CEMENT_TYPE,
    LEAK_LOCATION,
    LEAK_SYMPTOMS,
    LEAKS,
    LEAKS_MORE_BY_CT,
    LEAKS_OTHERWISE,
    LEAKS_SOUGHT_BY,
    Kind,
)
from models.sample.rows import add_balloon, add_leak, add_level
from models.schema import TreatedLevel
from models.vocabulary import (
    Approach,
    Diagnosis,
    EndplateContact,
    Fill,
    Leakage,
    LeakDetection,
    LeakLocation,
    LeakMoment,
    Level,
    MissingReason,
    PressureUnit,
    Side,
    Technique,
    VertebraPart,
    Yeom,
    YesNo,
)

_SACRAL = (Technique.SACROPLASTY, Technique.SACROPLASTY_BALLOON)
_SIDE = Odds({Side.LEFT: 50, Side.RIGHT: 50})
_BILATERAL = {Technique.BALLOON_KYPHOPLASTY: 0.7, Technique.MECHANICAL_IMPLANT: 0.95}
_FILL = Odds({Fill.UNILATERAL: 25, Fill.CROSSES_MIDLINE: 30, Fill.BILATERAL: 45})
_CONTACT = Odds({EndplateContact.BOTH: 35, EndplateContact.ONE: 50, EndplateContact.NONE: 15})
_ANSWERED = Odds({True: 96, False: 4})
_YEOM = {
    LeakLocation.DISC_SUPERIOR: Yeom.D,
    LeakLocation.DISC_INFERIOR: Yeom.D,
    LeakLocation.EPIDURAL: Yeom.B,
    LeakLocation.BASIVERTEBRAL_VEIN: Yeom.B,
    LeakLocation.PARAVERTEBRAL_VEIN: Yeom.S,
    LeakLocation.PARAVERTEBRAL_TISSUE: Yeom.C,
    LeakLocation.FORAMINAL: Yeom.C,
}
_WITHOUT_VARIANTS = tuple(level for level in Level if not level.is_variant)
_NEIGHBORS = Odds({-1: 34, 1: 40, -2: 12, 2: 14})


def treat_levels(dice: Dice, case: Case, kind: Kind, not_again: set[Level]) -> None:
    """Add the treated levels with everything that belongs to them."""
    usual = dice.pick(kind.technique)
    for level in _levels(dice, kind, not_again):
        row = add_level(dice, case, level=level, diagnosis=(kind.diagnosis,))
        row.technique = _technique(usual, level)
        describe_lesion(dice, row)
        _reach(dice, row)
        _inflate(dice, case, row)
        _fill(dice, row)
        _look_for_leaks(dice, case, row)
        measure(dice, row)


def _levels(dice: Dice, kind: Kind, not_again: set[Level]) -> list[Level]:
    """Distinct levels near the first, in anatomical order, within one part of the spine."""
    first = dice.pick(kind.first_level)
    while first in not_again:
        first = dice.pick(kind.first_level)
    count, chosen, at = dice.pick(kind.level_count), [first], _WITHOUT_VARIANTS.index(first)
    fixed = first.region in ("cervical", "sacral")
    for _ in range(3 * (count - 1)):
        step = 1 if fixed else dice.pick(_NEIGHBORS)
        near = _WITHOUT_VARIANTS[min(at + step, len(_WITHOUT_VARIANTS) - 1)]
        allowed = near.region == first.region or not fixed
        if len(chosen) < count and allowed and _is_treatable(near) and near not in not_again:
            chosen += [near] if near not in chosen else []
            at = _WITHOUT_VARIANTS.index(near)
    return sorted(chosen, key=lambda level: level.rank)


def _is_treatable(level: Level) -> bool:
    return Level.C2.rank <= level.rank <= Level.S2.rank


def _technique(usual: Technique, level: Level) -> Technique:
    """Neck and sacrum have techniques of their own; otherwise a session keeps to one."""
    if level.region == "cervical":
        return Technique.CERVICAL_VERTEBROPLASTY
    if level.region == "sacral" and usual not in _SACRAL:
        return Technique.SACROPLASTY
    return usual


def _reach(dice: Dice, row: TreatedLevel) -> None:
    region = row.level.region
    row.approach = dice.pick(APPROACH[region])
    if row.level is Level.C2 and dice.chance(0.4):
        row.approach = Approach.TRANSORAL
    if row.technique is Technique.PEDICULOPLASTY:
        row.approach = Approach.DIRECT_PEDICLE_LAMINA
    if row.approach is Approach.TRANSORAL:
        row.side = Side.MIDLINE
    elif region == "sacral" or dice.chance(_BILATERAL.get(row.technique, 0.42)):
        row.side = Side.BILATERAL
    else:
        row.side = dice.pick(_SIDE)
    if row.approach in (Approach.ANTEROLATERAL, Approach.OPEN_ANTERIOR):
        row.side = dice.pick(_SIDE)
    if VertebraPart.PEDICLE_LEFT in (row.part or ()):
        row.side = Side.LEFT
    row.needle_count = 2 if row.side is Side.BILATERAL else 1
    if dice.chance(0.6):
        row.needle_gauge = 13 if region == "cervical" else 11 if dice.chance(0.7) else 13


def _inflate(dice: Dice, case: Case, row: TreatedLevel) -> None:
    if not row.technique.uses_balloon:
        return
    if dice.chance(0.03):
        row.missing["balloon_count"] = MissingReason.NOT_RECORDED
        return
    sides = (Side.LEFT, Side.RIGHT) if row.side is Side.BILATERAL else (row.side,)
    row.balloon_count = len(sides)
    size = 20.0 if row.level.region == "lumbar" else 15.0
    in_psi = dice.chance(0.75)
    pressure = dice.normal(190, 55, 60, 390, 0)
    for side in sides:
        balloon = add_balloon(dice, case, row, side=side, size_mm=size)
        if dice.chance(0.97):
            balloon.volume_ml = dice.normal(2.9, 0.7, 1.0, 5.5)
        if dice.chance(0.5):
            balloon.pressure = pressure if in_psi else round(pressure / 14.5, 1)
            balloon.pressure_unit = PressureUnit.PSI if in_psi else PressureUnit.BAR
        balloon.ruptured = YesNo.YES if dice.chance(0.01) else YesNo.NO


def _fill(dice: Dice, row: TreatedLevel) -> None:
    row.cement_ml = dice.normal(*CEMENT_ML[row.level.region])
    if Diagnosis.HEMANGIOMA in row.diagnosis and dice.chance(0.01):
        row.cement_ml = dice.normal(14.5, 1.5, 12.5, 18.0)
    if row.side is Side.BILATERAL and dice.chance(0.5):
        row.cement_left_ml = round(row.cement_ml * dice.normal(0.5, 0.08, 0.2, 0.8, 3), 1)
        row.cement_right_ml = round(row.cement_ml - row.cement_left_ml, 1)
    row.cement_type = dice.pick(CEMENT_TYPE)
    if dice.chance(0.4):
        fill = dice.pick(_FILL)
        both_sides = row.cement_left_ml and row.cement_right_ml
        row.fill = Fill.BILATERAL if both_sides and fill is Fill.UNILATERAL else fill
        row.endplate_contact = dice.pick(_CONTACT)


def _look_for_leaks(dice: Dice, case: Case, row: TreatedLevel) -> None:
    if not dice.pick(_ANSWERED):
        if dice.chance(0.5):
            row.leakage = Leakage.NOT_ASSESSED
        else:
            row.missing["leakage"] = MissingReason.NOT_RECORDED
        return
    row.leak_assessed_by = dice.pick(LEAKS_SOUGHT_BY)
    rate = LEAKS.get(row.technique, LEAKS_OTHERWISE)
    if LeakDetection.CT in row.leak_assessed_by:
        rate *= LEAKS_MORE_BY_CT
    if not dice.chance(rate):
        row.leakage = Leakage.NONE
        return
    row.leakage = Leakage.PRESENT
    odds = LEAK_LOCATION[row.level.region]
    found = {dice.pick(odds)}
    if dice.chance(0.15):
        found.add(dice.pick(odds))
    for location in sorted(found, key=lambda term: term.rank):
        _add_leak(dice, case, row, location)


def _add_leak(dice: Dice, case: Case, row: TreatedLevel, location: LeakLocation) -> None:
    leak = add_leak(dice, case, row, location=location)
    leak.detected_by = row.leak_assessed_by[-1]
    seen_later = leak.detected_by is not LeakDetection.FLUOROSCOPY
    leak.moment = LeakMoment.AFTER if seen_later else LeakMoment.INTRAPROCEDURAL
    if dice.chance(0.6):
        leak.yeom_type = _YEOM.get(location)
    has_symptoms = dice.chance(LEAK_SYMPTOMS[location.group])
    leak.symptomatic = YesNo.YES if has_symptoms else YesNo.NO
    if has_symptoms:
        leak.symptoms_on = case.procedure.performed_on
