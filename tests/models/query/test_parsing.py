# SPDX-License-Identifier: MIT
"""What is typed and what it means; what is wrong with it, at which place, and the cure."""

from __future__ import annotations

from datetime import date

import pytest

from models.query import (
    Filter,
    Op,
    QueryError,
    Term,
    days_of,
    parse,
    parse_partial,
    text_of,
    words_of,
)
from models.query.conditions import MOST_VALUES
from models.query.parsing import MOST_TERMS


def only(text: str) -> Term:
    (term,) = parse(text).terms
    return term


def problem(text: str) -> QueryError:
    with pytest.raises(QueryError) as raised:
        parse(text)
    return raised.value


def test_the_query_of_the_first_example() -> None:
    text = "level:T12 leak:yes technique:kyphoplasty pain:>=7 date:2026 op:smith -complete"
    assert parse(text) == Filter(
        (
            Term("level", Op.IS, ("T12",)),
            Term("leak", Op.IS, ("present",)),
            Term("technique", Op.IS, ("balloon_kyphoplasty",)),
            Term("pain", Op.AT_LEAST, ("7",)),
            Term("date", Op.IS, ("2026",)),
            Term("operator", Op.IS, ("smith",)),
            Term("complete", Op.IS, ("yes",), negated=True),
        )
    )
    assert words_of(parse(text)) == (
        "Level T12, leakage present, technique balloon kyphoplasty, pain before at least 7, "
        "date in 2026, operator “smith”, not complete"
    )


def test_nothing_typed_asks_for_every_case() -> None:
    assert parse("") == parse("  \n") == Filter()
    assert words_of(Filter()) == "All cases"


# words


def test_words_are_searched_each_for_itself() -> None:
    assert parse("kypho smith") == Filter(
        (Term("", Op.IS, ("kypho",)), Term("", Op.IS, ("smith",)))
    )


@pytest.mark.parametrize(
    "typed", ['"dr smith"', "“dr smith”", "„dr smith“", '"dr  smith'[:4] + 'smith"']
)
def test_quotes_of_any_kind_hold_words_together(typed: str) -> None:
    assert only(typed).values in (("dr smith",), ("dr smith",))


def test_a_quote_within_quotes_is_doubled() -> None:
    assert only('"so ""it"" is"') == Term("", Op.IS, ('so "it" is',))


def test_an_inch_is_no_quote() -> None:
    assert parse('5" smith') == Filter((Term("", Op.IS, ('5"',)), Term("", Op.IS, ("smith",))))


def test_signs_alone_are_not_searched_for() -> None:
    assert parse("& ( ) ... AND") == Filter()


def test_quotes_take_its_meaning_from_a_word() -> None:
    assert only('"level:T12"') == Term("", Op.IS, ("level:T12",))
    assert only('"complete"') == Term("", Op.IS, ("complete",))
    assert only('"-smith"') == Term("", Op.IS, ("-smith",))
    assert only('"NOT"') == Term("", Op.IS, ("NOT",))


def test_a_time_or_a_comparison_of_nothing_known_is_searched_for() -> None:
    assert only("8:05").field == ""
    assert only("a<b").field == ""


# negation


@pytest.mark.parametrize("typed", ["-leak:yes", "NOT leak:yes", "–leak:yes", "NOT NOT -leak:yes"])
def test_a_minus_or_not_negates(typed: str) -> None:
    assert only(typed) == Term("leak", Op.IS, ("present",), negated=True)


def test_not_is_a_word_of_the_language_in_capitals_only() -> None:
    assert [term.values for term in parse("not smith").terms] == [("not",), ("smith",)]


def test_a_minus_within_a_word_negates_nothing() -> None:
    assert only("P-1") == Term("", Op.IS, ("P-1",))


# numbers


@pytest.mark.parametrize(
    ("typed", "op", "values"),
    [
        ("pain:7", Op.IS, ("7",)),
        ("pain:=7", Op.IS, ("7",)),
        ("pain:>=7", Op.AT_LEAST, ("7",)),
        ("pain:≥7", Op.AT_LEAST, ("7",)),
        ("pain:=>7", Op.AT_LEAST, ("7",)),
        ("pain>=7", Op.AT_LEAST, ("7",)),
        ("pain:<7.50", Op.LESS, ("7.5",)),
        ("pain:<7,5", Op.LESS, ("7.5",)),
        ("age:60..75", Op.RANGE, ("60", "75")),
        ("age:60-75", Op.RANGE, ("60", "75")),
        ("age:60–75", Op.RANGE, ("60", "75")),
        ("age:60..", Op.AT_LEAST, ("60",)),
        ("age:..75", Op.AT_MOST, ("75",)),
        ("change:-2", Op.IS, ("-2",)),
        ("change:<=−2", Op.AT_MOST, ("-2",)),
        ("change:-8..-2", Op.RANGE, ("-8", "-2")),
        ("change:-8--2", Op.RANGE, ("-8", "-2")),
        ("cement:>=4mL", Op.AT_LEAST, ("4",)),
        ("cement:4,5", Op.IS, ("4.5",)),
        ('age:"70 years"', Op.IS, ("70",)),
        ("kap:>1.2345", Op.MORE, ("1.2345",)),
    ],
)
def test_numbers(typed: str, op: Op, values: tuple[str, ...]) -> None:
    term = only(typed)
    assert (term.op, term.values) == (op, values)


@pytest.mark.parametrize(
    ("typed", "sentence", "at"),
    [
        ("pain:seven", "pain: seven is not a number.", "seven"),
        ("pain:>=", "pain: nothing stands behind the sign.", ">="),
        ("pain:..", "pain: a number is missing.", ""),
        ("pain:75", "pain: 75 is not possible, expected 0 to 10.", "75"),
        ("pain_mm:750", "pain_mm: 750 is not possible, expected 0 to 100 mm.", "750"),
        ("age:75..60", "age: 75..60 runs downwards.", "75..60"),
        ("age:75-60", "age: 75-60 runs downwards.", "75-60"),
        ("age:>60..75", "age: a range needs no sign before it.", "60..75"),
        ("cement:>1,200", "cement: 1,200 could be 1.2 or 1200.", "1,200"),
        ("age:60,70", "age: 60,70 is not a whole number.", "60,70"),
        ("levels:2,x", "levels: 2,x is not a number.", "2,x"),
    ],
)
def test_bad_numbers_are_told_with_their_place(typed: str, sentence: str, at: str) -> None:
    wrong = problem(typed)
    assert wrong.message.startswith(sentence)
    assert typed[wrong.start : wrong.end] == at


def test_a_number_in_another_unit_is_told_in_ours() -> None:
    assert "Enter 0.05 Gy.cm2" in problem('kap:>"50 mGy.cm2"').message


def test_a_score_of_another_scale_names_the_field_for_it() -> None:
    assert problem("latest:>=70").cure == "For the VAS of 0 to 100 mm write latest_mm."


# dates


@pytest.mark.parametrize(
    ("typed", "op", "values"),
    [
        ("date:2026", Op.IS, ("2026",)),
        ("date:2026-03", Op.IS, ("2026-03",)),
        ("date:14.3.2026", Op.IS, ("2026-03-14",)),
        ("date:>=2026-03-01", Op.AT_LEAST, ("2026-03-01",)),
        ("date:2025-06..2026-02", Op.RANGE, ("2025-06", "2026-02")),
        ("date:2024-2026", Op.RANGE, ("2024", "2026")),
        ("date:2026-03..", Op.AT_LEAST, ("2026-03",)),
        ("date:..2026", Op.AT_MOST, ("2026",)),
        ("date:today", Op.IS, ("today",)),
        ("date:2026..today", Op.RANGE, ("2026", "today")),
        ("date:30d", Op.IS, ("30d",)),
        ("date:last 30d", Op.IS, ("30d",)),
        ("date:last 30 days", Op.IS, ("30d",)),
        ('date:"last 30 days"', Op.IS, ("30d",)),
        ("date:8w", Op.IS, ("8w",)),
        ("date:6mo", Op.IS, ("6m",)),
        ("date:2years", Op.IS, ("2y",)),
    ],
)
def test_dates(typed: str, op: Op, values: tuple[str, ...]) -> None:
    term = only(typed)
    assert (term.op, term.values) == (op, values)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("date:2026-13", "date: 2026-13 is not a date: there is no month 13."),
        ("date:31.02.2026", "date: 31.02.2026 is not a date: February 2026 has no day 31."),
        ("date:3/4/2026", "date: 3/4/2026 could be two different days."),
        ("date:soon", "date: soon is not a date."),
        ("date:last", "date: last is not a date."),
        ("date:2027..2026", "date: 2027..2026 runs downwards."),
        ("date:>30d", "date: 30d is a span up to today and cannot be compared."),
        ("date:30d..today", "date: 30d is a span up to today and no end of a range."),
        ("date:0d", "date: 0d is no span of days"),
        ("date:2024-9999", "date: 9999 is not a date: the year is out of range."),
    ],
)
def test_bad_dates_are_told(typed: str, sentence: str) -> None:
    assert problem(typed).message.startswith(sentence)


TODAY = date(2024, 3, 31)


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("date:2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("date:2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("date:<2024-02", None, date(2024, 1, 31)),
        ("date:<=2024-02", None, date(2024, 2, 29)),
        ("date:>2024-02", date(2024, 3, 1), None),
        ("date:>=2024-02", date(2024, 2, 1), None),
        ("date:2023-02..2024-02", date(2023, 2, 1), date(2024, 2, 29)),
        ("date:today", TODAY, TODAY),
        ("date:2024..today", date(2024, 1, 1), TODAY),
        ("date:30d", date(2024, 3, 1), TODAY),
        ("date:1w", date(2024, 3, 24), TODAY),
        ("date:1m", date(2024, 2, 29), TODAY),
        ("date:13m", date(2023, 2, 28), TODAY),
        ("date:1y", date(2023, 3, 31), TODAY),
    ],
)
def test_days_that_a_date_has_to_lie_within(
    typed: str, first: date | None, last: date | None
) -> None:
    assert days_of(only(typed), TODAY) == (first, last)


# words of a field, and what is there at all


def test_a_text_contains_what_was_typed_or_is_it_exactly() -> None:
    assert only("op:smith") == Term("operator", Op.IS, ("smith",))
    assert only("lot:=A12") == Term("lot", Op.EXACTLY, ("A12",))
    assert only('op:"Dr Smith",jones') == Term("operator", Op.IS, ("Dr Smith", "jones"))


def test_what_is_there_and_what_is_not() -> None:
    assert only("missing:pain") == Term("missing", Op.IS, ("pain",))
    assert only("has:op,sup") == Term("has", Op.IS, ("operator", "supervisor"))
    assert words_of(parse("missing:pain,latest")) == "Without pain before or latest pain"


# problems


@pytest.mark.parametrize(
    ("typed", "said", "at"),
    [
        ("lvl:T12", "There is no field lvl. Did you mean level?", "lvl"),
        ("x note:a", "There is no field note. To search for it, quote it.", "note"),
        (
            "technique:balloon",
            "technique: balloon could be Balloon kyphoplasty or Sacroplasty with balloon. Write "
            "more of it, or several, such as technique:balloon_kyphoplasty,sacroplasty_balloon.",
            "balloon",
        ),
        (
            "sex:x",
            "sex does not know x. Known are: Female, Male, Other, Unknown.",
            "x",
        ),
        (
            "technique:vertebroplasti",
            "technique does not know vertebroplasti. Did you mean Vertebroplasty",
            "vertebroplasti",
        ),
        (
            "complication:infection",
            "complication does not know infection. Did you mean event:infection?",
            "infection",
        ),
        ('op:"smith', "A quote is opened and not closed. Close it behind its words.", '"smith'),
        ("level:", "level: nothing stands behind the colon. Write level:T10-L2.", "level:"),
        ("level:T1,", "Nothing stands beside the comma.", ""),
        ("sex:>f", "sex: >f compares what has no order.", ">f"),
        ("level:>S5", "level: there is nothing after S5.", "S5"),
        ("missing:complete", "missing: complete is known of every case.", "complete"),
        ("x NOT", "Nothing stands after NOT.", "NOT"),
        ("x -", "A minus stands alone.", "-"),
        ("a OR b", "OR is not understood: all conditions have to hold.", "OR"),
        ("op:a\0b", "The query holds a character that no record can hold.", "op:a\0b"),
    ],
)
def test_problems_name_the_place_and_the_cure(typed: str, said: str, at: str) -> None:
    wrong = problem(typed)
    assert str(wrong).startswith(said)
    assert typed[wrong.start : wrong.end] == at


def test_a_long_list_of_what_could_be_meant_is_cut() -> None:
    assert problem("level:T").message.endswith("T11, T12 and 1 more.")


def test_no_query_is_longer_than_a_database_can_take() -> None:
    assert len(parse("x " * MOST_TERMS).terms) == MOST_TERMS
    assert problem("x " * (MOST_TERMS + 1)).message == "A query holds at most 100 conditions."
    several = ",".join(f"a{number}" for number in range(MOST_VALUES + 1))
    assert "more than 100 values" in problem(f"op:{several}").message


@pytest.mark.parametrize(
    "text", ["lvl:x " * 50_000, "level:" + "x," * 50_000, "NOT " * 200_000, '"' * 200_001]
)
def test_a_text_of_any_length_is_given_up_early(text: str) -> None:
    # What each of so many words is like, asked one by one, took minutes.
    assert 0 < len(parse_partial(text).problems) <= MOST_TERMS + 1


def test_what_is_still_typed_leaves_the_rest_in_force() -> None:
    understood = parse_partial("level:T12 leak: op:smith tech")
    assert text_of(understood.filter) == "level:T12 operator:smith tech"
    assert understood.left_out == ("leak:",)
    (wrong,) = understood.problems
    assert (wrong.start, wrong.end) == (10, 15)


def test_of_several_values_those_understood_count() -> None:
    understood = parse_partial("level:T11,xx,L1")
    assert understood.filter == parse("level:T11,L1")
    assert understood.problem is not None
    assert understood.left_out == ()


def test_an_open_quote_searches_for_what_stands_in_it() -> None:
    assert parse_partial('op:"dr smi').filter == parse('op:"dr smi"')
