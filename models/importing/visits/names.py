# SPDX-License-Identifier: MIT
"""What clinics call the columns of a table with a row for each visit, in plain spelling."""

from __future__ import annotations

from functools import cache

from models.importing.spelled import plain_name
from models.importing.targets import Kind, targets

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

_BY_FIELD = {
    "odi_pct": "odi|odi score|oswestry|oswestry disability index|oswestry index|odi pct|odi %|"
    "odi score %|oswestry score|indice de oswestry|odi prozent",
    "rmdq": "rmdq|roland morris|rdq|roland morris score|rmdq score|roland morris questionnaire",
    "eq5d_index": "eq 5 d|eq 5 d index|eq 5 d 5 l|eq 5 d 3 l|eq 5 d utility|eq 5 d score",
    "eq5d_vas": "eq vas|eq 5 d vas",
    "pain_words": "pain in words|pain words|schmerz in worten",
    "pain_scale": "pain scale|scale|skala|schmerzskala|escala|escala de dolor|echelle",
    "analgesic_level": "analgesics|analgesic|analgesia|schmerzmittel|analgetika|analgesicos|"
    "antalgiques|analgesiques|analgesic level",
    "mobility": "mobility|ambulation|mobilitat|gehfahigkeit|movilidad|deambulacion|mobilite",
    "new_fracture": "new fracture|new fx|neue fraktur|nueva fractura|nouvelle fracture",
    "missing_reason": "why no score|missing reason|reason missing|grund fehlt",
    "respondent": "answered by|respondent",
    "mode": "asked|mode|contact|kontakt|contacto",
    "anterior_mm": "anterior height|anterior vertebral height|anterior body height|avh|ah|"
    "vorderkante|vordere hohe|vorderkantenhohe|altura anterior|hauteur anterieure",
    "middle_mm": "middle height|mid height|midvertebral height|central height|mvh|mittlere hohe|"
    "altura media|hauteur moyenne",
    "posterior_mm": "posterior height|posterior vertebral height|pvh|hinterkante|hintere hohe|"
    "hinterkantenhohe|altura posterior|hauteur posterieure",
    "wedge_deg": "wedge angle|vertebral wedge angle|keilwinkel|angulo de cuna|"
    "angulo de acunamiento|angle de cuneiformisation",
    "kyphosis_deg": "kyphosis angle|kyphotic angle|local kyphosis|local kyphotic angle|cobb|"
    "cobb angle|kyphosis|kyphosewinkel|cobb winkel|lokale kyphose|angulo de cobb|cifosis|"
    "angulo de cifosis|cyphose|angle de cyphose|angle de cobb",
    "note": "note|notes|comment|comments|remarks|bemerkung|bemerkungen|kommentar|notas|"
    "observaciones|comentarios|remarques|commentaires|commentaire|obs|bem|visit note",
}
_OF_OTHERS = frozenset(
    ("time_point", "assessed_on", "pain", "days", "weeks", "months", "years", "noted")
)


def of_visit_named(heading: str) -> str:
    """The target of what belongs to a visit that a heading names; ""."""
    return _by_name().get(plain_name(heading), "")


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
