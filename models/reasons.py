# SPDX-License-Identifier: MIT
"""The reasons that somebody gave lately for changes, to be offered again."""

from __future__ import annotations

import re

from models.audit import Action, Subject
from models.logbook import Logbook
from models.schema import AuditEntry

MOST = 8
"""So many are offered."""

_LOOKED_AT = 300
_GIVEN_FOR = (Action.CHANGE, Action.AMEND, Action.RESTORE)
_BY_PROGRAM = ("Import of ", "Merged from ", "Undo.", "Redo.", "Follow-up: ")
"""How reasons begin that the program gave."""

_BROUGHT_BACK = re.compile(r"(?:Version|.+ of version) [0-9]+ brought back\. ?")
"""What the program says before the words of whoever brought something back."""


def recent_reasons(logbook: Logbook) -> list[str]:
    """What the logbook's user said lately, the latest first, each once: one statement."""
    query = (
        AuditEntry.select(AuditEntry.reason, AuditEntry.action, AuditEntry.subject)
        .where(AuditEntry.user == logbook.user)
        .order_by(AuditEntry.number.desc())
        .limit(_LOOKED_AT)
        .tuples()
    )
    wanted = {action.value for action in _GIVEN_FOR}
    found: dict[str, None] = {}
    with logbook.session():
        for reason, action, subject in query.execute(logbook.database):
            is_own = action in wanted and subject != Subject.LOGBOOK.value
            said = _own_words(reason)
            if is_own and said and not said.startswith(_BY_PROGRAM):
                found[said] = None
    return list(found)[:MOST]


def _own_words(reason: str) -> str:
    """What somebody said, without what the program says of a version that was brought back."""
    told = _BROUGHT_BACK.match(reason)
    return reason[told.end() :] if told else reason
