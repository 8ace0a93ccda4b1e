# SPDX-License-Identifier: MIT
"""How the columns of a table that is read share its width."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ui.history.rows_table import shared_width

WISHES = st.lists(
    st.tuples(st.integers(20, 200), st.integers(0, 900)).map(lambda w: (w[0], w[0] + w[1])),
    min_size=1,
    max_size=6,
)


@given(wishes=WISHES, width=st.integers(0, 3000))
def test_columns_fill_the_width_and_no_word_is_cut_where_all_words_have_room(
    wishes: list[tuple[int, int]], width: int
) -> None:
    widths = shared_width(width, wishes, [1] * len(wishes))
    assert sum(widths) == width
    words = [word for word, _ in wishes]
    if sum(words) <= width:
        assert all(wide >= word for wide, word in zip(widths, words, strict=True))
    if sum(whole for _, whole in wishes) <= width:
        assert all(wide >= whole for wide, (_, whole) in zip(widths, wishes, strict=True))


def test_short_texts_stand_in_one_line_before_a_long_one_takes_the_rest() -> None:
    assert shared_width(400, [(60, 100), (80, 120), (90, 900)], (1, 1, 1)) == [100, 120, 180]


def test_what_nobody_needs_is_shared_out_as_it_was_asked() -> None:
    assert shared_width(300, [(50, 100), (50, 100)], (1, 3)) == [125, 175]
