# SPDX-License-Identifier: MIT
"""After a day in the window of an encrypted logbook no name can be read, on the disk or in a title.

The same search as in ``test_nothing_in_plain``, after everything that somebody does with the mouse
and the keys, with the process killed at the end.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from models.case import save_case
from tests.acceptance.window_session import PLANTED
from tests.builders import a_case, store_names
from tests.encrypted import ADMIN, SECRETS, enter, make
from tests.fresh import new_logbook
from tests.radiographs import as_dicom, lateral

ROOT = Path(__file__).parents[2]


def readable(*places: Path) -> list[str]:
    """Files in which something planted can be read, also as UTF-16; and names of files."""
    needles = [text.encode(code) for text in PLANTED for code in ("utf-8", "utf-16-le")]
    files = [path for place in places for path in place.rglob("*") if path.is_file()]
    return [
        str(path)
        for path in files
        if any(one in path.read_bytes() for one in needles)
        or any(one in path.name for one in PLANTED)
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_a_day_in_the_window_leaves_nothing_to_read(tmp_path: Path, home: Path) -> None:
    folder, temporary, out = tmp_path / "Clinic.kypholog", tmp_path / "tmp", tmp_path / "out"
    kept = tmp_path / "kept"
    for place in (temporary, out, kept):
        place.mkdir()
    logbook, _ = make(folder)
    store_names(logbook)
    logbook.close()
    secret, image = kept / "secret", kept / "picture.dcm"
    secret.write_text(SECRETS[ADMIN], encoding="utf-8")
    image.write_bytes(as_dicom(lateral(), PatientName="Balthazar", PatientID="MRN-778899"))
    places = {name: str(temporary) for name in ("TMPDIR", "TMP", "TEMP", "SQLITE_TMPDIR")}
    child = subprocess.run(
        [
            *(sys.executable, "-m", "tests.acceptance.window_session"),
            *map(str, (folder, secret, image, out)),
        ],
        cwd=ROOT,
        env={**os.environ, **places, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert child.returncode == -signal.SIGKILL, child.stderr
    told = json.loads(child.stdout)
    assert told["done"][-1] == "lock"
    assert not any(text in child.stderr for text in PLANTED), child.stderr
    assert not any(text in title for text in PLANTED for title in told["titles"])
    assert "Clinic – Kypholog" in told["titles"]
    assert readable(folder, temporary, home, out) == []
    again = enter(folder)
    with again.session():
        rows = again.database.execute_sql("SELECT patient_code FROM patient").fetchall()
    assert [row[0] for row in rows] == ["Quagmire-7"], "it was there to be found"
    again.close()


def test_the_same_search_finds_it_in_a_plain_logbook(tmp_path: Path) -> None:
    plain = new_logbook(tmp_path / "Clinic.kypholog")
    save_case(plain, a_case("Quagmire-7"))
    assert readable(plain.folder)
    plain.close()
