# SPDX-License-Identifier: MIT
"""Kills a change of the keys at one place after the other, and looks at what is left each time.

Run as a process of its own, because it forks: ``python -m tests.models.accounts.dying WHAT FOLDER
STEP``. It prints one JSON document.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
from collections import Counter
from collections.abc import Callable
from itertools import count
from pathlib import Path

from models import access, accounts
from models.access import Password, Recovery
from models.case import save_case
from models.engines import swapping
from models.logbook import DATABASE_NAME, Logbook
from models.schema import Procedure
from models.verify import verify
from models.vocabulary import Role
from tests.builders import a_case
from tests.encrypted import ADMIN, READER, SECRETS, WEAK, enter, make

Begin = Callable[[], None]
CASES = 3
CALLS = {
    *("execute", "fetchall", "fetchone", "fsync", "write", "close"),
    *("rename", "replace", "link", "unlink", "remove", "open"),
}
"""Calls into C before and after which the process can die: all that reaches the disk."""


def change(folder: Path, begin: Begin) -> None:
    """Change the key of an encrypted logbook."""
    logbook = enter(folder)
    begin()
    accounts.change_key(logbook)


def encrypt(folder: Path, begin: Begin) -> None:
    """Encrypt a plain logbook."""
    logbook = Logbook.open(folder)
    begin()
    accounts.encrypt(logbook, ADMIN, SECRETS[ADMIN], WEAK)


def add(folder: Path, begin: Begin) -> None:
    """Add a user."""
    logbook = enter(folder)
    begin()
    accounts.add_user(logbook, "Dora", "three words", Role.ENTRY, WEAK)


WORK: dict[str, Callable[[Path, Begin], None]] = {"change": change, "encrypt": encrypt, "add": add}


def dying_after(moments: int) -> Begin:
    """What makes the process die at the moment that was chosen."""
    left = moments

    def watch(frame: object, event: str, called: object) -> None:
        nonlocal left
        if event in ("c_call", "c_return") and getattr(called, "__name__", "") in CALLS:
            left -= 1
            if left < 0:
                os.kill(os.getpid(), signal.SIGKILL)

    return lambda: sys.setprofile(watch)


def prepare(what: str, folder: Path) -> str:
    """The logbook that is to be changed; its recovery key."""
    if what == "encrypt":
        logbook, recovery = Logbook.create(folder), None
    else:
        logbook, recovery = make(folder, READER)
    for number in range(CASES):
        save_case(logbook, a_case(f"P-{number}"))
    logbook.close()
    return recovery.text if recovery else ""


def state(folder: Path, recovery: str) -> str:
    """How the logbook opens: it does, with everything in it, or this fails."""
    is_encrypted = access.is_encrypted(folder / DATABASE_NAME)
    logbook = enter(folder) if is_encrypted else Logbook.open(folder)
    with logbook.session():
        assert Procedure.select().count(logbook.database) == CASES
    assert verify(logbook) == []
    assert logbook.database.pragma("journal_mode") == "wal"
    logbook.close()
    left = {path.name for path in (swapping.new_of(logbook.file), swapping.old_of(logbook.file))}
    assert not left & {path.name for path in folder.iterdir()}
    if is_encrypted:
        assert len(access.keyfile.read(folder).best.rings) == 1
    if recovery:
        for credential in (Recovery(recovery), Password(READER, SECRETS[READER])):
            accounts.sign_in(folder, credential).close()
    return (folder / DATABASE_NAME).read_bytes()[:16].hex()


def main(what: str, place: Path, step: int) -> None:
    """Kill at every ``step``-th moment until the work gets to its end."""
    template, folder = place / "Template.kypholog", place / "Clinic.kypholog"
    recovery = prepare(what, template)
    before = (template / DATABASE_NAME).read_bytes()[:16].hex()
    found: Counter[str] = Counter()
    for moment in count(0, step):
        shutil.copytree(template, folder)
        child = os.fork()
        if child == 0:
            WORK[what](folder, dying_after(moment))
            sys.setprofile(None)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        was_killed = os.WIFSIGNALED(status)
        assert was_killed or os.WEXITSTATUS(status) == 0
        now = state(folder, recovery)
        found["old" if now == before else "new"] += 1
        shutil.rmtree(folder)
        if not was_killed:
            break
    print(json.dumps({"kills": sum(found.values()) - 1, **found}))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
