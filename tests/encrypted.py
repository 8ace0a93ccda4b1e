# SPDX-License-Identifier: MIT
"""Encrypted logbooks for tests: passwords that cost no time, and people of every role."""

from __future__ import annotations

from pathlib import Path

from models import accounts
from models.access import Password
from models.access.recovery import RecoveryKey
from models.access.sealing import Strength
from models.logbook import Logbook
from models.vocabulary import Role

WEAK = Strength(time=1, memory_kib=8, lanes=1)
"""The least that argon2id takes: a tenth of a millisecond."""

ADMIN, ENTRY, READER = "Anna", "Ben", "Rita"
SECRETS = {ADMIN: "correct horse", ENTRY: "battery staple", READER: "lumbar vertebra"}
ROLES = {ADMIN: Role.ADMIN, ENTRY: Role.ENTRY, READER: Role.READER}


def make(folder: Path, *people: str) -> tuple[Logbook, RecoveryKey]:
    """A new encrypted logbook, open in the hands of the administrator, and who else may sign in."""
    logbook, recovery = accounts.create(folder, ADMIN, SECRETS[ADMIN], WEAK)
    for name in people:
        accounts.add_user(logbook, name, SECRETS[name], ROLES[name], WEAK)
    return logbook, recovery


def enter(folder: Path, name: str = ADMIN) -> Logbook:
    """The logbook, opened by somebody with the password that he got in ``make``."""
    return accounts.sign_in(folder, Password(name, SECRETS[name]))


def told(logbook: Logbook) -> list[tuple[str, str, str]]:
    """Who did what and why, as the audit says."""
    with logbook.session():
        sql = "SELECT user, action, reason FROM audit_entry ORDER BY number"
        return [tuple(row) for row in logbook.database.execute_sql(sql)]
