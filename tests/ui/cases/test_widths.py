# SPDX-License-Identifier: MIT
"""How the columns of the list share the room they have."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ui.cases.widths import Wish, share_out

WISHES = st.lists(
    st.builds(
        lambda least, more, gives, folds: Wish(least + more, least, gives, folds),
        st.integers(40, 200),
        st.integers(0, 100),
        st.integers(0, 3),
        st.booleans(),
    ),
    min_size=1,
    max_size=12,
)


def least(wish: Wish) -> int:
    return wish.narrowest if wish.gives else wish.widest


@given(WISHES, st.integers(0, 3_000))
def test_columns_fill_the_room_and_none_is_too_narrow(wishes: list[Wish], room: int) -> None:
    widths = share_out(wishes, room)
    assert all(width >= least(wish) for width, wish in zip(widths, wishes, strict=True))
    if room >= sum(map(least, wishes)):
        assert sum(widths) == room
    else:
        assert widths == [least(wish) for wish in wishes]


def test_columns_give_way_in_turn() -> None:
    wishes = [Wish(100, 100), Wish(100, 60, gives=2), Wish(100, 50, gives=1)]
    assert share_out(wishes, 280) == [100, 100, 80]
    assert share_out(wishes, 250) == [100, 100, 50]
    assert share_out(wishes, 220) == [100, 70, 50]
    assert share_out(wishes, 100) == [100, 60, 50]


def test_columns_of_one_turn_give_in_proportion_to_what_they_can_spare() -> None:
    wishes = [Wish(100, 60, gives=1), Wish(100, 80, gives=1)]
    assert share_out(wishes, 170) == [80, 90]


def test_a_column_that_folds_leaves_all_its_room_to_the_others() -> None:
    wishes = [Wish(150, 100, gives=2), Wish(100, 50, gives=1, folds=True)]
    assert share_out(wishes, 200) == [150, 50]
    assert sum(share_out(wishes, 240)) == 240
    assert share_out(wishes, 240)[0] > 150


def test_headings_are_cut_short_before_words_and_only_where_all_columns_have_room_then() -> None:
    wishes = [Wish(100, 100), Wish(100, 60, gives=1, cuts=(50, 30)), Wish(90, 90, cuts=(60, 60))]
    assert share_out(wishes, 250) == [100, 60, 90]
    assert share_out(wishes, 230) == [100, 55, 75]
    assert share_out(wishes, 210) == [100, 50, 60]
    assert share_out(wishes, 200) == [100, 40, 60]
    assert share_out(wishes, 190) == [100, 30, 60]
    assert share_out(wishes, 189) == [100, 60, 90], "nothing is cut where that does not help"


def test_what_is_left_over_goes_first_to_texts_that_are_longer_than_most() -> None:
    wishes = [Wish(100, 100), Wish(100, 100, whole=180)]
    assert share_out(wishes, 200) == [100, 100]
    assert share_out(wishes, 250) == [100, 150]
    assert share_out(wishes, 280) == [100, 180]
    wide = share_out(wishes, 560)
    assert sum(wide) == 560
    assert wide == [200, 360]
