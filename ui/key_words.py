# SPDX-License-Identifier: MIT
"""What keys are called where the language is spoken: Ctrl+N, and Strg+N on German keyboards."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence


def native(keys: str | QKeySequence | QKeySequence.StandardKey) -> str:
    """Keys as this system and the language of the process name them."""
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
