# SPDX-License-Identifier: MIT
"""Turns what a server says of the world into sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import peewee
import psycopg
from psycopg import errors

from models.address import Address, no_address
from models.errors import (
    AnswerLost,
    CannotWrite,
    LogbookBusy,
    LogbookDamaged,
    LogbookError,
    PasswordWanted,
    ServerAway,
    ServerRefuses,
)
from models.speech import say


class Unanswered(peewee.OperationalError):
    """The connection was lost while a transaction was being committed.

    Attributes:
        number: that of the transaction.
    """

    def __init__(self, number: str) -> None:
        super().__init__(say("nothing is known of transaction {number}", number=number))
        self.number = number


OLDEST = 15_00_00
"""The oldest version of a server that is worked with, as servers count it."""
_A_MAJOR = 1_00_00


class OldServer(peewee.OperationalError):
    """A server is older than what the program was tried with.

    Attributes:
        version: its version, as servers count it.
    """

    def __init__(self, version: int) -> None:
        super().__init__(
            say("version {version} is older than {oldest}", version=version, oldest=OLDEST)
        )
        self.version = version


ENCODING = "UTF8"
"""The one in which every letter of a name can be kept."""


class OtherEncoding(peewee.OperationalError):
    """A database keeps its text in an encoding that lacks letters.

    Attributes:
        encoding: by the name that servers have for it.
    """

    def __init__(self, encoding: str) -> None:
        super().__init__(encoding)
        self.encoding = encoding


class SharedConnections(peewee.OperationalError):
    """Between here and the server is a pool that keeps no connection for anybody."""


_NO_ADDRESS = re.compile(
    r"(?:invalid (?:\w+ value|port number)|bad value for|definition of service|Servname) ?.*"
)
"""What the driver says of an address before it asks any server."""


@contextmanager
def plain_errors(address: Address) -> Iterator[None]:
    """Turn what the server at ``address`` says of the world into sentences.

    Errors that are bugs of ours (wrong SQL, broken constraints) pass through unchanged.
    """
    try:
        yield
    except (peewee.DatabaseError, peewee.InterfaceError, psycopg.Error) as error:
        if isinstance(error, Unanswered):
            raise _unknown(address, error.number) from error
        if isinstance(error, OldServer):
            raise _too_old(address, error.version) from error
        if isinstance(error, OtherEncoding):
            raise _other_encoding(address, error.encoding) from error
        if isinstance(error, SharedConnections):
            raise _shared(address) from error
        translated = _translate(_first(error), address)
        if translated is None:
            raise
        raise translated from error


def _first(error: BaseException) -> BaseException:
    """What psycopg raised, beneath what peewee made of it."""
    while not isinstance(error, psycopg.Error) and error.__context__ is not None:
        error = error.__context__
    return error


def _translate(error: BaseException, address: Address) -> LogbookError | None:
    match error:
        case errors.InsufficientPrivilege() | errors.ReadOnlySqlTransaction():
            return ServerRefuses(
                say(
                    "The account {user} may not do that at {address}.",
                    user=address.user or say("that you use"),
                    address=address,
                ),
                say("Ask whoever looks after the server."),
            )
        case errors.InvalidAuthorizationSpecification() | errors.InvalidPassword():
            return _refused(address)
        case errors.InvalidCatalogName():
            return ServerRefuses(
                say("The server has no database {address}.", address=address.name),
                say("Check the address, or have the database made."),
            )
        case errors.LockNotAvailable() | errors.DeadlockDetected():
            return LogbookBusy(
                say("Somebody else is writing to {address} and did not let go.", address=address),
                say("Try again in a moment."),
            )
        case errors.DiskFull() | errors.ConfigurationLimitExceeded():
            return CannotWrite(
                say(
                    "The server of {address} has no room left; nothing was saved.", address=address
                ),
                say("Tell whoever looks after the server."),
            )
        case errors.DataCorrupted() | errors.IndexCorrupted():
            return LogbookDamaged(
                say("The server says that {address} is damaged.", address=address),
                say("Tell whoever looks after the server."),
            )
        case errors.QueryCanceled():
            return ServerRefuses(
                say(
                    "The server of {address} stopped it: it took longer than is allowed there, "
                    "or somebody stopped it there.",
                    address=address,
                ),
                say("Ask whoever looks after the server."),
            )
        case psycopg.OperationalError() | psycopg.InterfaceError():
            return _away(str(error), address)
        case psycopg.ProgrammingError(sqlstate=None) if why := _NO_ADDRESS.search(str(error)):
            return no_address(address.uri, why[0])
    return None


def _away(said: str, address: Address) -> LogbookError:
    # Before there is a connection, psycopg tells all failures by words alone.
    if why := _NO_ADDRESS.search(said):
        return no_address(address.uri, why[0])
    if "not permitted to log in" in said:
        return ServerRefuses(
            say(
                "The account {user} is locked at the server of {address}.",
                user=address.user or say("that you use"),
                address=address,
            ),
            say("Ask whoever looks after the server."),
        )
    is_unknown = "role" in said and "does not exist" in said
    if is_unknown or "authentication failed" in said or "no password supplied" in said:
        return _refused(address)
    if "certificate" in said or "SSL error" in said:
        return ServerRefuses(
            say(
                "The server of {address} cannot show that it is the one that was meant: "
                "{last_line}.",
                address=address,
                last_line=_last_line(said),
            ),
            say(
                "Ask whoever looks after the server for its certificate, and name its file "
                "by sslrootcert behind the address."
            ),
        )
    if "no encryption" in said or "does not support SSL" in said:
        return ServerRefuses(
            say(
                "The server of {address} and the address want different connections, one "
                "of them encrypted.",
                address=address,
            ),
            say("Ask whoever looks after the server what sslmode behind the address has to be."),
        )
    closed = ("permission denied for database", "pg_hba.conf", "not currently accepting")
    if any(words in said for words in closed):
        return ServerRefuses(
            say(
                "The server does not let {user} into the database {address} from this computer.",
                user=address.user or say("your account"),
                address=address.name,
            ),
            say("Ask whoever looks after the server."),
        )
    if "does not exist" in said and "database" in said:
        return ServerRefuses(
            say("The server has no database {address}.", address=address.name),
            say("Check the address, or have the database made."),
        )
    if "too many connections" in said or "too many clients" in said or "slots are" in said:
        return ServerAway(
            say("The server of {address} lets no more connections in.", address=address),
            say("Wait until somebody has left, or ask whoever looks after the server."),
        )
    return ServerAway(
        say("The server of {address} does not answer.", address=address),
        say("Check the network and the address; what was saved before is safe there."),
    )


def _last_line(said: str) -> str:
    """What the driver says of why, without where."""
    return said.strip().splitlines()[0].rpartition("failed: ")[2].rstrip(".")


def _too_old(address: Address, version: int) -> ServerRefuses:
    return ServerRefuses(
        say(
            "The server of {address} is PostgreSQL {version}, and Kypholog needs {oldest} "
            "or later.",
            address=address,
            version=version // _A_MAJOR,
            oldest=OLDEST // _A_MAJOR,
        ),
        say("Ask whoever looks after the server for a newer one."),
    )


def _other_encoding(address: Address, encoding: str) -> ServerRefuses:
    return ServerRefuses(
        say(
            "The database {address} keeps its text as {encoding}, in which not every letter can "
            "be kept.",
            address=address.name,
            encoding=encoding,
        ),
        say("Have a database made with the encoding {encoding}.", encoding=ENCODING),
    )


def _shared(address: Address) -> ServerRefuses:
    return ServerRefuses(
        say(
            "Between this computer and the server of {address} there is a pool that gives every "
            "transaction another connection, so what others write would not be heard.",
            address=address,
        ),
        say(
            "Ask whoever looks after the server for an address without the pool, or for one "
            "that keeps a connection for the whole session (pool_mode = session)."
        ),
    )


def _unknown(address: Address, number: str) -> AnswerLost:
    return AnswerLost(
        say(
            "The connection to {address} was lost while it was saving, so it is not known "
            "whether that is saved.",
            address=address,
        ),
        say("Look whether it is there before you enter it again."),
        number,
    )


def _refused(address: Address) -> PasswordWanted:
    return PasswordWanted(
        say(
            "The server did not let {user} in at {address}.",
            user=address.user or say("your account"),
            address=address,
        ),
        say("Check the name in the address and the password."),
    )
