# SPDX-License-Identifier: MIT
"""One procedure on one patient: what was done, and what was tried before and beside it."""

from __future__ import annotations

import peewee

from models.fields import Clock, Count, Day, Number, TermField, TermsField, Words, when
from models.schema.base import Row
from models.schema.patient import Condition, PainHistory, Patient
from models.vocabulary import (
    AdjunctKind,
    Anesthesia,
    Discharge,
    Guidance,
    Leakage,
    LeakDetection,
    Position,
    PriorTreatmentKind,
    YesNo,
)


class Procedure(Condition, PainHistory):
    """A case: one procedure on one patient; everything else of the case hangs on it.

    ``version`` counts the saves; ``complete`` says whether every core field of the case is
    answered; ``synthetic`` marks generated cases for good; ``deleted_at`` puts it into the bin.
    ``signed_at`` and ``signed_by`` say when and by whom it was signed off; see ``models.signoff``.
    """

    patient_id: str
    patient = peewee.ForeignKeyField(Patient, backref="procedures", on_delete="RESTRICT")
    version = peewee.IntegerField(default=0)
    complete = peewee.BooleanField(default=False)
    synthetic = peewee.BooleanField(default=False)
    deleted_at = peewee.TextField(null=True)
    signed_at = peewee.TextField(null=True)
    signed_by = peewee.TextField(null=True)

    performed_on = Day(
        "Date",
        core=True,
        help="Day of the procedure; year or month if not known. All time points are counted from "
        "it.",
    )
    operator = Words(
        "Operator", core=True, help="Results and learning curves are per operator.", habitual=True
    )
    supervisor = Words(
        "Supervisor",
        habitual=True,
        help="Who was responsible while somebody else operated. Learning curves go by the "
        "operator, not by this name.",
    )
    trainee_share = Count(
        "Trainee's share", "%", hard=(0, 100), help="How much of it the trainee did."
    )
    anesthesia = TermField(
        "Anesthesia",
        Anesthesia,
        core=True,
        habitual=True,
        help="The deepest that was used, also where it was changed on the way. Sedation with local"
        " anesthetic and general anesthesia are both in use (Jones 2009).",
    )
    guidance = TermsField(
        "Guidance",
        Guidance,
        core=True,
        habitual=True,
        help="All imaging by which the needle and the cement were followed. At the sacrum, fewer "
        "leaks are published with CT than with a C-arm.",
    )
    table_position = TermField(
        "Position",
        Position,
        habitual=True,
        help="How the patient lay during the procedure. Posture alone changes the height, so a "
        "gain is read with it.",
    )
    any_adjunct = TermField(
        "Adjunct treatment",
        YesNo,
        core=True,
        help="Whether anything was done along with the augmentation, such as ethanol or "
        "decompression; after a yes each is listed. An explicit no tells results of cement "
        "alone.",
        copied=True,
    )
    antibiotic = TermField(
        "Antibiotic",
        YesNo,
        habitual=True,
        help="Prophylaxis given for the procedure; an antibiotic in the cement stands in the "
        "cement type. Infections are read with it.",
    )
    venography = TermField(
        "Contrast venography",
        YesNo,
        help="Contrast medium injected through the needle before anything else. Ethanol needs it "
        "first, as a wash-out test.",
        habitual=True,
    )
    started_at = Clock(
        "Start",
        help="Time of day at which the procedure began, 24-hour clock. With the end it tells the "
        "duration.",
    )
    ended_at = Clock(
        "End",
        help="Time of day at which the procedure ended, 24-hour clock. Earlier than the start "
        "means past midnight.",
    )
    minutes = Count(
        "Duration",
        "min",
        hard=(1, 600),
        usual=(None, 150),
        elsewhere={"h": 60},
        help="Of the whole procedure, all levels together; it has to fit start and end. A "
        "randomized trial took 40 min for kyphoplasty and 32 for vertebroplasty (AJNR "
        "2014;35:2227).",
    )
    blood_loss_ml = Count(
        "Blood loss",
        "mL",
        hard=(0, 20000),
        usual=(None, 200),
        help="As estimated at the end of the procedure. Hemangiomas are vascular; a mean of 16 mL "
        "is published for them (Yang 2013).",
    )
    fluoro_time_s = Count(
        "Fluoroscopy time",
        "s",
        hard=(0, 14400),
        usual=(None, 1800),
        elsewhere={"min": 60},
        core=True,
        help="Of all runs together, as the console shows it.",
    )
    kap_gycm2 = Number(
        "Kerma-area product",
        "Gy.cm2",
        hard=(0, 5000),
        usual=(None, 300),
        elsewhere={
            "mGy.cm2": 0.001,
            "cGy.cm2": 0.01,
            "dGy.cm2": 0.1,
            "uGy.m2": 0.01,
            "Gy.m2": 10_000,
        },
        decimals=4,
        help="In Gy.cm2. Consoles often show mGy.cm2, a thousand times the number.",
    )
    air_kerma_mgy = Number(
        "Air kerma",
        "mGy",
        hard=(0, 20000),
        usual=(None, 2999.9),
        elsewhere={"Gy": 1000},
        help="Cumulative, at the reference point, as the console shows it.",
    )
    image_frames = Count(
        "Image frames",
        hard=(0, 100000),
        help="Exposures that were stored, as the console or its dose report counts them. Beside "
        "time and dose they tell how much was imaged.",
    )
    cement_product = Words(
        "Cement product",
        habitual=True,
        help="Brand as on the package. Brands differ in viscosity, and a recall names brand and "
        "lot.",
    )
    cement_lot = Words(
        "Cement lot", identifier=True, help="For recalls; only in identified exports.", copied=True
    )
    cement_expiry = Day(
        "Cement expiry",
        future=True,
        copied=True,
        help="As printed on the package; day, month or year. Cement that had expired by the "
        "procedure is marked.",
    )
    cement_udi = Words(
        "Cement UDI",
        identifier=True,
        help="Unique device identifier from the label, by which the cement is traced to its maker."
        " Only in identified exports.",
        copied=True,
    )
    technical_success = TermField(
        "Technical success", YesNo, core=True, help="Cement placed as planned at every level."
    )
    technical_failure_reason = Words(
        "Why not",
        applies=when("technical_success", YesNo.NO),
        help="What kept the cement from being placed as planned, and at which level, such as no "
        "way through the pedicle or an early leak.",
    )
    discharge = TermField(
        "Discharge",
        Discharge,
        habitual=True,
        help="How long the patient stayed after the procedure. A stay that was prolonged without "
        "being planned is a complication by CIRSE 2017: list it as an event.",
    )
    discharged_on = Day(
        "Discharged on",
        help="Day on which the patient left the hospital; not needed after a discharge on the same"
        " day. It has to fit the length of the stay.",
    )
    discharged_at = Clock(
        "Discharged at",
        help="Time of day at which the patient left, 24-hour clock. It tells whether the stay was "
        "within 24 hours.",
    )
    any_complication = TermField(
        "Any complication",
        YesNo,
        core=True,
        help="Whether any adverse event is known, during the procedure or since; after a yes each "
        "is listed. An explicit no is an answer; empty is not.",
    )
    lung_cement = TermField(
        "Cement in the lungs",
        Leakage,
        help="None has to be said, as for leakage. A chest CT shows it in about 2 of 100 patients.",
    )
    lung_cement_assessed_by = TermsField(
        "Lungs looked at by",
        LeakDetection,
        applies=when("lung_cement", Leakage.NONE, Leakage.PRESENT),
        help="How cement in the lungs was looked for.",
        habitual=True,
    )
    notes = Words(
        "Notes",
        long=True,
        identifier=True,
        help="What no other field of the case has room for. It may name persons and is only in "
        "identified exports.",
    )


class PriorTreatment(Row):
    """A treatment tried before this procedure."""

    procedure = peewee.ForeignKeyField(Procedure, backref="prior_treatments", on_delete="CASCADE")
    kind = TermField(
        "Treatment",
        PriorTreatmentKind,
        core=True,
        help="One treatment a row, as Jones 2009 list injections, radiofrequency and a stimulator."
        " They show what failed before the procedure.",
    )
    treated_on = Day(
        "Date",
        help="Day, month or year of it; of a longer course, its beginning. It cannot lie after the"
        " procedure.",
    )
    dose_gy = Number(
        "Dose",
        "Gy",
        hard=(0, 100),
        applies=when("kind", PriorTreatmentKind.RADIOTHERAPY),
        help="Total of all fractions before this procedure. Hemangiomas are radiosensitive, but "
        "radionecrosis and secondary tumors can follow (Jones 2009).",
    )
    detail = Words("Detail", help="Where, how often, with what result.")


class Adjunct(Row):
    """A treatment given together with the augmentation."""

    procedure = peewee.ForeignKeyField(Procedure, backref="adjuncts", on_delete="CASCADE")
    kind = TermField(
        "Adjunct",
        AdjunctKind,
        core=True,
        copied=True,
        help="One treatment a row. Relief is then not that of cement alone: in Hadjipavlou 2007, 2"
        " of 6 patients had ethanol and 2 a laminectomy.",
    )
    volume_ml = Number(
        "Volume",
        "mL",
        hard=(0, 100),
        usual=(None, 15),
        applies=when("kind", AdjunctKind.ETHANOL, AdjunctKind.PHENOL),
        help="Ethanol or phenol that was injected, all of it together. Brown-Séquard syndrome and "
        "pathological fractures are known after such injections (Jones 2009).",
    )
    dose_gy = Number(
        "Dose",
        "Gy",
        hard=(0, 100),
        applies=when("kind", AdjunctKind.RADIOTHERAPY),
        help="Total of the fractions given or planned together with this procedure. Earlier "
        "radiotherapy is a prior treatment.",
    )
    detail = Words(
        "Detail",
        help="Level, agent or device, and when, if it was not in the same session.",
    )
