# SPDX-License-Identifier: MIT
"""What a screen reader knows of the program: objects with a role, a name, and what they can do.

Nothing here knows Qt; all is asked over AT-SPI. Names of roles and states are AT-SPI's own.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar, cast

from tests.acceptance.reader.bus import Bus, BusError

REGISTRY = ("org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root")
PATIENCE_S = 60.0
_MOMENT_S = 0.05
_DOORS = "org.a11y.atspi."
_ASKS = "org.freedesktop.DBus.Properties"
_SHOWING = 25
"""The bit of AtspiStateType that says that something is in sight."""

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Accessible:
    """One object of the program.

    Attributes:
        whom: who has it, and under which path.
    """

    bus: Bus
    whom: tuple[str, str]

    @property
    def name(self) -> str:
        """What it is called."""
        return str(self._property("Accessible", "Name"))

    @property
    def description(self) -> str:
        """What else is said of it."""
        return str(self._property("Accessible", "Description"))

    @property
    def role(self) -> str:
        """What it is, such as ``push button``."""
        return str(self._call("Accessible", "GetRoleName"))

    @property
    def actions(self) -> list[str]:
        """What can be done with it, by AT-SPI's names."""
        count = cast("int", self._property("Action", "NActions"))
        return [str(self._call("Action", "GetName", "i", place)) for place in range(count)]

    @property
    def text(self) -> str:
        """What stands in it."""
        return str(self._call("Text", "GetText", "ii", 0, -1))

    def children(self) -> list[Accessible]:
        """What is in it; nothing where it went away meanwhile."""
        try:
            told = self._call("Accessible", "GetChildren")
        except BusError:
            return []
        return [Accessible(self.bus, whom) for whom in cast("list[tuple[str, str]]", told)]

    def walk(self) -> Iterator[Accessible]:
        """Itself and all that is in it and in sight, in the order of reading."""
        yield self
        for child in self.children():
            if child.is_in_sight():
                yield from child.walk()

    def is_in_sight(self) -> bool:
        """Whether it is shown."""
        try:
            words = cast("list[int]", self._call("Accessible", "GetState"))
        except BusError:
            return False
        return bool(words[0] >> _SHOWING & 1)

    def find(self, role: str, name: str) -> Accessible:
        """The first in it of a role and a name, as soon as it is in sight.

        What follows a comma or a colon, such as a unit, does not count as name.

        Raises:
            TimeoutError: there is none.
        """
        return until(lambda: self._look(role, name), f"{role} {name!r}")

    def _look(self, role: str, name: str) -> Accessible | None:
        return next((one for one in self.walk() if one.fits(role, name)), None)

    def fits(self, role: str, name: str) -> bool:
        """Whether it has this role and name."""
        try:
            return re.split("[,:] ", self.name)[0] == name and self.role == role
        except BusError:
            return False

    def do(self, action: str) -> None:
        """Do one of its actions.

        Raises:
            ValueError: it has no such action.
        """
        self._call("Action", "DoAction", "i", self.actions.index(action))

    def write(self, text: str) -> None:
        """Put a text in place of what stands in it."""
        if not self._call("EditableText", "SetTextContents", "s", text):
            raise BusError(f"{self.name} takes no text.")

    def focus(self) -> None:
        """Give it the keyboard."""
        self._call("Component", "GrabFocus")

    def _call(self, door: str, what: str, signature: str = "", *given: object) -> object:
        return self.bus.call(self.whom, f"{_DOORS}{door}", what, signature, *given)

    def _property(self, door: str, name: str) -> object:
        return self.bus.call(self.whom, _ASKS, "Get", "ss", f"{_DOORS}{door}", name)


def until(look: Callable[[], Found | None], what: str) -> Found:
    """What comes of looking again and again.

    Raises:
        TimeoutError: nothing does.
    """
    patience = time.monotonic() + PATIENCE_S
    while (found := look()) is None:
        if time.monotonic() > patience:
            raise TimeoutError(f"No {what} came.")
        time.sleep(_MOMENT_S)
    return found
