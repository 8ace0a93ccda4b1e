# SPDX-License-Identifier: MIT
"""No text of a patient lies on the disk in plain after work with an encrypted logbook.

A child does what a day brings: cases, names, drafts, scores, a picture, another key. Then every
file of the logbook, of the temporary folder and of the home is searched for what was entered.
The child is killed at the end, so that what only a proper end would tidy up is found as well.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from models import accounts
from models.case import save_case
from models.drafts import keep
from models.drafts.keeping import draft_of
from models.filters import save_filter
from models.followup.recording import Answer, record_score
from models.images import store
from models.images.picture import Picture
from models.images.reading import Read
from models.logbook import Logbook
from models.query import parse
from models.vocabulary import TimePoint
from tests.builders import a_case, store_names
from tests.encrypted import ADMIN, READER, enter, make
from tests.fresh import new_logbook

ROOT = Path(__file__).parents[2]
PLANTED = ("Zebulon", "Quagmire", "MRN-778899", "whispered", "xylophone", "PIXELS-OF-A-FACE")

CHILD = """
import os, signal, sys
from pathlib import Path
from tests.acceptance.test_nothing_in_plain import work
kept = work(Path(sys.argv[1]))
print("worked", flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def work(folder: Path) -> Logbook:
    """A day of work; the logbook stays open."""
    logbook, _ = make(folder, READER)
    store_names(logbook)
    case = a_case("Quagmire-1")
    case.procedure.notes = "whispered"
    save_case(logbook, case)
    keep(logbook, draft_of(a_case("Zebulon-2")))
    save_filter(logbook, "xylophone", parse("leak:yes"))
    store.put(logbook, Read(Picture("image/png", b"PIXELS-OF-A-FACE"), b"PIXELS-OF-A-FACE"))
    record_score(logbook, case.id, TimePoint.M1, Answer("MRN-778899", None), date(2026, 7, 1))
    logbook.close()
    logbook = enter(folder)
    accounts.change_key(logbook)
    logbook.keep_open()
    save_case(logbook, a_case("Zebulon-3"))
    return logbook


def plain_places(*places: Path) -> list[str]:
    """Files in which something planted can be read, also as UTF-16."""
    needles = [text.encode(code) for text in PLANTED for code in ("utf-8", "utf-16-le")]
    files = [path for place in places for path in place.rglob("*") if path.is_file()]
    return [str(path) for path in files if any(needle in path.read_bytes() for needle in needles)]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_a_days_work_leaves_nothing_to_read(tmp_path: Path, home: Path) -> None:
    folder, temporary = tmp_path / "Clinic.kypholog", tmp_path / "tmp"
    temporary.mkdir()
    places = {name: str(temporary) for name in ("TMPDIR", "TMP", "TEMP", "SQLITE_TMPDIR")}
    child = subprocess.run(
        [sys.executable, "-c", CHILD, str(folder)],
        cwd=ROOT,
        env={**os.environ, **places},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (child.returncode, child.stdout) == (-signal.SIGKILL, "worked\n"), child.stderr
    assert not any(text in child.stderr for text in PLANTED)
    assert (folder / "logbook.db-wal").stat().st_size
    assert plain_places(folder, temporary, home) == []
    logbook = enter(folder, ADMIN)
    logbook.close()


def test_the_same_search_finds_it_in_a_plain_logbook(tmp_path: Path) -> None:
    plain = new_logbook(tmp_path / "Clinic.kypholog")
    save_case(plain, a_case("Quagmire-1"))
    assert plain_places(plain.folder)
    plain.close()
