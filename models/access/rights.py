# SPDX-License-Identifier: MIT
"""What the roles may do: three rights, each of which holds those before it."""

from __future__ import annotations

from enum import StrEnum

from models.access.errors import NotAllowed
from models.speech import say
from models.vocabulary import Role


class Right(StrEnum):
    """What something needs.

    ``LOOK``: to look at the record, and what only leaves a trace in the audit: printing and
    exporting; also what the program itself keeps up to date. ``ENTER``: to change the record.
    ``ADMINISTER``: to change what holds for everybody: settings, the visit plan, users, keys.
    """

    LOOK = "look"
    ENTER = "enter"
    ADMINISTER = "administer"


_LEAST = {Right.LOOK: Role.READER, Right.ENTER: Role.ENTRY, Right.ADMINISTER: Role.ADMIN}
_MAY = {
    Role.READER: say("may look at everything and change nothing"),
    Role.ENTRY: say("may enter and change cases, but no settings, users or keys"),
    Role.ADMIN: say("may do everything"),
}


def has(role: Role, right: Right) -> bool:
    """Whether the role goes that far."""
    return role.rank >= _LEAST[right].rank


_CURE = say("Ask an administrator of the logbook.")


def demand(role: Role, right: Right, cure: str = _CURE) -> None:
    """Let through who may; ``cure`` says whom to ask about it.

    Raises:
        NotAllowed: the role does not go that far.
    """
    if not has(role, right):
        raise NotAllowed(
            say(
                "Your role in this logbook is {role}, which {may}.", role=role.label, may=_MAY[role]
            ),
            cure,
        )
