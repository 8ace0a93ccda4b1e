# SPDX-License-Identifier: MIT
"""The columns of the flat export: their names, their order, and what each holds.

First come the names that scripts rely on, then how pain was reported where it is no exact score,
then every other field of patient, procedure and treated level that cannot identify a person, then
what hangs on them as lists joined by "|", then ids and states. What is added later goes to the
end of its part.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from models.exchange import flat_pain
from models.fields import ClinicalField
from models.schema import (
    Adjunct,
    AdverseEvent,
    Assessment,
    Balloon,
    Leak,
    Patient,
    PriorTreatment,
    Procedure,
    Record,
    Row,
    TreatedLevel,
)


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        name: the heading.
        field: the field whose stored value stands here (several values where ``is_list``), or
            None for a column that is worked out.
        meaning: what stands here, where no field tells it.
        is_list: one entry a row of the field's table, joined by "|", empty where it holds nothing.
    """

    name: str
    field: ClinicalField | None = None
    meaning: str = ""
    is_list: bool = False


class ListColumns(NamedTuple):
    """Columns that gather the rows of one table below a level or a case."""

    table: type[Row]
    parent: str
    count_name: str
    fields: dict[str, str]

    def columns(self) -> list[Column]:
        """The count, where there is a name for it, then the lists."""
        entries = [
            Column(name, self.table._meta.fields[field], is_list=True)
            for name, field in self.fields.items()
        ]
        rows = self.table._meta.table_name.replace("_", " ")
        counted = f"Number of entries of the kind: {rows}."
        return [*([Column(self.count_name, None, counted)] if self.count_name else []), *entries]


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
TAIL = ("level_count", "patient_id", "level_id", "synthetic", "complete", "version")

LEAKS = ListColumns(
    Leak,
    "treated_level",
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
CASE_LISTS = (
    ListColumns(
        PriorTreatment,
        "procedure",
        "prior_treatment_count",
        {"prior_treatment_kinds": "kind", "prior_treatment_dates": "treated_on"},
    ),
    ListColumns(
        Adjunct,
        "procedure",
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
        "adverse_event_count",
        {
            "adverse_event_kinds": "kind",
            "adverse_event_phases": "phase",
            "adverse_event_onset": "onset_on",
            "adverse_event_sir_2017": "sir_2017",
            "adverse_event_outcomes": "outcome",
        },
    ),
)


def flat_columns() -> tuple[Column, ...]:
    """Every column of the flat export, in its order."""
    told = _MEANINGS | flat_pain.meanings()
    known = _entered() | {
        column.name: column
        for lists in (LEAKS, BALLOONS, *CASE_LISTS)
        for column in lists.columns()
    }
    return tuple(known.get(name) or Column(name, None, told[name]) for name in _names())


def rest_of(table: type[Record]) -> list[str]:
    """The fields of ``table`` that stand behind the names that scripts rely on."""
    names = [field.name for field in table.clinical_fields() if not field.identifier]
    return [name for name in names if name not in {*CASE_HEAD, *LEVEL_HEAD}]


def _entered() -> dict[str, Column]:
    tables: tuple[type[Record], ...] = (Patient, Procedure, TreatedLevel)
    columns = {
        field.name: Column(field.name, field)
        for table in tables
        for field in table.clinical_fields()
        if not field.identifier
    }
    columns["pain_scale"] = Column("pain_scale", Assessment._meta.fields["pain_scale"])
    return columns


def _names() -> list[str]:
    level_lists = [column.name for lists in (LEAKS, BALLOONS) for column in lists.columns()]
    case_lists = [column.name for lists in CASE_LISTS for column in lists.columns()]
    return [
        *CASE_HEAD,
        *LEVEL_HEAD,
        *flat_pain.names(),
        *rest_of(Patient),
        "patient_missing",
        "patient_explained",
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


_WHY_KEPT = "Why unusual values of the {} stand as they are: a JSON object of field to words."

_MEANINGS = {
    "case_id": "The case, in whatever logbook it is.",
    "height_gain_mm": "Gain at the anterior or middle wall, whichever is greater, as measured; "
    "else the gain that was reported as one number. Low, high and words hold what else was "
    "reported.",
    "patient_missing": "Why fields of the patient are empty: field:reason, joined by |.",
    "procedure_missing": "Why fields of the procedure are empty: field:reason, joined by |.",
    "level_missing": "Why fields of the level are empty: field:reason, joined by |.",
    "patient_explained": _WHY_KEPT.format("patient"),
    "procedure_explained": _WHY_KEPT.format("procedure"),
    "level_explained": _WHY_KEPT.format("level"),
    "level_count": "Number of levels of the case; 0 where its one row has none.",
    "patient_id": "The patient, the same in all cases of the person.",
    "level_id": "The treated level.",
    "synthetic": "1 for a generated case.",
    "complete": "1 where every core field of the case is answered.",
    "version": "How often the case was saved.",
}
