# SPDX-License-Identifier: MIT
"""The tables. Every field of the record is declared once, in this package, and nowhere else.

One module a part of the record, because the whole is longer than a file should be. Forms, checks,
exports, the codebook and the help read label, unit, range and terms from the fields here.
"""

from __future__ import annotations

import peewee

from models.schema.base import Record, Row, new_id, new_ids
from models.schema.bookkeeping import (
    AuditEntry,
    CaseFoundBy,
    CaseRow,
    Draft,
    LiteratureRow,
    SavedFilter,
    Setting,
    User,
)
from models.schema.course import AdverseEvent, Assessment
from models.schema.image import Image, ImageContent
from models.schema.level import Balloon, LaterMeasure, Leak, TreatedLevel
from models.schema.patient import Patient, PatientIdentity
from models.schema.procedure import Adjunct, PriorTreatment, Procedure
from models.speech import say

RECORD_TABLES: tuple[type[Record], ...] = (
    Patient,
    PatientIdentity,
    Procedure,
    PriorTreatment,
    Adjunct,
    TreatedLevel,
    Balloon,
    Leak,
    LaterMeasure,
    AdverseEvent,
    Assessment,
    Image,
)
"""The clinical tables, parents before children."""

ALL_TABLES: tuple[type[peewee.Model], ...] = (
    ImageContent,
    *RECORD_TABLES,
    User,
    AuditEntry,
    Draft,
    SavedFilter,
    LiteratureRow,
    Setting,
    CaseRow,
    CaseFoundBy,
)
"""Every table of a logbook, parents before children."""

_ROWS_NAMED = {
    "patient": say("Patient"),
    "patient_identity": say("Patient identity"),
    "procedure": say("Procedure"),
    "prior_treatment": say("Prior treatment"),
    "adjunct": say("Adjunct"),
    "treated_level": say("Treated level"),
    "balloon": say("Balloon"),
    "leak": say("Leak"),
    "later_measure": say("Later measure"),
    "adverse_event": say("Adverse event"),
    "assessment": say("Assessment"),
    "image": say("Image"),
}


def rows_named(table: str) -> str:
    """What people call a row of the table of that name."""
    return _ROWS_NAMED.get(table) or table.replace("_", " ").capitalize()


__all__ = [
    "ALL_TABLES",
    "RECORD_TABLES",
    "Adjunct",
    "AdverseEvent",
    "Assessment",
    "AuditEntry",
    "Balloon",
    "CaseFoundBy",
    "CaseRow",
    "Draft",
    "Image",
    "ImageContent",
    "LaterMeasure",
    "Leak",
    "LiteratureRow",
    "Patient",
    "PatientIdentity",
    "PriorTreatment",
    "Procedure",
    "Record",
    "Row",
    "SavedFilter",
    "Setting",
    "TreatedLevel",
    "User",
    "new_id",
    "new_ids",
    "rows_named",
]
