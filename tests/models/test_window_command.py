# SPDX-License-Identifier: MIT
"""Where no command is named the small parser reads what the whole one would read, and no more."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import main
from models.commands import build_parser
from models.window_command import window_options

_WORDS = st.sampled_from(
    [
        *("--logbook", "--logbook=C.kypholog", "--user", "--password-file", "--recovery"),
        *("--password", "--help", "-h", "--version", "--", "C.kypholog", "due", "outcomes"),
        *("--json", "-x", "3", ""),
    ]
)


@given(st.lists(_WORDS, max_size=5))
def test_what_it_reads_is_what_the_whole_parser_reads(argv: list[str]) -> None:
    read = window_options(argv)
    if read is not None:
        assert vars(read) == vars(build_parser().parse_args(argv))
        assert read.command is None


@pytest.mark.parametrize(
    "argv",
    [["due"], ["--logbook", "C.kypholog", "due"], ["--help"], ["--version"], ["--logbook"], ["-x"]],
)
def test_everything_else_is_left_to_the_whole_parser(argv: list[str]) -> None:
    assert window_options(argv) is None


def test_the_window_is_opened_with_its_logbook_and_who_signs_in() -> None:
    argv = ["--logbook", "C.kypholog", "--user", "Anna", "--password-file", "3"]
    read = window_options(argv)
    assert read is not None
    assert (read.logbook, read.user, read.password_file) == ("C.kypholog", "Anna", "3")
    assert window_options([]) is not None


@pytest.mark.parametrize(
    "opened",
    [
        "/data/B\u00fccher und mehr/Klinik S\u00fcd.kypholog",
        "/data/B\u00fccher und mehr/Klinik S\u00fcd.kypholog/logbook.db",
        "file:///data/B%C3%BCcher%20und%20mehr/Klinik%20S%C3%BCd.kypholog/logbook.db",
    ],
)
def test_what_a_desktop_hands_over_is_opened(opened: str) -> None:
    folder = str(Path("/data/B\u00fccher und mehr/Klinik S\u00fcd.kypholog"))
    assert main.handed_over([opened]) == ["--logbook", folder]


def test_a_command_is_none_for_a_folder_of_its_name() -> None:
    assert main.handed_over(["example"]) == ["example"]
