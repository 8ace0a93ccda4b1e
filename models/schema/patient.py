# SPDX-License-Identifier: MIT
"""Who was treated. What names a person stands in a table of its own, which exports leave out."""

from __future__ import annotations

import peewee

from models.fields import Day, TermField, TermsField, Words
from models.schema.base import Record
from models.vocabulary import ExtraVertebra, Sex, YesNo


class Patient(Record):
    """One person, known by a code that is not derived from name, record number or birth date."""

    version = peewee.IntegerField(default=0)

    patient_code = Words(
        "Patient code",
        core=True,
        unique=True,
        help="Local study code, unique in this logbook. Never derive it from name, record "
        "number or birth date: it is what de-identified exports build on.",
    )
    sex = TermField("Sex", Sex, core=True)
    birth_date = Day(
        "Birth date",
        identifier=True,
        index=True,
        help="Year, month or day. The age at the procedure follows from it where it is known.",
    )
    consent_registry = TermField(
        "Consent to registry", YesNo, core=True, help="Whether the patient agreed to be recorded."
    )
    consented_on = Day("Consented on", help="Day of the consent.")
    died_on = Day("Died on", help="A patient who died is not asked for follow-up any more.")
    extra_vertebrae = TermsField(
        "Extra vertebrae",
        ExtraVertebra,
        help="T13 or L6, where this patient has one. The spine then shows it in every case.",
    )
    patient_notes = Words("Notes on the patient", long=True, identifier=True)


class PatientIdentity(Record):
    """What names the person. Kept only where the clinic has switched it on."""

    patient = peewee.ForeignKeyField(Patient, backref="identity", on_delete="CASCADE", unique=True)
    full_name = Words("Name", identifier=True)
    record_number = Words("Record number", identifier=True, help="Hospital record number (MRN).")
