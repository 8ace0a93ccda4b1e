# SPDX-License-Identifier: MIT
"""What the cases of a series are like together: each characteristic with its n and what is missing.

Few values are listed one by one, and few cases get no percentage.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain

from models.numbers import show_number
from models.reports.content import Column, Table
from models.reports.patient_table import approach_of
from models.reports.reading import CaseTold, LevelTold
from models.reports.wording import FEW, begun, labels, share, tallied, values
from models.schema import Procedure, TreatedLevel
from models.speech import numeral, say, say_n
from models.vocabulary import REGIONS, Level, Vocabulary, YesNo

COLUMNS = (
    Column(say("Characteristic"), 1.6),
    Column("", 2.4),
    Column("n", 0.4, is_right=True),
    Column(say("Missing"), 0.5, is_right=True),
)

_NOTE = say(
    "n: how many have an answer. Of fewer than {few} values each is listed, and no "
    "percentage is given. A level can have more than one diagnosis.",
    few=FEW,
)

Row = tuple[str, str, str, str]


def summary_table(cases: Sequence[CaseTold], caption: str) -> Table:
    """The table: patients and cases first, then treated levels."""
    levels = levels_of(cases)
    parts = [
        (
            say(
                "Cases ({n:,} of {n_patients})",
                n=len(cases),
                n_patients=say_n("{n:,} patient", "{n:,} patients", n_patients(cases)),
            ),
            list(_of_cases(cases)),
        ),
        (say("Treated levels ({n:,})", n=len(levels)), list(_of_levels(levels))),
    ]
    rows: list[Row] = []
    opened: set[int] = set()
    for title, part in parts:
        opened.add(len(rows))
        rows += [(title, "", "", ""), *part]
    return Table(COLUMNS, tuple(rows), caption, _NOTE, frozenset(opened))


def levels_of(cases: Sequence[CaseTold]) -> list[LevelTold]:
    """The treated levels of all cases."""
    return list(chain.from_iterable(case.levels for case in cases))


def n_patients(cases: Sequence[CaseTold]) -> int:
    """Of how many patients the cases are."""
    return len({case.patient_id for case in cases})


def ages(cases: Sequence[CaseTold]) -> list[float]:
    """Ages at the procedure, as far as they are known."""
    return [float(case.line.age) for case in cases if case.line.age is not None]


def cement_volumes(levels: Sequence[LevelTold]) -> list[float]:
    """Volumes at the levels, as far as they are known."""
    return [level.row.cement_ml for level in levels if level.row.cement_ml is not None]


def counts_of(terms: Iterable[Vocabulary], n: int) -> str:
    """As in "female 1 of 2, male 1 of 2"."""
    return ", ".join(f"{term.label} {share(k, n)}" for term, k in tallied(terms))


def _of_cases(cases: Sequence[CaseTold]) -> Iterable[Row]:
    known = ages(cases)
    yield _row(say("Age at procedure, years"), values(known), len(known), len(cases))
    yield _terms(say("Sex"), [case.line.sex for case in cases])
    yield _terms(say("Anesthesia"), [case.procedure.anesthesia for case in cases])
    yield _many(say("Levels in one session"), [len(case.levels) for case in cases])
    answers = [case.procedure.any_complication for case in cases]
    yield _terms(Procedure.any_complication.label, answers)
    scores = [case.before for case in cases]
    numbers = [score for score in scores if score is not None and score.reported.low is not None]
    scales = [score.scale for score in numbers if score.scale is not None]
    told = counts_of(scales, len(scales)).replace("0-", "0–")
    yield _row(say("Scale of the pain before"), told or "–", len(scales), len(cases))


def _of_levels(levels: Sequence[LevelTold]) -> Iterable[Row]:
    rows = [level.row for level in levels]
    yield _terms(say("Level"), [row.level for row in rows])
    yield _regions([row.level for row in rows])
    named = [row.diagnosis for row in rows if row.diagnosis]
    told = counts_of(chain.from_iterable(named), len(named))
    yield _row(say("Diagnosis"), told or "–", len(named), len(rows))
    yield _terms(say("Technique"), [row.technique for row in rows])
    stated = [approach_of(level) for level in levels if _is_stated(level)]
    told = ", ".join(f"{begun(way)} {share(k, len(stated))}" for way, k in _frequent(stated))
    yield _row(say("Approach"), told or "–", len(stated), len(rows))
    volumes = cement_volumes(levels)
    yield _row(say("Cement, mL a level"), values(volumes), len(volumes), len(rows))
    yield _terms(say("Cement type"), [row.cement_type for row in rows])
    yield _terms(TreatedLevel.leakage.label, [row.leakage for row in rows])
    sought = [labels(row.leak_assessed_by) for row in rows if row.leak_assessed_by]
    told = ", ".join(f"{how} {share(k, len(sought))}" for how, k in _frequent(sought))
    yield _row(say("Leaks looked for by"), told or "–", len(sought), len(rows))
    gains = [level.gain for level in levels if level.gain is not None]
    measured = [gain.low for gain in gains if gain.measured]
    exact = [gain.low for gain in gains if not gain.measured and gain.low == gain.high]
    ranges = [f"{show_number(g.low)}–{show_number(g.high)}" for g in gains if g.low != g.high]
    reported = say("only reported: {shown}", shown=values(exact)) if exact else ""
    parts = (values(measured) if measured else "", reported, _as_ranges(ranges))
    told = "; ".join(filter(None, parts))
    yield _row(say("Height gain, mm"), told or "–", len(gains), len(rows))


def _is_stated(level: LevelTold) -> bool:
    row = level.row
    return bool(row.approach_other) or (
        row.approach is not None and row.approach.value != "not_stated"
    )


def _as_ranges(ranges: Sequence[str]) -> str:
    if not ranges:
        return ""
    shown = ", ".join(ranges) if len(ranges) < FEW else numeral(len(ranges), ",")
    return say("as a range, not averaged: {shown}", shown=shown)


def _regions(named: Sequence[Level | None]) -> Row:
    found = [level.region for level in named if level is not None]
    order = list(dict.fromkeys(level.region for level in Level))
    counts = Counter(found)
    told = ", ".join(
        f"{begun(REGIONS[region])} {share(counts[region], len(found))}"
        for region in order
        if counts[region]
    )
    return _row(say("Region"), told or "–", len(found), len(named))


def _terms(name: str, terms: Sequence[Vocabulary | None]) -> Row:
    known = [term for term in terms if term is not None and term != YesNo.UNKNOWN]
    return _row(name, counts_of(known, len(known)) or "–", len(known), len(terms))


def _many(name: str, found: Sequence[int]) -> Row:
    counts = sorted(Counter(found).items())
    told = ", ".join(f"{number}: {share(k, len(found))}" for number, k in counts)
    return _row(name, told or "–", len(found), len(found))


def _frequent(said: Sequence[str]) -> list[tuple[str, int]]:
    return sorted(Counter(said).items(), key=lambda entry: (-entry[1], entry[0]))


def _row(name: str, told: str, n: int, total: int) -> Row:
    return name, told, numeral(n, ","), numeral(total - n, ",")
