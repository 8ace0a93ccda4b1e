# SPDX-License-Identifier: MIT
"""What is wrong with a command line is told in the language of the process, and the help is too."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from models.argument_words import complaint

ROOT = Path(__file__).parents[2]
_SAID = """
import contextlib, io, json, sys
from models import speech
speech.begin("x-pseudo")
from models.commands import build_parser
told = []
for line in sys.stdin.read().splitlines():
    with contextlib.redirect_stdout(io.StringIO()) as out:
        with contextlib.redirect_stderr(out), contextlib.suppress(SystemExit):
            build_parser().parse_args(line.split())
    told.append(out.getvalue())
print(json.dumps(told))
"""
_WRONG = (
    "--frob",
    "frob",
    "export",
    "outcomes --from",
    "sample --seed x",
    "export --out a --profile zzz",
    "export --out a --de x",
    "backup --list --check",
    "audit --json=5",
    "user frob",
)


@pytest.fixture(scope="module")
def told() -> dict[str, str]:
    """What each of these lines is answered in the language that nobody speaks."""
    lines = (*_WRONG, "--help", "report --help")
    done = subprocess.run(
        [sys.executable, "-c", _SAID],
        cwd=ROOT,
        input="\n".join(lines),
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return dict(zip(lines, json.loads(done.stdout), strict=True))


@pytest.mark.parametrize("line", _WRONG)
def test_a_complaint_has_no_english_words_of_python(told: dict[str, str], line: str) -> None:
    words = " ".join(told[line].split())
    assert words
    assert not re.search(
        r"\b(argument|arguments|required|choice|choose|invalid|expected|could|match|allowed|"
        r"ignored|unrecognized|ambiguous)\b",
        words,
    )


@pytest.mark.parametrize("line", ["--help", "report --help"])
def test_the_headings_of_the_help_are_in_the_language(told: dict[str, str], line: str) -> None:
    assert not re.search(r"\b(usage|options|commands|reports|show|exit)\b", told[line])


def test_what_is_not_known_stays_as_it_is() -> None:
    assert complaint("argument --out: what nobody listed") == "argument --out: what nobody listed"
    assert complaint("what nobody listed") == "what nobody listed"
    assert complaint("unrecognized arguments: {a} %s") == "unrecognized arguments: {a} %s"
