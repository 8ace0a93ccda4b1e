# SPDX-License-Identifier: MIT
"""The people who work with an encrypted logbook, and its keys: made, changed, taken away."""

from models.accounts.beginning import create, sign_in
from models.accounts.plain import plain_files
from models.accounts.rekeying import change_key, encrypt
from models.accounts.users import (
    Account,
    accounts,
    add_user,
    change_password,
    change_role,
    new_recovery_key,
    remove_user,
    set_password,
    unlocked_of,
)

__all__ = [
    "Account",
    "accounts",
    "add_user",
    "change_key",
    "change_password",
    "change_role",
    "create",
    "encrypt",
    "new_recovery_key",
    "plain_files",
    "remove_user",
    "set_password",
    "sign_in",
    "unlocked_of",
]
