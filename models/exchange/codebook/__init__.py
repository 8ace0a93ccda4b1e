# SPDX-License-Identifier: MIT
"""What every column means: label, kind, unit, limits and codes, all from the schema."""

from models.exchange.codebook.entries import (
    MISSING_TOLD,
    Entry,
    entries,
    missing_codes,
    sheet_told,
)
from models.exchange.codebook.writing import TITLE, Format, as_text, described, write_codebook

__all__ = [
    "MISSING_TOLD",
    "TITLE",
    "Entry",
    "Format",
    "as_text",
    "described",
    "entries",
    "missing_codes",
    "sheet_told",
    "write_codebook",
]
