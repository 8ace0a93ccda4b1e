# SPDX-License-Identifier: MIT
"""The bundle, written resource by resource."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import BinaryIO

from models.exchange.by_case import by_case
from models.exchange.content import Content
from models.exchange.fhir.codes import Json
from models.exchange.fhir.resources import of_case, of_patient
from models.exchange.fhir.rows import FhirRow
from models.exchange.files import as_text
from models.exchange.linked import PATIENTS

_ESCAPED = re.compile(r"\\\\|\\u00[01][0-9a-f]|\\[bf]")
"""A backslash, and the control characters that are not allowed, as JSON writes them."""


def write_bundle(file: BinaryIO, content: Content) -> int:
    """Write the bundle as JSON; how many resources it has."""
    written = 0
    head: Json = {"resourceType": "Bundle", "type": "collection"}
    head["timestamp"] = content.made_at.isoformat(timespec="seconds").replace("+00:00", "Z")
    with as_text(file) as text:
        text.write(json.dumps(head)[:-1])
        for written, (address, resource) in enumerate(resources(content), 1):
            text.write(', "entry": [\n' if written == 1 else ",\n")
            entry = {"fullUrl": address, "resource": resource}
            text.write(_without_controls(json.dumps(entry, ensure_ascii=False)))
        # FHIR has no empty arrays.
        text.write("\n]}\n" if written else "}\n")
    return written


def resources(content: Content) -> Iterator[tuple[str, Json]]:
    """Each with its address, patients first."""
    patients = content.sheet(PATIENTS)
    for cells in patients.rows():
        for address, resource in of_patient(FhirRow(patients, cells)):
            yield address, resource | _marked(content)
    sheets = {sheet.name: sheet for sheet in content.sheets if sheet.name != "images"}
    for case in by_case(tuple(sheets.values())):
        rows = {
            name: [FhirRow(sheets[name], cells) for cells in of_sheet]
            for name, of_sheet in case.items()
        }
        for address, resource in of_case(rows):
            yield address, resource | _marked(content)


def _without_controls(told: str) -> str:
    """JSON with a sign for what cannot be shown in place of the control characters of texts.

    A string of FHIR has none but tab and line ends.
    """
    return _ESCAPED.sub(lambda found: found[0] if found[0] == "\\\\" else "\ufffd", told)


def _marked(content: Content) -> Json:
    """Test data say so by the tag that HL7 has for them."""
    if content.synthetic == 0 or content.synthetic < content.cases:
        return {}
    system = "http://terminology.hl7.org/CodeSystem/v3-ActReason"
    return {"meta": {"tag": [{"system": system, "code": "HTEST", "display": "test health data"}]}}
