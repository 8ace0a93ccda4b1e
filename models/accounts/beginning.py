# SPDX-License-Identifier: MIT
"""A new encrypted logbook, and the way into one that is there."""

from __future__ import annotations

import time
from contextlib import ExitStack
from pathlib import Path

from models import access, audit
from models.access import Credential, Right
from models.access.attempts import Clock
from models.access.recovery import RecoveryKey
from models.access.sealing import STANDARD, Strength
from models.accounts.naming import proper_name, proper_password
from models.audit import Action, Event, Subject
from models.logbook import DATABASE_NAME, Logbook


def create(
    folder: Path, user: str, password: str, strength: Strength = STANDARD
) -> tuple[Logbook, RecoveryKey]:
    """Make a new encrypted logbook with one administrator, who is signed in then.

    The recovery key is in nothing but this answer; show it, and have it printed.

    Raises:
        InvalidValue: no proper name or password.
        CannotWrite: as ``Logbook.create``.
    """
    name = proper_name(user)
    founding = access.found(folder, name, proper_password(password, name), strength)
    had_folder = folder.exists()
    logbook = Logbook.create(folder, founding=founding)
    with ExitStack() as unless_told:
        unless_told.callback(logbook.discard, remove_folder=not had_folder)
        with logbook.transaction(Right.ADMINISTER):
            said = f"Created encrypted, with {name} as administrator and a recovery key."
            event = Event(logbook.user, Action.KEYS, Subject.LOGBOOK, reason=said)
            audit.append(logbook.database, [event])
        unless_told.pop_all()
    return logbook, founding.recovery


def sign_in(folder: Path, credential: Credential, clock: Clock = time.time) -> Logbook:
    """Open an encrypted logbook as somebody.

    Raises:
        AccessError, LogbookError: as ``access.unlock`` and ``Logbook.open``.
    """
    return Logbook.open(folder, unlocked=access.unlock(folder / DATABASE_NAME, credential, clock))
