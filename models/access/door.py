# SPDX-License-Identifier: MIT
"""Who works with an open logbook and how far that goes. Every transaction passes through here."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from models import audit
from models.access import keyfile
from models.access.attempts import Attempts, Failed
from models.access.errors import (
    EncryptedDamaged,
    KeysOutdated,
    NotAllowed,
)
from models.access.rights import Right, demand, has
from models.access.ring import Kind
from models.access.unlocking import Unlocked, head_of, key_changed, keys_missing, keys_of_another
from models.audit import Action, Event, Subject
from models.engines import sqlite, sqlite_errors
from models.engines.engine import Engine
from models.errors import CannotWrite, LogbookError, NotALogbook
from models.own_notes import keep_note, read_note
from models.schema import AuditEntry
from models.speech import say
from models.vocabulary import Role

GENERATION = "access.generation"
"""The note that says which generation of the keys the logbook has seen last."""


class Door:
    """Lets through what the role allows.

    A logbook that is not encrypted knows no users, and everybody may do everything.

    Attributes:
        unlocked: what the encrypted logbook was opened with; None for one that is not encrypted.
        is_of_server: whether the accounts of a server say who may do what.
    """

    is_of_server = False

    def __init__(self, unlocked: Unlocked | None = None) -> None:
        self.unlocked = unlocked
        self._is_closed = False

    @property
    def role(self) -> Role:
        """The role of whoever works with the logbook."""
        return Role.ADMIN if self.unlocked is None else self.unlocked.slot.role

    @property
    def user(self) -> str:
        """Who that is; "" where the logbook knows no users."""
        return "" if self.unlocked is None else self.unlocked.slot.name

    @property
    def is_closed(self) -> bool:
        """Whether the account was closed meanwhile, as far as is known."""
        return self._is_closed

    def look_around(self) -> None:
        """Find out what the keys say now, so that a window can show it before anybody is refused.

        What is wrong with the keys is told to whoever needs them next.
        """
        if self.unlocked is not None:
            with suppress(LogbookError):
                self._read_again(self.unlocked)

    def demand(self, right: Right) -> None:
        """Let through who may; who may not by what is known may by what the keys say now.

        Raises:
            NotAllowed: the role does not go that far, or the account was closed meanwhile.
        """
        if self.unlocked is not None and not has(self.role, right):
            self._read_again(self.unlocked)
        self._demand(right)

    def _demand(self, right: Right) -> None:
        if self._is_closed:
            raise NotAllowed(
                say("The account {user} was closed.", user=self.user),
                say("Ask an administrator of the logbook."),
            )
        demand(self.role, right)

    def look_again(self, database: Engine, right: Right) -> None:
        """The same, inside a transaction, by what the keys say now."""
        if self.unlocked is None:
            return
        # Written out, because every change asks, and composing takes longer than asking.
        sql = "SELECT value FROM setting WHERE name = ?"
        seen = database.execute_sql(sql, (GENERATION,)).fetchone()
        if seen is None or seen[0] != str(self.unlocked.ring.generation):
            self._read_again(self.unlocked)
        self._demand(right)

    def guard(self, database: Engine) -> None:
        """From now on the engine itself refuses every change by somebody who may make none."""
        database.fence(on=not has(self.role, Right.ENTER))

    @contextmanager
    def let_through(self, database: Engine) -> Iterator[None]:
        """Within, the engine takes changes; what is to be changed was asked before."""
        with database.unfenced():
            yield

    def arrive(self, database: Engine) -> None:
        """Write into the audit who is here, and what happened at the door before.

        Call it inside a transaction.

        Raises:
            KeysOutdated: somebody put back keys of an earlier day.
        """
        if self.unlocked is None:
            return
        # Somebody may have changed users since the password was looked at.
        self._read_again(self.unlocked)
        self._demand(Right.LOOK)
        unlocked = self.unlocked
        seen, now = int(read_note(database, GENERATION) or 0), unlocked.ring.generation
        by_recovery = unlocked.slot.kind is Kind.RECOVERY
        if now < seen and not by_recovery:
            raise KeysOutdated(
                say(
                    "The keys in {folder} are older than the logbook: users, roles or "
                    "passwords were changed since.",
                    folder=unlocked.folder,
                ),
                say(
                    "Put back the latest {keys}, or sign in with the recovery key.",
                    keys=keyfile.KEYS,
                ),
            )
        if now != seen:
            keep_note(database, GENERATION, str(now))
        audit.append(database, [*self._before(unlocked, seen, now), self._sign_in(unlocked)])
        # No other key is on its way to the database while somebody is in it.
        keyfile.keep_only(unlocked.folder, unlocked.ring)

    def unreadable(self, file: Path, error: LogbookError) -> LogbookError | None:
        """What is really the matter with a database; None where ``error`` says it already."""
        if self.unlocked is None:
            return keys_missing(file) if isinstance(error, NotALogbook) else None
        if isinstance(error, CannotWrite) and not self._is_broken(self.unlocked, file, error):
            return None
        if self._was_changed(self.unlocked, file):
            return key_changed(self.unlocked.folder)
        if self.unlocked.belongs_to(file):
            return EncryptedDamaged(
                say("{file} is damaged; the keys are right.", file=file),
                say("Keep the folder as it is and restore the last backup."),
            )
        return keys_of_another(file)

    def _was_changed(self, unlocked: Unlocked, file: Path) -> bool:
        """Whether there are keys now that fit the database better than those in memory."""
        head = head_of(file)
        with suppress(LogbookError):
            return head not in {unlocked.key.salt, *unlocked.ring.former} and any(
                ring.salt == head for ring in keyfile.read(unlocked.folder).best.rings
            )
        return False

    def _is_broken(self, unlocked: Unlocked, file: Path, error: LogbookError) -> bool:
        """Whether what looks like a failing disk is a page that was changed.

        In a transaction the engine calls both a failed input or output.
        """
        if "disk i/o error" not in sqlite_errors.said_by(error):
            return False
        with suppress(LogbookError):
            return sqlite.has_broken_pages(file, unlocked.key_of(file).passphrase)
        return False

    def tell_failed(self, database: Engine) -> None:
        """Bring failed sign-ins into the audit, each of them once."""
        if self.unlocked is None:
            return
        attempts = Attempts(self.unlocked.folder)
        failed = attempts.untold(self.unlocked.journals())
        if not failed:
            return
        with database.atomic("IMMEDIATE"):
            self._tell(database, failed)
        # In this order: what is told twice is found by its id, what is lost is lost.
        attempts.told(failed)

    def _tell(self, database: Engine, failed: list[Failed]) -> None:
        known = AuditEntry.select(AuditEntry.subject_id).where(
            AuditEntry.subject_id.in_([one.id for one in failed])
        )
        told = {row[0] for row in known.tuples().execute(database)}
        events = [_event(one) for one in failed if one.id not in told]
        if events:
            audit.append(database, events)

    def _before(self, unlocked: Unlocked, seen: int, now: int) -> Iterator[Event]:
        if seen and now != seen:
            yield Event(
                unlocked.slot.name,
                Action.KEYS,
                Subject.LOGBOOK,
                reason=f"The keys are of generation {now}; the last known was {seen}.",
            )
        if unlocked.mended:
            said = f"{unlocked.mended} was damaged or missing; it was written anew."
            yield Event(unlocked.slot.name, Action.KEYS, Subject.LOGBOOK, reason=said)

    def _sign_in(self, unlocked: Unlocked) -> Event:
        return Event(
            unlocked.slot.name,
            Action.SIGN_IN,
            Subject.LOGBOOK,
            reason=f"Role: {unlocked.slot.role.english}.",
        )

    def _read_again(self, unlocked: Unlocked) -> None:
        """Somebody changed users or roles while this logbook was open."""
        ring = unlocked.read_again()
        self.unlocked = unlocked.with_ring(ring)
        self._is_closed = ring.slot(unlocked.slot.id) is None


def _event(failed: Failed) -> Event:
    said = f"At {failed.at}"
    said += f", as {failed.name}." if failed.name else "; what else was written down is lost."
    return Event(
        failed.account, Action.SIGN_IN_FAILED, Subject.LOGBOOK, subject_id=failed.id, reason=said
    )
