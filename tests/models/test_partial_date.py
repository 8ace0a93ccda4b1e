# SPDX-License-Identifier: MIT
"""Dates as clinics know and type them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.partial_date import PartialDate

days = st.dates(date(1850, 1, 1), date(2200, 12, 31))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2011", "2011"),
        ("2011-3", "2011-03"),
        ("2011-03", "2011-03"),
        ("2011-3-14", "2011-03-14"),
        ("14.3.2011", "2011-03-14"),
        ("14.03.2011", "2011-03-14"),
        ("3/2011", "2011-03"),
        ("03.2011", "2011-03"),
        ("14/3/2011", "2011-03-14"),
        ("3/14/2011", "2011-03-14"),
        ("3/3/2011", "2011-03-03"),
        ("  2011-03-14 ", "2011-03-14"),
        ("29.02.2024", "2024-02-29"),
    ],
)
def test_a_date_is_read_as_precisely_as_it_is_known(typed: str, meant: str) -> None:
    assert PartialDate.parse(typed) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "31.02.2026",
        "2026-02-30",
        "29.02.2026",
        "2026-13",
        "2026-00",
        "13/2026",
        "32/1/2026",
        "0-1-2026",
        "14.3.26",
        "tomorrow",
        "20260314",
        "2026-3-",
        "1066",
        "9999-01-01",
        "",
    ],
)
def test_what_is_no_date_is_refused_in_a_sentence(typed: str) -> None:
    with pytest.raises(ValueError, match="is not a date"):
        PartialDate.parse(typed)


@pytest.mark.parametrize("typed", ["01/02/2026", "1/2/2026", "12/11/2026"])
def test_a_date_that_could_be_two_days_is_not_guessed(typed: str) -> None:
    with pytest.raises(ValueError, match="two different days"):
        PartialDate.parse(typed)


@given(days, st.sampled_from([4, 7, 10]))
def test_every_date_reads_back_as_it_is_stored(day: date, length: int) -> None:
    text = day.isoformat()[:length]
    assert PartialDate.parse(text) == text


@given(days, st.sampled_from([4, 7, 10]))
def test_a_partial_date_lies_between_its_earliest_and_latest_day(day: date, length: int) -> None:
    partial = PartialDate(day.isoformat()[:length])
    assert partial.earliest <= day <= partial.latest
    assert (partial.exact is None) == (length < 10)
    for end in (partial.earliest, partial.latest):
        assert end.isoformat()[:length] == partial


@given(days)
def test_a_day_is_the_same_with_dots_and_with_slashes_where_only_one_order_is_possible(
    day: date,
) -> None:
    assert PartialDate.parse(f"{day.day}.{day.month}.{day.year}").exact == day
    if day.day > 12:
        assert PartialDate.parse(f"{day.day}/{day.month}/{day.year}").exact == day
        assert PartialDate.parse(f"{day.month}/{day.day}/{day.year}").exact == day


@given(days, days)
def test_days_sort_by_time(one: date, other: date) -> None:
    assert (PartialDate.from_date(one) < PartialDate.from_date(other)) == (one < other)


@given(st.text())
def test_any_other_text_is_refused_and_nothing_else_happens(typed: str) -> None:
    try:
        parsed = PartialDate.parse(typed)
    except ValueError:
        return
    assert parsed.earliest <= parsed.latest


def test_a_leap_february_ends_on_its_29th() -> None:
    assert PartialDate("2024-02").latest == date(2024, 2, 29)
    assert PartialDate("2026-02").latest == date(2026, 2, 28)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("14 March 2011", "2011-03-14"),
        ("14. Mar 2011", "2011-03-14"),
        ("Mar 14, 2011", "2011-03-14"),
        ("March 2011", "2011-03"),
        ("2011/3/14", "2011-03-14"),
        ("2011.03", "2011-03"),
        ("14-3-2011", "2011-03-14"),
        ("14. 3. 2011", "2011-03-14"),
        ("\uff12\uff10\uff11\uff11-03", "2011-03"),
    ],
)
def test_more_ways_to_write_a_day(typed: str, meant: str) -> None:
    assert PartialDate.parse(typed) == meant


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("31.02.", "February has no day 31."),
        ("31.02.2026", "February 2026 has no day 31."),
        ("2026-02-30", "February 2026 has no day 30."),
        ("29.02.", "the year is missing. Write it with four digits."),
        ("14.13.", "there is no month 13."),
        ("2026-13", "there is no month 13."),
        ("31.2.26", "write the year with four digits, 1926 or 2026."),
        ("1/2/26", "write the year with four digits, 1926 or 2026."),
    ],
)
def test_a_refusal_says_what_is_wrong_with_the_date(typed: str, why: str) -> None:
    with pytest.raises(ValueError, match="is not a date") as refused:
        PartialDate.parse(typed)
    assert str(refused.value) == f"{typed} is not a date: {why}"


def test_a_day_with_dashes_that_could_be_two_is_not_guessed() -> None:
    with pytest.raises(ValueError, match="two different days"):
        PartialDate.parse("1-2-2026")
