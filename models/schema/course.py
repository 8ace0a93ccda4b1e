# SPDX-License-Identifier: MIT
"""The course of a case: pain and function at each time point, and adverse events."""

from __future__ import annotations

import peewee

from models.fields import Count, Day, Number, PercentOfSections, TermField, Words, reported, when
from models.schema.base import Row
from models.schema.procedure import Procedure
from models.vocabulary import (
    AnalgesicLevel,
    AssessmentMissing,
    AssessmentMode,
    Causality,
    Cirse,
    CirseVersion,
    ClavienDindo,
    EventCause,
    EventKind,
    EventOutcome,
    EventPhase,
    GlobalOutcome,
    Level,
    Mobility,
    NeuroStatus,
    PainContext,
    PainScale,
    PainSite,
    Pgic,
    Respondent,
    Sir,
    TimePoint,
    Work,
    YesNo,
)

_NEW_FRACTURE = when(
    "kind", EventKind.FRACTURE_ADJACENT, EventKind.FRACTURE_REMOTE, EventKind.REFRACTURE
)


class AdverseEvent(Row):
    """One complication. A leak without symptoms is recorded as a leak, unless it was treated."""

    procedure = peewee.ForeignKeyField(Procedure, backref="adverse_events", on_delete="CASCADE")
    kind = TermField(
        "Event",
        EventKind,
        core=True,
        help="One event a row. A leak without symptoms is recorded as a leak, unless it had to be "
        "treated.",
    )
    level = TermField(
        "Level of the fracture",
        Level,
        applies=_NEW_FRACTURE,
        help="Vertebra that broke. By its distance to the treated levels the fracture is adjacent,"
        " remote or a refracture.",
    )
    onset_on = Day(
        "Onset",
        core=True,
        help="Day on which it set in; month or year, if no more is known. It has to fit the phase.",
    )
    phase = TermField(
        "Phase",
        EventPhase,
        core=True,
        help="When it set in, counted from the procedure. Where no day is known, it still tells "
        "early events from late ones.",
    )
    causality = TermField("Relation", Causality, help="How likely it comes from the procedure.")
    cause = TermField(
        "Related to",
        EventCause,
        help="What it is put down to: device, procedure or anesthesia, as in a trial (AJNR "
        "2014;35:2227), or an adjunct. An event of an earlier treatment may lie before the "
        "procedure.",
    )
    sir_2017 = TermField(
        "SIR 2017",
        Sir,
        core=True,
        help="1 no or nominal therapy; 2 substantial; 3 marked escalation; 4 life-threatening or "
        "disabling; 5 death.",
    )
    sir_multiple = TermField(
        "SIR modifier M",
        YesNo,
        help="Yes where several events came together; each is listed. A yes beside a single event "
        "is marked.",
    )
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
    treatment = Words(
        "Treatment",
        core=True,
        help="What was done about it, or that nothing was needed. The grades of severity rest on "
        "it.",
    )
    outcome = TermField(
        "Outcome",
        EventOutcome,
        core=True,
        help="How it ended, as far as is known; ongoing is an answer. A fatal event asks for the "
        "patient's day of death.",
    )
    reoperation = TermField(
        "Reoperation", YesNo, core=True, help="Whether it took another operation."
    )
    detail = Words(
        "Detail",
        long=True,
        help="Its course in words: how it was noticed, what was found, what followed.",
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
        help="Who gave the answers; somebody else only where the patient cannot. What others say "
        "differs from what the patient says.",
    )
    mode = TermField(
        "Asked",
        AssessmentMode,
        core=True,
        habitual=True,
        help="How the questions were put. Answers differ by how they are asked for.",
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
        help="Highest score that a verbal or other scale allows; published ones end at 5 or 6, for"
        " instance. Without it a score has no meaning.",
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
    pain_site = TermField(
        "Pain where",
        PainSite,
        help="Where the pain was that the score tells of. Only scores of the same place are "
        "compared, before and after.",
    )
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
        "RMDQ",
        hard=(0, 24),
        followed=True,
        help="Roland-Morris Disability Questionnaire: number of items answered yes. More is worse.",
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
    other_score_name = Words(
        "Other score",
        help="Name of another outcome measure, such as SF-36; its value and range stand beside it.",
    )
    other_score = Number(
        "Its value",
        hard=(-1000, 1000),
        decimals=3,
        help="Result of the measure that is named beside it, in its own points. It is kept and "
        "shown, and never converted.",
    )
    other_score_range = Words(
        "Its range",
        help="Lowest and highest possible score and which end is good, such as 0-100, 100 best.",
    )
    analgesic_level = TermField(
        "Analgesics",
        AnalgesicLevel,
        followed=True,
        help="Strongest at this time: 0 none, 1 non-opioid, 2 oral opioid as needed, 3 scheduled, "
        "4 parenteral (scale of the ASSR 2003).",
    )
    mobility = TermField(
        "Mobility",
        Mobility,
        followed=True,
        help="How the patient gets about at this time (scale of the ASSR 2003). Compared with "
        "before, it tells what the relief is worth.",
    )
    neuro_status = TermField(
        "Neurological deficit",
        NeuroStatus,
        followed=True,
        help="Finding at this time; no deficit is an answer. One that was not there before belongs"
        " under Adverse events too.",
    )
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
    work = TermField(
        "Work and activities",
        Work,
        followed=True,
        help="Whether work or usual activities were taken up again, as both patients of Jones 2009"
        " did.",
    )
    satisfied = TermField(
        "Satisfied",
        YesNo,
        followed=True,
        help="The patient's own view of the result. It need not follow the pain score, so it is "
        "asked for by itself.",
    )
    pgic = TermField(
        "Global impression of change",
        Pgic,
        followed=True,
        help="The patient's own answer, 1 very much improved to 7 very much worse. Farrar 2001 "
        "took 1 and 2 as relief that matters.",
    )
    global_outcome = TermField(
        "Outcome in words",
        GlobalOutcome,
        help="The result where it is told in words, such as resolved in case II of Jones 2009. An "
        "outcome of its own, never a pain score.",
    )
    missing_reason = TermField(
        "Why no score",
        AssessmentMissing,
        help="Why there is no score. Not yet due and not reached leave the visit open; every other"
        " reason closes it and is counted in the results.",
    )
    call_attempts = Count(
        "Calls tried",
        hard=(0, 50),
        usual=(None, 10),
        help="How often somebody tried to reach the patient for this assessment.",
    )
    note = Words(
        "Note",
        long=True,
        identifier=True,
        help="What else was said at this assessment. It may name persons and is only in identified"
        " exports.",
    )
