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
        ("t11-l1 ", [Level.T11, Level.T12, Level.L1]),
        ("t11 - l1", [Level.T11, Level.T12, Level.L1]),
        ("l3–t12,", [Level.L3, Level.L2, Level.L1, Level.T12]),
        ("d12-d12", [Level.T12, Level.T12]),
        ("t12-t13 ", [Level.T12, Level.T13]),
        ("l5-l6 s1", [Level.L5, Level.L6, Level.S1]),
        ("-l1", [Level.L1]),
        ("l1,-l3", [Level.L1, Level.L3]),
    ],
)
def test_names_are_understood_as_they_are_typed(typed: str, meant: list[Level]) -> None:
    typing = LevelTyping(ORDINARY)
    chosen = [level for character in typed for level in typing.type(character)]
    assert chosen == meant


def test_a_run_goes_over_a_variant_only_where_the_patient_has_it() -> None:
    for column, run in (
        (ORDINARY, [Level.T12, Level.L1]),
        (list(Level), [Level.T12, Level.T13, Level.L1]),
    ):
        typing = LevelTyping(column)
        chosen = [level for character in "t12-l1" for level in typing.type(character)]
        assert chosen == run


def test_a_space_parts_once_and_then_means_itself() -> None:
    typing = LevelTyping(ORDINARY)
    for character in "l1":
        typing.type(character)
    assert typing.expects_separator
    typing.type(" ")
    assert not typing.expects_separator


def test_the_beginning_of_a_run_is_shown_and_can_be_taken_back() -> None:
    typing = LevelTyping(ORDINARY)
    for character in "l1-t1":
        typing.type(character)
    assert typing.shown == "L1–T1"
    for _ in range(3):
        typing.erase()
    assert (typing.shown, typing.expects_separator) == ("", False)
