# SPDX-License-Identifier: MIT
"""What the audit tells of merges of patients: which there were, which stand, who became whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from models.audit import Action
from models.document import Change, changes_from_json
from models.errors import LogbookError
from models.logbook import Logbook
from models.schema import AuditEntry
from models.speech import say

MERGES = "merges"
"""What the audit calls the subject of the entries that tell of merges, so that they are found."""


@dataclass(frozen=True, slots=True)
class PastMerge:
    """A merge that the audit tells of.

    Attributes:
        number: of its entry in the audit.
        at: when, ISO 8601 in UTC.
        keep_id, other_id: the patient who was kept, and the one who became a part of that one.
        keep_code, other_code: the codes that they had then; "" for none.
        moved: how many cases moved.
        undone_by: the number of the entry that tells of its undo; 0 while it stands.
        versions: the version that each case had after it.
    """

    number: int
    at: str
    user: str
    keep_id: str
    other_id: str
    keep_code: str
    other_code: str
    moved: int
    reason: str
    undone_by: int = 0
    versions: Mapping[str, int] = field(default_factory=dict, repr=False)

    @property
    def is_undone(self) -> bool:
        """Whether the two are apart again."""
        return bool(self.undone_by)


def past_merges(logbook: Logbook) -> list[PastMerge]:
    """All merges of the logbook, the latest first, with those that were undone: one statement."""
    query = AuditEntry.select().where(AuditEntry.subject_id == MERGES).order_by(AuditEntry.number)
    with logbook.session():
        entries = list(query.execute(logbook.database))
    undone = {
        int(str(change.new)): int(entry.number)
        for entry in entries
        if entry.action == Action.UNMERGE.value
        for change in changes_from_json(entry.changes)
    }
    found = [
        _past(entry, undone.get(entry.number, 0))
        for entry in entries
        if entry.action == Action.MERGE.value
    ]
    return found[::-1]


def past_merge(logbook: Logbook, number: int) -> PastMerge:
    """The merge that entry ``number`` of the audit tells of.

    Raises:
        LogbookError: it tells of none.
    """
    found = next((merge for merge in past_merges(logbook) if merge.number == number), None)
    if found is None:
        raise LogbookError(
            say("Entry {number} of the audit is no merge of two patients.", number=number)
        )
    return found


def of_the_same_two(logbook: Logbook, number: int) -> list[PastMerge]:
    """The merge ``number`` and all others of the same patients, the latest first.

    Raises:
        LogbookError: the entry of this number tells of no merge.
    """
    meant = past_merge(logbook, number)
    both = (meant.keep_id, meant.other_id)
    return [one for one in past_merges(logbook) if (one.keep_id, one.other_id) == both]


def kept_patient(logbook: Logbook, patient_id: str) -> str:
    """The id of the patient who has the cases of this one now, through every merge that stands."""
    became = {
        merge.other_id: merge.keep_id
        for merge in reversed(past_merges(logbook))
        if not merge.is_undone
    }
    seen = {patient_id}
    while (kept := became.get(patient_id)) is not None and kept not in seen:
        seen.add(kept)
        patient_id = kept
    return patient_id


def _past(entry: AuditEntry, undone_by: int) -> PastMerge:
    changes = changes_from_json(entry.changes)
    codes, ids = _named(changes, "code"), _named(changes, "patient")
    return PastMerge(
        int(entry.number),
        str(entry.at),
        str(entry.user),
        str(ids.new),
        str(ids.old),
        str(codes.new),
        str(codes.old),
        int(str(_named(changes, "moved").new)),
        str(entry.reason),
        undone_by,
        {c.row_id: int(str(c.new)) for c in changes if c.field == "version"},
    )


def _named(changes: list[Change], name: str) -> Change:
    return next(change for change in changes if change.field == name)
