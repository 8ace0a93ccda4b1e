# SPDX-License-Identifier: MIT
"""Answers that are known."""

from __future__ import annotations

import json
from pathlib import Path

KNOWN = json.loads(
    (Path(__file__).parents[2] / "data" / "known_safety.json").read_text(encoding="utf-8")
)
