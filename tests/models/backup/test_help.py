# SPDX-License-Identifier: MIT
"""The examples for schedulers are true to the command line."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from models.commands import build_parser

PAGE = Path(__file__).parents[3] / "resources" / "help" / "backups.md"
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.M | re.S)
LINES = [(kind, line) for kind, block in BLOCKS for line in block.splitlines() if "main.py" in line]


@pytest.mark.parametrize(("kind", "line"), LINES)
def test_every_command_of_the_page_is_understood(kind: str, line: str) -> None:
    said = line.partition("main.py ")[2].removesuffix(">/dev/null").rstrip().rstrip('"')
    words = shlex.split(said, posix=kind != "bat")
    options = build_parser().parse_args(words)
    assert options.command in ("backup", "restore")
    assert Path(str(options.logbook).replace("\\", "/")).name == "Clinic.kypholog"


def test_every_kind_of_scheduler_has_its_example() -> None:
    assert {"cron", "bat", "sh"} == {kind for kind, _ in LINES}
    moments = [line.split()[:5] for kind, line in LINES if kind == "cron"]
    assert all(re.fullmatch(r"[\d*,/-]+", part) for moment in moments for part in moment)
    assert all("schtasks /Create" in line for kind, line in LINES if kind == "bat")
