# SPDX-License-Identifier: MIT
"""Drafts that wait on this computer until the server of their logbook takes them."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from models.case import load_case
from models.drafts.keeping import Draft, find, from_text, keep
from models.errors import LogbookError
from models.logbook import Logbook
from models.rows import one
from models.schema import Procedure
from models.settings import STORE_IDENTITY, is_on
from models.shelter import Shelter
from models.snapshot import snapshot


def waiting(shelter: Shelter) -> list[Draft]:
    """The drafts that wait here; what another version of the program kept is left out."""
    found = []
    for case_id, text in shelter.kept().items():
        with suppress(ValueError, KeyError, TypeError):
            said = json.loads(text)
            draft = from_text(said["content"], case_id, int(said["version"]))
            found.append(replace(draft, kept_at=datetime.fromisoformat(said["kept_at"])))
    return found


def bring_home(logbook: Logbook) -> int:
    """Let the server have the drafts that wait here; how many it got.

    What was saved after all, by a save whose answer was lost, is no draft any more.

    Raises:
        LogbookError: as its children say; what it did not get goes on waiting.
    """
    shelter = logbook.shelter
    if shelter is None:
        return 0
    brought = 0
    with logbook.session():
        shelter.takes_names = is_on(logbook.database, STORE_IDENTITY)
        for draft in waiting(shelter):
            known = find(logbook, draft.case_id)
            if _is_newer(draft, known) and not _is_saved(logbook, draft):
                keep(logbook, draft)
                brought += 1
            shelter.forget(draft.case_id)
    return brought


def _is_newer(draft: Draft, known: Draft | None) -> bool:
    """Whether the draft was kept after the one that the server has."""
    if known is None or known.kept_at is None or draft.kept_at is None:
        return True
    return known.kept_at < draft.kept_at


def _is_saved(logbook: Logbook, draft: Draft) -> bool:
    """Whether the case was saved just as it stands in the draft."""
    if draft.refused or draft.typing is not None or any(draft.aside.values()):
        return False
    if one(logbook.database, Procedure, Procedure.id == draft.case_id) is None:
        return False
    with suppress(LogbookError):
        return snapshot(load_case(logbook, draft.case_id)) == draft.document
    return False
