# SPDX-License-Identifier: MIT
"""Who works with a logbook that a server keeps, and how far that goes: its accounts say so.

An account that may only read the tables is a reader. One that may add to the record enters cases.
One that may also note that the tables have a new form looks after the logbook. The server itself
refuses what an account may not write; between the last two it is the program that tells them apart.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from models.access.door import Door
from models.access.rights import Right, demand, has
from models.engines.engine import Engine
from models.errors import LogbookError
from models.speech import say
from models.vocabulary import Role


@dataclass(frozen=True, slots=True)
class Account:
    """An account of the server, by the name that the audit gives it."""

    name: str
    role: Role


class ServerDoor(Door):
    """Lets through what the server lets the account do.

    Args:
        ask: asks the server who works with it, and what the account may do.
    """

    is_of_server = True

    def __init__(self, ask: Callable[[], Account]) -> None:
        super().__init__()
        self._ask = ask
        self._account = Account("", Role.READER)

    @property
    def role(self) -> Role:
        """What the account may do, as far as is known."""
        return self._account.role

    @property
    def user(self) -> str:
        """The account."""
        return self._account.name

    def look_around(self) -> None:
        """Ask the server anew; where it does not answer, what was known stays."""
        with suppress(LogbookError):
            self.read()

    def read(self) -> None:
        """Ask the server.

        Raises:
            LogbookError: it does not answer.
        """
        self._account = self._ask()

    def demand(self, right: Right) -> None:
        """Let through who may; who may not by what is known may by what the server says now.

        Raises:
            NotAllowed: the account does not go that far.
        """
        if not has(self.role, right):
            self.look_around()
        demand(self.role, right, say("Ask whoever looks after the server."))

    def look_again(self, database: Engine, right: Right) -> None:
        """Nothing: the server looks at every statement by itself."""

    def guard(self, database: Engine) -> None:
        """Nothing, for the same reason."""

    def unreadable(self, file: Path, error: LogbookError) -> LogbookError | None:
        """Nothing more is known of what the server says."""
        return None
