# SPDX-License-Identifier: MIT
"""The columns of the flat export: their names, their order, and what each holds.

First come the names that scripts rely on, then how pain was reported where it is no exact score,
then every other field of patient, procedure and treated level, then what hangs on them as lists,
one entry a row in the order of entry (of assessments: of their dates, then of entry), then ids and
states. What is added later goes to the end of its part.

Lists of codes, numbers and dates are joined by "|". Lists of words, and what is said of fields, may
hold any character, so they are JSON arrays with null for a row that says nothing. Images stay in
the logbook.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from models.exchange import flat_pain
from models.exchange.columns import Column, Holds
from models.fields import ClinicalField
from models.schema import (
    Adjunct,
    AdverseEvent,
    Assessment,
    Balloon,
    LaterMeasure,
    Leak,
    Patient,
    PatientIdentity,
    PriorTreatment,
    Procedure,
    Record,
    Row,
    TreatedLevel,
)
from models.signoff import SIGNED
from models.speech import say


class ListColumns(NamedTuple):
    """Columns that gather the rows of one table below a level or a case.

    ``named`` are columns whose name is not simply that of the field with ``prefix``; ``derived``
    says what columns hold that the program works out.
    """

    table: type[Row]
    parent: str
    prefix: str
    count_name: str
    named: Mapping[str, str]
    derived: Mapping[str, str] = MappingProxyType({})

    @property
    def fields(self) -> dict[str, ClinicalField]:
        """Every field of the table, by the name of its column."""
        known = {field.name: field for field in self.table.clinical_fields()}
        rest = [name for name in known if name not in self.named.values()]
        names = {**self.named, **{f"{self.prefix}_{name}": name for name in rest}}
        return {column: known[name] for column, name in names.items()}

    def columns(self) -> list[Column]:
        """The count, where there is a name for it, the lists, and what is said of fields."""
        rows = self.table._meta.table_name.replace("_", " ")
        counted = say("Number of entries of the kind: {rows}.", rows=rows)
        missing = say(
            "Why fields of each {rows} are empty: a JSON array of objects, field to reason.",
            rows=rows,
        )
        kept = _WHY_KEPT.format(say("each {rows}", rows=rows)).replace(
            say("a JSON object"), say("a JSON array of objects")
        )
        return [
            *([counting(self.count_name, counted)] if self.count_name else []),
            *(Column(name, field, is_list=True) for name, field in self.fields.items()),
            Column(f"{self.prefix}_missing", None, missing, True, made_of=Holds.REASONS),
            Column(f"{self.prefix}_explained", None, kept, True, made_of=Holds.SAYINGS),
            *(
                Column(f"{self.prefix}_{name}", None, told, True, made_of=Holds.FLAG)
                for name, told in self.derived.items()
            ),
        ]


_WHY_KEPT = say("Why unusual values of {} stand as they are: a JSON object of field to words.")

CASE_HEAD = ("case_id", "patient_code", "sex", "age_at_procedure", "performed_on", "operator")
LEVEL_HEAD = (
    "level",
    "technique",
    "approach",
    "side",
    "cement_ml",
    "leakage",
    "leak_locations",
    "height_gain_mm",
    "diagnosis",
)
_ADDED_LATER = frozenset({"discharged_at"})
"""Fields that stand among others in the schema, and whose columns came after theirs."""

STATES = ("synthetic", "complete", "version", *SIGNED)
"""What the program keeps of a case."""

TAIL = ("level_count", "patient_id", "level_id", *STATES)

LEAKS = ListColumns(
    Leak,
    "treated_level",
    "leak",
    "leak_count",
    {
        "leak_locations": "location",
        "leak_yeom_types": "yeom_type",
        "leak_symptomatic": "symptomatic",
        "leak_detected_by": "detected_by",
    },
)
BALLOONS = ListColumns(
    Balloon,
    "treated_level",
    "balloon",
    "",
    {
        "balloon_sides": "side",
        "balloon_sizes_mm": "size_mm",
        "balloon_volumes_ml": "volume_ml",
        "balloon_pressures": "pressure",
        "balloon_pressure_units": "pressure_unit",
        "balloon_ruptured": "ruptured",
    },
)
LATER_MEASURES = ListColumns(
    LaterMeasure,
    "treated_level",
    "later_measure",
    "later_measure_count",
    {},
)
LEVEL_LISTS = (LEAKS, BALLOONS, LATER_MEASURES)
ASSESSMENTS = ListColumns(
    Assessment,
    "procedure",
    "assessment",
    "assessment_count",
    {},
    {"chosen": say("1 where the score is the one that stands for its time point, joined by |.")},
)
CASE_LISTS = (
    ListColumns(
        PriorTreatment,
        "procedure",
        "prior_treatment",
        "prior_treatment_count",
        {"prior_treatment_kinds": "kind", "prior_treatment_dates": "treated_on"},
    ),
    ListColumns(
        Adjunct,
        "procedure",
        "adjunct",
        "adjunct_count",
        {
            "adjunct_kinds": "kind",
            "adjunct_volumes_ml": "volume_ml",
            "adjunct_doses_gy": "dose_gy",
        },
    ),
    ListColumns(
        AdverseEvent,
        "procedure",
        "adverse_event",
        "adverse_event_count",
        {
            "adverse_event_kinds": "kind",
            "adverse_event_phases": "phase",
            "adverse_event_onset": "onset_on",
            "adverse_event_sir_2017": "sir_2017",
            "adverse_event_outcomes": "outcome",
        },
    ),
    ASSESSMENTS,
)


def flat_columns() -> tuple[Column, ...]:
    """Every column of the flat export, in its order."""
    known = _entered() | {
        column.name: column for lists in (*LEVEL_LISTS, *CASE_LISTS) for column in lists.columns()
    }
    known |= {column.name: column for column in (*_WORKED_OUT, *flat_pain.columns())}
    return tuple(known[name] for name in _names())


def counting(name: str, told: str) -> Column:
    """A column of numbers that are counted."""
    return Column(name, None, told, made_of=Holds.COUNT)


def rest_of(table: type[Record]) -> list[str]:
    """The fields of ``table`` that stand behind the names that scripts rely on."""
    names = [field.name for field in table.clinical_fields()]
    rest = [name for name in names if name not in {*CASE_HEAD, *LEVEL_HEAD}]
    return sorted(rest, key=_ADDED_LATER.__contains__)


def _entered() -> dict[str, Column]:
    tables: tuple[type[Record], ...] = (Patient, PatientIdentity, Procedure, TreatedLevel)
    return {
        field.name: Column(field.name, field)
        for table in tables
        for field in table.clinical_fields()
    }


def _names() -> list[str]:
    level_lists = [column.name for lists in LEVEL_LISTS for column in lists.columns()]
    case_lists = [column.name for lists in CASE_LISTS for column in lists.columns()]
    return [
        *CASE_HEAD,
        *LEVEL_HEAD,
        *flat_pain.names(),
        *rest_of(Patient),
        "patient_missing",
        "patient_explained",
        *rest_of(PatientIdentity),
        "identity_missing",
        "identity_explained",
        *rest_of(Procedure),
        "procedure_missing",
        "procedure_explained",
        *rest_of(TreatedLevel),
        "level_missing",
        "level_explained",
        *(name for name in level_lists if name not in LEVEL_HEAD),
        *case_lists,
        *TAIL,
    ]


def _of(holds: Holds, told: dict[str, str]) -> list[Column]:
    return [Column(name, None, meaning, made_of=holds) for name, meaning in told.items()]


SIGNED_TOLD = dict(
    zip(SIGNED, (say("When it was signed off, in UTC."), say("Who signed it off.")), strict=True)
)
"""What the columns of the sign-off hold."""

_WHY_EMPTY = say("Why fields of {} are empty: field:reason, joined by |.")
_WORKED_OUT = (
    Column(
        "height_gain_mm",
        None,
        say(
            "Gain at the anterior or middle wall, whichever is greater, as measured; else "
            "the gain that was reported as one number. Low, high and words hold what else "
            "was reported."
        ),
        like=TreatedLevel._meta.fields["height_gain_low_mm"],
    ),
    *_of(
        Holds.ID,
        {
            "case_id": say("The case, in whatever logbook it is."),
            "patient_id": say("The patient, the same in all cases of the person."),
            "level_id": say("The treated level."),
        },
    ),
    *_of(
        Holds.REASONS,
        {
            "patient_missing": _WHY_EMPTY.format(say("the patient")),
            "identity_missing": _WHY_EMPTY.format(say("the names")),
            "procedure_missing": _WHY_EMPTY.format(say("the procedure")),
            "level_missing": _WHY_EMPTY.format(say("the level")),
        },
    ),
    *_of(
        Holds.SAYINGS,
        {
            "patient_explained": _WHY_KEPT.format(say("the patient")),
            "identity_explained": _WHY_KEPT.format(say("the names")),
            "procedure_explained": _WHY_KEPT.format(say("the procedure")),
            "level_explained": _WHY_KEPT.format(say("the level")),
        },
    ),
    *_of(
        Holds.FLAG,
        {
            "synthetic": say("1 for a generated case."),
            "complete": say("1 where every core field of the case is answered."),
        },
    ),
    counting("level_count", say("Number of levels of the case; 0 where its one row has none.")),
    counting("version", say("How often the case was saved.")),
    *_of(Holds.WORDS, SIGNED_TOLD),
)
