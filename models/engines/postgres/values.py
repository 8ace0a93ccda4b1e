# SPDX-License-Identifier: MIT
"""Values on their way to a server and back, so that they are what SQLite makes of them."""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg.adapt import Dumper, Loader


def as_sqlite_has_them(connection: psycopg.Connection[Any]) -> None:
    """Let a connection write and read values as the columns hold them."""
    connection.adapters.register_dumper(bool, _Truth)
    connection.adapters.register_loader("numeric", _Measured)


class _Truth(Dumper):
    """Truth as a small number: the columns hold 0 and 1, as in SQLite."""

    oid = psycopg.adapters.types["int2"].oid

    def dump(self, obj: bool) -> bytes:
        return b"1" if obj else b"0"


class _Measured(Loader):
    """A measured number as SQLite gives it back: whole where it is whole."""

    def load(self, data: bytes | bytearray | memoryview) -> int | float:
        number = float(bytes(data))
        return int(number) if number.is_integer() else number
