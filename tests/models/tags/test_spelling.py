# SPDX-License-Identifier: MIT
"""Tags: no two facts are spelled alike, and a range is exactly the numbers or dates within it."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal

import hypothesis.strategies as st
import pytest
from hypothesis import given

from models.partial_date import PartialDate
from models.query import FIELDS, Kind
from models.schema import CaseFoundBy
from models.tags.rows import numbers_of
from models.tags.spelling import (
    EVERY,
    Numbers,
    Tag,
    beginnings,
    date_tags,
    date_told,
    days,
    presence_tag,
    term_tag,
)
from models.tags.whole import HIGH, LOW

DAYS = st.dates(date(1990, 1, 1), date(2030, 12, 31))
PARTIAL = st.builds(
    lambda day, length: PartialDate(day.isoformat()[:length]), DAYS, st.sampled_from([4, 7, 10])
)


def has(tags: tuple[Tag, ...], stored: str) -> bool:
    return any(stored.startswith(tag.text) if tag.is_prefix else stored == tag.text for tag in tags)


def test_no_two_facts_have_the_same_tag() -> None:
    tags = Counter([EVERY])
    for field in FIELDS:
        tags.update([presence_tag(field.name)])
        tags.update({term_tag(field.name, value.code) for value in field.values})
        if field.kind is Kind.DATE:
            tags.update([next(date_told(field.name, "2026"))[:-4]])
        elif field.kind is Kind.NUMBER and field.source is not None:
            tags.update([numbers_of(field).stem, numbers_of(field).presence])
        elif field.name in LOW:
            tags.update([LOW[field.name].stem, HIGH[field.name].stem])
    assert [tag for tag, count in tags.items() if count > 1] == []
    assert all(tag.isascii() and tag.isalnum() for tag in tags)


def test_what_is_stored_does_not_change_with_a_new_field_or_term() -> None:
    """Whoever changes how a fact is spelled has to write a migration, so that all is made anew."""
    assert term_tag("level", "T12") == "v7uu"
    assert presence_tag("pain") == "77mk"
    assert list(date_told("date", "2026-03"))[-1] == "y7le202603"
    assert Numbers("kap", 0, 5000, 4).tag(12.5) == "gr3t00125000"


def test_every_text_that_can_be_asked_a_part_of_has_its_column() -> None:
    asked = {field.name for field in FIELDS if field.kind is Kind.WORDS}
    assert asked == set(CaseFoundBy._meta.fields) - {"number", "words", "tags"}


@given(st.integers(0, 99_999), st.integers(0, 99_999), st.integers(0, 99_999))
def test_beginnings_are_those_of_the_numbers_between(one: int, other: int, number: int) -> None:
    first, last = sorted((one, other))
    begins = list(beginnings(first, last, 5))
    for tried in (number, first, last, first - 1, last + 1):
        if 0 <= tried <= 99_999:
            met = any(f"{tried:05d}".startswith(digits) for digits in begins)
            assert met is (first <= tried <= last)
    assert len(begins) <= 2 * 9 * 5


@given(st.floats(-90, 90).map(lambda value: round(value, 1)), st.data())
def test_numbers_meet_a_range_if_and_only_if_they_lie_in_it(
    value: float, data: st.DataObject
) -> None:
    numbers = Numbers("wedge", -90, 90)
    low, high = sorted(
        data.draw(st.integers(-10_000, 10_000)) / data.draw(st.sampled_from([10, 100]))
        for _ in range(2)
    )
    between = numbers.between(
        numbers.at_least(Decimal(repr(low))), numbers.at_most(Decimal(repr(high)))
    )
    tag = numbers.tag(value)
    met = between is not None and between.first <= tag[len(between.stem) :] <= between.last
    assert met is (low <= value <= high)
    assert (between is not None and has(between.tags(), tag)) is met


def test_a_number_that_only_arithmetic_made_inexact_is_the_one_that_was_meant() -> None:
    numbers = Numbers("cement", 0, 100)
    assert numbers.tag(0.1 + 0.2) == numbers.tag(0.3)


@given(PARTIAL, st.none() | DAYS, st.none() | DAYS)
def test_a_date_meets_a_range_as_a_whole(
    day: PartialDate, first: date | None, last: date | None
) -> None:
    tags = date_tags("date", first, last)
    within = (first is None or first <= day.earliest) and (last is None or day.latest <= last)
    assert any(has(tags, tag) for tag in date_told("date", day)) is within


@pytest.mark.parametrize(
    ("first", "last", "begins"),
    [
        (date(2026, 1, 1), date(2026, 12, 31), ["2026"]),
        (date(2020, 1, 1), date(2029, 12, 31), ["202"]),
        (date(2024, 2, 1), date(2024, 2, 29), ["202402"]),
        (date(2024, 2, 10), date(2024, 2, 29), ["2024021", "2024022", "2024023"]),
        (date(2025, 10, 1), date(2026, 1, 31), ["20251", "202600", "202601"]),
    ],
)
def test_a_range_is_told_by_few_beginnings(first: date, last: date, begins: list[str]) -> None:
    assert list(days(first, last)) == begins
