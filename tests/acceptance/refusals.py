# SPDX-License-Identifier: MIT
"""The program as a process, what a plain refusal looks like, and whether anything was changed."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

from models.case import save_case
from models.logbook import DATABASE_NAME, Logbook
from tests.builders import a_case

ROOT = Path(__file__).parents[2]
MAIN = ROOT / "main.py"

COMMANDS = {
    "example": ["example"],
    "sample": ["sample", "--cases", "3"],
    "outcomes": ["outcomes", "--json"],
    "export": ["export", "--out", "cases.csv"],
    "verify": ["verify"],
}


def make_clinic(folder: Path) -> Path:
    """A logbook with two cases, closed."""
    made = Logbook.create(folder)
    save_case(made, a_case("P-1"))
    save_case(made, a_case("P-2"))
    made.close()
    return folder


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def kypholog(
    folder: Path, *arguments: object, prefix: list[str] | None = None, cwd: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the program on the logbook in ``folder``, behind ``prefix`` if there is one."""
    command = [*(prefix or []), sys.executable, str(MAIN), "--logbook", str(folder)]
    return subprocess.run(
        [*command, *map(str, arguments)],
        cwd=cwd or folder.parent,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def assert_refused(done: subprocess.CompletedProcess[str], *words: object, out: str = "") -> None:
    """Exit code 2, and one plain sentence with its cure on stderr."""
    assert done.returncode == 2, done.stderr
    assert done.stdout == out
    assert done.stderr.startswith("kypholog: ")
    assert done.stderr.count("\n") == 1
    assert done.stderr.count(". ") >= 1, "a cure follows the sentence"
    assert done.stderr.endswith(".\n")
    assert [word for word in map(str, words) if word not in done.stderr] == []


def files_in(folder: Path) -> dict[str, str]:
    """Every file below ``folder`` with the hash of its content."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def record_of(folder: Path) -> str:
    """A hash over all rows of all tables, whatever the file looks like."""
    with sqlite3.connect(f"file:{folder / DATABASE_NAME}?mode=ro", uri=True) as connection:
        tables = [
            name
            for (name,) in connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%search%'"
            )
        ]
        held = {name: connection.execute(f'SELECT * FROM "{name}"').fetchall() for name in tables}
    connection.close()
    return hashlib.sha256(repr(sorted(held.items())).encode()).hexdigest()


def can_mount() -> bool:
    if os.geteuid() != 0 or not shutil.which("unshare"):
        return False
    probe = ["unshare", "-m", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
    return subprocess.run(probe, capture_output=True, check=False).returncode == 0
