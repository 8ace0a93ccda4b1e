# SPDX-License-Identifier: MIT
"""Entry that is not saved yet, kept so that it survives a crash: one per user and case.

A draft is no part of the record: it changes no version, leaves no entry in the audit, and neither
``verify`` nor an export looks at it.
"""

from models.drafts.keeping import (
    Draft,
    Typed,
    discard,
    draft_of,
    drafts,
    find,
    forget_names,
    keep,
)
from models.drafts.left import all_drafts, count_of, discard_left, take_over
from models.drafts.resuming import Fate, Resumed, resume
from models.drafts.waiting import bring_home, waiting

__all__ = [
    "Draft",
    "Fate",
    "Resumed",
    "Typed",
    "all_drafts",
    "bring_home",
    "count_of",
    "discard",
    "discard_left",
    "draft_of",
    "drafts",
    "find",
    "forget_names",
    "keep",
    "resume",
    "take_over",
    "waiting",
]
