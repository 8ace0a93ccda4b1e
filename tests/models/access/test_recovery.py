# SPDX-License-Identifier: MIT
"""The recovery key, written down, printed and typed again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.access.errors import WrongPassword
from models.access.recovery import RecoveryKey

KEYS = st.builds(RecoveryKey, st.integers(0, 2**128 - 1))
DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LOOK_ALIKES = {"1": "iIlL", "0": "oO", "V": "uU"}


def test_new_ones_differ_and_have_seven_groups_of_four() -> None:
    keys = {RecoveryKey.new().text for _ in range(50)}
    assert len(keys) == 50
    assert {tuple(map(len, key.split("-"))) for key in keys} == {(4,) * 7}


@given(KEYS, st.data())
def test_it_is_read_however_it_is_typed(key: RecoveryKey, data: st.DataObject) -> None:
    typed = ""
    for sign in key.text:
        if sign == "-":
            typed += data.draw(st.sampled_from(["-", " ", "", " - ", "\u2013", "\n"]))
        else:
            typed += data.draw(st.sampled_from([sign, sign.lower(), *LOOK_ALIKES.get(sign, "")]))
    assert RecoveryKey.read(typed) == key


@given(KEYS, st.integers(0, 27), st.sampled_from(DIGITS))
def test_every_wrong_character_is_found(key: RecoveryKey, place: int, wrong: str) -> None:
    typed = key.bare[:place] + wrong + key.bare[place + 1 :]
    if typed != key.bare:
        with pytest.raises(WrongPassword, match="A character of the recovery key is wrong"):
            RecoveryKey.read(typed)


@given(KEYS, st.integers(0, 26))
def test_every_swap_of_neighbors_is_found(key: RecoveryKey, place: int) -> None:
    bare = key.bare
    typed = bare[:place] + bare[place + 1] + bare[place] + bare[place + 2 :]
    if typed != bare:
        with pytest.raises(WrongPassword, match="or two are swapped"):
            RecoveryKey.read(typed)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "has 28 characters, and these are 0"),
        ("ABCD-EFGH", "and these are 8"),
        ("0" * 29, "and these are 29"),
        ("0" * 27 + "?", r"\? is in no recovery key"),
    ],
)
def test_what_is_no_key_is_told(typed: str, said: str) -> None:
    with pytest.raises(WrongPassword, match=said):
        RecoveryKey.read(typed)


def test_nothing_that_prints_it_shows_it() -> None:
    key = RecoveryKey.new()
    for text in (str(key), repr(key), f"{key}", repr([key])):
        assert str(key.number) not in text
        assert key.text not in text
