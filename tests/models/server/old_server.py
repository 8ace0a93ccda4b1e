# SPDX-License-Identifier: MIT
"""Says that it is a server of an old version, which nobody has at hand any more."""

from __future__ import annotations

import socket
import struct
import threading
from contextlib import suppress

_ASKS_FOR_ENCRYPTION = (80877103, 80877104)


class OldServer:
    """Lets everybody in, and does nothing else.

    Attributes:
        port: where it listens on this computer.
    """

    def __init__(self, version: str) -> None:
        self._version = version
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port = self._door.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """End it."""
        self._door.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._door.accept()
                # Whoever looks whether it is there goes without a word.
                with suppress(OSError, struct.error), near:
                    self._greet(near)

    def _greet(self, near: socket.socket) -> None:
        while True:
            length, code = struct.unpack("!ii", near.recv(8, socket.MSG_WAITALL))
            near.recv(length - 8, socket.MSG_WAITALL)
            if code not in _ASKS_FOR_ENCRYPTION:
                break
            near.sendall(b"N")
        said = {
            "server_version": self._version,
            "client_encoding": "UTF8",
            "standard_conforming_strings": "on",
        }
        near.sendall(_message(b"R", struct.pack("!i", 0)))
        for name, value in said.items():
            near.sendall(_message(b"S", f"{name}\0{value}\0".encode()))
        near.sendall(_message(b"K", struct.pack("!ii", 1, 1)) + _message(b"Z", b"I"))
        while near.recv(1 << 12):
            near.sendall(_message(b"Z", b"I"))


def _message(kind: bytes, body: bytes) -> bytes:
    return kind + struct.pack("!i", len(body) + 4) + body
