# SPDX-License-Identifier: MIT
"""The occasions on which somebody is asked to sign in."""

from __future__ import annotations

from enum import Enum, auto


class Why(Enum):
    """Why somebody is asked to sign in.

    To open a logbook; after it was locked; because somebody else goes on; or because it was locked
    with an entry that cannot be kept as a draft.
    """

    OPENS = auto()
    LOCKED = auto()
    SWITCHES = auto()
    HELD = auto()
