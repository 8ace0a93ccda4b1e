# SPDX-License-Identifier: MIT
"""Adverse events, graded by the scales in use."""

from __future__ import annotations

import peewee

from models.fields import Day, TermField, Words, when
from models.schema.base import Row
from models.schema.procedure import Procedure
from models.vocabulary import (
    Causality,
    Cirse,
    CirseVersion,
    ClavienDindo,
    EventCause,
    EventKind,
    EventOutcome,
    EventPhase,
    Level,
    Sir,
    YesNo,
)

_NEW_FRACTURE = when(
    "kind", EventKind.FRACTURE_ADJACENT, EventKind.FRACTURE_REMOTE, EventKind.REFRACTURE
)


class AdverseEvent(Row):
    """One complication. A leak without symptoms is recorded as a leak, unless it was treated."""

    procedure = peewee.ForeignKeyField(Procedure, backref="adverse_events", on_delete="CASCADE")
    kind = TermField("Event", EventKind, core=True)
    level = TermField(
        "Level of the fracture", Level, applies=_NEW_FRACTURE, help="For distance to the cement."
    )
    onset_on = Day("Onset", core=True)
    phase = TermField("Phase", EventPhase, core=True)
    causality = TermField("Relation", Causality, help="How likely it comes from the procedure.")
    cause = TermField("Related to", EventCause)
    sir_2017 = TermField(
        "SIR 2017",
        Sir,
        core=True,
        help="1 no or nominal therapy; 2 substantial; 3 marked escalation; 4 life-threatening or "
        "disabling; 5 death.",
    )
    sir_multiple = TermField("SIR modifier M", YesNo, help="Multiple events.")
    cirse = TermField(
        "CIRSE",
        Cirse,
        help="1 solved in the same session; 2 stay under 48 h longer; 3 further therapy, no "
        "sequelae; 4 mild, 5 severe sequelae; 6 death.",
    )
    cirse_version = TermField("CIRSE edition", CirseVersion, help="2026 splits grades 1 and 3.")
    clavien_dindo = TermField(
        "Clavien-Dindo",
        ClavienDindo,
        help="By the treatment it took: I nothing special, II drugs or transfusion, III an "
        "intervention (b: under general anesthesia), IV intensive care (b: several organs), "
        "V death (Dindo 2004).",
    )
    clavien_disability = TermField(
        "Clavien-Dindo suffix d", YesNo, help="A disability remains at discharge (Dindo 2004)."
    )
    treatment = Words("Treatment", core=True)
    outcome = TermField("Outcome", EventOutcome, core=True)
    reoperation = TermField(
        "Reoperation", YesNo, core=True, help="Whether it took another operation."
    )
    detail = Words("Detail", long=True)
