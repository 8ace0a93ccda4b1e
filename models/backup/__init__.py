# SPDX-License-Identifier: MIT
"""Backups of a logbook: made while it is open, proven before they count, thinned by a plain rule.

They lie in the folder ``backups`` of the logbook, each a database file with a small JSON document
of the same name beside it, which says when and why it was made and what it holds; where the
settings name a second place, in a folder there too. ``models.copies`` writes and proves them.
"""

from models.backup.elsewhere import can_open, look_in
from models.backup.in_plain import (
    Dealt,
    PlainCopy,
    copies_in_words,
    encrypt_copies,
    plain_copies,
    remove_copies,
)
from models.backup.lost_keys import Spare, put_keys_back, spare_keys
from models.backup.making import Made, back_up, make, tell_of
from models.backup.proof import prove
from models.backup.regular import Regular, regular
from models.backup.restoring import Restored, restore
from models.backup.standing import Found, Standing, check, everywhere, is_changed, standing
from models.backup.thinning import STANDARD, Plan, kept_of, plan_of, thin
from models.backup.trouble import Trouble, trouble_of
from models.copies.kept import BACKUPS, Backup, Reason, listing
from models.copies.proving import problem_of
from models.copies.writing import Stopped

__all__ = [
    "BACKUPS",
    "STANDARD",
    "Backup",
    "Dealt",
    "Found",
    "Made",
    "PlainCopy",
    "Plan",
    "Reason",
    "Regular",
    "Restored",
    "Spare",
    "Standing",
    "Stopped",
    "Trouble",
    "back_up",
    "can_open",
    "check",
    "copies_in_words",
    "encrypt_copies",
    "everywhere",
    "is_changed",
    "kept_of",
    "listing",
    "look_in",
    "make",
    "plain_copies",
    "plan_of",
    "problem_of",
    "prove",
    "put_keys_back",
    "regular",
    "remove_copies",
    "restore",
    "spare_keys",
    "standing",
    "tell_of",
    "thin",
    "trouble_of",
]
