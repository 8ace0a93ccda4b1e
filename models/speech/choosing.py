# SPDX-License-Identifier: MIT
"""Which language the program speaks: as told, as chosen on this computer, or as the system.

The choice lies in a file of its own, because it is read before anything else is imported, and by
commands, which never load Qt and its settings.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from models.speech.languages import ENGLISH, known, of_system

OPTION = "--language"
_PLACE = "language"
_LONGEST = 40


def file_of_choice() -> Path:
    """Where the choice of this account lies."""
    from platformdirs import user_config_path

    return user_config_path("Kypholog", appauthor=False) / _PLACE


def kept() -> str:
    """The language that was chosen on this computer; "" for that of the system."""
    with suppress(OSError, UnicodeDecodeError), file_of_choice().open(encoding="utf-8") as file:
        return known(file.read(_LONGEST).strip())
    return ""


def keep(code: str) -> None:
    """Choose the language of ``code`` from the next start on; "" follows the system.

    Raises:
        OSError: the file cannot be written.
    """
    file = file_of_choice()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"{code}\n", encoding="utf-8")


def language_for(arguments: Sequence[str]) -> str:
    """The language to begin with.

    A document for programs, which ``--json`` asks for, is English in any country.
    """
    if "--json" in arguments:
        return ENGLISH
    return known(_told(arguments)) or kept() or of_system()


def _told(arguments: Sequence[str]) -> str:
    for at, argument in enumerate(arguments):
        if argument.startswith(f"{OPTION}="):
            return argument.partition("=")[2]
        if argument == OPTION and at + 1 < len(arguments):
            return arguments[at + 1]
    return ""
