# SPDX-License-Identifier: MIT
"""Who may open an encrypted logbook, with what, and how far that goes.

``keyfile`` and ``ring`` are the keys on the disk, ``unlocking`` is the way from a password to the
key of the database, ``attempts`` counts wrong passwords, ``door`` asks for the role at every
change. ``models.accounts`` is where users and keys are changed.
"""

from models.access.attempts import FILE_NAME as ATTEMPTS_NAME
from models.access.door import Door
from models.access.keyfile import KEYS as KEYS_NAME
from models.access.rights import Right, has
from models.access.ring import Ring
from models.access.secret import Credential, Password, Recovery
from models.access.unlocking import Founding, Unlocked, found, is_encrypted, unlock, users_of

__all__ = [
    "ATTEMPTS_NAME",
    "KEYS_NAME",
    "Credential",
    "Door",
    "Founding",
    "Password",
    "Recovery",
    "Right",
    "Ring",
    "Unlocked",
    "found",
    "has",
    "is_encrypted",
    "unlock",
    "users_of",
]
