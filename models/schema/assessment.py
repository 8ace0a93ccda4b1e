# SPDX-License-Identifier: MIT
"""Pain, function and what became of the patient, at one time point."""

from __future__ import annotations

import peewee

from models.fields import Count, Day, Number, PercentOfSections, TermField, Words, reported, when
from models.schema.base import Row
from models.schema.procedure import Procedure
from models.vocabulary import (
    AnalgesicLevel,
    AssessmentMissing,
    AssessmentMode,
    GlobalOutcome,
    Mobility,
    NeuroStatus,
    PainContext,
    PainScale,
    PainSite,
    Pgic,
    Respondent,
    TimePoint,
    Work,
    YesNo,
)


class Assessment(Row):
    """What was asked once, before or after the procedure.

    ``chosen`` is kept by the program: True for the one pain score of each scale that stands for
    its time point (the nearest to the target day; of two equally near the later).
    """

    procedure = peewee.ForeignKeyField(Procedure, backref="assessments", on_delete="CASCADE")
    chosen = peewee.BooleanField(default=False)

    time_point = TermField(
        "When",
        TimePoint,
        core=True,
        help="Follows from the date where both dates are known to the day.",
    )
    assessed_on = Day(
        "Date",
        core=True,
        help="A score without a date is shown, and enters no analysis by time point.",
    )
    respondent = TermField(
        "Answered by",
        Respondent,
        core=True,
        habitual=True,
        help="What others say differs from what the patient says.",
    )
    mode = TermField(
        "Asked",
        AssessmentMode,
        core=True,
        habitual=True,
        help="Answers differ by how they are asked for.",
    )
    pain_scale = TermField(
        "Pain scale",
        PainScale,
        core=True,
        help="Scores keep their own scale and are never mixed or converted.",
        habitual=True,
    )
    pain_scale_max = Number(
        "Top of the scale",
        hard=(1, 1000),
        core=True,
        applies=when("pain_scale", PainScale.VERBAL),
    )
    pain_low, pain_high, pain_words = reported(
        "pain",
        "Pain",
        hard=(0, 1000),
        limits_told="a score lies between 0 and the top of its scale",
        core=True,
        help="A score, a range such as 0-1, or words. Words are kept and never become a number.",
        words_help="What was said where no number was given.",
    )
    pain_context = TermField(
        "Which pain", PainContext, help="Only pain of the same kind is compared, before and after."
    )
    pain_site = TermField("Pain where", PainSite)
    odi_pct = PercentOfSections(
        "ODI",
        sections=10,
        most=5,
        fewest=8,
        followed=True,
        help="Oswestry Disability Index: sum over possible sum x 100. Type the percentage, or "
        "31/9 for a sum of 31 with 9 sections answered.",
    )
    rmdq = Count(
        "RMDQ", hard=(0, 24), followed=True, help="Roland-Morris, number of items answered yes."
    )
    rmdq_items = Count("RMDQ items", hard=(18, 24), help="24, or 23 in the shorter version.")
    eq5d_index = Number(
        "EQ-5D index",
        hard=(-1, 1),
        decimals=3,
        followed=True,
        help="Depends on the value set; name it.",
    )
    eq5d_value_set = Words("EQ-5D value set", help="Country whose values were used.", habitual=True)
    eq5d_vas = Count(
        "EQ-VAS",
        hard=(0, 100),
        followed=True,
        help="0 worst, 100 best imaginable health (EuroQol).",
    )
    other_score_name = Words("Other score", help="Name of another outcome measure.")
    other_score = Number("Its value", hard=(-1000, 1000), decimals=3)
    other_score_range = Words("Its range")
    analgesic_level = TermField(
        "Analgesics",
        AnalgesicLevel,
        followed=True,
        help="0 none, 1 non-opioid, 2 oral opioid as needed, 3 scheduled, 4 parenteral "
        "(scale of the ASSR 2003).",
    )
    mobility = TermField("Mobility", Mobility, followed=True)
    neuro_status = TermField("Neurological deficit", NeuroStatus, followed=True)
    new_fracture = TermField(
        "New fracture",
        YesNo,
        followed=True,
        help="Of any vertebra, since the procedure; an explicit no is an answer.",
    )
    retreatment = TermField(
        "Treated again",
        YesNo,
        followed=True,
        help="Any vertebra, since the procedure; an explicit no is an answer.",
    )
    work = TermField("Work and activities", Work, followed=True)
    satisfied = TermField("Satisfied", YesNo, followed=True)
    pgic = TermField("Global impression of change", Pgic, followed=True, help="PGIC, 1 to 7.")
    global_outcome = TermField(
        "Outcome in words", GlobalOutcome, help="An outcome of its own, never a pain score."
    )
    missing_reason = TermField("Why no score", AssessmentMissing)
    call_attempts = Count(
        "Calls tried",
        hard=(0, 50),
        usual=(None, 10),
        help="How often somebody tried to reach the patient for this assessment.",
    )
    note = Words("Note", long=True, identifier=True)
