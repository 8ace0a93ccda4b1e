# SPDX-License-Identifier: MIT
"""Asks the checks about one field."""

from __future__ import annotations

from models import checks
from models.case import Case
from models.partial_date import PartialDate


def errors_of(case: Case, field: str) -> list[str]:
    """What is impossible about the field."""
    return [found.message for found in checks.errors(case) if found.field == field]


def warnings_of(case: Case, field: str) -> list[str]:
    """What is unusual about the field."""
    return [found.message for found in checks.warnings(case) if found.field == field]


def day(text: str) -> PartialDate:
    """A date in one short word."""
    return PartialDate(text)
