# SPDX-License-Identifier: MIT
"""The command line where it names no command: what the window is opened with.

The whole parser knows every command, which takes longer to make than the list of cases to read.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import NoReturn

from models.signing import add_place


class _OtherwiseError(Exception):
    """It is something else, or wrong: the whole parser has to read it."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise _OtherwiseError(message)


def window_options(argv: Sequence[str]) -> argparse.Namespace | None:
    """The options of ``commands.build_parser`` where they ask for the window, as it reads them.

    None where they name a command, ask for help or the version, or are wrong: the whole parser
    then answers as ever.
    """
    parser = _Parser(add_help=False)
    add_place(parser, behind_command=False)
    parser.set_defaults(command=None)
    try:
        options, others = parser.parse_known_args(argv)
    except _OtherwiseError:
        return None
    return None if others else options
