# SPDX-License-Identifier: MIT
"""Who of the other logbook is who in ours: the same id, or another one for the same person."""

from __future__ import annotations

from models.document import Document, Fields
from models.logbook import Logbook
from models.merges import past_merges
from models.other_logbook.points import Notes
from models.other_logbook.states import CASES, IDENTITIES
from models.schema import Patient

_PATIENTS = str(Patient._meta.table_name)


class Aliases:
    """Patients of theirs by the patients of ours that they are.

    They are one where an earlier merge said so, in either logbook, and where one patient of ours
    became a part of another one.
    """

    def __init__(self, mine: Logbook, own: Notes, other: Notes) -> None:
        query = Patient.select(Patient.id, Patient.patient_code).tuples()
        found = list(query.execute(mine.database))
        self.ids = {str(patient_id) for patient_id, _ in found}
        self.codes = {str(code): str(patient_id) for patient_id, code in found if code}
        self.fresh: dict[str, str] = {}
        """Who was found to be who just now, for the next merge to know."""
        self._joined = dict(own.joined)
        for ours, theirs in other.joined.items():
            if ours in self.ids:
                self._joined.setdefault(theirs, ours)
        self._became = {
            merge.other_id: merge.keep_id
            for merge in reversed(past_merges(mine))
            if not merge.is_undone
        }

    def of(self, patient_id: str) -> str:
        """The id by which we know, or would know, a patient of theirs."""
        found, seen = self._joined.get(patient_id, patient_id), {patient_id}
        while found not in self.ids and found in self._became and found not in seen:
            seen.add(found)
            found = self._became[found]
        return found

    def join(self, theirs: str, ours: str) -> None:
        """From now on a patient of theirs is one of ours."""
        self._joined[theirs] = self.fresh[theirs] = ours

    def rename(self, patient_id: str, old: str, new: str) -> None:
        """A patient of ours is to get another code."""
        if self.codes.get(old) == patient_id:
            del self.codes[old]
        self.codes.setdefault(new, patient_id)

    def free_code(self, code: str, name: str) -> str:
        """A code that no patient of ours has, for one of the logbook ``name``; it is taken then."""
        n, found = 1, f"{code} ({name})"
        while found in self.codes:
            n += 1
            found = f"{code} ({name} {n})"
        self.codes[found] = ""
        return found

    def case(self, document: Document) -> Document:
        """A case of theirs as one of a patient of ours."""
        rows = {
            row_id: {**row, "patient": self.of(str(row["patient"]))} if "patient" in row else row
            for row_id, row in document.get(CASES, {}).items()
        }
        return {**document, CASES: rows} if rows else document

    def person(
        self, document: Document, ours: str, identity_id: str, *, with_names: bool
    ) -> Document:
        """A patient of theirs with the ids that ours has; without names where we store none."""
        renamed: Document = {}
        for row in document.get(_PATIENTS, {}).values():
            renamed[_PATIENTS] = {ours: row}
        for row_id, row in document.get(IDENTITIES, {}).items() if with_names else ():
            fields: Fields = {**row, "patient": ours}
            renamed[IDENTITIES] = {identity_id or row_id: fields}
        return renamed
