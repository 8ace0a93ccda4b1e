# SPDX-License-Identifier: MIT
"""The commands ``backup`` and ``restore``, and the backup before an import."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from models import commands
from models.backup import Reason, listing
from models.logbook import Logbook
from models.settings import BACKUP_PLACE, change_setting

pytestmark = pytest.mark.sqlite_only("a server's backups are the business of its administrator")

Run = Callable[..., tuple[int, str, str]]
CSV = "patient code;date;level;cement ml\nA;14.3.2026;D12;4,5\n"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], clinic: Logbook) -> Run:
    clinic.close()

    def work(*arguments: object) -> tuple[int, str, str]:
        words = [str(argument) for argument in arguments]
        code = commands.run(["--logbook", str(clinic.folder), *words])
        said = capsys.readouterr()
        return code, said.out, said.err

    return work


def test_made_listed_checked_and_restored(run: Run, clinic: Logbook) -> None:
    assert "There is no backup" in run("backup", "--list")[1]
    code, out, err = run("backup", "--json")
    made = json.loads(out)["backup"]
    assert (code, err, made["reason"], made["cases"]) == (0, "", "by hand", 2)
    code, out, _ = run("backup", "--list", "--json")
    listed = json.loads(out)["backups"]
    assert [one["reason"] for one in listed] == ["by hand"]
    assert listed[0]["checked"] is not None
    assert json.loads(run("backup", "--check", "--json")[1])["findings"] == {}
    code, out, _ = run("restore", made["file"].removesuffix(".db"), "--json")
    said = json.loads(out)
    assert (code, said["restored"]["sha256"]) == (0, made["sha256"])
    assert (Path(said["aside"]) / "logbook.db").exists()
    assert run("verify")[0] == 0


def test_a_damaged_backup_is_a_finding_and_cannot_be_restored(run: Run, clinic: Logbook) -> None:
    run("backup")
    file = listing(clinic.folder)[0].file
    file.write_bytes(b"x" + file.read_bytes())
    code, out, _ = run("backup", "--check")
    assert code == 1
    assert "was changed after it was written" in out
    code, out, err = run("restore", "latest")
    assert (code, out) == (2, "")
    assert "cannot be used" in err


def test_an_unknown_backup_and_a_place_without_a_logbook(run: Run, tmp_path: Path) -> None:
    code, _, err = run("restore", "yesterday")
    assert (code, err.count("\n")) == (2, 1)
    assert "no backup yesterday" in err
    code, _, err = run("backup", "--list", "--logbook", tmp_path / "nowhere")
    assert code == 2
    assert "no logbook" in err


def test_an_import_makes_a_backup_first_and_a_dry_run_none(
    run: Run, clinic: Logbook, tmp_path: Path
) -> None:
    file = tmp_path / "clinic.csv"
    file.write_text(CSV)
    run("import", file, "--dry-run")
    assert listing(clinic.folder) == []
    assert run("import", file)[0] == 0
    (made,) = listing(clinic.folder)
    assert (made.reason, made.cases) == (Reason.IMPORT, 2)
    run("import", file)
    assert len(listing(clinic.folder)) == 1, "nothing was new, so nothing was at stake"
    file.write_text(CSV.replace("A;", "B;"))
    assert run("import", file, "--no-backup")[0] == 0
    assert len(listing(clinic.folder)) == 1


def test_a_scheduler_backs_up_only_what_was_changed_and_proves_it(
    run: Run, clinic: Logbook
) -> None:
    code, out, err = run("backup", "--timed", "--json")
    said = json.loads(out)
    assert (code, err, said["backup"]["reason"]) == (0, "", "timed")
    assert said["proven"]["file"] == said["backup"]["file"]
    code, out, _ = run("backup", "--timed")
    assert (code, "Nothing was changed" in out) == (0, True)
    assert len(listing(clinic.folder)) == 1
    code, out, _ = run("backup", "--prove")
    assert (code, "Restored for proof" in out) == (0, True)
    assert "proven on" in run("backup", "--list")[1]


def test_a_second_place_that_is_not_there_is_told_and_is_a_finding(
    run: Run, clinic: Logbook, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    again = Logbook.open(clinic.folder)
    change_setting(again, BACKUP_PLACE, str(stick))
    again.close()
    code, out, err = run("backup")
    assert (code, "Made the backup" in out) == (1, True)
    assert "is not there" in err
    stick.mkdir()
    code, out, err = run("backup", "--json")
    second = Path(json.loads(out)["second"])
    assert (code, err, second.parent.parent.parent) == (0, "", stick)
    for backup in listing(clinic.folder):
        backup.file.unlink()
    code, out, _ = run("restore", second)
    assert (code, "Restored 2 cases" in out) == (0, True)
    assert run("verify")[0] == 0
