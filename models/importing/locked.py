# SPDX-License-Identifier: MIT
"""What a file would change of cases that were signed off is refused, row by row."""

from __future__ import annotations

import peewee

from models import signoff
from models.case import Case
from models.document import compare, document_of
from models.errors import LogbookError
from models.schema import Procedure


class Lock:
    """A case as it is stored, before anything of the file is laid over it."""

    def __init__(self, database: peewee.Database, stored: Case) -> None:
        row = stored.procedure
        self._database = database
        self._row = Procedure(
            id=row.id, patient=row.patient_id, signed_at=row.signed_at, signed_by=row.signed_by
        )
        self._person = document_of(stored.person_rows())
        self._case = document_of(stored.case_rows()) if stored.version else {}

    def refusal(self, changed: Case) -> str:
        """Why the case cannot become this; "" where it can."""
        new = document_of(changed.case_rows())
        wanted = signoff.Wanted(
            (self._case, new),
            compare(self._person, document_of(changed.person_rows())),
            compare(self._case, new),
        )
        said = signoff.Said(None, "", str(changed.patient.patient_code or ""))
        try:
            row = Procedure(id=changed.id, patient=str(changed.patient.id))
            signoff.judge(self._database, self._row, row, wanted, said)
        except LogbookError as error:
            return error.message
        return ""
