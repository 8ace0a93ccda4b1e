# SPDX-License-Identifier: MIT
"""Tool tips of what somebody typed, and of whole sentences."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtGui import Qt

from ui.widgets.in_lines import in_lines

_LINE = 64
"""Letters in a line of a tool tip. Qt breaks none before it is as wide as the screen."""


def plain_tip(text: str) -> str:
    """``text`` for a tool tip, which would take what somebody typed for markup."""
    return Qt.convertFromPlainText(text) if Qt.mightBeRichText(text) else text


def told_tip(parts: Iterable[str]) -> str:
    """Paragraphs for a tool tip, in lines that the eye follows; those that are empty are left out.

    A no-break space stays one.
    """
    told = ("\n".join(in_lines(part.split(" "), _LINE, len)) for part in parts if part)
    return plain_tip("\n\n".join(told))
