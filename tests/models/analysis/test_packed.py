# SPDX-License-Identifier: MIT
"""Columns packed into one text hold what a plain reading finds, or are refused."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from datetime import date
from pathlib import Path

import numpy as np
import peewee
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.analysis.columns import (
    MOST,
    NOTHING,
    Packed,
    rank_in,
    row_of,
    steps_of,
    texts_of,
)
from models.analysis.packed import ordinals_of, places_in, read_packed
from models.engines import sqlite
from models.engines.engine import Engine
from models.vocabulary import TimePoint

WIDEST = 1_000_000_000


class Line(peewee.Model):
    """One row of each kind of column."""

    wide = peewee.IntegerField(null=True)
    number = peewee.IntegerField(null=True)
    score = peewee.DecimalField(null=True)
    below = peewee.DecimalField(null=True)
    point = peewee.TextField(null=True)
    day = peewee.TextField(null=True)
    words = peewee.TextField(null=True)


@dataclass(frozen=True)
class Row:
    """What is stored; ``score`` and ``below`` in tenths."""

    wide: int | None = None
    number: int | None = None
    score: int | None = None
    below: int | None = None
    point: str | None = None
    day: str | None = None
    words: str | None = None


@pytest.fixture(scope="module")
def database() -> Iterator[Engine]:
    """A table of its own; the rules hold for any."""
    found = sqlite.open_database(Path(":memory:"))
    with found.bind_ctx([Line]):
        found.connect()
        found.create_tables([Line])
        yield found
    found.close()


def packed(database: Engine, rows: Sequence[Row]) -> Packed:
    """The rows, stored and read back."""
    Line.delete().execute()
    marks = (
        "INSERT INTO line (wide, number, score, below, point, day, words) VALUES (?,?,?,?,?,?,?)"
    )
    for row in rows:
        wide, number, score, below, *texts = astuple(row)
        tenths = [None if one is None else one / 10 for one in (score, below)]
        database.execute_sql(marks, (wide, number, *tenths, *texts))
    return read_packed(
        database,
        Line.select(),
        wide=[Line.wide],
        numbers=[
            Line.number,
            steps_of(Line.score, 10),
            steps_of(Line.below, 10, -1000),
            rank_in(TimePoint, Line.point),
            Line.words.is_null(),
        ],
        day=Line.day,
        texts=[texts_of(Line.words), texts_of(Line.words, Line.number.is_null())],
    )


def plain(rows: Sequence[Row]) -> list[list[object]]:
    """The same columns, told in Python."""

    def known(value: int | None) -> int:
        return NOTHING if value is None else value

    def number_of(day: str | None) -> int:
        return int(day.replace("-", "")) if day and len(day) == 10 else 0

    return [
        [known(row.wide) for row in rows],
        [known(row.number) for row in rows],
        [known(row.score) for row in rows],
        [NOTHING if row.below is None else row.below + 10_000 for row in rows],
        [NOTHING if row.point is None else TimePoint(row.point).rank for row in rows],
        [int(row.words is None) for row in rows],
        [number_of(row.day) for row in rows],
        [row.words for row in rows],
        [row.words for row in rows if row.number is None],
    ]


def told(read: Packed) -> list[list[object]]:
    """What was read, in the order of ``plain``."""
    arrays = [*read.wide, *read.numbers, read.day]
    return [*(array.tolist() for array in arrays), *map(list, read.texts)]


def maybe(values: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    """One of these values, or none."""
    return st.none() | values


ROWS = st.lists(
    st.builds(
        Row,
        wide=maybe(st.integers(0, WIDEST) | st.sampled_from([32_767, 32_768, 32_769, WIDEST])),
        # The characters of half a surrogate pair lie beyond MOST, yet near it.
        number=maybe(st.integers(0, MOST) | st.sampled_from([0, 32_767, 32_768, MOST])),
        score=maybe(st.integers(0, MOST)),
        below=maybe(st.integers(-10_000, MOST - 10_000)),
        point=maybe(st.sampled_from([point.value for point in TimePoint])),
        day=maybe(
            st.dates().map(str)
            | st.dates().map(lambda day: str(day)[:7])
            | st.dates().map(lambda day: str(day)[:4])
        ),
        words=maybe(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))),
    ),
    max_size=12,
)


@given(rows=ROWS)
@settings(max_examples=150, deadline=None)
def test_packed_columns_hold_what_a_plain_reading_finds(database: Engine, rows: list[Row]) -> None:
    assert told(packed(database, rows)) == plain(rows)


def test_of_no_rows_every_column_is_empty(database: Engine) -> None:
    assert told(packed(database, [])) == [[] for _ in range(9)]


@given(number=st.integers(MOST + 1, 1 << 31) | st.sampled_from([0xD7FE, 0xDFFF, 0x10FFFE, 1 << 21]))
@settings(max_examples=100, deadline=None)
def test_a_number_above_the_bound_is_refused_and_never_misread(
    database: Engine, number: int
) -> None:
    """Steps of a measured number have the same bound: the character is one of a pair, or none."""
    for row in (Row(number=number), Row(score=number), Row(below=number - 10_000)):
        with pytest.raises(ValueError, match=r"none of its vocabulary|outside of what"):
            packed(database, [Row(number=1), row, Row()])


@given(number=st.integers(-(1 << 31), -1) | st.sampled_from([-1, -2, -32_768, -32_769]))
@settings(max_examples=100, deadline=None)
def test_a_number_below_the_bound_is_refused_and_never_taken_for_none(
    database: Engine, number: int
) -> None:
    for row in (
        Row(number=number),
        Row(wide=number),
        Row(score=number),
        Row(below=number - 10_000),
    ):
        with pytest.raises(ValueError, match="outside of what"):
            packed(database, [Row(number=1), row, Row()])


@pytest.mark.parametrize("wide", [1_700_000_000, 1 << 31, 1 << 40, 1 << 62])
def test_what_is_too_wide_for_two_characters_is_refused(database: Engine, wide: int) -> None:
    with pytest.raises(ValueError, match=r"none of its vocabulary|outside of what"):
        packed(database, [Row(wide=wide)])


@pytest.mark.parametrize("point", ["", "13 m", "Baseline", "baseline "])
def test_an_unknown_code_is_refused(database: Engine, point: str) -> None:
    with pytest.raises(ValueError, match="none of its vocabulary"):
        packed(database, [Row(point="baseline"), Row(point=point)])


def test_days_become_numbers_that_can_be_subtracted(database: Engine) -> None:
    days = ["2024-02-28", "2024-03-01", "2024-03", None]
    one, other, *unknown = ordinals_of(packed(database, [Row(day=day) for day in days]).day)
    assert (other - one, unknown) == (2, [0, 0])


class Keyed(peewee.Model):
    """Rows that are told by their key, which may be of any size."""

    number = peewee.AutoField()


@given(days=st.lists(st.dates() | st.none()))
@settings(max_examples=60, deadline=None)
def test_days_are_counted_as_the_calendar_does(days: list[date | None]) -> None:
    written = [0 if day is None else int(f"{day:%Y%m%d}") for day in days]
    counted = [0 if day is None else day.toordinal() for day in days]
    assert ordinals_of(np.array(written, np.int32)).tolist() == counted


@given(keys=st.sets(st.integers(1, 1 << 30) | st.sampled_from([999_999, 1_000_000, 1_000_001])))
@settings(max_examples=80, deadline=None)
def test_keys_of_any_size_are_read_as_they_are(database: Engine, keys: set[int]) -> None:
    """Also around what one character holds, and where its halves lie: 0xD800 to 0xDFFF."""
    for few in (keys, {key % 60_000 + 1 for key in keys}):
        with database.bind_ctx([Keyed]):
            database.drop_tables([Keyed])
            database.create_tables([Keyed])
            for key in few:
                database.execute_sql("INSERT INTO keyed (number) VALUES (?)", (key,))
            read = read_packed(database, Keyed.select(), wide=[Keyed.number, row_of(Keyed)])
        assert [sorted(column.tolist()) for column in read.wide] == [sorted(few)] * 2


NUMBERS = st.integers(0, 200) | st.integers(0, 1 << 30)


@given(numbers=st.sets(NUMBERS), wanted=st.lists(NUMBERS | st.just(NOTHING)))
@settings(max_examples=150, deadline=None)
def test_places_are_found_whether_numbers_are_close_together_or_not(
    numbers: set[int], wanted: list[int]
) -> None:
    ascending = sorted(numbers)
    found = places_in(np.array(ascending, np.int32), np.array(wanted, np.int32))
    place_of = {number: place for place, number in enumerate(ascending)}
    assert found.tolist() == [place_of.get(number, NOTHING) for number in wanted]
