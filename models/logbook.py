# SPDX-License-Identifier: MIT
"""A logbook: a folder with its database. Create it, open it, bring it up to date, close it."""

from __future__ import annotations

import getpass
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Self

import peewee

from models import audit, form, head_mark, unfinished
from models.access import (
    ATTEMPTS_NAME,
    Door,
    Founding,
    Right,
    Unlocked,
    is_encrypted,
    keyfile,
)
from models.access.unlocking import sign_in_needed
from models.address import Address, Place
from models.audit import Action, Event, Subject
from models.engines import sqlite, sqlite_errors, swapping
from models.engines.engine import Engine
from models.errors import CannotWrite, NotALogbook
from models.folder import cannot_make, is_there, something_else
from models.link import Link
from models.own_notes import read_note
from models.presence import Present, Visitor, naming, refuse_company, refuse_elsewhere, waits_for
from models.shelter import Shelter
from models.speech import say
from models.turns import Turns

DATABASE_NAME = "logbook.db"
FOLDER_SUFFIX = ".kypholog"


class Logbook:
    """An open logbook.

    The thread that opens it has a connection until ``close``; any other thread works inside
    ``session()`` and has one of its own there.

    Attributes:
        place: where it lies: a folder, or the address of a server.
        database: the peewee database; tables are not bound to it, so queries name it.
        user: who is working, as the audit will say.
        door: who that is where the logbook is encrypted, and what he may do.
        turns: what it wrote itself, and how long it waits for others.
        present: that it is open here, for others to see; None where nobody is told.
        has_files: whether it lies in a folder; otherwise it is a ``ServedLogbook``.
        link: whether its server answers; None where there is none.
        shelter: keeps drafts on this computer while a server is away; None where none is needed.
    """

    has_files = True
    shelter: Shelter | None = None
    link: Link | None = None

    def __init__(
        self,
        place: Place,
        database: Engine,
        user: str,
        door: Door | None = None,
    ) -> None:
        self.place = place
        self.database = database
        self.door = door or Door()
        self.turns = Turns()
        self.present: Present | None = None
        self.user = self.door.user or user or current_user()

    @classmethod
    def create(cls, folder: Path, user: str = "", founding: Founding | None = None) -> Self:
        """Make a new logbook in ``folder``, which may exist but must hold no logbook.

        With ``founding`` it is encrypted, and these are its keys.

        Raises:
            CannotWrite: the folder cannot be made or written, or holds a logbook already. What
                was begun is removed again.
        """
        file = folder / DATABASE_NAME
        unfinished.set_aside(file)
        if is_there(file):
            holds = say("{folder} already holds a logbook.", folder=folder)
            raise CannotWrite(holds, say("Open it instead."))
        if keyfile.are_there(folder):
            raise CannotWrite(
                say("{folder} holds the keys of an encrypted logbook.", folder=folder),
                say("Choose another folder; without these keys its backups cannot be opened."),
            )
        existed = folder.exists()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            unfinished.begin(file)
        except OSError as error:
            raise cannot_make(folder, error) from error
        unlocked = founding.unlocked if founding is not None else None
        passphrase = unlocked.key.passphrase if unlocked is not None else ""
        logbook = cls(
            folder, sqlite.open_database(file, passphrase=passphrase), user, Door(unlocked)
        )
        with ExitStack() as unless_made:
            unless_made.callback(logbook.discard, remove_folder=not existed)
            if unlocked is not None:
                keyfile.write(folder, unlocked.keys)
            with logbook._errors():
                logbook.database.connect()
                logbook.database.keep_to_file()
                logbook.database.prepare_new()
                form.bring_up_to_date(logbook)
                logbook._let_in()
            unfinished.end(file)
            unless_made.pop_all()
        return logbook

    @classmethod
    def open(cls, folder: Path, user: str = "", unlocked: Unlocked | None = None) -> Self:
        """Open the logbook in ``folder`` and bring its tables up to date.

        ``unlocked`` comes from ``models.access.unlock``; then it says who the user is.

        Raises:
            SignInNeeded: it is encrypted, and ``unlocked`` is not given.
            EncryptedDamaged, KeysOfAnother, KeysOutdated: the database and its keys do not fit.
            NotALogbook: nothing there, or something else.
            NewerLogbook: a later version of the program wrote it.
            LogbookBusy, CannotWrite, LogbookDamaged: as their names say. Nothing is changed.
        """
        file = folder / DATABASE_NAME
        if not is_there(file):
            raise NotALogbook(
                say("There is no logbook in {folder}.", folder=folder),
                say(
                    "Choose a folder that holds a {db}, or create a new logbook.", db=DATABASE_NAME
                ),
            )
        sqlite_errors.refuse_no_files(file)
        if unlocked is None and is_encrypted(file):
            raise sign_in_needed(folder)
        passphrase = unlocked.key_of(file).passphrase if unlocked is not None else ""
        database = sqlite.open_database(file, passphrase=passphrase, is_there=True)
        logbook = cls(folder, database, user, Door(unlocked))
        with ExitStack() as unless_open:
            unless_open.callback(logbook.close)
            with unfinished.told(file), logbook._errors():
                logbook.database.connect()
                if not logbook.database.is_marked():
                    raise something_else(file)
                swapping.tidy(logbook.database, file)
                swapping.forget_unreplaced(file)
                form.bring_up_to_date(logbook)
                logbook._let_in()
            unfinished.end(file)
            unless_open.pop_all()
        return logbook

    @classmethod
    def open_copy(cls, folder: Path, passphrase: str = "") -> Self:
        """Open a copy that is read and thrown away, and bring its tables up to date.

        Nobody signs in to it, and no backup of it is made.

        Raises:
            NotALogbook, NewerLogbook, LogbookDamaged, CannotWrite: as ``open``.
        """
        file = folder / DATABASE_NAME
        logbook = cls(folder, sqlite.open_database(file, passphrase=passphrase, is_there=True), "")
        with ExitStack() as unless_open:
            unless_open.callback(logbook.close)
            with logbook._errors():
                logbook.database.connect()
                if is_logbook := logbook.database.is_marked():
                    form.bring_up_to_date(logbook, keeps=False)
            if not is_logbook:
                raise something_else(file)
            unless_open.pop_all()
        return logbook

    @classmethod
    def open_or_create(cls, folder: Path, user: str = "") -> Self:
        """Open the logbook in ``folder``, or make one where there is none."""
        if is_there(folder / DATABASE_NAME):
            return cls.open(folder, user)
        return cls.create(folder, user)

    @property
    def name(self) -> str:
        """The logbook's name: its folder without the ending."""
        return self.folder.name.removesuffix(FOLDER_SUFFIX)

    @property
    def folder(self) -> Path:
        """The folder that holds its files."""
        assert isinstance(self.place, Path)
        return self.place

    @property
    def is_encrypted(self) -> bool:
        """Whether everything in it is encrypted on the disk."""
        return self.door.unlocked is not None

    @property
    def file(self) -> Path:
        """The database file."""
        return self.folder / DATABASE_NAME

    @property
    def where(self) -> Path | Address:
        """What sentences about the database name."""
        return self.file

    def keep_before(self) -> str:
        """Copy what it holds before its form is changed; what the audit says of the copy.

        Raises:
            LogbookBusy: somebody works with it in the old form.
        """
        from models.copies.kept import Reason
        from models.copies.writing import Source, write_copy

        refuse_company(self.folder, lambda: form.is_newest(self))
        passphrase = self.passphrase_of(self.file)
        source = Source(self.folder, self.database, self.user, passphrase)
        return write_copy(source, Reason.MIGRATION).told()

    def keep_open(self) -> None:
        """Hold a connection in this thread, so that closing others does not end the journal."""
        with self._errors():
            self._connect()
            self.database.hold()

    def arrive(self) -> None:
        """Tell others who work with the logbook that it is open here, until ``leave``.

        Raises:
            LogbookBusy: it lies where only one computer may have it open, and another one has.
        """
        self.present = Present(self.folder, self.user)
        with ExitStack() as unless_refused:
            unless_refused.callback(self.leave)
            refuse_elsewhere(self.folder, self.present)
            unless_refused.pop_all()

    def leave(self) -> None:
        """It is not open here any more."""
        if self.present is not None:
            self.present.leave()
            self.present = None

    def hang_up(self, after_s: float = float("inf")) -> None:
        """Nobody waits any more for what is under way; a disk ends it soon enough by itself."""

    def has_saved(self, number: str) -> bool:
        """Whether this transaction was committed, see ``AnswerLost``; of a disk none is asked for.

        Raises:
            ServerAway: nobody can be asked.
        """
        return False

    def holder(self) -> Visitor | None:
        """Who is writing just now, where that is known."""
        return waits_for(self.file, self.present) if self.present is not None else None

    def close(self) -> None:
        """Let go of this thread's connection."""
        if not self.database.is_closed():
            self.database.close()

    def sign_out(self, why: str = "") -> None:
        """Write into the audit that whoever signed in is leaving; nothing where nobody did.

        Raises:
            LogbookBusy, CannotWrite: it cannot be written down. Nobody is kept from leaving by it.
        """
        if self.door.unlocked is not None:
            event = Event(self.user, Action.SIGN_OUT, Subject.LOGBOOK, reason=why)
            with self.transaction(Right.LOOK):
                audit.append(self.database, [event])

    def discard(self, *, remove_folder: bool) -> None:
        """Close the logbook and remove its files: one that was made just now, and for nothing."""
        self.close()
        for suffix in ("", *sqlite_errors.JOURNALS):
            (self.folder / (DATABASE_NAME + suffix)).unlink(missing_ok=True)
        unfinished.end(self.file)
        head_mark.forget(self.file)
        if self.is_encrypted:
            keyfile.remove(self.folder)
            (self.folder / ATTEMPTS_NAME).unlink(missing_ok=True)
        if remove_folder and self.folder.is_dir() and not any(self.folder.iterdir()):
            self.folder.rmdir()

    @contextmanager
    def session(self) -> Iterator[None]:
        """A connection for this thread; what the database says of the world becomes sentences."""
        with self._errors():
            opened = self._connect()
            try:
                yield
            finally:
                if opened:
                    self.database.close()

    def _connect(self) -> bool:
        """Have a connection in this thread; whether it was made just now."""
        return bool(self.database.connect(reuse_if_open=True))

    @contextmanager
    def transaction(self, right: Right = Right.ENTER) -> Iterator[None]:
        """All or nothing, and on the disk when it ends. The writer's lock is taken at once.

        Everything that changes the logbook comes through here, and ``right`` is what it needs.

        Raises:
            NotAllowed: the role of the user does not go that far.
        """
        self.door.demand(right)
        with self.session():
            with self.door.let_through(self.database), self.turns.turn(self.database):
                self.door.look_again(self.database, right)
                yield
            if not self.database.in_transaction():
                self._remember_end()

    def _remember_end(self) -> None:
        head_mark.keep(self.database, self.file)

    def loss(self) -> str:
        """That entries of the audit are missing which were on the disk; "" for none."""
        return head_mark.loss(self.database, self.file)

    def passphrase_of(self, file: Path) -> str:
        """What opens a database of this logbook, itself or a backup; "" for one in plain."""
        unlocked = self.door.unlocked
        return "" if unlocked is None else unlocked.passphrase_of(file)

    def opened_like(self, folder: Path) -> Self:
        """Another logbook, opened by whoever has opened this one: a restored backup."""
        unlocked = self.door.unlocked
        here = None if unlocked is None else unlocked.moved_to(folder)
        return self.open(folder, self.user, here)

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            with naming(self.file, self.present), self.database.plain_errors(self.place):
                yield
        except (NotALogbook, CannotWrite) as error:
            unreadable = self.door.unreadable(self.file, error)
            if unreadable is None:
                raise
            raise unreadable from error
        except (peewee.DatabaseError, sqlite_errors.BareError) as error:
            if sqlite_errors.was_fenced(error):
                self.door.demand(Right.ENTER)
            raise

    def _let_in(self) -> None:
        """Whoever opened an encrypted logbook is in its audit before he sees anything of it."""
        if self.door.unlocked is not None:
            with self.database.atomic("IMMEDIATE"):
                self.door.arrive(self.database)
            self.door.tell_failed(self.database)
            self.door.guard(self.database)

    def form(self) -> str:
        """The form of the tables, which is the name of the last migration that they went through.

        Raises:
            NewerLogbook: a newer program has given them one that this program does not know.
        """
        return max(form.applied(self))

    def is_behind(self) -> bool:
        """Whether an older program worked out what is kept beside the record; see ``catchup``.

        Nobody should work with such a logbook before that was brought up to date.
        """
        with self.session():
            return read_note(self.database, form.DERIVED_FOR) != self.form()


def current_user() -> str:
    """Name of the account that runs the program."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"
