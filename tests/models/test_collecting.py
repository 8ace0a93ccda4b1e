# SPDX-License-Identifier: MIT
"""The collector of cycles comes as often as before when the last long work has ended."""

from __future__ import annotations

import gc

from models.collecting import collecting_rarely


def test_works_that_end_in_another_order_leave_the_pace_as_it_was() -> None:
    before = gc.get_threshold()
    first, second = collecting_rarely(), collecting_rarely()
    with first:
        second.__enter__()
        rarely = gc.get_threshold()
        assert rarely[0] > before[0]
    assert gc.get_threshold() == rarely
    second.__exit__(None, None, None)
    assert gc.get_threshold() == before
