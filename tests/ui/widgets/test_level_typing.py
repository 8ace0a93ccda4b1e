# SPDX-License-Identifier: MIT
"""Levels are understood while they are typed."""

from __future__ import annotations

import pytest

from models.vocabulary import Level
from ui.widgets.level_typing import LevelTyping

ORDINARY = [level for level in Level if not level.is_variant]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("t12", [Level.T12]),
        ("T1 t2", [Level.T1, Level.T2]),
        ("l1l2", [Level.L1, Level.L2]),
        ("t1,t11;d5", [Level.T1, Level.T11, Level.T5]),
        ("th7 c3 s1", [Level.T7, Level.C3, Level.S1]),
        ("t1l", [Level.T1]),
        ("l9 q l4", [Level.L4]),
        ("t", []),
    ],
)
def test_names_are_understood_as_they_are_typed(typed: str, meant: list[Level]) -> None:
    typing = LevelTyping(ORDINARY)
    chosen = [level for character in typed for level in typing.type(character)]
    assert chosen == meant
