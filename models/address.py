# SPDX-License-Identifier: MIT
"""Where a logbook lies that is kept by a PostgreSQL server."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from models.errors import LogbookError, OnServer
from models.quick import dataclass
from models.speech import say

_SCHEMES = frozenset({"postgresql", "postgres"})
_PORT = "5432"
"""Where a server listens of which nothing else is said."""
_SECRETS = frozenset({"password", "sslpassword"})
_SECRET = re.compile(r"(://[^:/@]*):.*@", re.DOTALL)
"""A password behind an account, though it be none that an address can have."""


@dataclass(frozen=True, slots=True)
class Address:
    """An address such as ``postgresql://anna@server/spine``.

    Attributes:
        uri: as psycopg takes it.
    """

    uri: str

    @classmethod
    def read(cls, text: str) -> Address:
        """The address that ``text`` is.

        Raises:
            LogbookError: it is none of a PostgreSQL server, or holds a password.
        """
        try:
            parts = urlsplit(text)
            has_secret = _has_secret(parts)
        except ValueError as error:
            raise no_address(text, str(error)) from error
        if parts.scheme not in _SCHEMES:
            raise LogbookError(
                say("{text} is no address of a PostgreSQL server.", text=_without_secret(text)),
                _CURE,
            )
        if has_secret:
            raise LogbookError(
                say("An address must not hold a password, because others can read it."),
                say("Leave it out; it is asked for, or read from --password-file."),
            )
        if not parts.path.strip("/"):
            raise LogbookError(say("{text} names no database.", text=text), _CURE)
        return cls(text)

    @property
    def name(self) -> str:
        """The name of the database."""
        return unquote(urlsplit(self.uri).path.strip("/"))

    @property
    def user(self) -> str:
        """The account on the server; "" where the address names none."""
        return unquote(urlsplit(self.uri).username or "")

    @property
    def host(self) -> str:
        """The server; "" for one on this computer that is not reached over the network."""
        parts = urlsplit(self.uri)
        named = parts.hostname or next(iter(parse_qs(parts.query).get("host", ())), "")
        return "" if named.startswith("/") else named

    def same_as(self, other: Address) -> bool:
        """Whether both lead to the same database, whoever asks for it."""
        return self._leads_to() == other._leads_to()

    def _leads_to(self) -> tuple[str, str, str]:
        parts = urlsplit(self.uri)
        asked = parse_qs(parts.query)
        host = parts.hostname or next(iter(asked.get("host", ())), "") or "localhost"
        port = _port(parts) or next(iter(asked.get("port", ())), _PORT)
        return host.casefold(), port, self.name

    @property
    def shown(self) -> str:
        """The database and its server in a few words, for a place that is narrow."""
        return say("{name} on {host}", name=self.name, host=self.host) if self.host else self.name

    def no_folder(self) -> OnServer:
        """That there is none, for what needs one."""
        return OnServer(
            say(
                "{value} is kept by a server, which looks after its files, backups and users.",
                value=self,
            ),
            say("To take a copy along, use the command copy or export a data package."),
        )

    def __str__(self) -> str:
        """The address without what only the driver has to know."""
        parts = urlsplit(self.uri)
        # Where no server is named, urlunsplit leaves out the slashes.
        return f"{parts.scheme}://{parts.netloc}{parts.path}"


def _has_secret(parts: SplitResult) -> bool:
    asked = parse_qs(parts.query, keep_blank_values=True)
    # Some signs in a password end the place of the server before they do, as urlsplit sees it.
    behind = parts.path if _port(parts).isdigit() else f"{parts.path}{parts.query}{parts.fragment}"
    has_colon = ":" in parts.netloc.rpartition("]")[2]
    is_torn = has_colon and "@" not in parts.netloc and "@" in behind
    return bool(parts.password) or is_torn or any(name.casefold() in _SECRETS for name in asked)


def _port(parts: SplitResult) -> str:
    """As it is written: several servers, of which one answers, have several."""
    return parts.netloc.rpartition("@")[2].rpartition("]")[2].partition(":")[2]


def _without_secret(text: str) -> str:
    return _SECRET.sub(r"\1:…@", text)


def no_address(text: str, why: str) -> LogbookError:
    """That ``text`` is no address, and why."""
    said = say(
        "{text} is no address: {error}.", text=_without_secret(text), error=why.strip().rstrip(".")
    )
    return LogbookError(said, _CURE)


def written(place: Place) -> str:
    """A place as ``read`` takes it back."""
    return place.uri if isinstance(place, Address) else str(place)


def read(text: str) -> Place:
    """The place that a text names: an address where it looks like one, or else a folder.

    Raises:
        LogbookError: as ``Address.read``.
    """
    return Address.read(text) if "://" in text else Path(text)


Place = Path | Address
"""Where a logbook lies: in a folder, or on a server."""

_CURE = say("Write it as postgresql://user@server/database.")
