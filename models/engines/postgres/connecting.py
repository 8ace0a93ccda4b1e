# SPDX-License-Identifier: MIT
"""How the program connects to a server, and by what others see that it is there.

A connection over which nothing comes any more is noticed within half a minute on both sides, so
that neither the window waits for a server that is gone nor the server for a window.
"""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict

from models.address import no_address

_MARK = "Kypholog"
WINDOW, WORK = "window", "work"
"""What a connection is for: that of an open window, or one that does its work."""

_SILENCE = {
    "connect_timeout": 10,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 15_000,
}
"""Seconds, and milliseconds for the last, after which nothing is expected any more."""

OF_THE_SERVER = {
    "tcp_keepalives_idle": 10,
    "tcp_keepalives_interval": 5,
    "tcp_keepalives_count": 3,
    # Otherwise an answer that does not arrive is sent for minutes, and the lock is held as long.
    "tcp_user_timeout": 15_000,
    # Whoever is gone holds up nobody who wants to write.
    "idle_in_transaction_session_timeout": 300_000,
}
"""What the server is to hold to on its side."""


@dataclass(frozen=True, slots=True)
class Caller:
    """What a connection of this program says of itself.

    Attributes:
        process, host: which program, and on which computer.
        since: when it began, in UTC.
    """

    process: int
    host: str
    since: datetime

    @classmethod
    def own(cls) -> Caller:
        """This program, as of now."""
        return cls(os.getpid(), platform.node(), datetime.now(UTC))

    def named(self, purpose: str) -> str:
        """As the server lists it: 63 letters at most, none of them special."""
        host = self.host.encode("ascii", "replace").decode()
        return f"{_MARK} {purpose} {self.since:%Y%m%dT%H%M%S} {self.process} {host}"[:63]

    @classmethod
    def read(cls, name: str) -> Caller | None:
        """The inverse of ``named``; None for what another program says."""
        parts = name.split(" ", 4)
        if len(parts) < 5 or parts[0] != _MARK or not parts[3].isdigit():
            return None
        try:
            since = datetime.strptime(parts[2], "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
        except ValueError:
            return None
        return cls(int(parts[3]), parts[4], since)


def listed_as(purpose: str) -> str:
    """How the names of all connections for this purpose begin."""
    return f"{_MARK} {purpose} "


def callers(rows: Iterable[Sequence[object]]) -> Iterator[tuple[str, Caller]]:
    """The accounts and programs of ours among what a server lists, by account and name."""
    for user, name in rows:
        caller = Caller.read(str(name or ""))
        if caller is not None:
            yield str(user), caller


def parameters(uri: str, password: str, caller: Caller, purpose: str) -> dict[str, Any]:
    """What psycopg needs beside the address, which has the last word on all but the encoding.

    Raises:
        LogbookError: psycopg cannot read the address.
    """
    said = said_in(uri)
    options = " ".join(f"-c {name}={value}" for name, value in OF_THE_SERVER.items())
    given: dict[str, Any] = {
        **{name: value for name, value in _SILENCE.items() if name not in said},
        "application_name": caller.named(purpose),
        # An account or a database may want another one, in which not every letter can be said.
        "client_encoding": "UTF8",
        "options": " ".join(filter(None, (options, str(said.get("options") or "")))),
    }
    return {**given, "password": password} if password else given


def said_in(uri: str) -> dict[str, Any]:
    """What stands in the address.

    Raises:
        LogbookError: psycopg cannot read it.
    """
    try:
        return conninfo_to_dict(uri)
    except psycopg.ProgrammingError as error:
        raise no_address(uri, str(error)) from error


def conninfo(uri: str) -> str:
    """The address under the one name of its kind that peewee knows."""
    return f"postgresql{uri[uri.index('://') :]}"
