# SPDX-License-Identifier: MIT
"""The assessments of very many cases, taken apart from the texts that the list holds of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
import numpy.typing as npt
import peewee
from peewee import fn

from models.analysis.columns import NOTHING, Ints, days_of, texts_of
from models.analysis.packed import BY_NUMBER, cases_of, read_packed
from models.engines.engine import Engine
from models.schema import CaseRow
from models.scoretext import NO_DAY, TOO_GREAT, ZERO, Fact, Mark

Bools = npt.NDArray[np.bool_]

_AT_ONCE = 4_096
_FACTS = len(Fact)


@dataclass(frozen=True, slots=True)
class Assessed:
    """Assessments, those of a case together and in their order; arrays of equal length.

    Attributes:
        number: of the case.
        day: date as the number yyyymmdd; 0 where it is not known to the day.
        facts: what was asked for; ``NOTHING`` where it was not told.
        texts: of the cases that have any, what was asked for, one behind the other.
    """

    number: Ints
    day: Ints
    facts: dict[Fact, Ints]
    texts: list[str | None]

    def marked(self, mark: Mark) -> Bools:
        """Whether each is marked so; ``Fact.MARKS`` has to be among the facts."""
        found: Bools = self.facts[Fact.MARKS] & mark.value != 0
        return found


def read_assessed(
    database: Engine,
    facts: Sequence[Fact],
    *,
    numbers: Ints | None = None,
    texts: peewee.Field | None = None,
) -> Assessed:
    """Read these facts of all assessments, or of those of the cases with ``numbers``.

    One statement, or one for each half of very many. Cases in the bin are read as well.

    Args:
        database: where they are.
        facts: which.
        numbers: of which cases; None for all.
        texts: a column of JSON lists of ``CaseRow``, for ``Assessed.texts``.

    Raises:
        ValueError: a number is outside of what can be read.
    """
    row = CaseRow
    count = peewee.Expression(fn.length(row.score_days), "/", peewee.SQL(str(len(NO_DAY))))
    read = read_packed(
        database,
        cases_of(numbers),
        wide=[row.number],
        numbers=[count],
        texts=[] if texts is None else [texts_of(texts, texts.is_null(False))],
        joined=[row.scores, row.score_days],
        halved_by=BY_NUMBER if numbers is None else None,
    )
    scores, days = read.joined
    found = dict(zip(facts, _columns_of(scores, facts), strict=True))
    # Taken apart at once: of a list for each case most of the time goes into beginning.
    listed = ",".join(filter(None, chain.from_iterable(read.texts)))
    lists: list[list[str | None]] = json.loads(f"[{listed}]")
    return Assessed(
        np.repeat(read.wide[0], np.maximum(read.numbers[0], 0)),
        days_of(days),
        found,
        list(chain.from_iterable(lists)),
    )


def _columns_of(scores: str, facts: Sequence[Fact]) -> Ints:
    """The facts as rows of numbers.

    Raises:
        ValueError: as ``read_assessed`` does.
    """
    signs = np.frombuffer(scores.encode("utf-16-le"), "<u2").reshape(-1, _FACTS)
    columns = np.empty((len(facts), len(signs)), np.int32)
    # Few at a time, which stay in the cache of the processor until all facts are parted.
    for start in range(0, len(signs), _AT_ONCE):
        part = signs[start : start + _AT_ONCE]
        for place, fact in enumerate(facts):
            columns[place, start : start + _AT_ONCE] = part[:, fact]
    columns -= ZERO
    if columns.max(initial=NOTHING) >= TOO_GREAT:
        raise ValueError("a number is outside of what can be read")
    return columns
