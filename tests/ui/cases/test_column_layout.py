# SPDX-License-Identifier: MIT
"""What the user chose of the columns: it comes back as it was, whatever the next version knows."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.cases.column_layout import ALWAYS, NARROWEST, WIDEST, ColumnLayout
from ui.cases.columns import Key

KEYS = st.sampled_from(list(Key))
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("shown"), KEYS, st.booleans()),
        st.tuples(st.just("moved"), KEYS, st.integers(-2, 20)),
        st.tuples(st.just("width"), KEYS, st.one_of(st.none(), st.integers(-10, 5_000))),
    ),
    max_size=20,
)


def after(steps: list[tuple[str, Key, object]]) -> ColumnLayout:
    layout = ColumnLayout()
    for step, key, value in steps:
        match step:
            case "shown":
                layout = layout.with_shown(key, shown=bool(value))
            case "moved":
                layout = layout.moved(key, value)  # type: ignore[arg-type]
            case _:
                layout = layout.with_width(key, value)  # type: ignore[arg-type]
    return layout


@given(STEPS)
def test_whatever_was_chosen_comes_back_and_is_a_list_that_can_be_read(
    steps: list[tuple[str, Key, object]],
) -> None:
    layout = after(steps)
    assert ColumnLayout.read(layout.written()) == layout
    assert sorted(layout.order) == sorted(Key)
    assert ALWAYS in layout.in_sight
    assert all(NARROWEST <= width <= WIDEST for width in layout.widths.values())


@given(st.lists(st.one_of(KEYS.map(str), st.text(max_size=8)), max_size=20), st.data())
def test_a_layout_of_another_version_is_used_as_far_as_it_is_known(
    names: list[str], data: st.DataObject
) -> None:
    away = data.draw(st.lists(st.sampled_from([*map(str, Key), "gone"])))
    text = json.dumps({"order": names, "away": away, "widths": {"gone": 9, "pain": "wide"}})
    layout = ColumnLayout.read(text)
    assert sorted(layout.order) == sorted(Key)
    known = [name for name in dict.fromkeys(names) if name in set(Key)]
    assert [key for key in layout.order if key in known] == known
    assert ALWAYS in layout.in_sight
    assert not layout.widths


@pytest.mark.parametrize(
    "text", ["", "no json", "[]", "3", '{"order": 3}', '{"widths": [1]}', '{"order": [[]]}']
)
def test_what_cannot_be_used_is_as_it_usually_is(text: str) -> None:
    assert ColumnLayout.read(text) == ColumnLayout()


def test_a_new_column_stands_behind_the_one_it_usually_follows() -> None:
    order = [key.value for key in reversed(Key) if key is not Key.TECHNIQUE]
    read = ColumnLayout.read(json.dumps({"order": order, "away": [], "widths": {}})).order
    assert read[read.index(Key.TECHNIQUE) - 1] is Key.DIAGNOSIS
