# SPDX-License-Identifier: MIT
"""Who has a logbook open is told, who is gone is not, and who is waited for has a name."""

from __future__ import annotations

import json
import os
import re
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from models import accounts
from models.backup import Reason, back_up, restore
from models.case import save_case
from models.commands import run
from models.drive import MOUNTS
from models.errors import LogbookBusy, WaitStopped
from models.logbook import Logbook
from models.presence import FOLDER, SILENCE_S, Present, refuse_elsewhere, waits_for
from tests.builders import a_case
from tests.encrypted import WEAK
from tests.fresh import again
from tests.programs import program

pytestmark = pytest.mark.sqlite_only("files in the folder tell who has it open")

_ARRIVES = "logbook.arrive(); print('here', flush=True); sys.stdin.read()"
_HOLDS = (
    "logbook.arrive()\n"
    "with logbook.transaction():\n    print('holds', flush=True); sys.stdin.readline()\n"
    "print('free', flush=True); sys.stdin.read()"
)


@pytest.fixture
def here(logbook: Logbook) -> Iterator[Present]:
    logbook.arrive()
    assert logbook.present is not None
    yield logbook.present
    logbook.leave()


def test_another_program_is_there_until_it_is_killed(logbook: Logbook, here: Present) -> None:
    assert here.others() == []
    with program(logbook.folder, _ARRIVES) as child:
        (other,) = here.others()
        assert (other.user, other.process, other.is_here) == ("Eva", child.pid, True)
        assert other.told().startswith(f"Eva at {os.uname().nodename} (since ")
    # It was killed, and had no time to take its file away.
    assert here.others() == []
    assert len(list((logbook.folder / FOLDER).iterdir())) == 1


def test_two_windows_of_one_program_see_each_other(logbook: Logbook, here: Present) -> None:
    second = again(logbook, user="Ben")
    second.arrive()
    (other,) = here.others()
    assert (other.user, other.process, other.is_here) == ("Ben", os.getpid(), True)
    second.leave()
    second.close()
    assert here.others() == []


def test_who_leaves_last_leaves_nothing_behind(logbook: Logbook) -> None:
    logbook.arrive()
    logbook.leave()
    assert not (logbook.folder / FOLDER).exists()


def test_a_busy_logbook_says_who_holds_it_and_is_saved_afterwards(
    logbook: Logbook, here: Present
) -> None:
    logbook.database.pragma("busy_timeout", 100)
    with program(logbook.folder, _HOLDS) as child:
        waiting = waits_for(logbook.file, here)
        assert waiting is not None
        assert waiting.user == "Eva"
        case = a_case()
        with pytest.raises(LogbookBusy, match=r"Eva at .* \(since .*\) is writing to .*Clinic"):
            save_case(logbook, case)
        assert child.stdin is not None
        assert child.stdout is not None
        child.stdin.write("\n")
        child.stdin.flush()
        assert child.stdout.readline() == "free\n"
        assert waits_for(logbook.file, here) is None
        assert save_case(logbook, case).version == 1


def test_who_waits_for_the_lock_knows_for_how_long(logbook: Logbook, here: Present) -> None:
    case = a_case()
    with program(logbook.folder, _HOLDS) as child:
        saving = threading.Thread(target=lambda: save_case(logbook, case))
        assert logbook.turns.waited_s() == 0
        saving.start()
        while not logbook.turns.waited_s():
            time.sleep(0.01)
        assert child.stdin is not None
        child.stdin.write("\n")
        child.stdin.flush()
        saving.join()
        assert logbook.turns.waited_s() == 0
    assert case.version == 1


def test_who_waits_for_the_lock_may_stop_that_and_save_later(logbook: Logbook) -> None:
    case, stopped = a_case(), []

    def save() -> None:
        try:
            save_case(logbook, case)
        except WaitStopped as error:
            stopped.append(str(error))

    # Whom nobody waits for is not kept from waiting later.
    logbook.turns.stop_waiting()
    with program(logbook.folder, _HOLDS) as child:
        saving = threading.Thread(target=save)
        saving.start()
        while not logbook.turns.waited_s():
            time.sleep(0.01)
        logbook.turns.stop_waiting()
        saving.join()
        (said,) = stopped
        assert said.startswith("Waiting was stopped; nothing was saved.")
        assert (case.version, logbook.turns.waited_s()) == (0, 0)
        again = threading.Thread(target=save)
        again.start()
        while not logbook.turns.waited_s():
            time.sleep(0.01)
        assert child.stdin is not None
        child.stdin.write("\n")
        child.stdin.flush()
        again.join()
    assert (case.version, len(stopped)) == (1, 1)


def _guest(folder: Path, host: str) -> Path:
    place = folder / FOLDER
    place.mkdir(exist_ok=True)
    file = place / "guest.json"
    said = {"user": "Rita", "host": host, "process": 1, "since": "2026-11-27T10:00:00+00:00"}
    file.write_text(json.dumps(said))
    return file


@pytest.fixture
def on_network(logbook: Logbook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The logbook lies on a network drive, if one believes the table of mounts."""
    table = tmp_path / "mounts"
    table.write_text(f"nas:/export {logbook.folder.parent} nfs4 rw 0 0\n")
    monkeypatch.setenv(MOUNTS, str(table))
    return logbook.folder


def test_on_a_network_drive_a_second_computer_is_refused_by_name(
    logbook: Logbook, on_network: Path
) -> None:
    _guest(on_network, "ward-2")
    before = logbook.file.read_bytes()
    with pytest.raises(LogbookBusy, match=r"ward-2 .* on a network drive, where only one"):
        refuse_elsewhere(on_network)
    with pytest.raises(LogbookBusy, match="Rita at ward-2"):
        logbook.arrive()
    assert logbook.present is None
    assert [file.name for file in (on_network / FOLDER).iterdir()] == ["guest.json"]
    assert logbook.file.read_bytes() == before


def test_commands_are_refused_there_as_well(
    on_network: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _guest(on_network, "ward-2")
    assert run(["--logbook", str(on_network), "verify"]) != 0
    assert "Rita at ward-2" in capsys.readouterr().err


def test_a_second_program_of_the_same_computer_is_let_in_there(
    logbook: Logbook, on_network: Path
) -> None:
    with program(on_network, _ARRIVES):
        logbook.arrive()
        assert logbook.present is not None
        assert [one.user for one in logbook.present.others()] == ["Eva"]
        logbook.leave()


def test_a_computer_that_is_silent_for_long_is_gone(logbook: Logbook, on_network: Path) -> None:
    file = _guest(on_network, "ward-2")
    past = time.time() - SILENCE_S - 60
    os.utime(file, (past, past))
    logbook.arrive()
    assert not file.exists()
    logbook.leave()


def test_on_a_disk_of_ones_own_another_computer_keeps_nobody_out(logbook: Logbook) -> None:
    """Such as in the copy of a folder that came from there."""
    _guest(logbook.folder, "ward-2")
    logbook.arrive()
    logbook.leave()


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        "[1]",
        '{"user": "Ben", "host": "ward-2", "process": 1e400, "since": "2026-11-27T10:00:00+00:00"}',
        '{"user": "Ben", "host": "ward-2", "process": 7, "since": "2026-11-27T10:00:00"}',
        '{"user": "Ben", "host": "ward-2", "process": 7, "since": "0001-01-01T00:00:00+14:00"}',
    ],
)
def test_a_file_that_tells_of_nobody_is_nobody(logbook: Logbook, here: Present, text: str) -> None:
    guest = _guest(logbook.folder, "ward-1")
    guest.with_name("odd.json").write_text(text)
    assert [one.host for one in here.others()] == ["ward-1"]


def test_who_keeps_it_from_being_encrypted_or_restored_is_named(logbook: Logbook) -> None:
    save_case(logbook, a_case())
    kept = back_up(logbook, Reason.BY_HAND)
    logbook.close()
    with program(logbook.folder, _ARRIVES):
        with pytest.raises(LogbookBusy, match="It is open as well for: Eva at"):
            accounts.encrypt(logbook, "Anna", "correct horse", WEAK)
        logbook.close()
        with pytest.raises(LogbookBusy, match="It is open as well for: Eva at"):
            restore(logbook.folder, kept.backup)


def test_every_test_that_the_help_names_is_there() -> None:
    help_page = Path(__file__).parents[2] / "resources" / "help" / "several-at-once.md"
    named = re.findall(r"`(tests/[\w/]+\.py)`", help_page.read_text("utf-8"))
    assert len(named) >= 8
    assert all((Path(__file__).parents[2] / name).is_file() for name in named)
