# SPDX-License-Identifier: MIT
"""How fast each section of Outcomes is worked out and drawn, beside a raw cursor and numpy.

The cursor reads the columns that the section rests on, row by row as anybody would, and numpy
takes the mean; it leaves out scales, ranges, words, dates, intervals and tests.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from importlib.util import find_spec

import numpy as np
from PySide6.QtGui import QGuiApplication
from sqlcipher3 import dbapi2

from models.analysis.cement import cement_relief
from models.analysis.followed import followed
from models.analysis.gained_and_kept import gained_and_kept
from models.analysis.instruments import Instrument
from models.analysis.paired import paired_outcome
from models.analysis.question import Question
from models.analysis.shifts import medication_of
from models.logbook import Logbook
from tests.benchmarks.measure import Row, in_turn
from ui.charts.gain_words import FoundGains
from ui.charts.kinds import FigureKind
from ui.charts.press import Press
from ui.palette import LIGHT

_SIZE = (560, 400)
_PAIRED = """
SELECT procedure_id, time_point, {value} FROM assessment
WHERE {value} IS NOT NULL AND assessed_on IS NOT NULL ORDER BY procedure_id, assessed_on
"""
_LEVELS = "SELECT procedure_id, cement_ml, {heights} FROM treated_level"
_HEIGHTS = ", ".join(
    f"{wall}_{moment}_mm"
    for wall in ("anterior", "middle", "posterior")
    for moment in ("before", "after")
)
_LATER = "SELECT treated_level_id, measured_on, anterior_mm, middle_mm FROM later_measure"
_KNOWN = "SELECT case_id, age, sex, techniques, levels, diagnoses FROM case_row"

Ask = Callable[[Question], object]


def outcomes(logbook: Logbook, runs: int) -> Iterator[Row]:
    """Numbers and figures of every section, then numbers by group."""
    raw = dbapi2.connect(str(logbook.file))
    app = QGuiApplication.instance() or QGuiApplication([])
    with logbook.session():
        n = paired_outcome(logbook, Instrument.PAIN).numbers.n_cases
        goal = {1_000: "0.15 s with its figures", 100_000: "1 s with its figures"}.get(n, "")
        for name, ask, peer, kinds in _sections(logbook, raw):
            yield from _section(f"{name}, {n:,} cases", ask, peer, kinds, goal, runs)
        beside = _in_pandas(raw)
        again = partial(paired_outcome, logbook, Instrument.PAIN, Question())
        ours, framed = in_turn(again, beside, runs)
        name = "pandas" if beside else "pandas, not installed: skipped"
        yield Row(f"outcomes: pain again, {n:,} cases", ours, name, framed, "")
        by_year = partial(paired_outcome, logbook, Instrument.PAIN, Question.read(by="year"))
        ours, _ = in_turn(by_year, None, runs)
        yield Row(f"outcomes: pain by year, {n:,} cases", ours, "", None, "")
    del app


def _sections(
    logbook: Logbook, raw: dbapi2.Connection
) -> Iterator[tuple[str, Ask, Callable[[], object], tuple[FigureKind, ...]]]:
    kind = FigureKind
    function = (kind.FUNCTION_PAIRED, kind.FUNCTION_COURSE, kind.FUNCTION_CHANGE)
    yield (
        *("pain", partial(paired_outcome, logbook, Instrument.PAIN)),
        *(_pairs(raw, "pain_low"), (kind.PAIRED, kind.COURSE, kind.CHANGE)),
    )
    yield (
        *("function", partial(paired_outcome, logbook, Instrument.ODI)),
        *(_pairs(raw, "odi_pct"), function),
    )
    yield (
        *("medication", partial(medication_of, logbook)),
        *(_all(raw, _PAIRED.format(value="analgesic_level"), _PAIRED.format(value="mobility")),),
        (kind.ANALGESICS, kind.MOBILITY),
    )
    yield (
        *("height", partial(_heights, logbook)),
        *(_all(raw, _LEVELS.format(heights=_HEIGHTS), _LATER), (kind.HEIGHT, kind.KEPT)),
    )
    yield (
        *("cement", partial(cement_relief, logbook)),
        *(_all(raw, _PAIRED.format(value="pain_low"), _LEVELS.format(heights="id")),),
        (kind.CEMENT,),
    )
    yield (
        *("followed", partial(followed, logbook)),
        *(_all(raw, _PAIRED.format(value="pain_low"), _KNOWN), (kind.BALANCE,)),
    )


def _heights(logbook: Logbook, question: Question) -> FoundGains:
    return FoundGains(*gained_and_kept(logbook, question))


def _section(
    name: str,
    ask: Ask,
    peer: Callable[[], object],
    kinds: tuple[FigureKind, ...],
    goal: str,
    runs: int,
) -> Iterator[Row]:
    ours, beside = in_turn(partial(ask, Question()), peer, runs)
    yield Row(f"outcomes: {name}", ours, "raw cursor and numpy", beside, goal)
    found, press = ask(Question()), Press()
    sizes = dict.fromkeys(kinds, _SIZE)
    drawn, _ = in_turn(lambda: press.pictures(found, sizes, LIGHT, 1.0, 1.0), None, runs)
    yield Row(f"  its {len(kinds)} figures", drawn, "", None, "")


def _pairs(raw: dbapi2.Connection, value: str) -> Callable[[], object]:
    """The mean change from before to the latest score of every case."""

    def work() -> object:
        before: dict[str, float] = {}
        after: dict[str, float] = {}
        for case, point, score in raw.execute(_PAIRED.format(value=value)):
            (before if point == "baseline" else after)[case] = score
        both = before.keys() & after.keys()
        pairs = np.array([(before[case], after[case]) for case in both], float).reshape(-1, 2)
        return (pairs[:, 1] - pairs[:, 0]).mean() if len(pairs) else None

    return work


def _in_pandas(raw: dbapi2.Connection) -> Callable[[], object] | None:
    """The same mean by data frames; None where pandas is not installed."""
    if find_spec("pandas") is None:
        return None
    pandas = import_module("pandas")

    def work() -> object:
        scores = pandas.read_sql_query(_PAIRED.format(value="pain_low"), raw)
        is_before = scores.time_point == "baseline"
        before, after = (
            scores[side].groupby("procedure_id").pain_low.last() for side in (is_before, ~is_before)
        )
        return (after - before).dropna().mean()

    return work


def _all(raw: dbapi2.Connection, *statements: str) -> Callable[[], object]:
    """All rows of the statements."""
    return lambda: [raw.execute(statement).fetchall() for statement in statements]
