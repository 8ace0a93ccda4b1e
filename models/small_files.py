# SPDX-License-Identifier: MIT
"""Small JSON files beside a logbook, which anybody may damage: what they hold, or a ValueError."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from models.disk import content_of

_YEARS = range(1970, 9999)
"""A clock may be far from right; years beyond cannot be shown in every time zone."""
_MOST = 1 << 63


def read_document(file: Path) -> dict[str, Any]:
    """The JSON object in a small file.

    Raises:
        OSError: it cannot be read.
        ValueError: it holds none.
    """
    try:
        said = json.loads(content_of(file).decode("utf-8"))
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    if not isinstance(said, dict):
        raise ValueError("no object")
    return said


def moment_of(said: object) -> datetime:
    """A moment in a document, in UTC.

    Raises:
        ValueError: it is none, or none that a clock of this world shows.
    """
    moment = datetime.fromisoformat(str(said))
    if moment.tzinfo is None or moment.year not in _YEARS:
        raise ValueError(f"no moment: {said}")
    return moment.astimezone(UTC)


def count_of(said: object) -> int:
    """A number of things in a document.

    Raises:
        ValueError: it is none.
    """
    if not isinstance(said, int) or not 0 <= said < _MOST:
        raise ValueError(f"no count: {said}")
    return said
