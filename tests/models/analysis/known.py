# SPDX-License-Identifier: MIT
"""Inputs and results that statistics have to reproduce."""

from __future__ import annotations

import json
from pathlib import Path

KNOWN = json.loads(
    (Path(__file__).parents[2] / "data" / "known_answers.json").read_text(encoding="utf-8")
)
