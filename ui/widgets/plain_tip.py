# SPDX-License-Identifier: MIT
"""Tool tips of what somebody typed."""

from __future__ import annotations

from PySide6.QtGui import Qt


def plain_tip(text: str) -> str:
    """``text`` for a tool tip, which would take what somebody typed for markup."""
    return Qt.convertFromPlainText(text) if Qt.mightBeRichText(text) else text
