# SPDX-License-Identifier: MIT
"""Keeps texts on this computer until the server of their logbook takes them.

Where there is a key they lie encrypted in files, one for each text, and outlast the program; the
key is kept by the server. Without one, or on a disk that takes nothing, they stay in memory.
"""

from __future__ import annotations

import json
import os
import secrets
import threading
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from models.access.sealing import CannotUnseal, lock, unlock
from models.disk import content_of

_ENDING = ".waiting"
_SAID = b"kypholog waiting"


class Shelter:
    """Threads share it.

    Args:
        folder: where the files lie; made when it is needed.
        key: 32 bytes; without it nothing is written.

    Attributes:
        folder: where the files lie.
        takes_names: whether names of patients may be kept, as far as is known of the logbook.
    """

    def __init__(self, folder: Path | None, key: bytes = b"") -> None:
        self.folder, self._key = folder, key
        self._lock = threading.Lock()
        self._memory: dict[str, str] = {}
        self.takes_names = False

    @property
    def is_lasting(self) -> bool:
        """Whether what is kept outlasts the program, as far as is known."""
        return bool(self.folder is not None and self._key and not self._memory)

    @property
    def is_in_memory(self) -> bool:
        """Whether something is kept that ends with the program."""
        return bool(self._memory)

    def keep(self, name: str, text: str) -> None:
        """Keep a text under a name, in place of what it named before; on the disk if it can be."""
        with self._lock:
            if self._is_written(name, text):
                self._memory.pop(name, None)
            else:
                self._memory[name] = text

    def forget(self, name: str) -> None:
        """The text of this name is not needed any more, if there is one."""
        with self._lock:
            self._memory.pop(name, None)
            if self.folder is not None:
                with suppress(OSError):
                    self._file(name).unlink(missing_ok=True)

    def kept(self) -> dict[str, str]:
        """All texts by their names; what cannot be read stays where it is and is left out."""
        with self._lock:
            return {**dict(self._read()), **self._memory}

    def _is_written(self, name: str, text: str) -> bool:
        if self.folder is None or not self._key:
            return False
        try:
            self._write(self._file(name), json.dumps([name, text]).encode())
        except OSError:
            return False
        return True

    def _read(self) -> Iterator[tuple[str, str]]:
        if self.folder is None or not self._key:
            return
        for file in sorted(self.folder.glob(f"*{_ENDING}")):
            with suppress(OSError, CannotUnseal, ValueError):
                name, text = json.loads(unlock(self._key, content_of(file), _SAID))
                yield str(name), str(text)

    def _file(self, name: str) -> Path:
        assert self.folder is not None
        return self.folder / f"{sha256(name.encode()).hexdigest()[:32]}{_ENDING}"

    def _write(self, file: Path, content: bytes) -> None:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        coming = file.with_name(f"{secrets.token_hex(8)}.coming")
        try:
            with coming.open("xb") as stream:
                stream.write(lock(self._key, content, _SAID))
                stream.flush()
                os.fsync(stream.fileno())
            coming.replace(file)
        except OSError:
            with suppress(OSError):
                coming.unlink(missing_ok=True)
            raise
