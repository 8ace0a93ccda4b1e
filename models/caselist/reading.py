# SPDX-License-Identifier: MIT
"""Reading the list in one state of the logbook, whatever is written meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import peewee

from models.audit import UNRELATED
from models.logbook import Logbook

_NO_CHANGE = ", ".join(f"'{action.value}'" for action in sorted(UNRELATED))
_LAST_CHANGE = (
    f"SELECT number FROM audit_entry WHERE action NOT IN ({_NO_CHANGE}) "
    "ORDER BY number DESC LIMIT 1"
)

Cancelled = Callable[[], bool]
"""Asked now and then whether nobody wants the answer any more."""


@contextmanager
def one_state(logbook: Logbook, cancelled: Cancelled | None = None) -> Iterator[int]:
    """One state of the logbook, told by a number that grows with every change.

    Raises:
        Interrupted: ``cancelled`` said so.
    """
    with (
        logbook.session(),
        logbook.database.interruptible(cancelled),
        logbook.database.atomic("DEFERRED"),
    ):
        yield _state(logbook.database)


def _state(database: peewee.Database) -> int:
    """Every change of a case, of a patient or of a setting has an entry in the audit.

    What was exported, printed or backed up, and who came or went, changes no list.
    """
    # Written out, because composing it takes ten times as long as the answer.
    last = database.execute_sql(_LAST_CHANGE).fetchone()
    return int(last[0]) if last else 0
