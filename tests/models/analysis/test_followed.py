# SPDX-License-Identifier: MIT
"""Who was followed: only whose visit is over can be lost, and the lost bound the rates."""

from __future__ import annotations

from datetime import date

import pytest

from models.analysis.followed import Followed, followed
from models.analysis.question import Question
from models.analysis.statistics import Mean, Proportion
from models.bulk import save_many
from models.case import Case
from models.example import add_example
from models.logbook import Logbook
from models.partial_date import PartialDate
from models.vocabulary import PainScale, Sex
from tests.builders import a_case

TODAY = date(2026, 11, 1)
MONTHS_AGO, WEEKS_AGO = "2026-03-04", "2026-10-20"


def ask(logbook: Logbook, *cases: Case, today: date = TODAY, **question: str) -> Followed:
    save_many(logbook, cases)
    with logbook.session():
        return followed(logbook, Question.read(**question), today=today)


def answered(code: str, **values: object) -> Case:
    return a_case(code, on=MONTHS_AGO, after_on="2026-04-04", **values)  # type: ignore[arg-type]


def lost(code: str, **values: object) -> Case:
    return a_case(code, on=MONTHS_AGO, after=None, **values)  # type: ignore[arg-type]


def test_cases_are_parted_into_answered_lost_died_and_not_due(logbook: Logbook) -> None:
    died = lost("D")
    died.patient.died_on = PartialDate("2026-03-20")
    later = lost("E")
    later.patient.died_on = PartialDate("2026-09-20")
    no_day = a_case("F", on="2026", after=None)
    found = ask(
        logbook,
        answered("A"),
        answered("B", after="resolved"),
        lost("C"),
        died,
        later,
        no_day,
        a_case("G", on=WEEKS_AGO, after=None),
        to="1m",
    )
    assert (found.answered.k, found.answered.n, found.n_lost) == (2, 4, 2)
    assert (found.n_died, found.n_not_due, found.n_no_day, found.n_cases) == (1, 1, 1, 7)


def test_whoever_died_on_the_last_day_of_the_visit_is_not_lost(logbook: Logbook) -> None:
    last, next_day = lost("A"), lost("B")
    last.patient.died_on = PartialDate("2026-05-02")
    next_day.patient.died_on = PartialDate("2026-05-03")
    found = ask(logbook, last, next_day, to="1m")
    assert (found.n_died, found.n_lost) == (1, 1), "the window ends 59 days after 4 March"


def test_who_answers_early_counts_no_sooner_than_who_does_not(logbook: Logbook) -> None:
    early = [a_case(f"A{n}", on=WEEKS_AGO, after_on="2026-11-01") for n in range(3)]
    silent = [a_case(f"B{n}", on=WEEKS_AGO, after=None) for n in range(3)]
    found = ask(logbook, *early, *silent, to="1w", today=date(2026, 11, 2))
    assert (found.answered.n, found.n_not_due) == (0, 6), "the visit can still be had"
    over = ask(logbook, to="1w", today=date(2026, 11, 3))
    assert (over.answered.k, over.answered.n, over.n_not_due) == (3, 6, 0)


def test_a_visit_of_another_time_point_is_no_answer(logbook: Logbook) -> None:
    undated = a_case("B", on=MONTHS_AGO, after_on=None)
    found = ask(logbook, answered("A"), undated, to="6m", today=date(2027, 11, 1))
    assert (found.answered.k, found.answered.n) == (0, 2)
    assert ask(logbook, today=date(2027, 11, 1)).answered.k == 2


def test_what_was_known_before_is_told_of_both(logbook: Logbook) -> None:
    found = ask(
        logbook,
        answered("A", age=70, before=8),
        answered("B", age=80, before=6),
        lost("C", age=60, before=9, sex=Sex.MALE),
        lost("D", age=50, before=(7, 8)),
    )
    rows = {(row.label, row.category): row for row in found.balance}
    age = rows["Age, years", ""]
    assert isinstance(age.answered, Mean)
    assert (age.answered.mean, age.lost.n) == (75.0, 2)
    pain = rows["Pain before", ""]
    assert isinstance(pain.lost, Mean)
    assert (pain.lost.n, pain.lost.mean) == (1, 9.0)
    men = rows["Sex", "Male"]
    assert isinstance(men.lost, Proportion)
    assert (men.lost.k, men.lost.n, men.answered.n) == (1, 2, 2)
    assert {row.difference for row in found.balance} == {None}, "two lost are no group"


def test_five_on_either_side_are_compared_and_four_are_not(logbook: Logbook) -> None:
    known = [answered(f"A{n}", age=70 + n, sex=Sex.FEMALE if n else Sex.MALE) for n in range(5)]
    gone = [lost(f"L{n}", age=60 + n, sex=Sex.MALE if n else Sex.FEMALE) for n in range(5)]
    save_many(logbook, [*known, *gone[:4]])
    four = {(row.label, row.category): row.difference for row in ask(logbook).balance}
    assert set(four.values()) == {None}
    five = {(row.label, row.category): row for row in ask(logbook, gone[4]).balance}
    assert five["Age, years", ""].difference == pytest.approx(10 / 2.5**0.5)
    men = five["Sex", "Male"]
    assert men.difference == pytest.approx(-0.6 / 0.16**0.5)
    assert five["Technique", "Balloon kyphoplasty"].difference is None, "all are alike"


def test_bounds_take_those_without_a_pair_as_failed_or_as_helped(logbook: Logbook) -> None:
    found = ask(
        logbook,
        answered("A", before=8, after=2),
        answered("B", before=8, after=7),
        lost("C"),
        answered("D", after="better"),
        answered("E", before=80, after=10, scale=PainScale.VAS_100),
    )
    points = found.bounds[0]
    assert (points.found.result.k, points.found.result.n, points.n) == (1, 2, 4)
    assert (points.worst, points.best) == (0.25, 0.75)


def test_nobody_is_lost_from_an_empty_logbook(logbook: Logbook) -> None:
    found = ask(logbook)
    assert (found.answered.n, found.n_cases, found.bounds) == (0, 0, ())
    assert all(row.difference is None for row in found.balance)


def test_the_published_cases_have_no_bounds(logbook: Logbook) -> None:
    add_example(logbook)
    found = ask(logbook)
    assert (found.n_cases, found.n_no_day) == (2, 2)
    assert (found.answered.n, found.bounds) == (0, ())
