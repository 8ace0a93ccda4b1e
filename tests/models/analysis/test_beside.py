# SPDX-License-Identifier: MIT
"""Rates of relief beside published ones."""

from __future__ import annotations

from models.analysis.beside import rates_beside
from models.example import add_example
from models.literature import published_beside, shipped_rates
from models.logbook import Logbook
from models.vocabulary import CountUnit, Measure
from tests.builders import a_case
from tests.models.analysis.asking import asker


def test_responders_and_no_pain_are_laid_beside_relief(logbook: Logbook) -> None:
    scores = ((8, 0), (8, 2), (7, 7), (9, 0))
    found = asker(logbook)(*(a_case(before=first, after=last) for first, last in scores))
    own = {one.asked.measure: one for one in reversed(rates_beside(found))}
    points, gone = own[Measure.RELIEF], own[Measure.RELIEF_COMPLETE]
    assert (points.result.k, points.result.n) == (3, 4)
    assert (gone.result.k, gone.result.n) == (2, 4)
    assert points.asked.unit is CountUnit.PROCEDURE
    beside = published_beside(shipped_rates(), points.asked)
    assert beside
    assert all(f"not counted by {points.asked.definition}" in one.unlike for one in beside)


def test_where_nobody_has_a_pair_nothing_is_laid_beside(logbook: Logbook) -> None:
    add_example(logbook)
    assert rates_beside(asker(logbook)()) == []
