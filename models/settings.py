# SPDX-License-Identifier: MIT
"""Settings that belong to the logbook and hold for everybody who opens it.

Each is declared once, here: the settings dialog, the checks of what is stored and the audit read
name, kind, default and words from the declaration. Nothing is written before somebody changes one.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import field
from types import MappingProxyType
from typing import Generic, TypeVar

import peewee

from models import audit
from models.access import Right
from models.audit import Action, Event, Subject
from models.document import Change
from models.engines import search
from models.logbook import Logbook
from models.own_notes import is_own
from models.quick import dataclass
from models.schema import Setting
from models.speech import say
from models.timepoints import VisitPlan, plan_in

Value = bool | int | str
T = TypeVar("T", bool, int, str)


@dataclass(frozen=True, slots=True)
class Declared(Generic[T]):
    """One setting.

    Attributes:
        name: how it is stored; never changed after a release.
        kind: the type of its values.
        default: what holds until somebody changes it.
        label: a few words, as the settings dialog shows it.
        help: what it does, in full sentences.
        names_folder: whether a text is the name of a folder.
        most: the largest number that can be chosen.
        also: other words by which somebody looks for it, with blanks between them.
    """

    name: str
    kind: type[T]
    default: T
    label: str
    help: str
    names_folder: bool = False
    most: int = 100_000
    also: str = ""


STORE_IDENTITY: Declared[bool] = Declared(
    "store_identity",
    bool,
    False,
    say("Store names and record numbers"),
    say(
        "The case editor then asks for name and hospital record number, similar patients "
        "are found by them, and the search on the Cases page finds names. Only an "
        "identified export holds them."
    ),
    also=say("privacy anonymous pseudonym personal data identity surname MRN hospital number"),
)

VISIT_PLAN: Declared[str] = Declared(
    "visit_plan",
    str,
    "",
    say("Visit plan"),
    say(
        "Which follow-up visits are asked for, when they are due, and which days count for "
        "each. Empty for the standard plan. ``models.followup.planning`` changes it, and "
        "the cases with it."
    ),
)

THRESHOLDS: Declared[str] = Declared(
    "thresholds",
    str,
    "",
    say("Thresholds of outcomes"),
    say(
        "Who counts as improved and what is acceptable. Empty for the published "
        "thresholds. ``models.analysis.thresholds`` reads and changes them."
    ),
)

BACKUP_MINUTES: Declared[int] = Declared(
    "backup_minutes",
    int,
    30,
    say("Minutes of work between backups"),
    say(
        "So often a backup is made while somebody works, if anything was changed since the "
        "last one; another is made on closing. 0 for on closing only."
    ),
    most=1_440,
    also=say("autosave automatic copy interval how often frequency schedule"),
)

LOCK_MINUTES: Declared[int] = Declared(
    "lock_minutes",
    int,
    10,
    say("Minutes without a key or click before an encrypted logbook locks"),
    say(
        "Everything of it is hidden then until somebody signs in; what was being entered "
        "is kept. 0 for never: whoever walks up to a computer that was left alone sees all "
        "patients."
    ),
    most=720,
    also=say("idle timeout time out auto-lock screen sign out log off inactivity password"),
)

_KEEPING = say("retention thin delete old copies how long how many")

BACKUP_DAYS: Declared[int] = Declared(
    "backup_days",
    int,
    7,
    say("Daily backups that are kept"),
    say(
        "The last one of each of so many days with a backup. Those made by hand are kept "
        "in any case."
    ),
    also=_KEEPING,
)

BACKUP_WEEKS: Declared[int] = Declared(
    "backup_weeks",
    int,
    5,
    say("Weekly backups that are kept"),
    say("The last one of each of so many weeks, besides."),
    also=_KEEPING,
)

BACKUP_MONTHS: Declared[int] = Declared(
    "backup_months",
    int,
    12,
    say("Monthly backups that are kept"),
    say("The last one of each of so many months, besides."),
    also=_KEEPING,
)

BACKUP_PLACE: Declared[str] = Declared(
    "backup_place",
    str,
    "",
    say("Second place for backups"),
    say(
        "A folder on another drive, such as a network folder or a USB stick, in full. Each "
        "backup is copied there too and read back. Whoever can read it can read the "
        "backups of a logbook that is not encrypted."
    ),
    names_folder=True,
    also=say("path directory location share cloud mirror external disk copy elsewhere"),
)

ASK_REASON: Declared[bool] = Declared(
    "ask_reason",
    bool,
    False,
    say("Ask why a saved case is changed"),
    say(
        "Whoever changes or takes out a value that was saved before then gives a reason, "
        "which the audit keeps. Filling in what was open asks nothing. Moving cases to the "
        "bin, amending cases that were signed off and unlocking them always ask."
    ),
    also=say("justification comment edit good clinical practice GCP Part 11"),
)

AnySetting = Declared[bool] | Declared[int] | Declared[str]

DECLARED: tuple[AnySetting, ...] = (
    *(STORE_IDENTITY, ASK_REASON, LOCK_MINUTES),
    *(BACKUP_MINUTES, BACKUP_DAYS, BACKUP_WEEKS, BACKUP_MONTHS, BACKUP_PLACE),
)
"""Every setting that is a matter of one value, in the order in which the dialog shows them."""

_TABLE = Setting._meta.table_name


@dataclass(frozen=True, slots=True)
class LogbookSettings:
    """The settings as they stood when the logbook was read; one that is not in has its default."""

    values: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}))

    def get(self, declared: Declared[T]) -> T:
        """The value of a setting. One that is stored in another kind counts as not stored."""
        value = self.values.get(declared.name)
        return value if type(value) is declared.kind else declared.default

    def value_of(self, declared: AnySetting) -> Value:
        """The value of a setting of whatever kind."""
        value = self.values.get(declared.name)
        return value if type(value) is declared.kind else declared.default


def read_settings(logbook: Logbook) -> LogbookSettings:
    """All settings of the logbook: one statement."""
    with logbook.session():
        stored = list(
            Setting.select(Setting.name, Setting.value).tuples().execute(logbook.database)
        )
    values = {name: stored_value(text) for name, text in stored if not is_own(name)}
    return LogbookSettings(MappingProxyType(values))


def is_on(database: peewee.Database, declared: Declared[bool]) -> bool:
    """Whether a setting is on, asked inside a session that is open already."""
    return _stored(database, declared).get(declared)


def visit_plan(logbook: Logbook) -> VisitPlan:
    """The visit plan of the logbook: one statement."""
    with logbook.session():
        return visit_plan_in(logbook.database)


def visit_plan_in(database: peewee.Database) -> VisitPlan:
    """The same, asked inside a session that is open already."""
    return plan_of(_stored(database, VISIT_PLAN))


def is_plan_usable(database: peewee.Database) -> bool:
    """Whether the visit plan is the standard one, or one that is stored and can be used."""
    text = _stored(database, VISIT_PLAN).values.get(VISIT_PLAN.name, "")
    return text == "" or (isinstance(text, str) and VisitPlan.read(text) is not None)


def plan_of(settings: LogbookSettings) -> VisitPlan:
    """The visit plan among the settings; one that cannot be used counts as not stored."""
    return plan_in(settings.get(VISIT_PLAN))


def change_setting(
    logbook: Logbook, declared: AnySetting, value: Value, reason: str = ""
) -> LogbookSettings:
    """Store another value, with its audit entry; all settings as they are then.

    Switching names and record numbers on or off makes them searchable or not in the same step.
    """
    with logbook.transaction(Right.ADMINISTER):
        before = read_settings(logbook).value_of(declared)
        if before != value:
            row = Setting.insert(name=declared.name, value=json.dumps(value))
            row.on_conflict(conflict_target=[Setting.name], preserve=[Setting.value]).execute(
                logbook.database
            )
            change = Change(_TABLE, declared.name, "value", before, value)
            event = Event(
                logbook.user, Action.SETTING, Subject.LOGBOOK, changes=(change,), reason=reason
            )
            audit.append(logbook.database, [event])
            if declared.name == STORE_IDENTITY.name:
                search.name_all(logbook.database, wanted=bool(value))
        return read_settings(logbook)


def _stored(database: peewee.Database, declared: AnySetting) -> LogbookSettings:
    # Written out, because every page of the list asks, and composing takes longer than asking.
    sql = "SELECT value FROM setting WHERE name = ?"
    found = database.execute_sql(sql, (declared.name,)).fetchone()
    return LogbookSettings({declared.name: stored_value(found[0])} if found else {})


def stored_value(text: str) -> Value:
    """What is stored; a text that is no JSON, or no plain value, stands for itself."""
    try:
        value = json.loads(text)
    except ValueError:
        return text
    return value if isinstance(value, bool | int | str) else text
