# SPDX-License-Identifier: MIT
"""Heights and angles of treated levels, read once into arrays. Judges nothing."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import numpy as np
from peewee import fn

from models.analysis.members import Bools, Cases, Ints
from models.heights import Wall
from models.schema import CaseRow, TreatedLevel
from models.vocabulary import KyphosisMethod, MeasureModality

if TYPE_CHECKING:
    from peewee import Field

    from models.analysis.statistics import Numbers
    from models.logbook import Logbook

_NOT_STATED = "method not stated"
_METHODS = tuple(KyphosisMethod)


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
    def is_reported(self) -> Bools:
        """A gain is reported, be it as a number, a range or in words."""
        found: Bools = ~np.isnan(self.reported[:, 0]) | self.has_words
        return found

    def of(self, members: Bools) -> LevelHeights:
        """Only these levels."""
        return LevelHeights(*(getattr(self, field.name)[members] for field in fields(self)))

    def modalities(self) -> tuple[tuple[str, int], ...]:
        """On what it was measured, with the number of levels; the most frequent first."""
        counted = Counter(self.modality.tolist()).most_common()
        return tuple((MeasureModality(code).label if code else "", n) for code, n in counted)


def read_heights(logbook: Logbook, cases: Cases) -> LevelHeights:
    """The levels of the cases of which a height, an angle or a gain is told: two statements.

    Call it inside ``logbook.session()``.
    """
    place_of = cases.places()
    row = TreatedLevel
    columns = _columns()
    told = fn.coalesce(*(column for column in columns if not _is_beside(column)))
    query = row.select(row.procedure, *columns).where(
        told.is_null(False) | (fn.coalesce(row.height_gain_words, "") != "")
    )
    lines = logbook.database.execute(cases.among(query, row.procedure))
    found = [line for line in lines if line[0] in place_of]
    case = np.fromiter((place_of[line[0]] for line in found), np.int32, len(found))
    n = len(columns) - 3
    numbers = np.array([line[1 : n + 1] for line in found], float).reshape(-1, n)
    walls = numbers[:, :12].reshape(-1, 3, 4)
    texts = [line[n + 1 :] for line in found]
    return LevelHeights(
        case,
        _patients(logbook, cases)[case],
        walls[:, :, 0],
        walls[:, :, 1],
        _mean_of_known(walls[:, :, 2], walls[:, :, 3]),
        numbers[:, 12:14],
        numbers[:, 14:16],
        np.fromiter((_method(text[0]) for text in texts), np.int32, len(texts)),
        np.array([text[1] or "" for text in texts], np.str_),
        numbers[:, 16:18],
        np.fromiter((bool(text[2]) for text in texts), bool, len(texts)),
    )


def count_levels(logbook: Logbook, cases: Cases) -> Ints:
    """How many levels each case has: one statement."""
    row, place_of = TreatedLevel, cases.places()
    query = row.select(row.procedure, fn.count(row.id)).group_by(row.procedure)
    counts = np.zeros(len(cases.ids), np.int32)
    for case_id, n in logbook.database.execute(cases.among(query, row.procedure)):
        if (place := place_of.get(case_id)) is not None:
            counts[place] = n
    return counts


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
    names += ["kyphosis_method", "measure_modality", "height_gain_words"]
    known = TreatedLevel._meta.fields
    return [known[name] for name in names]


def _patients(logbook: Logbook, cases: Cases) -> Ints:
    row = CaseRow
    query = cases.among(row.select(row.case_id, row.patient_id), row.case_id)
    patient_of = dict(logbook.database.execute(query).fetchall())
    number_of: dict[str, int] = {}
    numbers = [number_of.setdefault(patient_of.get(one, one), len(number_of)) for one in cases.ids]
    return np.array(numbers, np.int32)


def _mean_of_known(one: Numbers, other: Numbers) -> Numbers:
    both = np.stack([one, other])
    known = (~np.isnan(both)).sum(axis=0)
    with np.errstate(invalid="ignore"):
        mean: Numbers = np.nansum(both, axis=0) / known
    return mean


def _method(code: str | None) -> int:
    return len(_METHODS) if code is None else KyphosisMethod(code).rank
