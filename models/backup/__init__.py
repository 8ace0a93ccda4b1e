# SPDX-License-Identifier: MIT
"""Backups of a logbook: made while it is open, proven before they count, thinned by a plain rule.

They lie in the folder ``backups`` of the logbook, each a database file with a small JSON document
of the same name beside it, which says when and why it was made and what it holds.
"""

from models.backup.kept import BACKUPS, Backup, Reason, listing
from models.backup.making import make, problem_of
from models.backup.restoring import Restored, restore
from models.backup.thinning import STANDARD, Plan, kept_of, thin

__all__ = [
    "BACKUPS",
    "STANDARD",
    "Backup",
    "Plan",
    "Reason",
    "Restored",
    "kept_of",
    "listing",
    "make",
    "problem_of",
    "restore",
    "thin",
]
