# SPDX-License-Identifier: MIT
"""Undo and redo of saved changes: which there are, and taking them back or doing them again."""

from models.undo.changes import (
    IMPORTS,
    MOST_STEPS,
    Kind,
    Part,
    SavedChange,
    last_change,
    last_import,
    newest_entry,
    news,
    saved_changes,
)
from models.undo.doing import ChangedSince, Stopped, redo, undo

__all__ = [
    "IMPORTS",
    "MOST_STEPS",
    "ChangedSince",
    "Kind",
    "Part",
    "SavedChange",
    "Stopped",
    "last_change",
    "last_import",
    "newest_entry",
    "news",
    "redo",
    "saved_changes",
    "undo",
]
