# SPDX-License-Identifier: MIT
"""A report of a command speaks the language of the process, what Qt is asked for included."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
_SAID = """
import sys
from models import speech
speech.begin(sys.argv[1])
from ui.reports.headless import layout_for
layout_for("a4")
from ui.widgets.pain_curves import axis_label
from models.vocabulary import TimePoint
sys.stdout.reconfigure(encoding="utf-8")
print(axis_label(TimePoint.BASELINE))
"""


@pytest.mark.parametrize(("code", "label"), [("de", "vorher"), ("es", "antes")])
def test_the_axis_of_the_pain_is_in_the_language(code: str, label: str) -> None:
    environ = {name: value for name, value in os.environ.items() if name != "QT_QPA_PLATFORM"}
    done = subprocess.run(
        [sys.executable, "-c", _SAID, code],
        cwd=ROOT,
        env=environ,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stdout.strip() == label
