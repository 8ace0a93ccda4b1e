# SPDX-License-Identifier: MIT
"""What a check has to say: how much it weighs, where it is, and a sentence."""

from __future__ import annotations

from enum import StrEnum

from models.quick import dataclass


class Severity(StrEnum):
    """How much a finding weighs. EXPLAINED is a warning that somebody has given a reason for."""

    ERROR = "error"
    WARNING = "warning"
    OPEN = "open"
    EXPLAINED = "explained"

    @property
    def is_pressing(self) -> bool:
        """Whether somebody should look at it: it is neither only open nor explained."""
        return self in (Severity.ERROR, Severity.WARNING)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to look at before saving, with the place where it is.

    ``label`` is the field's label; ``message`` begins with the level or the time point where it
    belongs to one; ``explanation`` is why an unusual value stands as it is, or "".
    """

    severity: Severity
    table: str
    row_id: str
    field: str
    label: str
    message: str
    explanation: str = ""
