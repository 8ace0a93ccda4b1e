# SPDX-License-Identifier: MIT
"""What a zip of ours says of itself, so that it can be told from others and taken in again."""

from __future__ import annotations

import json
from collections.abc import Sequence

from models import VERSION
from models.exchange.archive import Written
from models.exchange.content import Content

MANIFEST = "manifest.json"
MARK = "kypholog_export"
"""The member of the manifest that only files of this program have."""

FORM = 1
"""Counts up when a reader of before would not understand what is written from then on."""


def manifest(profile: str, content: Content, files: Sequence[Written]) -> str:
    """JSON text: who wrote the zip, as what, what was taken out, and the checksum of each file."""
    told = {
        MARK: FORM,
        "written_by": f"Kypholog {VERSION}",
        "profile": profile,
        "shape": content.shape.value,
        "persons": content.rules.kind.value,
        "dates": content.rules.dates.value,
        "cases": content.cases,
        "files": {file.name: {"bytes": file.length, "sha256": file.sha256} for file in files},
    }
    return json.dumps(told, indent=2) + "\n"
