# SPDX-License-Identifier: MIT
"""Sharing the width out among the columns does not have the window wait."""

from __future__ import annotations

import sys
from collections import Counter
from types import FrameType

from models.followup.duelist import due_lines, due_numbers
from models.followup.spans import Which
from models.logbook import Logbook
from tests.ui.followup.clinic import TODAY, operated
from ui.followup.columns import Key, cell_of
from ui.followup.painting import Lettering
from ui.followup.widths import Widths
from ui.theme import Theme

N = 3


def test_a_cell_is_made_once_for_all_ways_of_folding_where_they_do_not_matter(
    logbook: Logbook, theme: Theme
) -> None:
    for number in range(N):
        operated(logbook, f"P-{number}", 40)
    with logbook.session():
        lines = due_lines(logbook, due_numbers(logbook, Which.ALL, TODAY), TODAY)
    assert len(lines) == N
    widths = Widths(theme, Lettering(theme), lambda _key: 0)
    wide = widths.share(5_000, lines)
    asked: Counter[Key] = Counter()

    def count(frame: FrameType, event: str, _what: object) -> None:
        if event == "call" and frame.f_code is cell_of.__code__:
            asked[frame.f_locals["key"]] += 1

    widths.forget()
    before = sys.getprofile()
    sys.setprofile(count)
    narrow = widths.share(200, lines)
    sys.setprofile(before)
    assert wide.folded == frozenset()
    assert {Key.WINDOW, Key.SO_FAR} <= narrow.folded
    assert asked[Key.DUE] > N, "what it says depends on what is folded"
    assert asked[Key.PATIENT] == asked[Key.SO_FAR] == N
