# SPDX-License-Identifier: MIT
"""Reads what the pane shows of a case. Runs in a worker, and loads there what the pane needs."""

from __future__ import annotations

from dataclasses import replace

from models.case import load_case
from models.history import history_of
from models.images.store import thumbnails
from models.logbook import Logbook
from models.patient_course import patient_course
from ui.ahead import load
from ui.cases.detail_history import recent_of
from ui.cases.detail_lock import lock_parts
from ui.cases.detail_rows import Detail, describe
from ui.widgets.spine_geometry import build_spine
from ui.widgets.spine_marks import fractured_levels, variants_in


def read_detail(logbook: Logbook, case_id: str) -> Detail:
    """The case in words, with its images small.

    Raises:
        LogbookError: there is no such case any more.
    """
    load("ui.cases.case_view", "ui.cases.patient_tab")
    build_spine()  # kept for whoever draws it first
    case = load_case(logbook, case_id)
    course = patient_course(logbook, str(case.patient.id), without=case_id)
    versions = history_of(logbook, case_id)
    said = describe(case, course)
    # With its wedged bodies, too: bent in the window it would hold it up at every other case.
    build_spine(said.variants | variants_in(said.marks), fractured_levels(said.marks))
    locked = lock_parts(versions, is_locked=case.procedure.signed_at is not None)
    detail = replace(said, recent=recent_of(versions), texts=(*locked, *said.texts))
    if not detail.images:
        return detail
    small = thumbnails(logbook, (entry.content for entry in detail.images))
    return replace(detail, thumbnails=small)
