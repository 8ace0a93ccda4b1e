# SPDX-License-Identifier: MIT
"""Words are broken into lines as if each had been tried in turn, and measured less often."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ui.widgets.in_lines import in_lines

WIDE = {"m": 9.0, "i": 2.0, " ": 3.0, "·": 4.0}


def width_of(text: str) -> float:
    return sum(WIDE[letter] for letter in text)


@given(
    st.lists(st.text("mi", max_size=12), max_size=30),
    st.floats(0, 400),
    st.sampled_from([" ", " · "]),
)
def test_a_line_holds_as_many_as_have_room(parts: list[str], room: float, between: str) -> None:
    lines: list[str] = []
    for part in parts:
        longer = f"{lines[-1]}{between}{part}" if lines else part
        if lines and width_of(longer) <= room:
            lines[-1] = longer
        else:
            lines.append(part)
    assert in_lines(parts, room, width_of, between) == lines


def test_a_long_text_is_not_measured_with_each_of_its_words() -> None:
    measured: list[str] = []

    def measuring(text: str) -> float:
        measured.append(text)
        return width_of(text)

    words = ["mimi", "im", "miim", "mmi"] * 100
    lines = in_lines(words, 400, measuring)
    assert " ".join(lines).split() == words
    assert len(measured) < 4 * len(lines) < len(words)


def test_words_of_no_width_are_lines_too() -> None:
    assert in_lines(["", ""], 10, lambda _: 0.0) == [" "]
    assert in_lines([], 10, width_of) == []
