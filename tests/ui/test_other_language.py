# SPDX-License-Identifier: MIT
"""In a language whose words are longer by a third, every word is said, and none is cut off.

On a small screen, and every page on a wide one.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

_OF_OFFSCREEN = "This plugin does not support"


@pytest.fixture(scope="module")
def scenes() -> list[dict[str, list[str]]]:
    """What was found in each scene, in a process that speaks the pseudo-language."""
    done = subprocess.run(
        [sys.executable, "-X", "faulthandler", "-m", "tests.pictures.spoken"],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    said = [line for line in done.stderr.splitlines() if not line.startswith(_OF_OFFSCREEN)]
    assert done.returncode == 0, "\n".join([*done.stdout.splitlines()[-1:], *said[:200]])
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_every_scene_comes(scenes: list[dict[str, list[str]]]) -> None:
    assert [one for one in scenes if one.get("fails")] == []


def test_every_word_is_said(scenes: list[dict[str, list[str]]]) -> None:
    found = [f"{one['scene']}: {said}" for one in scenes for said in one["unsaid"]]
    assert not found, "\n".join(["not said in the language of the process:", *found])


def test_longer_words_have_room_and_every_control_a_name(
    scenes: list[dict[str, list[str]]],
) -> None:
    found = [f"{one['scene']}: {said}" for one in scenes for said in one["lacks"]]
    assert not found, "\n".join(["cut off in longer words, or without a name:", *found])
