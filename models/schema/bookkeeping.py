# SPDX-License-Identifier: MIT
"""What the logbook keeps about itself: users, audit, drafts, filters, settings, list rows."""

from __future__ import annotations

import peewee

from models.fields import Stamp
from models.schema.base import new_id
from models.vocabulary import Role


class Bookkeeping(peewee.Model):
    """Base of the tables that hold no clinical fields."""

    class Meta:
        """Named like every other table."""

        legacy_table_names = False


class User(Bookkeeping):
    """Somebody who works with the logbook. Names stay when accounts are closed."""

    id = peewee.CharField(36, primary_key=True, default=new_id)
    name = peewee.TextField(unique=True)
    role = peewee.TextField(default=Role.ADMIN.value)
    created_at = Stamp()
    closed_at = Stamp(null=True)


class AuditEntry(Bookkeeping):
    """One thing that happened, chained to the one before by its hash.

    ``changes`` is JSON: table to row id to field to [old, new]; ``content_hash`` is the hash of
    the whole subject after the change, so that a row changed behind the program's back is found.
    """

    number = peewee.IntegerField(primary_key=True)
    at = Stamp()
    user = peewee.TextField()
    action = peewee.TextField()
    subject = peewee.TextField()
    subject_id = peewee.CharField(36, default="")
    version = peewee.IntegerField(default=0)
    changes = peewee.TextField(default="{}")
    reason = peewee.TextField(default="")
    content_hash = peewee.CharField(64, default="")
    previous_hash = peewee.CharField(64)
    hash = peewee.CharField(64)

    class Meta:
        """The history of a case is read by its id, the whole by user, action or time as well."""

        indexes = tuple(
            ((name, "number"), False) for name in ("subject_id", "user", "action", "at")
        )


class Draft(Bookkeeping):
    """Entry that is not saved yet: one per user and case."""

    id = peewee.CharField(36, primary_key=True, default=new_id)
    user = peewee.TextField()
    case_id = peewee.CharField(36)
    base_version = peewee.IntegerField()
    content = peewee.TextField()
    kept_at = Stamp()

    class Meta:
        """A second draft of the same case replaces the first."""

        indexes = ((("user", "case_id"), True),)


class SavedFilter(Bookkeeping):
    """A named filter, in the words of the query language."""

    id = peewee.CharField(36, primary_key=True, default=new_id)
    name = peewee.TextField(unique=True)
    query = peewee.TextField()


class LiteratureRow(Bookkeeping):
    """A published rate that the clinic added: the cells of its row as JSON, by their columns."""

    id = peewee.CharField(36, primary_key=True, default=new_id)
    content = peewee.TextField()


class Setting(Bookkeeping):
    """A setting that belongs to the logbook rather than to a workstation; the value is JSON."""

    name = peewee.TextField(primary_key=True)
    value = peewee.TextField()


class CaseRow(Bookkeeping):
    """What the list of cases shows of a case, written in the same transaction as the case.

    It repeats the record so that any page, filter and sort of the list reads one indexed table.
    ``verify`` compares it with the record, and it can be made anew at any time. ``performed_day``,
    ``visits`` and ``days_to_death`` are what follow-up needs of a case, see ``models.visits``.

    Some columns are there to sort by: ``*_rank`` is the place of a term in its vocabulary,
    ``*_order`` a text without case and accents, ``*_scale`` the place of the scale of a score,
    because scores on different scales have no common order. ``scores``, ``score_days``,
    ``score_words`` and ``value_sets`` are what analyses read, see ``models.scoretext``.
    """

    number = peewee.AutoField()
    case_id = peewee.CharField(36, unique=True)
    patient_id = peewee.CharField(36, index=True)
    patient_code = peewee.TextField(null=True, index=True)
    performed_on = peewee.TextField(null=True, index=True)
    age = peewee.IntegerField(null=True)
    sex = peewee.TextField(null=True)
    operator = peewee.TextField(null=True)
    levels = peewee.TextField(default="")
    level_rank = peewee.IntegerField(null=True)
    level_count = peewee.IntegerField(default=0)
    techniques = peewee.TextField(default="")
    diagnoses = peewee.TextField(default="")
    cement_ml = peewee.DoubleField(null=True)
    leakage = peewee.TextField(null=True)
    leak_locations = peewee.TextField(default="")
    gain_low_mm = peewee.DoubleField(null=True)
    gain_high_mm = peewee.DoubleField(null=True)
    pain_scale = peewee.TextField(null=True)
    pain_before_low = peewee.DoubleField(null=True)
    pain_before_high = peewee.DoubleField(null=True)
    pain_before_words = peewee.TextField(default="")
    pain_latest_low = peewee.DoubleField(null=True)
    pain_latest_high = peewee.DoubleField(null=True)
    pain_latest_words = peewee.TextField(default="")
    course = peewee.TextField(default="[]")
    performed_day = peewee.IntegerField(null=True)
    visits = peewee.TextField(default="")
    days_to_death = peewee.IntegerField(null=True)
    complete = peewee.BooleanField(default=False)
    synthetic = peewee.BooleanField(default=False)
    deleted = peewee.BooleanField(default=False)
    signed = peewee.BooleanField(default=False)
    patient_order = peewee.TextField(null=True)
    sex_rank = peewee.IntegerField(null=True)
    operator_order = peewee.TextField(null=True)
    technique_rank = peewee.IntegerField(null=True)
    diagnosis_rank = peewee.IntegerField(null=True)
    leakage_rank = peewee.IntegerField(null=True)
    before_scale = peewee.IntegerField(null=True)
    latest_scale = peewee.IntegerField(null=True)
    change_scale = peewee.IntegerField(null=True)
    change_low = peewee.DoubleField(null=True)
    change_high = peewee.DoubleField(null=True)
    scores = peewee.TextField(null=True)
    score_days = peewee.TextField(null=True)
    score_words = peewee.TextField(null=True)
    value_sets = peewee.TextField(null=True)

    class Meta:
        """One index per way the list is sorted; the row number makes the order total.

        What is due on a day is read off the last index but one alone, and how much there is in
        all off the last.
        """

        indexes = tuple(
            (("deleted", *columns, "number"), False)
            for columns in (
                ("performed_on",),
                ("patient_order",),
                ("age",),
                ("sex_rank",),
                ("level_rank",),
                ("technique_rank",),
                ("diagnosis_rank",),
                ("cement_ml",),
                ("leakage_rank",),
                ("gain_low_mm", "gain_high_mm"),
                ("before_scale", "pain_before_low", "pain_before_high"),
                ("latest_scale", "pain_latest_low", "pain_latest_high"),
                ("change_scale", "change_low", "change_high"),
                ("operator_order",),
                ("complete",),
                ("signed",),
                ("performed_day", "visits", "days_to_death"),
                ("patient_id", "level_count", "synthetic"),
            )
        )


class CaseFoundBy(Bookkeeping):
    """What a case of the list is found by: the search index, in a form that can be read back.

    Words and tags are parted by blanks, with one before the first and behind the last. The other
    columns are the texts that a condition can ask a part of, without case and accents.
    """

    number = peewee.IntegerField(primary_key=True)
    words = peewee.TextField()
    tags = peewee.TextField()
    patient = peewee.TextField(null=True, index=True)
    operator = peewee.TextField(null=True, index=True)
    supervisor = peewee.TextField(null=True, index=True)
    product = peewee.TextField(null=True, index=True)
    lot = peewee.TextField(null=True, index=True)
