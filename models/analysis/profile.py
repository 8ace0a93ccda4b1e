# SPDX-License-Identifier: MIT
"""What is known of each case before the follow-up: age, sex, technique, region, diagnosis."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from models.analysis.columns import texts_of
from models.analysis.grouping import CompareBy
from models.analysis.members import NOTHING, Bools, Cases, Ints
from models.analysis.packed import BY_NUMBER, read_packed
from models.schema import CaseRow
from models.vocabulary import REGIONS, Diagnosis, Level, Sex, Technique, Vocabulary

if TYPE_CHECKING:
    from models.analysis.statistics import Numbers
    from models.logbook import Logbook

_SEPARATOR = "|"
_REGIONS = {region: f"{shown[:1].upper()}{shown[1:]}" for region, shown in REGIONS.items()}


@dataclass(frozen=True, slots=True)
class Fact:
    """Something of which a case can have several.

    Attributes:
        code: what it is, as the record calls it.
        label: the same in words.
        codes: of the terms.
        labels: the terms.
        holds: a row for each case, a column for each term.
        known: whether the case tells it at all.
    """

    code: str
    label: str
    codes: tuple[str, ...]
    labels: tuple[str, ...]
    holds: Bools
    known: Bools


@dataclass(frozen=True, slots=True)
class Profile:
    """Cases in the order of ``Cases``.

    Attributes:
        age: in years; NaN where it is not known.
        levels: number of treated levels.
        day: of the procedure as a number; ``NOTHING`` where it is not known to the day.
        days_to_death: after the procedure; ``NOTHING`` for the living.
        facts: sex, technique, region, diagnosis.
    """

    age: Numbers
    levels: Numbers
    day: Ints
    days_to_death: Ints
    facts: tuple[Fact, ...]


def read_profile(logbook: Logbook, cases: Cases) -> Profile:
    """The profile of the cases: one statement. Call it inside ``logbook.session()``."""
    row = CaseRow
    query = cases.among(row.select(), row.case_id)
    read = read_packed(
        logbook.database,
        query,
        wide=[row.number],
        numbers=[row.age, row.level_count, row.days_to_death],
        texts=[texts_of(one) for one in (row.sex, row.techniques, row.levels, row.diagnoses)],
        halved_by=BY_NUMBER,
    )
    place = cases.places_of(read.wide[0])
    rows = np.empty(len(cases.ids), np.intp)
    rows[place[place != NOTHING]] = np.flatnonzero(place != NOTHING)
    age, levels, death = (column[rows] for column in read.numbers)
    places = rows.tolist()
    sex, techniques, regions, diagnoses = (
        list(map(texts.__getitem__, places)) for texts in read.texts
    )
    return Profile(
        np.where(age == NOTHING, np.nan, age.astype(float)),
        levels.astype(float),
        cases.day,
        death,
        (
            _fact(CompareBy.SEX, sex, _labels(Sex)),
            _fact(CompareBy.TECHNIQUE, techniques, _labels(Technique)),
            _fact(CompareBy.REGION, regions, _REGIONS, lambda code: Level(code).region),
            _fact(CompareBy.DIAGNOSIS, diagnoses, _labels(Diagnosis)),
        ),
    )


def _fact(
    by: CompareBy,
    stated: Sequence[str | None],
    terms: Mapping[str, str],
    meaning: Callable[[str], str] = str,
) -> Fact:
    """``terms`` are labels by code; ``meaning`` turns what is stated into such a code."""
    codes = list(terms)
    texts = [one or "" for one in stated]
    different = {text: number for number, text in enumerate(dict.fromkeys(texts))}
    rows = np.zeros((max(len(different), 1), len(codes)), dtype=bool)
    for text, number in different.items():
        for code in filter(None, text.split(_SEPARATOR)):
            rows[number, codes.index(meaning(code))] = True
    holds = rows[np.fromiter(map(different.__getitem__, texts), np.intp, len(texts))]
    known = np.asarray(holds.any(axis=1), dtype=bool)
    return Fact(by.value, by.label, tuple(codes), tuple(terms.values()), holds, known)


def _labels(vocabulary: type[Vocabulary]) -> dict[str, str]:
    return {term.value: term.label for term in vocabulary}
