# SPDX-License-Identifier: MIT
"""What a treated level holds for the pictogram of its leaks, as plain values and in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from models.case import Case
from models.patient_course import is_fractured
from models.schema import Leak, TreatedLevel
from models.speech import begun_small, lowered
from models.vocabulary import Fill, Leakage, LeakLocation, Level, Side, Yeom, YesNo
from ui.widgets.spine_marks import cement_scale

_SIDES: dict[Side, tuple[int, ...]] = {
    Side.RIGHT: (-1,),
    Side.LEFT: (1,),
    Side.BILATERAL: (-1, 1),
    Side.MIDLINE: (0,),
}


@dataclass(frozen=True, slots=True)
class LeakSeen:
    """One leak; ``location`` is None where it has not been said yet."""

    location: LeakLocation | None
    yeom: Yeom | None
    symptomatic: bool | None

    def words(self) -> str:
        """E.g. "disc above (D), with symptoms"."""
        place = self.location.label if self.location else _tr("place not recorded")
        said = begun_small(place)
        if self.yeom is not None:
            said += f" ({self.yeom.value})"
        if self.symptomatic:
            said += f", {_tr('with symptoms')}"
        elif self.symptomatic is False:
            said += f", {_tr('no symptoms')}"
        return said


@dataclass(frozen=True, slots=True)
class LeakPicture:
    """What the pictogram shows of a level.

    Attributes:
        level: None while the level has no name; then a lumbar vertebra stands for it.
        leakage: None where the question is not answered, which is not the same as none.
        cement: size of the drop on each side (-1 the patient's right, 1 left, 0 middle or not
            known), 1 for a usual volume; empty where there is no cement.
        crosses: whether the cement of one side reaches over the midline.
        needle: sides of the needle; empty where it is not known.
        leaks: in the order of the record.
        fractured: whether the vertebra is drawn broken.
        cement_ml: the volume, None where it is not known.
        cement_words: the volume and its sides.
    """

    level: Level | None
    leakage: Leakage | None
    cement: tuple[tuple[int, float], ...]
    crosses: bool
    needle: tuple[int, ...]
    leaks: tuple[LeakSeen, ...]
    fractured: bool
    cement_ml: float | None
    cement_words: str

    @property
    def region(self) -> str:
        """Region of the spine, for the shape of the vertebra."""
        return self.level.region if self.level else "lumbar"

    def state_words(self) -> str:
        """The answer to whether cement leaked, in a few words."""
        if self.leaks and self.leakage is not Leakage.PRESENT:
            return _tr("Leaks are listed")
        return {
            None: _tr("Leakage not answered"),
            Leakage.NONE: _tr("No leak"),
            Leakage.NOT_ASSESSED: _tr("Leakage not assessed"),
            Leakage.PRESENT: self._count() if self.leaks else _tr("Leak, place not said"),
        }[self.leakage]

    def _count(self) -> str:
        felt = sum(bool(leak.symptomatic) for leak in self.leaks)
        number = len(self.leaks)
        said = _tr("1 leak") if number == 1 else _tr("{n} leaks").format(n=number)
        if not felt:
            return said
        if felt == number:
            return f"{said}, {_tr('with symptoms')}"
        return f"{said}, {_tr('{n} with symptoms').format(n=felt)}"

    def words(self) -> str:
        """Everything that the pictogram shows, in one sentence."""
        name = self.level.label if self.level else _tr("Level not named")
        leaks = "; ".join(leak.words() for leak in self.leaks)
        state = f"{self.state_words()}: {leaks}" if leaks else self.state_words()
        return ". ".join(filter(None, (name, self.cement_words, state))) + "."


def leak_picture(case: Case, row: TreatedLevel) -> LeakPicture:
    """What the pictogram of this level shows."""
    leaks = (leak for leak in case.leaks_of(row) if _says_anything(leak))
    fill = row.fill
    return LeakPicture(
        level=row.level,
        leakage=row.leakage,
        cement=tuple(_cement(row)),
        crosses=fill is Fill.CROSSES_MIDLINE,
        needle=_SIDES.get(row.side, ()) if row.side else (),
        leaks=tuple(
            LeakSeen(
                leak.location,
                leak.yeom_type,
                None if leak.symptomatic is None else leak.symptomatic is YesNo.YES,
            )
            for leak in leaks
        ),
        fractured=is_fractured(row.diagnosis),
        cement_ml=row.cement_ml,
        cement_words=_cement_words(row),
    )


def _says_anything(leak: Leak) -> bool:
    return bool(leak.location or leak.yeom_type or leak.symptomatic)


def _cement(row: TreatedLevel) -> Iterator[tuple[int, float]]:
    """Sides that are given, else where the fill says it lies, else the side of the needle."""
    level = row.level or Level.L3
    given = {-1: row.cement_right_ml, 1: row.cement_left_ml}
    known = {side: volume for side, volume in given.items() if volume}
    if known:
        for side, volume in known.items():
            yield side, cement_scale(level, 2 * volume)
        return
    if row.cement_ml is None:
        return
    sides = _SIDES.get(row.side, (0,)) if row.side else (0,)
    if row.fill is Fill.BILATERAL:
        sides = (-1, 1)
    elif row.fill is Fill.UNILATERAL and len(sides) > 1:
        sides = (0,)
    for side in sides:
        yield side, cement_scale(level, row.cement_ml)


def _cement_words(row: TreatedLevel) -> str:
    if row.cement_ml is None:
        return ""
    total = TreatedLevel.cement_ml
    said = f"{total.label} {total.show(row.cement_ml)} {total.unit}"
    sides = [
        f"{lowered(name.label)} {total.show(volume)}"
        for name, volume in ((Side.RIGHT, row.cement_right_ml), (Side.LEFT, row.cement_left_ml))
        if volume is not None
    ]
    where = row.fill or row.side
    if sides:
        return f"{said} ({', '.join(sides)})"
    return f"{said}, {lowered(where.label)}" if where else said


def _tr(text: str) -> str:
    return QCoreApplication.translate("leaks", text)
