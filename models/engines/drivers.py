# SPDX-License-Identifier: MIT
"""Keeps the drivers of servers out of the way until a server is named.

peewee imports every driver that is installed as it is imported itself. Theirs takes twice as long
as peewee's own, and most who start the program work in a folder.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from types import ModuleType

from models.speech import say

_DRIVERS = frozenset({"psycopg", "psycopg2", "psycopg2cffi", "pymysql", "MySQLdb"})


class _Absent:
    """Says of the drivers that they are not installed, as long as peewee is being imported.

    It is no ``importlib.abc.MetaPathFinder`` by name: that module takes 5 ms to load.
    """

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> None:
        """Nothing of any other module, and nothing at any other time."""
        if name in _DRIVERS and _is_begun("peewee"):
            raise ModuleNotFoundError(f"{name} waits until a server is named", name=name)


def _is_begun(name: str) -> bool:
    """Whether a module is being imported, and not there yet."""
    module = sys.modules.get(name)
    return module is not None and bool(getattr(module.__spec__, "_initializing", False))


def keep_from_peewee() -> None:
    """From now on peewee finds no driver when it is imported."""
    sys.meta_path.insert(0, _Absent())


def give_peewee_psycopg() -> None:
    """Import psycopg and let peewee know it.

    Raises:
        LogbookError: it is not installed.
    """
    from models.errors import LogbookError

    try:
        import psycopg
        from psycopg.pq import TransactionStatus
        from psycopg.types.json import Json, Jsonb
    except ImportError as error:
        raise LogbookError(
            say("What speaks to a PostgreSQL server is not installed."),
            say("Install Kypholog with its extra postgres."),
        ) from error
    peewee = sys.modules["peewee"]
    if peewee.psycopg is None:
        given = {"psycopg": psycopg, "TransactionStatus": TransactionStatus}
        vars(peewee).update(given, Json_pg3=Json, Jsonb_pg3=Jsonb)
        adapter = peewee.PostgresqlDatabase.psycopg3_adapter
        adapter.txn_idle = TransactionStatus.IDLE
        adapter.txn_inerror = TransactionStatus.INERROR
        adapter.txn_unknown = TransactionStatus.UNKNOWN
