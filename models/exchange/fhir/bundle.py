# SPDX-License-Identifier: MIT
"""The bundle, written resource by resource."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import BinaryIO

from models.exchange.by_case import by_case
from models.exchange.content import Content
from models.exchange.fhir.codes import Json
from models.exchange.fhir.resources import of_case, patient
from models.exchange.fhir.rows import FhirRow, urn
from models.exchange.files import as_text
from models.exchange.linked import PATIENTS


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
            text.write(json.dumps(entry, ensure_ascii=False))
        # FHIR has no empty arrays.
        text.write("\n]}\n" if written else "}\n")
    return written


def resources(content: Content) -> Iterator[tuple[str, Json]]:
    """Each with its address, patients first."""
    patients = content.sheet(PATIENTS)
    for cells in patients.rows():
        row = FhirRow(patients, cells)
        yield urn(row.id), patient(row) | _marked(content)
    sheets = {sheet.name: sheet for sheet in content.sheets if sheet.name != "images"}
    for case in by_case(tuple(sheets.values())):
        rows = {
            name: [FhirRow(sheets[name], cells) for cells in of_sheet]
            for name, of_sheet in case.items()
        }
        for address, resource in of_case(rows):
            yield address, resource | _marked(content)


def _marked(content: Content) -> Json:
    """Test data say so by the tag that HL7 has for them."""
    if content.synthetic == 0 or content.synthetic < content.cases:
        return {}
    system = "http://terminology.hl7.org/CodeSystem/v3-ActReason"
    return {"meta": {"tag": [{"system": system, "code": "HTEST", "display": "test health data"}]}}
