# SPDX-License-Identifier: MIT
"""Rows that are made in bulk are the rows that calling their class makes."""

from __future__ import annotations

from uuid import RFC_4122, UUID

import pytest

from models.schema import RECORD_TABLES, Record, TreatedLevel, new_id


@pytest.mark.parametrize("table", RECORD_TABLES)
def test_a_row_made_in_bulk_is_like_any_other(table: type[Record]) -> None:
    called, made = table(id="own"), table.made(id="own")
    assert made.__data__ == called.__data__
    assert list(made.__data__) == list(called.__data__)
    other = table.made()
    assert other.id != table.made().id
    assert other.missing == {}
    assert other.missing is not made.missing


def test_values_take_the_place_of_defaults() -> None:
    row = TreatedLevel.made(procedure="case", position=3)
    assert (row.__data__["procedure"], row.position) == ("case", 3)


def test_ids_are_in_the_order_of_time_and_of_version_seven() -> None:
    drawn = [new_id() for _ in range(50)]
    assert len(set(drawn)) == len(drawn)
    stamps = [one[:13] for one in drawn]
    assert stamps == sorted(stamps)
    for one in map(UUID, drawn):
        assert (one.version, one.variant) == (7, RFC_4122)
