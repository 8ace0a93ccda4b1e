# SPDX-License-Identifier: MIT
"""What left the program on paper is in the audit, without anything of a patient."""

from __future__ import annotations

from models.audit import Action, chain_problems
from models.logbook import Logbook
from models.printouts import note_printout
from models.schema import AuditEntry


def test_a_printout_is_written_down(logbook: Logbook) -> None:
    note_printout(logbook, "List of cases", 12, "PDF file")
    entry = AuditEntry.select().order_by(AuditEntry.number.desc()).first(logbook.database)
    assert (entry.user, entry.action, entry.subject) == (logbook.user, Action.PRINT, "logbook")
    assert entry.reason == "List of cases, PDF file. Rows: 12."
    assert (entry.subject_id, entry.changes) == ("", "{}")
    assert chain_problems(logbook.database) == []
