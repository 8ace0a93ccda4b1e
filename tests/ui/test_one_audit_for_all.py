# SPDX-License-Identifier: MIT
"""What is stored reads the same to all who work with a logbook, in whatever language."""

from __future__ import annotations

import csv
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from models.bulk import save_many
from models.logbook import Logbook
from models.schema import AuditEntry
from tests.builders import a_case
from tests.fresh import new_logbook

ROOT = Path(__file__).parents[2]
_AT_WORK = """
import sys
from pathlib import Path
from models import speech
speech.begin("de")
from tests.ui.at_work import work
work(*map(Path, sys.argv[1:]))
"""
_WORDS = (
    r"Backup \S+ \([a-z ]+\), cases: 2\.",
    r"Case series, ODT file\. Rows: 2\.",
    r"Excel workbook, xlsx profile, shape flat, identified\. Rows: 2, cases: 2\. File: cases\.xlsx",
    r"(Merged B into A\. )?Eine Person\.",
    r"Joined with what Eva saved\. Entered and not taken: T12, Cement: 7\.5 mL\.",
    r"T12, Cement of version \d brought back\.",
    r"Figure Pain before and after, each case, clipboard\.",
    r"Caption of the figure Pain before and after, each case, clipboard\.",
    r"Data of the figure Pain before and after, each case, CSV file pairs\.csv\.",
    r"Data of the figure Cement leakage by treated level, with 95 % CI, CSV file leakage\.csv\.",
    r"Data of the figure Cement leakage, by levels, beside published rates, CSV file beside\.csv\.",
)


@pytest.fixture(scope="module")
def german(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which a German worked: the logbook, and what was handed on of it."""
    top = tmp_path_factory.mktemp("german")
    logbook = new_logbook(top / "Clinic.kypholog")
    save_many(logbook, [a_case("A"), a_case("B")])
    logbook.close()
    done = subprocess.run(
        [sys.executable, "-c", _AT_WORK, str(logbook.folder), str(top)],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return top


def _reasons(logbook: Logbook) -> Sequence[str]:
    with logbook.session():
        query = AuditEntry.select(AuditEntry.reason).order_by(AuditEntry.number)
        return [str(reason) for (reason,) in query.tuples().execute(logbook.database) if reason]


def test_the_audit_is_english_whoever_speaks(german: Path) -> None:
    logbook = Logbook.open(german / "Clinic.kypholog")
    told = list(dict.fromkeys(_reasons(logbook)))
    logbook.close()
    for words in _WORDS:
        assert any(re.fullmatch(words, reason) for reason in told), (words, told)
    assert all(any(re.fullmatch(words, reason) for words in _WORDS) for reason in told), told


@pytest.mark.parametrize("name", ["pairs", "leakage", "beside"])
def test_the_data_behind_a_figure_are_codes_whoever_speaks(german: Path, name: str) -> None:
    with (german / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*", column) for column in rows[0])
    told = {cell for row in rows for cell in row.values()}
    assert not [cell for cell in told if re.search(r"[äöüß]|\b(Fälle|eigene|Monate|je)\b", cell)]
