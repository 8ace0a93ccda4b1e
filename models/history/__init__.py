# SPDX-License-Identifier: MIT
"""The history of a case: who changed what and when, any earlier state of it, and the way back.

All of it is read from the audit; nothing is kept beside it.
"""

from models.history.entries import Deed
from models.history.listing import Entry, Section, listing
from models.history.reading import History, Version, case_at, document_at, history_of
from models.history.reading import read as read_history
from models.history.restoring import NamesSwitchedOff, RowGone, restore, restore_field, restore_to
from models.history.wording import Cell, Line, lines

__all__ = [
    "Cell",
    "Deed",
    "Entry",
    "History",
    "Line",
    "NamesSwitchedOff",
    "RowGone",
    "Section",
    "Version",
    "case_at",
    "document_at",
    "history_of",
    "lines",
    "listing",
    "read_history",
    "restore",
    "restore_field",
    "restore_to",
]
