# SPDX-License-Identifier: MIT
"""A session by commands on an encrypted logbook leaves nothing of a patient to be read."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
PLANTED = ("Quagmire", "MRN-778899", "whispered")
SECRET = "correct horse"


def plain_places(*places: Path) -> list[str]:
    """Files in which something planted can be read, also as UTF-16."""
    needles = [text.encode(code) for text in PLANTED for code in ("utf-8", "utf-16-le")]
    files = [path for place in places for path in place.rglob("*") if path.is_file()]
    return [str(path) for path in files if any(needle in path.read_bytes() for needle in needles)]


def test_a_session_by_commands_leaves_nothing_to_read(tmp_path: Path, home: Path) -> None:
    folder, temporary, stick = (tmp_path / name for name in ("Clinic.kypholog", "tmp", "stick"))
    for place in (temporary, stick):
        place.mkdir()
    password, table = stick / "password", stick / "cases.csv"
    password.write_text(SECRET + "\n")
    table.write_text(
        "patient code,date,sex,level,cement_ml,notes on the patient\n"
        "Quagmire-1,2026-03-04,f,T12,6,whispered\nMRN-778899,2026-03-05,m,L1,5,\n"
    )
    places = {name: str(temporary) for name in ("TMPDIR", "TMP", "TEMP", "SQLITE_TMPDIR")}
    said = ""

    def run(*words: object) -> None:
        nonlocal said
        done = subprocess.run(
            [sys.executable, str(ROOT / "main.py"), "--logbook", str(folder), *map(str, words)],
            env={**os.environ, **places},
            cwd=temporary,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        said += done.stderr

    signed_in = ("--user", "Anna", "--password-file", password)
    run("--user", "Anna", "create", "--new-password-file", password)
    run(*signed_in, "import", table)
    run(*signed_in, "backup", "--timed")
    run(*signed_in, "key", "change")
    run(*signed_in, "restore", "latest")
    run(*signed_in, "verify")
    run(*signed_in, "export", "--out", stick / "out.csv")
    assert plain_places(folder, temporary, home) == []
    assert not any(text in said for text in PLANTED)
    assert len(plain_places(stick)) == 2, "what was handed in and out is plain, and is found"
