# SPDX-License-Identifier: MIT
"""Restores a backup for proof, and looks at everything in it."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Callable

from models.access.keyfile import KEYS
from models.backup.lost_keys import put_keys_back
from models.backup.restoring import restore
from models.backup.standing import note_checked
from models.backup.trouble import Kind, note_trouble
from models.copies.kept import PART_ENDING, Backup, folder_of
from models.copies.proving import rows_in
from models.copies.writing import Stopped, remove_old_parts
from models.disk import plain_errors
from models.errors import CannotWrite, LogbookDamaged
from models.logbook import Logbook
from models.schema import AuditEntry, Setting
from models.speech import say

_CURE = say("Make a new backup, and check the logbook.")
_OWN = frozenset(str(table._meta.table_name) for table in (AuditEntry, Setting))
"""What restoring and opening write into."""


def prove(
    logbook: Logbook,
    backup: Backup,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Backup:
    """Restore a backup into a scratch place, open it there and check it as a logbook; the backup.

    The scratch place is a folder among the backups, because it holds what they hold, and is
    removed in any case. That it was proven is kept beside the backup.

    Args:
        logbook: whose backup it is; open, and not touched.
        backup: one of those in its folder.
        progress: hears how many cases of how many are checked.
        cancelled: asked now and then whether to give up.

    Raises:
        LogbookDamaged: the backup is no use; somebody is told of it until the next one. Or the
            audit of the logbook was broken when it was made, so that it proves nothing.
        CannotWrite: there is no room for it.
        Stopped: ``cancelled`` said so.
    """
    if backup.breaks is not None:
        raise LogbookDamaged(
            say(
                "The backup {backup} is a true copy of a logbook whose audit trail is broken at "
                "entry {entry}, so it cannot be proven.",
                backup=backup.name,
                entry=backup.breaks.entry,
            ),
            say("Prove one that was made before, and check the logbook."),
        )
    folder = folder_of(logbook.folder)
    scratch = folder / f".{secrets.token_hex(8)}{PART_ENDING}"

    def told(done: int, total: int) -> None:
        if cancelled is not None and cancelled():
            raise Stopped
        if progress is not None:
            progress(done, total)

    with plain_errors(folder):
        remove_old_parts(folder)
        try:
            scratch.mkdir(mode=0o700)
            if logbook.passphrase_of(backup.file):
                put_keys_back(logbook.folder / KEYS, scratch)
            restore(scratch, backup, logbook.user, logbook.passphrase_of)
            _look_at(logbook.opened_like(scratch), backup, told)
        except LogbookDamaged:
            # What is wrong may name a patient, and the note lies in plain beside the logbook.
            said = say(
                "The backup {backup} was restored for proof, and is not right.", backup=backup.name
            )
            note_trouble(logbook.folder, f"{said} {_CURE}", Kind.PROOF)
            raise
        except CannotWrite as error:
            # The scratch place is gone then, and its name would say nothing.
            said = say(
                "The backup {backup} was not restored for proof: {folder} does not take it.",
                backup=backup.name,
                folder=folder,
            )
            raise CannotWrite(said, error.cure) from error
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
        return note_checked(backup, proven=True)


def _look_at(restored: Logbook, backup: Backup, told: Callable[[int, int], None]) -> None:
    from models.catchup import catch_up
    from models.verify import verify

    try:
        told(0, 1)
        catch_up(restored, told)
        found = verify(restored, told)
        with restored.session():
            rows = rows_in(restored.database)
    finally:
        restored.close()
    for table, count in backup.counts.items():
        if table not in _OWN and rows.get(table) != count:
            found.append(
                say(
                    "It has {get} rows of {table} and should have {count}.",
                    get=rows.get(table),
                    table=table,
                    count=count,
                )
            )
    if found:
        raise LogbookDamaged(
            say(
                "The backup {backup} was restored for proof, and is not right: {found}",
                backup=backup.name,
                found=found[0],
            ),
            _CURE,
        )
