# SPDX-License-Identifier: MIT
"""A logbook on a PostgreSQL server: make one, open one.

The server's own accounts say who may work with it, its administrator looks after its backups, and
its log of transactions is what keeps a saved case; all else is as in a logbook in a folder.
"""

from __future__ import annotations

import math
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from platformdirs import user_data_path

from models import form
from models.access import Right
from models.access.rights import has
from models.access.server_door import Account, ServerDoor
from models.address import Address
from models.engines.drivers import give_peewee_psycopg
from models.errors import (
    AnswerLost,
    CannotWrite,
    NotALogbook,
    NothingSaved,
    NothingThere,
    OlderForm,
    ServerAway,
    ServerRefuses,
)
from models.link import Cancelled, Link, pause, while_wanted
from models.logbook import Logbook
from models.own_notes import keep_note, read_note
from models.presence import Visitor
from models.shelter import Shelter
from models.speech import say

if TYPE_CHECKING:
    from models.engines.postgres.connecting import Caller
    from models.engines.postgres.listening import Ear

SHELTER_KEY = "shelter.key"
"""The note with the key of drafts that have to wait on a computer until the server answers."""

_LOOKING_S = 1.0
"""Seconds that work has to come to its end which changes nothing and which nobody wants."""


class ServedLogbook(Logbook):
    """An open logbook that a server keeps.

    Attributes:
        address: of the server, with the database.
        link: whether the server answers.
    """

    shelter: Shelter
    link: Link

    has_files = False

    def __init__(self, address: Address, password: str = "") -> None:
        give_peewee_psycopg()
        from models.engines.postgres.database import Database

        database = Database(address.uri, password)
        door = ServerDoor(self._account)
        super().__init__(address, database, address.user, door)
        self.address, self.link = address, Link()
        self._saving: set[int] = set()
        self.shelter = Shelter(None)

    @property
    def name(self) -> str:
        """The name of the database."""
        return self.address.name

    @property
    def folder(self) -> Path:
        """It has none.

        Raises:
            OnServer: always.
        """
        raise self.address.no_folder()

    @property
    def where(self) -> Address:
        """The address."""
        return self.address

    def begin(self) -> None:
        """Find out who works with it."""
        door = self.door
        assert isinstance(door, ServerDoor)
        door.read()
        self.user = door.user
        if has(door.role, Right.ENTER):
            self.shelter = Shelter(_folder_of(self.address, self.user), self._key())

    def _key(self) -> bytes:
        """What closes drafts on this computer; only who is let in by the server has it."""
        with self.session():
            known = read_note(self.database, SHELTER_KEY)
            if known is None:
                with self.transaction():
                    # Somebody else may have been quicker.
                    known = read_note(self.database, SHELTER_KEY) or secrets.token_hex(32)
                    keep_note(self.database, SHELTER_KEY, known)
        return bytes.fromhex(known)

    def _account(self) -> Account:
        with self.session():
            return Account(*self.database.account())

    def keep_before(self) -> str:
        """Nothing: copies are the business of the server."""
        return ""

    def arrive(self) -> None:
        """Nothing: the server knows who is there."""

    def loss(self) -> str:
        """Nothing that could be told from here: the server keeps its own log."""
        return ""

    def _remember_end(self) -> None:
        """Nothing, for the same reason."""

    def leave(self) -> None:
        """Let go of the connections that were kept for later."""
        self.forget_connections()

    def hang_up(self, after_s: float = math.inf) -> None:
        """Stop what is still asked of a server that may be silent; who asks hears that it is away.

        What only looks is stopped when nobody has wanted it for a second; what changes something
        has as long as the end of a save is looked for, and then the server is given up.

        Args:
            after_s: for how many seconds nobody has wanted to wait any more.
        """
        gives_up = after_s >= self.link.patience_s
        if gives_up:
            self.link.give_up()
        if gives_up or after_s >= _LOOKING_S:
            spared = () if gives_up else frozenset(self._saving)
            self.database.hang_up(also_changing=gives_up, spared=spared)

    def forget_connections(self) -> None:
        """Make new connections from now on; those that are at work go on."""
        self.database.close_idle()

    @property
    def caller(self) -> Caller:
        """What this program says of itself to the server."""
        caller: Caller = self.database.caller
        return caller

    def ear(self, wanted: Callable[[], bool]) -> Ear:
        """A connection that hears of news, as long as it is ``wanted``; see ``watching``."""
        ear: Ear = self.database.ear(wanted)
        return ear

    def holder(self) -> Visitor | None:
        """Who is writing just now, where that is known."""
        found = self.database.holder()
        if found is None:
            return None
        user, caller = found
        is_here = caller.host == self.caller.host
        return Visitor(user, caller.host, caller.process, caller.since, is_here)

    def plain_errors(self) -> AbstractContextManager[None]:
        """Turn what the server says of the world into sentences."""
        plain: AbstractContextManager[None] = self.database.plain_errors(self.address)
        return plain

    @contextmanager
    def transaction(self, right: Right = Right.ENTER) -> Iterator[None]:
        """As for any logbook; a save whose answer was lost is looked for before it is given up.

        Raises:
            AnswerLost: the server could not be asked in time whether it has saved.
            NothingSaved: it has not.
        """
        try:
            with self._saves(), super().transaction(right):
                yield
        except AnswerLost as lost:
            if not self._was_saved(lost):
                raise self._not_saved() from lost
            self.turns.keep_after_all()
        except NothingSaved:
            raise
        except ServerAway as error:
            raise NothingSaved.because(error) from error

    @contextmanager
    def _saves(self) -> Iterator[None]:
        """Meanwhile this thread changes something, also where it has no connection yet."""
        thread = threading.get_ident()
        is_first = thread not in self._saving
        self._saving.add(thread)
        try:
            yield
        finally:
            if is_first:
                self._saving.discard(thread)

    def _was_saved(self, lost: AnswerLost) -> bool:
        end = time.monotonic() + self.link.patience_s
        attempt = 0
        while True:
            try:
                return self.has_saved(lost.number)
            except ServerAway:
                left = end - time.monotonic()
                if left <= 0 or self.link.is_given_up:
                    raise lost from None
                if self.link.is_away:
                    self.link.wait(left)
                else:
                    time.sleep(min(pause(attempt), left))
                attempt += 1

    def has_saved(self, number: str) -> bool:
        """Whether the transaction of this number was committed; from then on that is certain.

        Raises:
            ServerAway: the server cannot be asked.
        """
        with self.session():
            return bool(self.database.has_committed(number))

    def _not_saved(self) -> NothingSaved:
        return NothingSaved(
            say(
                "The connection to {address} was lost, and nothing was saved.", address=self.address
            ),
            say("Save it once more."),
        )

    def _connect(self) -> bool:
        """Have a connection in this thread, a new one where it was lost; whether it had none."""
        if self.link.is_away:
            raise ServerAway(
                say("The server of {address} does not answer.", address=self.address),
                say("It is asked again by itself; what was saved before is safe there."),
            )
        had_none = bool(self.database.is_closed())
        self.database.connect(reuse_if_open=True)
        return had_none

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            with self.plain_errors():
                yield
        except ServerAway:
            self.link.lose()
            raise


def _folder_of(address: Address, user: str) -> Path:
    """Where drafts wait on this computer, apart for each account of each server."""
    name = sha256(f"{user}@{address.host}/{address.name}".encode()).hexdigest()[:32]
    return user_data_path("Kypholog", appauthor=False) / "waiting" / name


def create(
    address: Address, password: str = "", cancelled: Cancelled | None = None
) -> ServedLogbook:
    """Make a logbook in a database of the server that is still empty, unless it is ``cancelled``.

    Raises:
        CannotWrite: the database holds something already.
        ServerAway, ServerRefuses: as their names say.
    """
    logbook = ServedLogbook(address, password)
    with while_wanted(logbook.hang_up, cancelled), ExitStack() as unless_made:
        unless_made.callback(logbook.close)
        logbook.keep_open()
        with logbook.session():
            # All of it or nothing, so that what fails on the way can be done again.
            with logbook.database.atomic():
                if logbook.database.get_tables():
                    raise CannotWrite(
                        say("{address} is not empty.", address=address),
                        say("Name a database that holds nothing else."),
                    )
                logbook.database.prepare_new()
                form.bring_up_to_date(logbook)
            logbook.begin()
        unless_made.pop_all()
    return logbook


def open_served(
    address: Address, password: str = "", cancelled: Cancelled | None = None
) -> ServedLogbook:
    """Open the logbook that a database of the server holds, and bring its tables up to date.

    It is given up as soon as it is ``cancelled``.

    Raises:
        NothingThere: the database is empty.
        NotALogbook: it holds something else.
        NewerLogbook: a later version of the program wrote it.
        OlderForm: an earlier one did, and the account may not bring it up to date.
        ServerAway, ServerRefuses: as their names say.
    """
    logbook = ServedLogbook(address, password)
    with while_wanted(logbook.hang_up, cancelled), ExitStack() as unless_open:
        unless_open.callback(logbook.close)
        logbook.keep_open()
        with logbook.session():
            _refuse_what_is_none(logbook)
            _bring_up_to_date(logbook)
            logbook.begin()
        unless_open.pop_all()
    return logbook


def _bring_up_to_date(logbook: ServedLogbook) -> None:
    if form.is_newest(logbook):
        form.make_whole(logbook)
        return
    try:
        with logbook.plain_errors(), logbook.database.atomic():
            # What statements call may have become more as well.
            logbook.database.prepare_new()
            form.bring_up_to_date(logbook)
    except ServerRefuses as error:
        raise OlderForm(
            say("{address} was written by an older Kypholog.", address=logbook.address),
            say("Have it opened once with this version by the account that made it."),
        ) from error


def only_look(address: Address, password: str = "") -> ServedLogbook:
    """Open the logbook that a database of the server holds to read it; nothing is written there.

    Raises:
        OlderForm: its tables have not the form that this program works with.
        NothingThere, NotALogbook, NewerLogbook, ServerAway, ServerRefuses: as ``open_served``.
    """
    logbook = ServedLogbook(address, password)
    with ExitStack() as unless_open:
        unless_open.callback(logbook.close)
        logbook.keep_open()
        with logbook.session():
            _refuse_what_is_none(logbook)
            if not form.is_newest(logbook):
                raise OlderForm(
                    say("{address} was written by an older Kypholog.", address=address),
                    say("Open it once with this version, which brings it up to date."),
                )
        unless_open.pop_all()
    return logbook


def _refuse_what_is_none(logbook: ServedLogbook) -> None:
    """Only what a logbook was made in is worked with."""
    if logbook.database.is_marked():
        return
    if not logbook.database.get_tables():
        raise NothingThere(
            say("The database {address} is empty.", address=logbook.address),
            say("Fill it by create, sample or copy."),
        )
    raise NotALogbook(
        say("{address} holds no logbook.", address=logbook.address),
        say("It holds something else. Name another database."),
    )


def open_or_create(address: Address, password: str = "") -> ServedLogbook:
    """Open the logbook in a database, or make one where the database is empty."""
    try:
        return open_served(address, password)
    except NothingThere:
        return create(address, password)
