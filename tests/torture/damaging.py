# SPDX-License-Identifier: MIT
"""Damages the files of a logbook at random: what is read then is right, or it is said what is not.

A logbook with a backup is left by a program that was killed, with its journal, or was closed. One
file after the other is damaged; then it is opened, verified, read, and the backup restored.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
from collections import Counter
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from random import Random

from models import commands
from models.access.keyfile import KEYS
from models.backup import Reason, check, listing, make
from models.case import save_case
from models.catchup import catch_up
from models.errors import LogbookError
from models.logbook import DATABASE_NAME
from models.verify import verify
from tests.builders import a_case
from tests.encrypted import ADMIN, SECRETS
from tests.models.other_logbook.pair import record_of
from tests.torture.dying import Death, Tell, run
from tests.torture.killing import Limit
from tests.torture.trials import CLINIC, made, opened

JOURNAL = f"{DATABASE_NAME}-wal"
OTHER, SECRET = "Other.kypholog", "secret"
LATER = ("N-1", "N-2", "N-3", "N-4")
_BLOCKS = (512, 4_096, 16_384)


class Patient:
    """A logbook to be damaged, an older copy of it and another one like it."""

    def __init__(self, place: Path, *, is_encrypted: bool, has_journal: bool) -> None:
        self.folder = place / "run" / CLINIC
        self._template = place / "template"
        for folder in (self.folder.parent, self._template):
            shutil.rmtree(folder, ignore_errors=True)
        self._template.mkdir(parents=True)
        for name in (CLINIC, OTHER):
            logbook = made(self._template, name, is_encrypted=is_encrypted)
            make(logbook, Reason.BY_HAND)
            logbook.close()
        (self._template / SECRET).write_text(SECRETS[ADMIN])
        shutil.copytree(self._template / CLINIC, self._template / "older")
        states = run(lambda tell: _work(self._template / CLINIC, tell, closes=not has_journal))
        self.states = states.told
        assert (self._template / CLINIC / JOURNAL).exists() is has_journal
        self.has_journal = has_journal

    @property
    def files(self) -> list[Path]:
        """What can be damaged, relative to the logbook."""
        folder = self._template / CLINIC
        left_out = (".lock", "-shm")
        return sorted(
            path.relative_to(folder)
            for path in folder.rglob("*")
            if path.is_file() and not path.name.endswith(left_out)
        )

    def lay(self) -> None:
        """Have it healthy, as it was left."""
        shutil.rmtree(self.folder.parent, ignore_errors=True)
        shutil.copytree(self._template, self.folder.parent)

    def older(self, file: Path) -> Path:
        """The same file of the same logbook, earlier."""
        return self.folder.parent / "older" / file

    def other(self, file: Path) -> Path:
        """The same file of another logbook; a backup has another name there."""
        there = self.folder.parent / OTHER / file
        if there.exists():
            return there
        return next(iter(sorted(there.parent.glob(f"*{file.suffix}"))), there)


def _work(folder: Path, tell: Tell, *, closes: bool) -> None:
    """Four saves in the journal; the state of the record before the first, and after each."""
    logbook = opened(folder)
    logbook.keep_open()
    tell(_state(record_of(logbook)))
    for code in LATER:
        save_case(logbook, a_case(code))
        tell(_state(record_of(logbook)))
    if closes:
        logbook.close()
    else:
        os.kill(os.getpid(), signal.SIGKILL)


def _state(record: object) -> str:
    return hashlib.sha256(repr(record).encode()).hexdigest()


# ways to damage a file

Damage = Callable[[Patient, Path, Random], None]


def flip(patient: Patient, file: Path, chance: Random) -> None:
    """One bit, or a few."""
    target = patient.folder / file
    content = bytearray(target.read_bytes())
    for _ in range(chance.choice((1, 1, 2, 8))):
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    target.write_bytes(content)


def zero(patient: Patient, file: Path, chance: Random) -> None:
    """A block."""
    target = patient.folder / file
    content = bytearray(target.read_bytes())
    size = min(chance.choice(_BLOCKS), len(content))
    at = chance.randrange(len(content)) // size * size
    content[at : at + size] = bytes(len(content[at : at + size]))
    target.write_bytes(content)


def truncate(patient: Patient, file: Path, chance: Random) -> None:
    """Anywhere, or at the end of a page."""
    target = patient.folder / file
    content = target.read_bytes()
    at = chance.randrange(len(content))
    target.write_bytes(content[: at // 4_096 * 4_096 if chance.random() < 0.5 else at])


def scramble(patient: Patient, file: Path, chance: Random) -> None:
    """All of it."""
    target = patient.folder / file
    target.write_bytes(chance.randbytes(target.stat().st_size))


def remove(patient: Patient, file: Path, chance: Random) -> None:
    """All of it."""
    (patient.folder / file).unlink()


def exchange(patient: Patient, file: Path, chance: Random) -> None:
    """With the same file of another logbook."""
    other = patient.other(file)
    if other.exists():
        shutil.copyfile(other, patient.folder / file)


def age(patient: Patient, file: Path, chance: Random) -> None:
    """With an older copy of the same file."""
    older = patient.older(file)
    if older.exists():
        shutil.copyfile(older, patient.folder / file)


DAMAGES: dict[str, Damage] = {
    "bits flipped": flip,
    "block of zeros": zero,
    "truncated": truncate,
    "scrambled": scramble,
    "removed": remove,
    "of another logbook": exchange,
    "older copy": age,
}


# what is seen afterwards


def _look(patient: Patient, tell: Tell) -> None:
    logbook = opened(patient.folder)
    if logbook.is_behind():
        catch_up(logbook)
    found = verify(logbook)
    tell(f"found {len(found)}" if found else "clean")
    tell(_state(record_of(logbook)))
    backups = [check(one, logbook.passphrase_of(one.file)) for one in listing(patient.folder)]
    tell("backups whole" if backups and not any(backups) else "backups told")
    logbook.close()


def judged(patient: Patient, file: Path, death: Death) -> str:
    """In a word, what became of it.

    Raises:
        AssertionError: what was read is not right, and nobody said so.
    """
    if death.refusal:
        assert death.refusal.endswith((".", "!")), death.refusal
        return "refused in words"
    if death.told[0] != "clean":
        return "found by verify"
    assert death.told[1] == patient.states[-1], f"wrong, and nobody said so: {file}"
    return "exactly right"


def _restore(patient: Patient, tell: Tell) -> None:
    """As somebody would at the command line."""
    secret = patient.folder.parent / SECRET
    words = ["--logbook", str(patient.folder), "--user", ADMIN, "--password-file", str(secret)]
    said = StringIO()
    with redirect_stderr(said), redirect_stdout(StringIO()):
        code = commands.run([*words, "restore", "latest"])
    if code:
        assert code == 2
        raise LogbookError(said.getvalue().strip())
    logbook = opened(patient.folder)
    assert verify(logbook) == []
    tell(_state(record_of(logbook)))
    logbook.close()


def restored(patient: Patient, file: Path, death: Death) -> str:
    """In a word, whether the backup was put back."""
    if death.refusal:
        assert death.refusal.endswith("."), death.refusal
        is_of_backup = file.parts[0] == "backups" or file.name == KEYS
        assert is_of_backup, f"{file} is damaged, and the backup was refused: {death.refusal}"
        return "restoring refused in words"
    assert death.told == (patient.states[0],)
    return "restored"


def damage_all(place: Path, tries: int, chance: Random, limit: Limit) -> dict[str, Counter[str]]:
    """Damage each file in each way; what was found, by file and way."""
    found: dict[str, Counter[str]] = {}
    kinds = [(is_encrypted, journal) for is_encrypted in (False, True) for journal in (False, True)]
    for number, (is_encrypted, has_journal) in enumerate(kinds):
        part = limit.part(number, len(kinds))
        patient = Patient(place, is_encrypted=is_encrypted, has_journal=has_journal)
        for _ in range(tries // len(kinds)):
            if part.is_over():
                break
            file, name = chance.choice(patient.files), chance.choice(list(DAMAGES))
            counts = found.setdefault(_kind_of(file), Counter())
            counts["tries"] += 1
            try:
                counts.update(_try(patient, file, name, chance))
            except Exception as error:
                error.add_note(f"{file}: {name}; encrypted: {is_encrypted}, journal: {has_journal}")
                raise
    return found


def _try(patient: Patient, file: Path, name: str, chance: Random) -> list[str]:
    patient.lay()
    state = chance.getstate()
    DAMAGES[name](patient, file, chance)
    seen = judged(patient, file, run(lambda tell: _look(patient, tell)))
    # Looking may have mended something; restoring starts from the damage.
    patient.lay()
    chance.setstate(state)
    DAMAGES[name](patient, file, chance)
    return [seen, restored(patient, file, run(lambda tell: _restore(patient, tell)))]


def _kind_of(file: Path) -> str:
    if file.parts[0] == "backups":
        return f"backup {file.suffix}"
    return file.name
