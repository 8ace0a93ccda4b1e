# SPDX-License-Identifier: MIT
"""What clinics call the classifications of a fracture, a leak or an event."""

from __future__ import annotations

_GRADED: dict[str, str] = {
    "procedure.asa_class": "asa",
    "treated_level.of_class": "of|ao of|dgou|ao spine dgou of|ao spine dgou|ao spine of|dgou of",
    "treated_level.genant": "genant",
    "adverse_event.clavien_dindo": "clavien dindo|clavien",
    "adverse_event.sir_2017": "sir|sir adverse event",
    "adverse_event.cirse": "cirse",
    "leak.yeom_type": "yeom|yeom leak|leak yeom|leakage yeom",
    "treated_level.enneking": "enneking",
}
_GRADES = (
    *("class", "classification", "grade", "type", "clasificacion", "grado"),
    *("tipo", "klassifikation", "klasse", "grad", "typ", "stage"),
)
"""What stands before or behind the name of a classification."""

OF_GRADES = {
    said: target
    for target, names in _GRADED.items()
    for name in names.split("|")
    for word in _GRADES
    for said in (name, f"{name} {word}", f"{word} {name}", f"{word} de {name}", f"{word} of {name}")
}
"""Target by each plain name."""
