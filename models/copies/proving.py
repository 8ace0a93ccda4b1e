# SPDX-License-Identifier: MIT
"""Whether a copy can be relied on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path

from models import audit
from models.audit import Action, Broken, Subject
from models.copies.breaks import breaks_of
from models.copies.kept import LAST_GIVEN_UP, Backup, sha256_of
from models.document import readable
from models.engines import copying, sqlite_errors
from models.engines.engine import Engine
from models.errors import LogbookError
from models.schema import ALL_TABLES
from models.speech import say

_CASES = "SELECT COUNT(*) FROM procedure WHERE deleted_at IS NULL"
_AUDIT = "SELECT number, hash FROM audit_entry ORDER BY number"


@dataclass(frozen=True, slots=True)
class State:
    """What a database holds: as ``Backup`` says it."""

    form: str
    counts: Mapping[str, int]
    cases: int
    entry: int
    chain: str
    head: str


@dataclass(frozen=True, slots=True)
class Examined:
    """What was found in a copy.

    Attributes:
        problem: why it cannot be relied on, in a sentence; None where it can.
        broken: the places where its audit is broken; that of the logbook may be so too.
    """

    problem: str | None
    broken: Sequence[Broken] = ()


def problem_of(
    backup: Backup,
    file: Path | None = None,
    passphrase: str = "",
    cancelled: Callable[[], bool] | None = None,
) -> str | None:
    """What is wrong with a backup, in a sentence; None when it can be relied on.

    As ``examine``, and its audit is as the document says: whole, or broken in the same places as
    that of the logbook was. What the next entry hid there (``Fault.is_at_the_end``) may be hidden.
    """
    examined = examine(backup, file, passphrase, cancelled)
    broken, told = examined.broken, backup.breaks
    if examined.problem is not None:
        return examined.problem
    if not broken or (told is not None and breaks_of(broken, told.since) == told):
        return None
    return str(broken[0])


def examine(
    backup: Backup,
    file: Path | None = None,
    passphrase: str = "",
    cancelled: Callable[[], bool] | None = None,
    original: Engine | None = None,
) -> Examined:
    """Look whether a copy is what its document says, and where its audit is broken.

    The file is compared with its checksum and opened without a change; the database is checked by
    the engine, the rows of every table are counted, and the chain of the audit is followed. What
    the document says of it has to be so: a list that tells something else misleads.

    Args:
        backup: what the document beside it says.
        file: where the copy lies, if not in its place.
        passphrase: of an encrypted one.
        cancelled: asked now and then whether to give up.
        original: what was copied, in the state that was; a broken audit has to be its audit.

    Raises:
        Interrupted: ``cancelled`` said so.
    """
    file = file or backup.file
    try:
        if sha256_of(file) != backup.sha256:
            return Examined(say("{file} was changed after it was written.", file=backup.file.name))
        with sqlite_errors.plain_errors(file), copying.untouched(file, passphrase) as database:
            if not database.is_marked():
                return Examined(say("{file} is no logbook.", file=backup.file.name))
            with database.interruptible(cancelled):
                if damage := database.damage():
                    split = " ".join(damage[0].split())
                    return Examined(
                        say("{file} is damaged ({split}).", file=backup.file.name, split=split)
                    )
                state = state_of(database)
                if state.counts != dict(backup.counts):
                    return Examined(
                        say("{file} has other rows than it should have.", file=backup.file.name)
                    )
                if not _is_told_right(backup, state):
                    said = say(
                        "says something else than is in the backup; it was changed or damaged"
                    )
                    return Examined(f"{backup.manifest.name} {said}.")
                return _examined_audit(backup, database, original)
    except OSError as error:
        return Examined(
            say("{file} cannot be read: {reason}.", file=backup.file.name, reason=error.strerror)
        )
    except LogbookError as error:
        return Examined(str(error))


def follows(database: Engine, backup: Backup) -> bool:
    """Whether a logbook goes on from a backup, and not from another that was restored since.

    Of an audit whose end was cut off a copy may end as one from before does, so that the last entry
    alone does not tell them apart.
    """
    if (audit.hash_of(database, backup.entry) or "") != backup.head:
        return False
    return _restored_since(database, backup.entry) in ("", backup.name)


def followed(database: Engine, backups: Iterable[Backup]) -> Backup | None:
    """Of backups, the latest first, the first that a logbook goes on from; None for none."""
    return next((backup for backup in backups if follows(database, backup)), None)


def _restored_since(database: Engine, entry: int) -> str:
    """The backup that was restored last after an entry; "" for none, or where that is not told."""
    sql = (
        "SELECT changes FROM audit_entry WHERE number > ? AND action = ? AND subject = ? "
        "ORDER BY number DESC LIMIT 1"
    )
    of_logbook = (entry, Action.RESTORE.value, Subject.LOGBOOK.value)
    with _any_text(database):
        row = database.execute_sql(sql, of_logbook).fetchone()
    told = readable(str(row[0])) if row else []
    return next((one.row_id for one in told if one.table == LAST_GIVEN_UP), "")


def state_of(database: Engine) -> State:
    """What a database holds now."""
    # Written out: in an older form the tables are not what the schema says.
    (form,) = _row(database, "SELECT MAX(name) FROM schema_migration") or ("",)
    (cases,) = _row(database, _CASES) or (0,)
    _, chain = _row(database, f"{_AUDIT} LIMIT 1") or (0, "")
    entry, head = _row(database, f"{_AUDIT} DESC LIMIT 1") or (0, "")
    return State(str(form), rows_in(database), int(cases), int(entry), str(chain), str(head))


def _examined_audit(backup: Backup, database: Engine, original: Engine | None) -> Examined:
    with _any_text(database):
        broken = audit.broken_links(database)
    if broken and original is not None:
        with _any_text(database), _any_text(original):
            if not audit.is_same_in(original, database):
                said = say("The audit in {file} is not that of the logbook.", file=backup.file.name)
                return Examined(said)
    return Examined(None, broken)


def _any_text(database: Engine) -> AbstractContextManager[None]:
    """Bytes that are no text are an entry that was changed, and do not end the search."""
    return database.reading_broken_text(lambda raw: raw.decode(errors="replace"))


def _is_told_right(backup: Backup, state: State) -> bool:
    said = State(backup.form, backup.counts, backup.cases, backup.entry, backup.chain, backup.head)
    # An earlier program did not tell the hashes.
    known = replace(state, chain=said.chain and state.chain, head=said.head and state.head)
    return said == known


def _row(database: Engine, sql: str) -> tuple[str | int, ...] | None:
    found: tuple[str | int, ...] | None = database.execute_sql(sql).fetchone()
    return found


def rows_in(database: Engine) -> dict[str, int]:
    """How many rows every table of the schema has; one that an older form lacks is left out."""
    there = set(database.get_tables())
    return {
        table._meta.table_name: int(table.select().count(database))
        for table in ALL_TABLES
        if table._meta.table_name in there
    }
