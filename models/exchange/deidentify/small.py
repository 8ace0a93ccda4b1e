# SPDX-License-Identifier: MIT
"""Cases that are rare enough to be recognized: few of the same sex, age, year and level."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import NamedTuple

import peewee

from models.exchange.by_ids import MANY, Stored, listed, rows_of
from models.exchange.columns import Cell as Value
from models.schema import Patient, Procedure, TreatedLevel
from models.speech import lowered, say, say_n
from models.vocabulary import Level, Sex

ALIKE_BY = ("sex", "age_at_procedure", "performed_on", "level")
"""What patients are compared by: columns of what may be known of somebody from elsewhere."""

FEWEST = 5
"""Cells of fewer patients are small (k-anonymity; 5 is in common use)."""

_BAND = 10
_OLDEST_BAND = 90


class Cell(NamedTuple):
    """What may be known of somebody from elsewhere, as far as it is ``told``."""

    sex: str | None
    age_band: int | None
    year: str | None
    level: str | None
    told: tuple[str, ...] = ALIKE_BY

    def __str__(self) -> str:
        """Such as "female, 70 to 79, 2024, T12"."""
        if self.age_band is None:
            age = say("age not known")
        elif self.age_band >= _OLDEST_BAND:
            age = f"{_OLDEST_BAND}+"
        else:
            age = say(
                "{age_band} to {age_band2}",
                age_band=self.age_band,
                age_band2=self.age_band + _BAND - 1,
            )
        level = Level(self.level).label if self.level else say("no level")
        sex = lowered(Sex(self.sex).label) if self.sex else say("sex not known")
        year = self.year or say("year not known")
        words = dict(zip(ALIKE_BY, (sex, age, year, level), strict=True))
        return ", ".join(word for name, word in words.items() if name in self.told)


class SmallCells(NamedTuple):
    """Cells of fewer than ``FEWEST`` patients, and how many patients are in any of them."""

    cells: tuple[Cell, ...]
    patients: int

    @property
    def told(self) -> str:
        """A warning in a sentence; "" where there are none."""
        if not self.cells:
            return ""
        some = "; ".join(map(str, self.cells[:3]))
        return say_n(
            "{n:,} of the patients is among fewer than {fewest} who are alike in what the file "
            "tells of sex, age band, year and level, and could be recognized ({some}{value}). "
            "Leave out columns or such cases.",
            "{n:,} of the patients are among fewer than {fewest} who are alike in what the file "
            "tells of sex, age band, year and level, and could be recognized ({some}{value}). "
            "Leave out columns or such cases.",
            self.patients,
            fewest=FEWEST,
            some=some,
            value="; …" if len(self.cells) > 3 else "",
        )


def small_cells(
    database: peewee.Database,
    case_ids: Sequence[str],
    alike_by: Collection[str] = ALIKE_BY,
    go_on: Callable[[], None] = lambda: None,
) -> SmallCells:
    """The small cells among these cases, by those of ``ALIKE_BY`` that are told.

    None where nothing of them is. ``go_on`` is called now and then, and may raise.
    """
    told_by = tuple(name for name in ALIKE_BY if name in alike_by)
    if not told_by:
        return SmallCells((), 0)
    members: dict[Stored, set[Value]] = {}
    for start in range(0, len(case_ids), MANY):
        go_on()
        for patient, *told in rows_of(database, _query(case_ids[start : start + MANY], told_by)):
            of_cell = members.setdefault(tuple(told), set())
            # Who else is in a cell that is not small need not be remembered.
            if len(of_cell) < FEWEST:
                of_cell.add(patient)
    sizes = {
        _cell(told, told_by): patients
        for told, patients in members.items()
        if len(patients) < FEWEST
    }
    small = sorted(sizes, key=lambda cell: (len(sizes[cell]), str(cell)))
    return SmallCells(tuple(small), len(set().union(*sizes.values())))


def _query(case_ids: Sequence[str], told_by: Sequence[str]) -> peewee.Query:
    by_tens = Procedure.age_at_procedure / _BAND
    known = (
        Patient.sex,
        peewee.Case(
            None,
            [(Procedure.age_at_procedure >= _OLDEST_BAND, _OLDEST_BAND // _BAND)],
            by_tens,
        ),
        peewee.fn.SUBSTR(Procedure.performed_on, 1, 4),
        TreatedLevel.level,
    )
    cells = [
        cell if name in told_by else peewee.SQL("NULL")
        for name, cell in zip(ALIKE_BY, known, strict=True)
    ]
    return (
        Procedure.select(Procedure.patient, *cells)
        .join(Patient)
        .switch(Procedure)
        .join(TreatedLevel, peewee.JOIN.LEFT_OUTER)
        .where(Procedure.id.in_(listed(case_ids)))
        .distinct()
    )


def _cell(told: Stored, told_by: tuple[str, ...]) -> Cell:
    sex, tens, year, level = (None if value is None else str(value) for value in told)
    return Cell(sex, None if tens is None else int(float(tens)) * _BAND, year, level, told_by)
