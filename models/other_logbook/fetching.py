# SPDX-License-Identifier: MIT
"""Brings a copy of a logbook from a server here, to be compared with ours."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from models import form
from models.address import Address
from models.engines import sqlite
from models.logbook import DATABASE_NAME, Logbook
from models.moving import copy_logbook


def fetch(
    address: Address,
    password: str,
    place: Path,
    passphrase: str,
    progress: Callable[[int, int], None],
) -> Logbook:
    """A copy in the folder ``place``, encrypted, of what the server has in one state.

    ``progress`` hears rows done and in total, and may raise to stop.

    Raises:
        NotALogbook: the database holds none.
        NewerLogbook: a later version of the program wrote it.
        OlderForm: an earlier one did.
        ServerAway, ServerRefuses, PasswordWanted, CannotWrite: as their names say.
    """
    # Not loaded where no logbook is on a server.
    from models.served import only_look

    source = only_look(address, password)
    try:
        file = place / DATABASE_NAME
        copy = Logbook(place, sqlite.open_database(file, passphrase=passphrase), "")
        file.touch(mode=0o600)
        try:
            with copy.session():
                copy.database.prepare_new()
                form.bring_up_to_date(copy, keeps=False)
                copy_logbook(source, copy, progress)
        finally:
            copy.close()
        return copy
    finally:
        source.leave()
        source.close()
