# SPDX-License-Identifier: MIT
"""What CONTRIBUTING shows of three changes fits the files that they would be made in."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
HUNKS = re.findall(r"--- (\S+\.py)\n(.*?)(?=\n\s*--- |\n\s*```)", TEXT, re.DOTALL)
REGISTRIES = ("ui/charts/kinds.py", "ui/charts/telling.py", "models/exchange/profiles.py")
"""Where a change is one more entry."""


def shape(line: str) -> str:
    """The line without what it says and how it is called."""
    return re.sub(r"\b[A-Z_]{2,}\b", "N", re.sub(r'"[^"]*"', '""', line)).strip()


def lines_of(hunk: str) -> list[tuple[str, str]]:
    """The sign and the text of each line; the block stands three blanks in."""
    lines = (line.removeprefix("   ") for line in hunk.splitlines())
    return [(line[:1], line[1:]) for line in lines if line.strip() and line != "..."]


@pytest.mark.parametrize(("file", "hunk"), HUNKS, ids=[file for file, _ in HUNKS])
def test_what_stands_around_a_change_stands_in_the_file(file: str, hunk: str) -> None:
    present = (ROOT / file).read_text(encoding="utf-8").splitlines()
    lines = lines_of(hunk)
    # Who makes the change as it is shown has lost what it takes away.
    is_made = all(text in present for sign, text in lines if sign == "+")
    around = " " if is_made else " -"
    assert [text for sign, text in lines if sign in around and text not in present] == []


@pytest.mark.parametrize(
    ("file", "hunk"), [(file, hunk) for file, hunk in HUNKS if file in REGISTRIES], ids=REGISTRIES
)
def test_an_entry_is_made_as_those_that_are_there(file: str, hunk: str) -> None:
    there = {shape(line) for line in (ROOT / file).read_text(encoding="utf-8").splitlines()}
    odd = [text for sign, text in lines_of(hunk) if sign == "+" and '"' in text]
    assert [text for text in odd if shape(text) not in there] == []


@pytest.mark.parametrize("place", sorted(set(re.findall(r"`((?:ui|models|tests)/[\w/.]+)`", TEXT))))
def test_every_place_that_is_named_is_there(place: str) -> None:
    is_new = "0011_" in place
    assert is_new or (ROOT / place).exists()
