# SPDX-License-Identifier: MIT
"""Encrypted logbooks on the command line: passwords from files and descriptors, no arguments."""

from __future__ import annotations

import json
import os
import re
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from models import accounts, commands
from models.access import KEYS_NAME, Recovery
from models.logbook import Logbook
from models.verify import verify
from tests.encrypted import ADMIN, ENTRY, READER, SECRETS, enter, make, told

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command line; gives exit code, output and errors."""

    def work(*arguments: object) -> tuple[int, str, str]:
        try:
            code = commands.run(list(map(str, arguments)))
        except SystemExit as end:
            code = int(str(end.code))
        said = capsys.readouterr()
        return code, said.out, said.err

    return work


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "Clinic.kypholog"


@pytest.fixture
def secret(tmp_path: Path) -> Callable[[str], Path]:
    def keep(name: str) -> Path:
        file = tmp_path / f"{name}.txt"
        file.write_text(f"{SECRETS[name]}\nsomething else\n", encoding="utf-8")
        return file

    return keep


@pytest.fixture
def clinic(place: Path) -> Path:
    logbook, _ = make(place, ENTRY, READER)
    logbook.close()
    return place


def signed(name: str, file: Path) -> tuple[object, ...]:
    return ("--user", name, "--password-file", file)


def test_a_new_logbook_is_encrypted_and_shows_its_recovery_key_once(
    run: Run, place: Path, secret: Callable[[str], Path]
) -> None:
    who = signed(ADMIN, secret(ADMIN))
    code, out, err = run("--logbook", place, "create", *who)
    assert (code, err) == (0, "")
    assert f"Made the encrypted logbook {place}, with Anna as administrator." in out
    key = re.search(r"Recovery key: ([0-9A-Z-]{34})\n", out)
    assert key is not None
    accounts.sign_in(place, Recovery(key[1])).close()
    code, out, err = run("--logbook", place, "create", *who)
    assert (code, out) == (2, "")
    assert "already holds a logbook" in err


def test_a_plain_one_is_made_when_asked_for(run: Run, place: Path) -> None:
    code, out, _ = run("--logbook", place, "create", "--plain")
    assert (code, out) == (0, f"Made the logbook {place}. It is not encrypted.\n")
    Logbook.open(place).close()
    assert not (place / KEYS_NAME).exists()


def test_every_command_works_on_an_encrypted_logbook(
    run: Run, clinic: Path, secret: Callable[[str], Path], tmp_path: Path
) -> None:
    entry, reader = signed(ENTRY, secret(ENTRY)), signed(READER, secret(READER))
    file = tmp_path / "cases.csv"
    assert run("--logbook", clinic, *entry, "example")[1].startswith("Added 2 cases")
    assert run("--logbook", clinic, *reader, "outcomes")[0] == 0
    assert run("--logbook", clinic, *reader, "safety")[0] == 0
    assert "may look at everything" in run("--logbook", clinic, *reader, "key", "change")[2]
    assert not (clinic / "backups").exists(), "a backup for what is refused"
    assert run("--logbook", clinic, *reader, "due")[0] == 0
    assert run("--logbook", clinic, "export", "--out", file, *reader)[0] == 0
    assert "as Kypholog wrote it" in run("--logbook", clinic, "verify", *reader)[1]
    code, out, err = run("--logbook", clinic, "import", file, *entry)
    assert (code, err) == (0, ""), out


def test_whoever_signed_in_for_a_command_is_signed_out_after_it(
    run: Run, clinic: Path, secret: Callable[[str], Path]
) -> None:
    before = run("--logbook", clinic, *signed(ADMIN, secret(ADMIN)), "user", "list")
    assert before[0] == 0
    code, _, err = run("--logbook", clinic, *signed(READER, secret(READER)), "user", "add", "Bo")
    assert (code, err != "") == (2, True)
    assert run("--logbook", clinic, *signed(ADMIN, secret(ADMIN)), "key", "change")[0] == 0
    logbook = enter(clinic)
    said = [one for one in told(logbook) if one[1] in ("sign_in", "sign_out")][-7:]
    assert said == [
        (ADMIN, "sign_in", "Role: Administrator."),
        (ADMIN, "sign_out", "End of the command user."),
        (READER, "sign_in", "Role: Reader."),
        (READER, "sign_out", "End of the command user."),
        (ADMIN, "sign_in", "Role: Administrator."),
        (ADMIN, "sign_out", "End of the command key."),
        (ADMIN, "sign_in", "Role: Administrator."),
    ]
    assert verify(logbook) == []
    logbook.close()


def test_a_reader_is_refused_in_one_line(
    run: Run, clinic: Path, secret: Callable[[str], Path]
) -> None:
    code, out, err = run("--logbook", clinic, *signed(READER, secret(READER)), "example")
    assert (code, out) == (2, "")
    assert err.startswith("kypholog: Your role in this logbook is Reader")
    assert err.count("\n") == 1


def test_without_a_terminal_or_a_file_nobody_is_asked(run: Run, clinic: Path) -> None:
    code, out, err = run("--logbook", clinic, "verify")
    assert (code, out) == (2, "")
    assert "no terminal to ask" in err
    assert "--password-file" in err


@pytest.mark.parametrize("command", ["sample", "create", "user", "key", "verify"])
def test_a_password_is_never_an_argument(run: Run, place: Path, command: str) -> None:
    code, _, err = run("--logbook", place, command, "--password", "secret")
    assert code == 2
    assert err.startswith("kypholog: ")


def test_a_wrong_password_is_one_line_and_not_in_it(
    run: Run, clinic: Path, secret: Callable[[str], Path]
) -> None:
    code, out, err = run("--logbook", clinic, "verify", *signed(ADMIN, secret(READER)))
    assert (code, out) == (2, "")
    assert "not the password of Anna" in err
    assert SECRETS[READER] not in err


def test_passwords_come_line_by_line_from_a_descriptor(run: Run, clinic: Path) -> None:
    reading, writing = os.pipe()
    os.write(writing, f"{SECRETS[ADMIN]}\nthree new words\n".encode())
    os.close(writing)
    who = ("--user", ADMIN, "--password-file", reading)
    code, out, _ = run(
        "--logbook", clinic, *who, "user", "add", "Dora", "--new-password-file", reading
    )
    os.close(reading)
    assert (code, out) == (0, "Dora can sign in as Entry.\n")


@pytest.mark.parametrize(
    ("content", "said"), [(None, "No such file"), (b"", "empty"), (b"\xff\xff\n", "no text")]
)
def test_a_file_without_a_password_is_told(
    run: Run, clinic: Path, tmp_path: Path, content: bytes | None, said: str
) -> None:
    file = tmp_path / "secret.txt"
    if content is not None:
        file.write_bytes(content)
    code, _, err = run("--logbook", clinic, "verify", *signed(ADMIN, file))
    assert code == 2
    assert said in err


def test_users_are_listed_added_changed_and_removed(
    run: Run, clinic: Path, secret: Callable[[str], Path]
) -> None:
    def user(*arguments: object) -> str:
        code, out, err = run("--logbook", clinic, *signed(ADMIN, secret(ADMIN)), "user", *arguments)
        assert (code, err) == (0, "")
        return out

    assert user("list") == "Anna: Administrator\nBen: Entry\nRita: Reader\n"
    assert user("role", "Rita", "entry") == "Rita is Entry now.\n"
    new = ("--new-password-file", secret(ENTRY))
    assert user("password", "Rita", *new) == "Rita has another password.\n"
    assert user("remove", "Ben").startswith("Ben cannot sign in any more.")
    assert json.loads(user("list", "--json")) == [
        {"name": "Anna", "role": "admin"},
        {"name": "Rita", "role": "entry"},
    ]


def test_a_forgotten_password_is_replaced_by_the_recovery_key(
    run: Run, place: Path, tmp_path: Path, secret: Callable[[str], Path]
) -> None:
    logbook, recovery = make(place)
    logbook.close()
    file = tmp_path / "recovery.txt"
    file.write_text(recovery.text.lower())
    who = ("--recovery", "--password-file", file)
    new = ("--new-password-file", secret(ENTRY))
    code, out, err = run("--logbook", place, *who, "user", "password", ADMIN, *new)
    assert (code, out, err) == (0, "Anna has another password.\n", "")
    assert run("--logbook", place, "verify", *signed(ADMIN, secret(ENTRY)))[0] == 0


def test_keys_are_changed(run: Run, clinic: Path, secret: Callable[[str], Path]) -> None:
    who = signed(ADMIN, secret(ADMIN))
    assert "Recovery key: " in run("--logbook", clinic, *who, "key", "recovery")[1]
    code, out, _ = run("--logbook", clinic, *who, "key", "change")
    assert (code, out) == (0, f"{clinic} is encrypted with another key. All passwords stay.\n")
    code, _, err = run("--logbook", clinic, *who, "key", "encrypt")
    assert (code, "encrypted already" in err) == (2, True)


def test_a_plain_logbook_is_encrypted_later(
    run: Run, place: Path, secret: Callable[[str], Path]
) -> None:
    run("--logbook", place, "example")
    (place / "copy.db").write_bytes((place / "logbook.db").read_bytes())
    code, out, _ = run("--logbook", place, "key", "encrypt", *signed(ADMIN, secret(ADMIN)))
    assert code == 0
    assert "Recovery key: " in out
    assert "NOT encrypted:\n  copy.db\n" in out
    who = signed(ADMIN, secret(ADMIN))
    assert "copy.db" in run("--logbook", place, "key", "copies", *who)[1]
    code, out, err = run("--logbook", place, "key", "copies", "--encrypt", *who)
    assert (out, "is no backup and cannot be encrypted" in err) == ("Encrypted 0 of 1.\n", True)
    assert run("--logbook", place, "key", "copies", "--remove", *who)[1] == "Removed 1 of 1.\n"
    assert not (place / "copy.db").exists()
    assert "No earlier copy" in run("--logbook", place, "key", "copies", *who)[1]
    code, out, _ = run("--logbook", place, "outcomes", "--json", *signed(ADMIN, secret(ADMIN)))
    assert json.loads(out)["n_cases"] == 2


def test_damaged_keys_are_mended_and_told(
    run: Run, clinic: Path, secret: Callable[[str], Path]
) -> None:
    (clinic / KEYS_NAME).write_bytes(b"broken")
    code, out, err = run("--logbook", clinic, "verify", *signed(READER, secret(READER)))
    assert (code, out) == (0, f"{clinic} is as Kypholog wrote it.\n")
    assert err == f"kypholog: {clinic / KEYS_NAME} was damaged or missing; it was written anew.\n"


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights in other places")
def test_nobody_else_on_the_machine_reads_keys_and_attempts(clinic: Path) -> None:
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in clinic.iterdir()}
    assert all(mode & 0o077 == 0 for name, mode in modes.items() if name.startswith("keys")), modes
