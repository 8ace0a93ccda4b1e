# SPDX-License-Identifier: MIT
"""New logbooks for tests: what ``Logbook.create`` makes, without making it each time."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from models.logbook import DATABASE_NAME, Logbook


def new_logbook(folder: Path, user: str = "") -> Logbook:
    """A new, empty logbook in ``folder``, which may exist, open in the hands of ``user``.

    ``Logbook.create`` runs every migration, which takes longer than most tests do afterwards. A new
    logbook holds nothing that tells it from another one, so that a copy of its file is as good.
    Tests of making a logbook call ``Logbook.create`` itself.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / DATABASE_NAME).open("xb") as file:
        file.write(_empty())
    return Logbook.open(folder, user)


@cache
def _empty() -> bytes:
    """The file of a new logbook."""
    with TemporaryDirectory(prefix="kypholog-empty-") as place:
        made = Logbook.create(Path(place) / "Empty.kypholog")
        made.close()
        return made.file.read_bytes()
