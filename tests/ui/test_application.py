# SPDX-License-Identifier: MIT
"""What is set once for the whole process when the window is shown."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator

import pytest

from ui.application import keep_window_quick


@pytest.fixture(autouse=True)
def as_it_was() -> Iterator[None]:
    turn = sys.getswitchinterval()
    yield
    sys.setswitchinterval(turn)
    gc.unfreeze()


def test_what_stays_to_the_end_is_not_searched_for_garbage_again() -> None:
    frozen, searched = gc.get_freeze_count(), len(gc.get_objects())
    keep_window_quick()
    assert gc.get_freeze_count() - frozen > searched // 2 > len(gc.get_objects())


def test_the_window_gets_its_turn_five_times_as_often() -> None:
    keep_window_quick()
    assert sys.getswitchinterval() == pytest.approx(0.001)
