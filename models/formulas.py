# SPDX-License-Identifier: MIT
"""Text that leaves the program for a spreadsheet, which would run some of it as a formula."""

from __future__ import annotations

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What begins a formula, or lets one begin in the next cell (OWASP, CSV injection).

The last are the wide forms of the first, which a Japanese Excel takes for them.
"""


def defused(text: str) -> str:
    """A text that no spreadsheet runs as a formula.

    A "'" is put before what would be one, and before what only such signs hide, so that taking one
    away again gives back every text.
    """
    return f"'{text}" if text.lstrip("'").startswith(_DANGEROUS) else text


def undefused(text: str) -> str:
    """The text that ``defused`` made of it."""
    is_defused = text.startswith("'") and text.lstrip("'").startswith(_DANGEROUS)
    return text[1:] if is_defused else text
