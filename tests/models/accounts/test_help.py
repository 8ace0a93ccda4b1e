# SPDX-License-Identifier: MIT
"""The page about encryption is true to the command line and to what the program does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from models.access.attempts import FREE, delay
from models.access.keyfile import KEYS, SECOND_COPY
from models.commands import build_parser
from models.settings import LOCK_MINUTES
from models.vocabulary import Role

PAGE = Path(__file__).parents[3] / "resources" / "help" / "encryption.md"
TEXT = " ".join(PAGE.read_text(encoding="utf-8").split())
LINES = re.findall(r"python main\.py (.+?)(?:  |`|$)", PAGE.read_text(encoding="utf-8"), re.M)


@pytest.mark.parametrize("line", LINES)
def test_every_command_of_the_page_is_understood(line: str) -> None:
    options = build_parser().parse_args(line.split())
    assert (options.logbook, options.command in (None, "create", "user", "key")) == ("DIR", True)


def test_the_numbers_of_the_page_are_those_of_the_program() -> None:
    assert len(LINES) == 9
    assert f"{LOCK_MINUTES.default} unless changed, 0 for never" in TEXT
    assert (FREE, delay(FREE), delay(100)) == (3, 5, 15 * 60)
    assert "after the third one there is a wait of 5 seconds" in TEXT
    assert "up to 15 minutes" in TEXT
    for needed in (KEYS, SECOND_COPY, *(role.label for role in Role)):
        assert needed in TEXT
