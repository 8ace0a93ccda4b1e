# SPDX-License-Identifier: MIT
"""What clinics call the columns of a table with a row for each visit, in plain spelling."""

from __future__ import annotations

import re
from functools import cache

from models.fields import PercentOfSections
from models.importing.spelled import plain_name
from models.importing.targets import Kind, targets
from models.schema import Assessment
from models.vocabulary import TimePoint

OF_VISITS = frozenset(
    (
        *("visit", "visit name", "time point", "timepoint", "time", "event", "follow up", "fu"),
        *("event name", "redcap event name", "followup", "visit type", "assessment", "moment"),
        *("follow up visit", "visit label", "timing", "evaluation", "when", "stage", "phase"),
        *("zeitpunkt", "besuch", "visite", "termin", "untersuchung", "verlauf", "kontrolle"),
        *("nachkontrolle", "nachuntersuchung", "messzeitpunkt", "nachsorge", "wann", "zeit"),
        *("visita", "momento", "control", "revision", "seguimiento", "evaluacion", "consulta"),
        *("temps", "consultation", "suivi", "controle", "moment du suivi", "tiempo", "tempo"),
        *("controllo", "fase"),
    )
)
"""Names of columns that tell when a visit was."""

ANY_DAY = frozenset(("date", "datum", "fecha", "data", "dia", "day", "tag", "jour"))
"""Names of days that can be that of the procedure or of the visit."""

RECORDS = frozenset(
    ("record id", "record", "redcap id", "nr", "no", "n", "num", "number", "nummer", "numero")
)
"""Names of numbers that tell a patient where rows of several visits have the same."""

OF_VISIT_DAY = frozenset(
    (
        *("visit date", "date of visit", "visit on", "follow up date", "fu date", "date of fu"),
        *("date of follow up", "followup date", "assessment date", "date of assessment"),
        *("assessed on", "exam date", "date of exam", "examination date", "control date"),
        *("besuchsdatum", "datum besuch", "datum der visite", "visitendatum", "datum visite"),
        *("untersuchungsdatum", "datum untersuchung", "kontrolldatum", "datum kontrolle"),
        *("datum der kontrolle", "verlaufsdatum", "datum der untersuchung", "termin am"),
        *("datum nachkontrolle", "kontrolle am", "untersucht am", "nachkontrolle am"),
        *("fecha visita", "fecha de visita", "fecha de la visita", "fecha control"),
        *("fecha de control", "fecha del control", "fecha revision", "fecha de revision"),
        *("fecha seguimiento", "fecha de seguimiento", "fecha evaluacion", "fecha consulta"),
        *("fecha de evaluacion", "fecha de consulta", "date visite", "date de visite"),
        *("date de la visite", "date de consultation", "date consultation", "date du suivi"),
        *("date suivi", "date de suivi", "date controle", "date de controle", "data visita"),
        *("data della visita", "data controllo", "visit dt"),
    )
)

RIGHT_AFTER = (TimePoint.H24, TimePoint.UNDATED)
"""Heights right after the procedure are those after it; later ones may have been lost again."""

_BY_FIELD = {
    "odi_pct": "odi|odi score|oswestry|oswestry disability index|oswestry index|odi pct|odi %|"
    "odi score %|oswestry score|indice de oswestry|odi prozent|oswestry %|oswestry odi|"
    "oswestry disability score|oswestry disability index odi|discapacidad de oswestry|"
    "indice de discapacidad de oswestry",
    "rmdq": "rmdq|roland morris|rdq|roland morris score|rmdq score|roland morris questionnaire|"
    "roland morris disability questionnaire|rmq|roland morris index|rmdq 24",
    "eq5d_index": "eq 5 d|eq 5 d index|eq 5 d 5 l|eq 5 d 3 l|eq 5 d utility|eq 5 d score|"
    "eq 5 d 5 l index|eq 5 d 3 l index|eq 5 d utility index|eq 5 d index value|euroqol|eq index|"
    "euroqol 5 d",
    "eq5d_vas": "eq vas|eq 5 d vas|eq 5 d 5 l vas|eq 5 d 3 l vas|eqvas|eq 5 d eva|eq eva|"
    "eq 5 d visual analog scale|eq 5 d visual analogue scale|euroqol vas",
    "pain_words": "pain in words|pain words|schmerz in worten",
    "pain_scale": "pain scale|scale|skala|schmerzskala|escala|escala de dolor|echelle",
    "analgesic_level": "analgesics|analgesic|analgesia|schmerzmittel|analgetika|analgesicos|"
    "antalgiques|analgesiques|analgesic level|pain medication|pain meds|analgesic use|"
    "analgesic medication|schmerzmedikation|medicacion analgesica|analgesico|uso de analgesicos",
    "mobility": "mobility|ambulation|mobilitat|gehfahigkeit|movilidad|deambulacion|mobilite|"
    "mobility status|ambulatory status|ambulation status|walking ability|marcha|mobilitatsstatus",
    "neuro_status": "neurological status|neurologic status|neuro status|neurological deficit|"
    "neurologischer status|neurologisches defizit|estado neurologico|deficit neurologico",
    "new_fracture": "new fracture|new fractures|new fx|new vcf|new vertebral fracture|"
    "new vertebral fractures|neue fraktur|neue frakturen|neue wirbelfraktur|nueva fractura|"
    "nuevas fracturas|nueva fractura vertebral|nouvelle fracture",
    "retreatment": "retreatment|re treatment|repeat treatment|erneute behandlung|"
    "nuevo tratamiento|retratamiento",
    "satisfied": "satisfied|satisfaction|patient satisfaction|zufrieden|zufriedenheit|"
    "patientenzufriedenheit|satisfecho|satisfaccion",
    "work": "return to work|return to activities|work status",
    "pgic": "pgic|global impression of change|patient global impression of change",
    "missing_reason": "why no score|missing reason|reason missing|grund fehlt",
    "respondent": "answered by|respondent",
    "mode": "asked|mode|contact|kontakt|contacto",
    "anterior_mm": "anterior height|anterior vertebral height|anterior body height|avh|ah|"
    "vorderkante|vordere hohe|vorderkantenhohe|altura anterior|hauteur anterieure|"
    "anterior vertebral body height|anterior wall height|ant height|avbh|hohe vorderkante|"
    "altura vertebral anterior|altura muro anterior|altura del muro anterior|vordere wirbelhohe",
    "middle_mm": "middle height|mid height|midvertebral height|central height|mvh|mittlere hohe|"
    "altura media|hauteur moyenne|middle vertebral height|mid vertebral height|mvbh|"
    "middle vertebral body height|midline height|central vertebral height|mittlere wirbelhohe|"
    "middle body height|altura vertebral media|altura central|altura muro medio",
    "posterior_mm": "posterior height|posterior vertebral height|pvh|hinterkante|hintere hohe|"
    "hinterkantenhohe|altura posterior|hauteur posterieure|posterior vertebral body height|"
    "posterior wall height|posterior body height|post height|pvbh|hohe hinterkante|"
    "altura vertebral posterior|altura muro posterior|altura del muro posterior|hintere wirbelhohe",
    "wedge_deg": "wedge angle|vertebral wedge angle|keilwinkel|angulo de cuna|"
    "angulo de acunamiento|angle de cuneiformisation|wedging angle|vertebral wedging angle|"
    "vertebral body angle|vertebral kyphosis angle|vertebral angle|wedge deformity angle|"
    "acunamiento vertebral|angulo vertebral",
    "kyphosis_deg": "kyphosis angle|kyphotic angle|local kyphosis|local kyphotic angle|cobb|"
    "cobb angle|kyphosis|kyphosewinkel|cobb winkel|lokale kyphose|angulo de cobb|cifosis|"
    "angulo de cifosis|cyphose|angle de cyphose|angle de cobb|local kyphosis angle|"
    "local cobb angle|kyphose|lka|cifosis local|angulo de cifosis local|angulo cifosis|"
    "angulo cobb|angulo cifotico|lokaler kyphosewinkel|angle of kyphosis|kyphotic deformity",
    "note": "note|notes|comment|comments|remarks|bemerkung|bemerkungen|kommentar|notas|"
    "observaciones|comentarios|remarques|commentaires|commentaire|obs|bem|visit note",
}
_ALSO_IN_WIDE = {
    name: field
    for field, names in {
        "global_outcome": "outcome|clinical outcome|ergebnis|resultado|resultado clinico",
    }.items()
    for name in names.split("|")
}
"""In a column of visits these are as often something else."""

_SUM = re.compile(
    r"\b0\s*[-\u2013]\s*50\b|/\s*50\b|\b(?:raw|sum|points|rohwert|summe|punkte|suma|puntos|bruto)\b",
    re.IGNORECASE,
)

_OF_OTHERS = frozenset(
    ("time_point", "assessed_on", "pain", "days", "weeks", "months", "years", "noted")
)


def of_visit_named(heading: str) -> str:
    """The target of what belongs to a visit that a heading names; ""."""
    found = _by_name().get(plain_name(heading), "")
    return "" if found and is_sum(heading, found.partition(".")[2]) else found


def is_sum(heading: str, field: str) -> bool:
    """Whether a heading tells the sum of a questionnaire of which the field keeps percent.

    Which percentage a sum is depends on how many sections were answered.
    """
    is_percent = isinstance(Assessment._meta.fields.get(field), PercentOfSections)
    return is_percent and _SUM.search(heading) is not None


def named_at(name: str, when: str) -> str:
    """The field of a level: "anterior_mm" is anterior_before_mm, or anterior_after_mm."""
    part, _, unit = name.rpartition("_")
    return f"{part}_{when}_{unit}"


def names_of(field: str) -> list[str]:
    """What clinics call a field of an assessment or a later measure, the commonest first."""
    return _BY_FIELD[field].split("|") if field in _BY_FIELD else []


def field_named(plain: str) -> str:
    """The field of an assessment or a later measure that a heading in plain spelling names; ""."""
    return _ALSO_IN_WIDE.get(plain) or _by_name().get(plain, "").partition(".")[2]


@cache
def _by_name() -> dict[str, str]:
    found = {
        plain_name(said): target.name
        for target in targets().values()
        if target.kind is Kind.VISIT and (own := target.name.partition(".")[2]) not in _OF_OTHERS
        for said in (own, target.label, f"assessment {own}")
    }
    named = {name: f"visit.{own}" for own, names in _BY_FIELD.items() for name in names.split("|")}
    return found | named
