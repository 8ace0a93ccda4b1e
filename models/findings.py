# SPDX-License-Identifier: MIT
"""What a check has to say: how much it weighs, where it is, and a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding weighs."""

    ERROR = "error"
    WARNING = "warning"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to look at before saving, with the place where it is.

    ``label`` is the field's label, preceded by the level where it belongs to one.
    """

    severity: Severity
    table: str
    row_id: str
    field: str
    label: str
    message: str
