# SPDX-License-Identifier: MIT
"""Cases that are rare enough to be recognized: few of the same sex, age, year and level."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import peewee

from models.exchange.by_ids import ByIds, Stored
from models.schema import Patient, Procedure, TreatedLevel
from models.speech import lowered, say
from models.vocabulary import Level, Sex

FEWEST = 5
"""Cells of fewer patients are small (k-anonymity; 5 is in common use)."""

_BAND = 10
_OLDEST_BAND = 90
_AT_ONCE = 500


class Cell(NamedTuple):
    """What may be known of somebody from elsewhere."""

    sex: str | None
    age_band: int | None
    year: str | None
    level: str | None

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
        return f"{sex}, {age}, {year}, {level}"


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
        return say(
            "{patients:,} of the patients are among fewer than {fewest} of the same "
            "sex, age band, year and level, and could be recognized ({some}{value}). "
            "Leave out columns or such cases.",
            patients=self.patients,
            fewest=FEWEST,
            some=some,
            value="; …" if len(self.cells) > 3 else "",
        )


def small_cells(database: peewee.Database, case_ids: Sequence[str]) -> SmallCells:
    """The small cells among these cases."""
    members: dict[Cell, set[str]] = {}
    reader = ByIds(database, _query, _AT_ONCE)
    for start in range(0, len(case_ids), _AT_ONCE):
        for row in reader.all(case_ids[start : start + _AT_ONCE]):
            members.setdefault(_cell(row), set()).add(str(row[0]))
    sizes = Counter({cell: len(patients) for cell, patients in members.items()})
    small = [cell for cell, size in sorted(sizes.items(), key=_by_size) if size < FEWEST]
    return SmallCells(tuple(small), len(set().union(*(members[cell] for cell in small))))


def _by_size(item: tuple[Cell, int]) -> tuple[int, str]:
    return item[1], str(item[0])


def _query(case_ids: Sequence[str]) -> peewee.Query:
    return (
        Procedure.select(
            Procedure.patient,
            Patient.sex,
            Procedure.age_at_procedure,
            Procedure.performed_on,
            TreatedLevel.level,
        )
        .join(Patient)
        .switch(Procedure)
        .join(TreatedLevel, peewee.JOIN.LEFT_OUTER)
        .where(Procedure.id.in_(case_ids))
    )


def _cell(row: Stored) -> Cell:
    _, sex, age, day, level = (None if value is None else str(value) for value in row)
    band = None if age is None else min(int(float(age)) // _BAND * _BAND, _OLDEST_BAND)
    return Cell(sex, band, day and day[:4], level)
