# SPDX-License-Identifier: MIT
"""A way to a server of the tests that can be cut at any moment, also between a save and its answer.

It listens on this computer and hands on what comes.
"""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

from models.address import Address

_SAVES, _COMMIT = b'INSERT INTO "audit_entry"', b"COMMIT\0"
_MOST = 1 << 16


class Cut(Enum):
    """Where the connection breaks: the commit never arrives, or its answer never comes back."""

    BEFORE = auto()
    AFTER = auto()


@dataclass(eq=False, slots=True)
class _Pair:
    """The two ends of one connection."""

    near: socket.socket
    far: socket.socket
    saves: bool = False
    is_cut: bool = False
    was_answered: bool = True

    def end(self) -> None:
        for one in (self.near, self.far):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()


class Proxy:
    """Between the program and a database, which is reached by a socket in a folder.

    Attributes:
        address: of the database, by way of this.
        cut: what happens with the next commit of a save, once; drafts come through.
        goes_down: whether no connection can be made any more after that.
        ways: how often something was said to the server whose answer was waited for.
    """

    def __init__(self, target: Address) -> None:
        folder = Path(target.uri.partition("?host=")[2])
        files = (file for file in folder.glob(".s.PGSQL.*") if file.suffix != ".lock")
        self._target = str(next(files))
        self._pairs: list[_Pair] = []
        self._is_down = False
        self.cut: Cut | None = None
        self.goes_down = False
        self.ways = 0
        self._speaks = threading.Event()
        self._speaks.set()
        self._door = socket.create_server(("127.0.0.1", 0))
        port = self._door.getsockname()[1]
        self.address = Address(f"postgresql://postgres@127.0.0.1:{port}/{target.name}")
        threading.Thread(target=self._accept, daemon=True).start()

    def go_down(self) -> None:
        """Break every connection and take no new ones."""
        self._is_down = True
        pairs, self._pairs = self._pairs, []
        for pair in pairs:
            pair.end()

    def fall_silent(self) -> None:
        """Hand on nothing any more, and break nothing: as where a cable was pulled out."""
        self._speaks.clear()

    def come_back(self) -> None:
        """Take connections again, and hand on what was held back."""
        self._is_down = self.goes_down = False
        self._speaks.set()

    def close(self) -> None:
        """End it."""
        self._speaks.set()
        self._door.close()
        self.go_down()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._door.accept()
            except OSError:
                return
            if self._is_down:
                near.close()
                continue
            far = socket.socket(socket.AF_UNIX)
            try:
                far.connect(self._target)
            except OSError:
                # The server is stopped.
                near.close()
                continue
            pair = _Pair(near, far)
            self._pairs.append(pair)
            for work in (self._forth, self._back):
                threading.Thread(target=work, args=(pair,), daemon=True).start()

    def _forth(self, pair: _Pair) -> None:
        with suppress(OSError):
            while data := pair.near.recv(_MOST):
                self._speaks.wait()
                # A long message comes in pieces.
                self.ways += pair.was_answered
                pair.was_answered = False
                pair.saves = pair.saves or _SAVES in data
                if _COMMIT in data and pair.saves and self.cut is not None:
                    cut, self.cut = self.cut, None
                    self._is_down = self._is_down or self.goes_down
                    if cut is Cut.BEFORE:
                        break
                    pair.is_cut = True
                pair.saves = pair.saves and _COMMIT not in data
                pair.far.sendall(data)
        if not pair.is_cut:
            self._lose(pair)

    def _back(self, pair: _Pair) -> None:
        with suppress(OSError):
            while data := pair.far.recv(_MOST):
                if pair.is_cut:
                    # The server has committed, and nobody hears of it.
                    break
                pair.was_answered = True
                self._speaks.wait()
                pair.near.sendall(data)
        self._lose(pair)

    def _lose(self, pair: _Pair) -> None:
        pair.end()
        if self._is_down:
            self.go_down()
