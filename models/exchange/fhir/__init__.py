# SPDX-License-Identifier: MIT
"""The cases as a FHIR R4 bundle of the type collection.

Patient, Condition, Procedure (one a session, one a level as part of it), Observation and
AdverseEvent. Codes of LOINC and ICD-10-CM stand only where they were checked; everything else is
coded by the logbook's own codes with text. No SNOMED CT.
"""

from models.exchange.fhir.bundle import entries, write_bundle

__all__ = ["entries", "write_bundle"]
