# SPDX-License-Identifier: MIT
"""A logbook on a PostgreSQL server: make one, open one.

The server's own accounts say who may work with it, its administrator looks after its backups, and
its log of transactions is what keeps a saved case; all else is as in a logbook in a folder.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from models import form
from models.access.server_door import Account, ServerDoor
from models.address import Address
from models.engines.drivers import give_peewee_psycopg
from models.errors import CannotWrite, NotALogbook, NothingThere
from models.logbook import Logbook


class ServedLogbook(Logbook):
    """An open logbook that a server keeps.

    Attributes:
        address: of the server, with the database.
    """

    has_files = False

    def __init__(self, address: Address, password: str = "") -> None:
        give_peewee_psycopg()
        from models.engines.postgres.database import Database

        database = Database(address.uri, password)
        door = ServerDoor(self._account)
        super().__init__(address, database, address.user, door)
        self.address = address

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

    def _connect(self) -> bool:
        return bool(self.database.connect(reuse_if_open=True))

    @contextmanager
    def _errors(self) -> Iterator[None]:
        with self.database.plain_errors(self.address):
            yield


def create(address: Address, password: str = "") -> ServedLogbook:
    """Make a logbook in a database of the server that is still empty.

    Raises:
        CannotWrite: the database holds something already.
        ServerAway, ServerRefuses: as their names say.
    """
    logbook = ServedLogbook(address, password)
    try:
        logbook.keep_open()
        with logbook.session():
            if logbook.database.get_tables():
                raise CannotWrite(
                    f"{address} is not empty.", "Name a database that holds nothing else."
                )
            logbook.database.prepare_new()
            form.bring_up_to_date(logbook)
            logbook.begin()
    except BaseException:
        logbook.close()
        raise
    return logbook


def open_served(address: Address, password: str = "") -> ServedLogbook:
    """Open the logbook that a database of the server holds, and bring its tables up to date.

    Raises:
        NothingThere: the database is empty.
        NotALogbook: it holds something else.
        NewerLogbook: a later version of the program wrote it.
        ServerAway, ServerRefuses: as their names say.
    """
    logbook = ServedLogbook(address, password)
    try:
        logbook.keep_open()
        with logbook.session():
            if not logbook.database.is_marked():
                if not logbook.database.get_tables():
                    raise NothingThere(
                        f"The database {address} is empty.", "Fill it by sample or copy."
                    )
                raise NotALogbook(
                    f"{address} holds no logbook.",
                    "It holds something else. Name another database.",
                )
            form.bring_up_to_date(logbook)
            logbook.begin()
    except BaseException:
        logbook.close()
        raise
    return logbook


def open_or_create(address: Address, password: str = "") -> ServedLogbook:
    """Open the logbook in a database, or make one where the database is empty."""
    try:
        return open_served(address, password)
    except NothingThere:
        return create(address, password)
