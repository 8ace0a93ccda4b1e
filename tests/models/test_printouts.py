# SPDX-License-Identifier: MIT
"""What left the program on paper is in the audit, without anything of a patient."""

from __future__ import annotations

from models.audit import Action, chain_problems
from models.logbook import Logbook
from models.printouts import CLIPBOARD, note_handed_on, note_printout
from models.query import parse
from models.schema import AuditEntry
from tests.builders import noted


def test_a_printout_is_written_down(logbook: Logbook) -> None:
    note_printout(logbook, "List of cases", 12, "PDF file")
    entry = AuditEntry.select().order_by(AuditEntry.number.desc()).first(logbook.database)
    assert (entry.user, entry.action, entry.subject) == (logbook.user, Action.PRINT, "logbook")
    assert entry.reason == "List of cases, PDF file. Rows: 12."
    assert (entry.subject_id, entry.changes) == ("", "{}")
    assert chain_problems(logbook.database) == []


def test_a_figure_and_copied_rows_are_exports(logbook: Logbook) -> None:
    note_handed_on(logbook, "Figure Height gain", "PDF file gain.pdf", parse("leak:yes"))
    note_handed_on(logbook, "Rows of the list of cases", CLIPBOARD, rows=3)
    assert noted(logbook, Action.EXPORT) == [
        "Figure Height gain, PDF file gain.pdf. Filter: leak:present.",
        "Rows of the list of cases, clipboard. Rows: 3.",
    ]
    assert chain_problems(logbook.database) == []
