# SPDX-License-Identifier: MIT
"""Heights and angles of treated levels, read once into arrays. Judges nothing."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, fields
from itertools import count
from typing import TYPE_CHECKING

import numpy as np
import peewee
from peewee import fn

from models.analysis.columns import rank_in, steps_of, texts_of
from models.analysis.members import NOTHING, Bools, Cases, Ints
from models.analysis.packed import BY_NUMBER, cases_of, read_packed
from models.heights import Wall
from models.schema import CaseRow, TreatedLevel
from models.speech import say
from models.vocabulary import KyphosisMethod, MeasureModality

if TYPE_CHECKING:
    from peewee import Field

    from models.analysis.statistics import Numbers
    from models.logbook import Logbook

_NOT_STATED = say("method not stated")
_METHODS = tuple(KyphosisMethod)
_TENTHS, _LEAST = 10, -1_000
"""Measures are read in tenths, counted from what no angle and no gain falls below."""


@dataclass(frozen=True, slots=True)
class LevelHeights:
    """Treated levels; arrays of as many rows. NaN, or "" where it is text, is not known.

    Attributes:
        case: place of the case in ``Cases``.
        patient: a number for each patient.
        before: heights in mm, a column for each ``Wall``.
        after: the same after the procedure.
        reference: mean height of the neighbors, or of the one that is known.
        wedge: wedge angle before and after, in degrees.
        kyphosis: kyphotic angle before and after.
        method: place in ``methods`` of how the kyphotic angle was measured.
        modality: code of what it was measured on.
        reported: low and high end of a reported gain in mm.
        has_words: a gain is told in words.
    """

    case: Ints
    patient: Ints
    before: Numbers
    after: Numbers
    reference: Numbers
    wedge: Numbers
    kyphosis: Numbers
    method: Ints
    modality: np.ndarray[tuple[int, ...], np.dtype[np.str_]]
    reported: Numbers
    has_words: Bools

    @property
    def methods(self) -> tuple[str, ...]:
        """How kyphotic angles are measured, as people read it; the last one is not stated."""
        return (*(method.label for method in _METHODS), _NOT_STATED)

    @property
    def is_measured(self) -> Bools:
        """Any height of the level itself is known."""
        known = ~np.isnan(np.concatenate([self.before, self.after], axis=1))
        return np.asarray(known.any(axis=1), dtype=bool)

    @property
    def n_after(self) -> int:
        """Levels with a height after the procedure."""
        return int((~np.isnan(self.after)).any(axis=1).sum())

    @property
    def is_reported(self) -> Bools:
        """A gain is reported, be it as a number, a range or in words."""
        found: Bools = ~np.isnan(self.reported[:, 0]) | self.has_words
        return found

    def of(self, members: Bools) -> LevelHeights:
        """Only these levels."""
        if members.all():
            return self
        return LevelHeights(*(getattr(self, field.name)[members] for field in fields(self)))

    def modalities(self) -> tuple[tuple[str, int], ...]:
        """On what it was measured, with the number of levels; the most frequent first."""
        counted = Counter(self.modality.tolist()).most_common()
        return tuple((MeasureModality(code).label if code else "", n) for code, n in counted)


def read_heights(logbook: Logbook, cases: Cases, patients: Ints) -> LevelHeights:
    """The levels of the cases of which a height, an angle or a gain is told: one statement.

    ``patients`` of the cases as ``read_people`` numbers them. Call it inside
    ``logbook.session()``.
    """
    row, columns = TreatedLevel, _columns()
    told = fn.coalesce(*(column for column in columns if not _is_beside(column)))
    has_words = fn.coalesce(row.height_gain_words, "") != ""
    read = read_packed(
        logbook.database,
        cases.rows_of(row.procedure).where(told.is_null(False) | has_words),
        wide=[CaseRow.number],
        numbers=[
            *map(tenths_of, columns),
            rank_in(KyphosisMethod, row.kyphosis_method),
            rank_in(MeasureModality, row.measure_modality),
            has_words,
        ],
        halved_by=cases.halved_by,
    )
    case = cases.places_of(read.wide[0])
    inside = case != NOTHING
    case = case[inside]
    *tenths, method, modality, words = (column[inside] for column in read.numbers)
    numbers = np.stack([measured(one) for one in tenths], axis=1)
    walls = numbers[:, :12].reshape(-1, 3, 4)
    return LevelHeights(
        case,
        patients[case],
        walls[:, :, 0],
        walls[:, :, 1],
        _mean_of_known(walls[:, :, 2], walls[:, :, 3]),
        numbers[:, 12:14],
        numbers[:, 14:16],
        np.where(method == NOTHING, len(_METHODS), method).astype(np.int32),
        np.array([*(one.value for one in MeasureModality), ""], np.str_)[modality],
        numbers[:, 16:18],
        words == 1,
    )


def tenths_of(column: Field) -> peewee.Node:
    """A height, a gain or an angle, to be read in tenths above ``_LEAST``."""
    return steps_of(column, _TENTHS, _LEAST)


def measured(tenths: Ints) -> Numbers:
    """Tenths above ``_LEAST`` as they were measured; NaN where there is none."""
    found: Numbers = np.where(tenths == NOTHING, np.nan, (tenths + _LEAST * _TENTHS) / _TENTHS)
    return found


def read_people(logbook: Logbook, cases: Cases) -> tuple[Ints, Ints]:
    """Of each case a number for its patient, and how many levels it has: one statement."""
    row = CaseRow
    read = read_packed(
        logbook.database,
        cases_of(cases.listed),
        wide=[row.number],
        numbers=[row.level_count],
        texts=[texts_of(row.patient_id)],
        halved_by=None if cases.halved_by is None else BY_NUMBER,
    )
    number, told = read.wide[0], read.texts[0]
    order = np.argsort(number, kind="stable")
    if (np.diff(order) < 0).any():
        # A server promises no order, and sums depend on it in their last digits.
        told = list(map(told.__getitem__, order.tolist()))
    number_of = dict(zip(dict.fromkeys(told), count(), strict=False))
    patient = np.fromiter(map(number_of.__getitem__, told), np.int32)
    place = cases.places_of(number[order])
    known = place != NOTHING
    patients, levels = (np.zeros(len(cases.ids), np.int32) for _ in range(2))
    patients[place[known]] = patient[known]
    levels[place[known]] = read.numbers[0][order][known]
    return patients, levels


def _is_beside(column: Field) -> bool:
    """Whether it tells nothing of the level itself: its neighbors, or how it was measured."""
    name = column.name
    return name.startswith(("cranial", "caudal")) or not name.endswith(("_mm", "_deg"))


def _columns() -> list[Field]:
    names = [
        name
        for wall in Wall
        for name in (
            f"{wall}_before_mm",
            f"{wall}_after_mm",
            f"cranial_{wall}_mm",
            f"caudal_{wall}_mm",
        )
    ]
    names += ["wedge_before_deg", "wedge_after_deg", "kyphosis_before_deg", "kyphosis_after_deg"]
    names += ["height_gain_low_mm", "height_gain_high_mm"]
    known = TreatedLevel._meta.fields
    return [known[name] for name in names]


def _mean_of_known(one: Numbers, other: Numbers) -> Numbers:
    both = np.stack([one, other])
    known = (~np.isnan(both)).sum(axis=0)
    with np.errstate(invalid="ignore"):
        mean: Numbers = np.nansum(both, axis=0) / known
    return mean
