# SPDX-License-Identifier: MIT
"""Runs commands as somebody at a terminal does, and hears what they say."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from models import commands
from models.commands import Bind

Run = Callable[..., tuple[int, str, str]]
"""Runs a command line; gives exit code, output and errors."""


def command_line(capsys: pytest.CaptureFixture[str], bind: Bind | None = None) -> Run:
    """What runs commands; ``bind`` gives what lays reports out."""

    def work(*arguments: object) -> tuple[int, str, str]:
        try:
            code = commands.run(list(map(str, arguments)), bind)
        except SystemExit as end:
            code = int(str(end.code))
        said = capsys.readouterr()
        return code, said.out, said.err

    return work


def one_line(text: str) -> bool:
    """Whether it is one line of errors."""
    return text.startswith("kypholog: ") and text.count("\n") == 1 and text.endswith("\n")
