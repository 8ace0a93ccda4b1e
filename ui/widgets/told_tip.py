# SPDX-License-Identifier: MIT
"""Tool tips of whole sentences."""

from __future__ import annotations

from collections.abc import Iterable

from ui.widgets.in_lines import in_lines
from ui.widgets.plain_tip import plain_tip

_LINE = 64
"""Letters in a line. Qt breaks none before it is as wide as the screen."""


def told_tip(parts: Iterable[str]) -> str:
    """Paragraphs for a tool tip, in lines that the eye follows; those that are empty are left out.

    A no-break space stays one.
    """
    told = ("\n".join(in_lines(part.split(" "), _LINE, len)) for part in parts if part)
    return plain_tip("\n\n".join(told))
