# SPDX-License-Identifier: MIT
"""What can stand behind an option of the command line, read or refused in words."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from models.address import Place

_MOST_DIGITS = 9


PROGRAM = "kypholog" if getattr(sys, "frozen", False) else "python main.py"
"""How the program is started, as its help says it; the bundle needs no Python."""


def day(text: str) -> date:
    """A day.

    Raises:
        argparse.ArgumentTypeError: it is none, or only a month or a year.
    """
    from models.partial_date import PartialDate

    try:
        exact = PartialDate.parse(text).exact
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error
    if exact is None:
        raise argparse.ArgumentTypeError(f"{text} is no day. Write it as 2026-03-14.")
    return exact


def source_named(text: str) -> Place:
    """A file, a folder, or the address of a server.

    Raises:
        argparse.ArgumentTypeError: it looks like an address and is none that can be used.
    """
    from models.address import read
    from models.errors import LogbookError

    try:
        return read(text)
    except LogbookError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def above_zero(text: str) -> int:
    """A whole number above 0.

    Raises:
        argparse.ArgumentTypeError: it is none, or too great for anything.
    """
    if not text.isascii() or not text.isdigit() or not text.strip("0"):
        raise argparse.ArgumentTypeError(f"{text} is not a whole number above 0")
    if len(text) > _MOST_DIGITS:
        raise argparse.ArgumentTypeError(f"{text[:_MOST_DIGITS]}... is more than can be made")
    return int(text)


def add_filter(parser: argparse.ArgumentParser) -> None:
    """Give a command the option ``--filter``."""
    parser.add_argument(
        "--filter",
        metavar="Q",
        help='only these cases: a query such as "level:T12 leak:yes -complete", or @ and the name '
        "of a saved filter",
    )
