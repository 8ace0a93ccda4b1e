# SPDX-License-Identifier: MIT
"""New logbooks for tests: what ``Logbook.create`` makes, without making it each time."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote, urlsplit, urlunsplit

from models.address import Address
from models.logbook import DATABASE_NAME, Logbook

NewLogbook = Callable[..., Logbook]
"""Makes a new logbook, told a folder and who works with it: of whichever kind a test is for."""


BriefLogbook = Callable[..., AbstractContextManager[Logbook]]
"""The same for a block, told who works with it."""


def new_logbook(folder: Path, user: str = "") -> Logbook:
    """A new, empty logbook in ``folder``, which may exist, open in the hands of ``user``.

    ``Logbook.create`` runs every migration, which takes longer than most tests do afterwards. A new
    logbook holds nothing that tells it from another one, so that a copy of its file is as good.
    Tests of making a logbook call ``Logbook.create`` itself.

    Nothing that is saved over this connection waits for the disk: that matters when power fails,
    which no test can do. Whoever opens it later waits as always.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / DATABASE_NAME).open("xb") as file:
        file.write(_empty())
    opened = Logbook.open(folder, user)
    opened.database.pragma("synchronous", "OFF")
    return opened


@cache
def _empty() -> bytes:
    """The file of a new logbook."""
    with TemporaryDirectory(prefix="kypholog-empty-") as place:
        made = Logbook.create(Path(place) / "Empty.kypholog")
        made.close()
        return made.file.read_bytes()


def again(logbook: Logbook, user: str = "") -> Logbook:
    """The same logbook, opened once more, by ``user`` or whoever has it open."""
    if isinstance(logbook.place, Path):
        return Logbook.open(logbook.place, user)
    from models.served import open_served

    if user:
        name = user.replace('"', '""')
        known = "SELECT 1 FROM pg_roles WHERE rolname = ?"
        if not logbook.database.execute_sql(known, (user,)).fetchone():
            logbook.database.execute_sql(f'CREATE ROLE "{name}" LOGIN SUPERUSER')
    parts = urlsplit(logbook.place.uri)
    host = f"{quote(user)}@" if user else parts.netloc
    return open_served(Address(urlunsplit(parts._replace(netloc=host))))


def beside(logbook: Logbook) -> Path:
    """A folder for what comes out of it: where it lies itself, or the home of the test."""
    return logbook.place.parent if isinstance(logbook.place, Path) else Path.home()


def named(logbook: Logbook) -> str:
    """How a command line names it, after ``--logbook``."""
    place = logbook.place
    return str(place) if isinstance(place, Path) else place.uri
