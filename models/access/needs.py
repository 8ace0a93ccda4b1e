# SPDX-License-Identifier: MIT
"""What a user can want to do, and what each of it needs: one list, by which the window goes too.

The doors of the models ask for the same rights by themselves; here it is told beforehand, so that
nobody presses what would be refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from models.access.door import Door
from models.access.rights import Right, has
from models.speech import say

_ENTERS = (
    "new_case",
    "next_case",
    "copy_case",
    "edit_case",
    "add_images",
    "add_score",
    "record_score",
    "save_case",
    "save_and_new",
    "drafts",
    "bin_case",
    "unbin_case",
    "bring_back",
    "merge_patients",
    "sign_off",
    "import",
    "merge_logbook",
    "save_filter",
    "change_filters",
    "save_columns",
    "save_mapping",
    "own_rates",
)
_ADMINISTERS = (
    "unlock",
    "change_settings",
    "change_plan",
    "change_thresholds",
    "users",
    "encrypt",
    "plain_copies",
    "recovery_key",
    "change_key",
    "restore_backup",
)

NEEDS: Mapping[str, Right] = MappingProxyType(
    {
        **dict.fromkeys(_ENTERS, Right.ENTER),
        **dict.fromkeys(_ADMINISTERS, Right.ADMINISTER),
    }
)
"""The right that each deed needs; one that is not in it is open to everybody."""

OF_ENCRYPTED = frozenset(
    {
        *("lock", "switch_user", "users", "change_password"),
        *("plain_copies", "recovery_key", "change_key"),
    }
)
"""What there is only where people sign in."""

OF_FILES = OF_ENCRYPTED | {"encrypt"}
"""What there is only for a logbook that has files of its own."""


def why_not(door: Door, deed: str) -> str:
    """Why whoever works with a logbook cannot do this, in one sentence; "" where he can."""
    if door.is_of_server and deed in OF_FILES:
        return say("This logbook is on a server, which has accounts and disks of its own.")
    if deed in OF_ENCRYPTED and door.unlocked is None:
        return say("This logbook is not encrypted, so nobody signs in to it.")
    if deed == "encrypt" and door.unlocked is not None:
        return say("This logbook is encrypted already.")
    right = NEEDS.get(deed, Right.LOOK)
    if has(door.role, right):
        return ""
    if right is Right.ADMINISTER:
        return say("Only an administrator may do this; your role is {role}.", role=door.role.label)
    return say(
        "Your role, {role}, may look, print and export, but change nothing.", role=door.role.label
    )
