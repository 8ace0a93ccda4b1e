# SPDX-License-Identifier: MIT
"""The keys on the disk: ``keys.json`` and a second copy, each with a checksum, written whole.

Nothing in it opens anything without a password. Whatever later versions change, the two outer names
and the rule of the checksum stay, so that damage and a newer form can be told apart.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from models.access.errors import KeysDamaged, KeysNotWritten, NewerCipher, NewerKeys
from models.access.ring import Ring
from models.disk import content_of
from models.errors import NewerLogbook
from models.folder import is_there
from models.quick import dataclass
from models.speech import say

KEYS, SECOND_COPY = "keys.json", "keys.backup.json"
FORMAT = 1
CIPHER: Mapping[str, object] = {
    "name": "sqlcipher",
    "compatibility": 4,
    "page_size": 4096,
    "cipher": "aes-256-cbc",
    "hmac": "sha512",
    "key": "raw",
}
"""What SQLCipher 4 does by itself; the engine is told so on every connection."""

_CONTENT, _CHECKSUM = "kypholog_keys", "sha256"
_UPDATE = say("Update the program on this machine; nothing was changed.")


@dataclass(frozen=True, slots=True)
class KeyFile:
    """What the keys say; two rings while the data key is being changed, otherwise one.

    Attributes:
        rings: the present one last.
    """

    rings: tuple[Ring, ...]

    @property
    def generation(self) -> int:
        """The greater, the later."""
        return max(ring.generation for ring in self.rings)

    def ring_of(self, salt: bytes) -> Ring:
        """The ring of the database that begins like this; the present one where none is."""
        return next((ring for ring in self.rings if ring.salt == salt), self.rings[-1])

    def as_bytes(self) -> bytes:
        """The whole file."""
        content = {
            "format": FORMAT,
            "cipher": dict(CIPHER),
            "rings": [ring.as_json() for ring in self.rings],
        }
        whole = {_CONTENT: content, _CHECKSUM: _checksum(content)}
        return json.dumps(whole, indent=1, ensure_ascii=True).encode() + b"\n"

    @classmethod
    def of_bytes(cls, file: Path, raw: bytes) -> KeyFile:
        """What a file says.

        Raises:
            KeysDamaged: it is not what some Kypholog wrote.
            NewerKeys, NewerCipher: a later one wrote it.
        """
        try:
            whole = json.loads(raw.decode("ascii"))
            content = whole[_CONTENT]
            if set(whole) != {_CONTENT, _CHECKSUM} or whole[_CHECKSUM] != _checksum(content):
                raise ValueError("checksum")
            if content["format"] != FORMAT:
                raise NewerKeys(say("{file} was written by a newer Kypholog.", file=file), _UPDATE)
            if content["cipher"] != CIPHER:
                raise NewerCipher(
                    say(
                        "The logbook beside {file} is encrypted in a way that this version "
                        "of Kypholog does not know.",
                        file=file,
                    ),
                    _UPDATE,
                )
            rings = tuple(Ring.of_json(ring) for ring in content["rings"])
            if not rings:
                raise ValueError("rings")
            return cls(rings)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise KeysDamaged(
                say("{file} is damaged.", file=file),
                say("Put it back from a backup of the folder."),
            ) from error


@dataclass(frozen=True, slots=True)
class Found:
    """The keys of a logbook as they were found.

    Attributes:
        best: from the copy to be used.
        other: from the other copy, where it is whole and says something else.
        mended: name of the copy that was damaged or missing, and is whole again; "" for none.
    """

    best: KeyFile
    other: KeyFile | None = None
    mended: str = ""

    def fitting(self, salt: bytes) -> list[KeyFile]:
        """The copies, those first that say they are of the database that begins like this."""
        copies = [keys for keys in (self.best, self.other) if keys is not None]
        return sorted(copies, key=lambda keys: all(ring.salt != salt for ring in keys.rings))


def are_there(folder: Path) -> bool:
    """Whether a folder has keys, damaged or not.

    Raises:
        NotALogbook: the folder is none, or nobody may look into it.
    """
    return any(is_there(folder / name) for name in (KEYS, SECOND_COPY))


def are_lost(folder: Path) -> bool:
    """Whether a folder has no keys, or none that can be read as such."""
    try:
        read(folder, mends=False)
    except KeysDamaged:
        return True
    except NewerLogbook:
        return False
    return False


def read(folder: Path, *, mends: bool = True) -> Found:
    """Read both copies. A damaged or missing one is written anew from the other, where possible.

    With ``mends`` off it is left for whoever can tell of it.

    Raises:
        KeysDamaged: neither can be used.
        NewerKeys, NewerCipher: a later Kypholog wrote them.
    """
    whole: dict[str, KeyFile] = {}
    for name in (KEYS, SECOND_COPY):
        with suppress(KeysDamaged, OSError):
            whole[name] = KeyFile.of_bytes(folder / name, content_of(folder / name))
    if not whole:
        there = [name for name in (KEYS, SECOND_COPY) if is_there(folder / name)]
        said = say("{folder} has no {keys}; without keys nobody can open the logbook.")
        if len(there) > 1:
            said = say(
                "In {folder} {keys} and {copy} are damaged; without keys nobody can open the "
                "logbook."
            )
        elif there:
            said = say(
                "In {folder} {there} is damaged, and there is no other copy; without keys nobody "
                "can open the logbook."
            )
        raise KeysDamaged(
            said.format(folder=folder, keys=KEYS, copy=SECOND_COPY, there=there and there[0]),
            say("Put {keys} back from a backup of the folder.", keys=KEYS),
        )
    newest = max(whole.values(), key=lambda found: found.generation)
    if len(whole) == 1:
        if not mends:
            return Found(newest)
        (lost,) = {KEYS, SECOND_COPY} - set(whole)
        with suppress(OSError):
            replace(folder / lost, newest.as_bytes())
            return Found(newest, mended=lost)
        return Found(newest)
    others = [found for found in whole.values() if found != newest]
    return Found(newest, others[0] if others else None)


def write(folder: Path, keys: KeyFile) -> None:
    """Write both copies, one after the other, each whole or not at all, and read them back.

    Raises:
        KeysNotWritten: the disk did not take them; the former ones are back where it allowed that.
    """
    raw = keys.as_bytes()
    before: dict[str, bytes | None] = {}
    try:
        before.update((name, _read_if_there(folder / name)) for name in (KEYS, SECOND_COPY))
        for name in (KEYS, SECOND_COPY):
            replace(folder / name, raw)
            if content_of(folder / name) != raw:
                raise OSError(None, "it does not hold what was written")
    except OSError as error:
        for name, content in before.items():
            with suppress(OSError):
                if content is None:
                    (folder / name).unlink(missing_ok=True)
                else:
                    replace(folder / name, content)
        raise KeysNotWritten(
            say(
                "{folder} cannot be written: {reason}. The keys are what they were.",
                folder=folder / KEYS,
                reason=error.strerror,
            ),
            say("Free some space, or check that you may write to the folder."),
        ) from error


def keep_only(folder: Path, ring: Ring) -> None:
    """Forget the ring of a database that is no more, and let both copies say the same.

    Call it with the lock of a writer. What the disk does not take now is done by the next one.
    """
    found = read(folder)
    if found.other is not None or len(found.best.rings) > 1:
        with suppress(KeysNotWritten):
            write(folder, KeyFile((ring,)))


def remove(folder: Path) -> None:
    """Remove both copies: of a logbook that was made just now, and for nothing."""
    for name in (KEYS, SECOND_COPY):
        (folder / name).unlink(missing_ok=True)


def _read_if_there(file: Path) -> bytes | None:
    try:
        return content_of(file)
    except FileNotFoundError:
        return None


def replace(file: Path, raw: bytes) -> None:
    """Write a file of keys, whole or not at all, for nobody else on the machine.

    Raises:
        OSError: the disk does not take it; what was there stays.
    """
    part = file.with_name(f".{file.name}.{secrets.token_hex(4)}.part")
    try:
        # For nobody else on the machine, although nothing opens without a password.
        part.touch(mode=0o600, exist_ok=False)
        with part.open("wb") as stream:
            stream.write(raw)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(file)
        settle_folder(file.parent)
    finally:
        part.unlink(missing_ok=True)


def settle_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk, where the system knows such a thing."""
    # Windows opens no folders; there the file system sees to it.
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _checksum(content: object) -> str:
    return sha256(json.dumps(content, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
