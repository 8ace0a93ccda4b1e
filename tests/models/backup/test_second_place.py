# SPDX-License-Identifier: MIT
"""The second place: each backup lies there too, and what keeps it from it is told."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from models.backup import (
    Plan,
    Reason,
    back_up,
    everywhere,
    listing,
    make,
    problem_of,
    restore,
    trouble_of,
)
from models.case import save_case
from models.logbook import Logbook
from models.settings import BACKUP_PLACE, change_setting
from models.verify import verify
from tests.builders import a_case
from tests.fresh import new_logbook

pytestmark = pytest.mark.sqlite_only("a server's backups are the business of its administrator")

ROOT = Path(__file__).parents[3]


@pytest.fixture
def stick(clinic: Logbook, tmp_path: Path) -> Path:
    place = tmp_path / "stick"
    place.mkdir()
    change_setting(clinic, BACKUP_PLACE, str(place))
    return place


def test_each_backup_lies_in_both_places_byte_for_byte(clinic: Logbook, stick: Path) -> None:
    made = back_up(clinic, Reason.TIMED)
    there = stick / clinic.folder.name
    assert made.second == there / "backups" / made.backup.file.name
    assert made.second.read_bytes() == made.backup.file.read_bytes()
    (copy,) = listing(there)
    assert (copy.sha256, problem_of(copy), made.trouble) == (made.backup.sha256, None, "")
    (found,), trouble = everywhere(clinic)
    assert (found.places, trouble) == ((clinic.folder, there), "")


def test_with_the_logbook_gone_it_is_restored_from_there(clinic: Logbook, stick: Path) -> None:
    make(clinic, Reason.TIMED)
    clinic.close()
    there = stick / clinic.folder.name
    assert restore(there, listing(there)[0]).aside is None
    back = Logbook.open(there)
    assert verify(back) == []
    assert back.database.execute_sql("SELECT COUNT(*) FROM procedure").fetchone() == (2,)
    back.close()


def test_what_was_made_while_it_was_away_is_brought_along(clinic: Logbook, stick: Path) -> None:
    make(clinic, Reason.TIMED)
    away = stick.rename(stick.with_name("away"))
    for code in ("P-3", "P-4"):
        save_case(clinic, a_case(code))
        made = back_up(clinic, Reason.TIMED)
        assert "is not there" in made.trouble
        assert made.second is None
        trouble = trouble_of(clinic.folder)
        assert trouble is not None
        assert trouble.said == made.trouble
    found, said = everywhere(clinic)
    assert (len(found), "is not there" in said) == (3, True)
    away.rename(stick)
    save_case(clinic, a_case("P-5"))
    assert back_up(clinic, Reason.TIMED).trouble == ""
    assert trouble_of(clinic.folder) is None
    assert [one.cases for one in listing(stick / clinic.folder.name)] == [5, 4, 3, 2]


def test_it_is_thinned_like_the_first(clinic: Logbook, stick: Path) -> None:
    for _ in range(4):
        make(clinic, Reason.TIMED, plan=Plan(2, 0, 0, 0))
    here = [one.name for one in listing(clinic.folder)]
    assert [one.name for one in listing(stick / clinic.folder.name)] == here
    assert len(here) == 2


def test_another_logbook_of_that_name_is_left_alone(
    clinic: Logbook, stick: Path, tmp_path: Path
) -> None:
    other = new_logbook(tmp_path / "elsewhere" / clinic.folder.name, "ben")
    save_case(other, a_case("O-1"))
    change_setting(other, BACKUP_PLACE, str(stick))
    theirs = back_up(other, Reason.TIMED)
    mine = back_up(clinic, Reason.TIMED)
    assert theirs.trouble == ""
    assert "another logbook of that name" in mine.trouble
    assert [one.sha256 for one in listing(stick / clinic.folder.name)] == [theirs.backup.sha256]
    assert [len(one.places) for one in everywhere(clinic)[0]] == [1]
    other.close()


@pytest.mark.parametrize("inside", ["..", ".", "backups", "any"])
def test_the_first_place_is_no_second_one(clinic: Logbook, inside: str) -> None:
    place = clinic.folder / inside
    place.mkdir(exist_ok=True)
    change_setting(clinic, BACKUP_PLACE, str(place))
    assert "is the first one" in back_up(clinic, Reason.TIMED).trouble


def test_a_place_must_be_named_in_full(clinic: Logbook) -> None:
    change_setting(clinic, BACKUP_PLACE, "stick")
    assert "not named in full" in back_up(clinic, Reason.TIMED).trouble


@pytest.mark.skipif(sys.platform == "win32", reason="Windows limits no files")
def test_a_full_stick_is_told_and_the_backup_here_counts(clinic: Logbook, stick: Path) -> None:
    """No file may grow any more as soon as the first copy is written."""
    clinic.close()
    code = (
        "import resource, sys; from models.backup import Reason, back_up; from pathlib import Path;"
        "from models.logbook import Logbook; logbook = Logbook.open(Path(sys.argv[1]))\n"
        "def told(done, total):\n"
        "    if done == total:\n"
        "        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))\n"
        "made = back_up(logbook, Reason.TIMED, told); print(made.second, made.trouble)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(clinic.folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    assert done.stdout.startswith("None ")
    assert "cannot be written" in done.stdout
    (made,) = listing(clinic.folder)
    assert problem_of(made) is None
    assert list((stick / clinic.folder.name / "backups").iterdir()) == []


def test_a_backup_like_the_last_one_is_told_where_that_lies(clinic: Logbook, stick: Path) -> None:
    first, again = (back_up(clinic, Reason.TIMED, tells=False).second for _ in range(2))
    assert first is not None
    assert first.exists()
    assert again == first


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_after_a_kill_at_any_moment_what_lies_there_can_be_relied_on(
    clinic: Logbook, stick: Path
) -> None:
    clinic.close()
    code = (
        "import sys; from models.backup import Reason, back_up; from pathlib import Path;"
        "from models.logbook import Logbook; logbook = Logbook.open(Path(sys.argv[1]))\n"
        "while True:\n print(back_up(logbook, Reason.TIMED).second, flush=True)"
    )
    for moment in range(4):
        child = subprocess.Popen(
            [sys.executable, "-c", code, str(clinic.folder)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert child.stdout is not None
        acknowledged = child.stdout.readline().strip()
        time.sleep(0.01 + moment * 0.007)
        child.send_signal(signal.SIGKILL)
        child.communicate()
        # The next one may have taken its place meanwhile.
        there = [path.stem for path in Path(acknowledged).parent.glob("*.db")]
        assert max(there) >= Path(acknowledged).stem
    found = listing(stick / clinic.folder.name)
    assert found
    assert [problem_of(one) for one in found] == [None] * len(found)
