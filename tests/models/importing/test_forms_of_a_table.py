# SPDX-License-Identifier: MIT
"""The same cases written flat, as a row a visit, or with levels side by side, are equal."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.importing.first_look import first_look
from models.importing.lines import Verdict
from models.importing.opening import Source
from models.importing.preview import Preview, preview
from models.importing.writing import write
from models.logbook import Logbook
from tests.models.importing.told import told

LEVELS = ("T11", "T12", "L1", "L2", "L4")
POINTS = {"pre": None, "1 mo": "2024-02-{:02}", "3 mo": "2024-04-{:02}", "12 mo": "2025-01-{:02}"}
NUMBER = count()

Rows = list[list[str]]


@dataclass(frozen=True)
class Written:
    """A case as clinics write it: patient, day, sex, levels with cement and leak, visits."""

    code: str
    day: str
    sex: str
    levels: Sequence[tuple[str, str, str]]
    visits: dict[str, tuple[str, str]]


@st.composite
def tables(draw: st.DrawFn) -> list[Written]:
    cases = []
    for place in range(draw(st.integers(1, 4))):
        names = draw(st.lists(st.sampled_from(LEVELS), min_size=1, max_size=3, unique=True))
        levels = [
            (name, f"{draw(st.integers(2, 7))}", draw(st.sampled_from(("yes", "no"))))
            for name in names
        ]
        asked = draw(st.lists(st.sampled_from([*POINTS]), min_size=1, unique=True))
        visits = {
            point: (
                (POINTS[point] or "").format(draw(st.integers(1, 25))),
                f"{draw(st.integers(0, 10))}",
            )
            for point in POINTS
            if point in asked
        }
        day = f"2024-01-{draw(st.integers(1, 5)):02}"
        sex = draw(st.sampled_from(("m", "f")))
        cases.append(Written(f"{place}", day, sex, levels, visits))
    return cases


def flat(cases: Sequence[Written]) -> Iterator[list[str]]:
    heads = [name for point in POINTS for name in (f"VAS {point}", f"VAS {point} date")]
    yield ["patient", "procedure date", "sex", "level", "cement", "leak", *heads]
    for case in cases:
        scores = [cell for point in POINTS for cell in reversed(case.visits.get(point, ("", "")))]
        for level in case.levels:
            yield [case.code, case.day, case.sex, *level, *scores]


def beside(cases: Sequence[Written]) -> Iterator[list[str]]:
    heads = [name for point in POINTS for name in (f"VAS {point}", f"VAS {point} date")]
    most = max(2, *(len(case.levels) for case in cases))
    of_levels = [
        f"{name} {number}" for number in range(1, most + 1) for name in ("level", "cement", "leak")
    ]
    yield ["patient", "procedure date", "sex", *of_levels, *heads]
    for case in cases:
        scores = [cell for point in POINTS for cell in reversed(case.visits.get(point, ("", "")))]
        levels = [cell for level in case.levels for cell in level]
        levels += [""] * (3 * most - len(levels))
        yield [case.code, case.day, case.sex, *levels, *scores]


def long(cases: Sequence[Written], *, is_repeated: bool) -> Iterator[list[str]]:
    """A row for each visit and level; or the patient once, and further levels without visit."""
    yield [
        "patient",
        "procedure date",
        "sex",
        "level",
        "cement",
        "leak",
        "visit",
        "visit date",
        "VAS",
    ]
    for case in cases:
        head, first = [case.code, case.day, case.sex], case.levels[0]
        visits = [[point, day, score] for point, (day, score) in case.visits.items()]
        if is_repeated:
            yield from ([*head, *level, *visit] for visit in visits for level in case.levels)
            continue
        yield [*head, *first, *visits[0]]
        yield from (["", "", "", *level, "", "", ""] for level in case.levels[1:])
        yield from ([*[""] * 6, *visit] for visit in visits[1:])


def looked(logbook: Logbook, folder: Path, rows: Sequence[list[str]], code: str) -> Preview:
    """The preview of these rows, with codes that no other example has."""
    file = folder / "table.csv"
    own = [[f"{code}-{row[0]}" if row[0] else "", *row[1:]] for row in rows[1:]]
    with file.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened).writerows([rows[0], *own])
    look = first_look(Source(file))
    return preview(logbook, look.table, look.mapping)


# A long table in which no patient comes twice is a table of procedures.
def comes_again(cases: Sequence[Written]) -> bool:
    return any(len(case.visits) > 1 for case in cases)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("forms")


@settings(max_examples=8)
@given(tables().filter(comes_again), st.randoms(use_true_random=False))
def test_forms_of_the_same_cases_are_equal(
    shared: tuple[Logbook, Logbook], folder: Path, cases: list[Written], random: Random
) -> None:
    _, logbook = shared
    head, *rows = long(cases, is_repeated=True)
    random.shuffle(rows)
    forms = {
        "flat": [*flat(cases)],
        "beside": [*beside(cases)],
        "repeated": [head, *rows],
        "named once": [*long(cases, is_repeated=False)],
    }
    first, code = random.choice([*forms]), f"F{next(NUMBER)}"
    shown = looked(logbook, folder, forms[first], code)
    assert {line.verdict for line in shown.lines} == {Verdict.NEW}, (first, told(shown))
    write(logbook, shown)
    for name, form in forms.items():
        again = looked(logbook, folder, form, code)
        assert {line.verdict for line in again.lines} == {Verdict.SAME}, (name, told(again))
        assert len(again.lines) == len(cases)
