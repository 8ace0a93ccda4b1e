# SPDX-License-Identifier: MIT
"""The bundle, written resource by resource."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from models.exchange.by_case import by_case
from models.exchange.content import Content
from models.exchange.fhir.codes import Json
from models.exchange.fhir.resources import Resource, of_case, of_patient
from models.exchange.fhir.rows import FhirSheet
from models.exchange.fhir.texts import as_json
from models.exchange.files import as_text
from models.exchange.linked import PATIENTS


def write_bundle(file: BinaryIO, content: Content) -> int:
    """Write the bundle as JSON; how many resources it has."""
    written = 0
    head: Json = {"resourceType": "Bundle", "type": "collection"}
    head["timestamp"] = content.made_at.isoformat(timespec="seconds").replace("+00:00", "Z")
    with as_text(file) as text:
        text.write(as_json(head)[:-1])
        for written, entry in enumerate(entries(content), 1):
            text.write(', "entry": [\n' if written == 1 else ",\n")
            text.write(f'{{"fullUrl": {as_json(entry.address)}, "resource": {entry.resource}}}')
        # FHIR has no empty arrays.
        text.write("\n]}\n" if written else "}\n")
    return written


class Entry(NamedTuple):
    """A resource with its address and type, itself as JSON."""

    address: str
    kind: str
    resource: str


def entries(content: Content) -> Iterator[Entry]:
    """All of the bundle, patients first."""
    mark = as_json(_mark_of(content))[1:-1]
    for resource in _resources(content):
        parts = [as_json(resource.told)[1:-1]]
        if resource.components:
            parts.append(f'"component": [{", ".join(resource.components)}]')
        if mark:
            parts.append(mark)
        kind = str(resource.told["resourceType"])
        yield Entry(resource.address, kind, f"{{{', '.join(parts)}}}")


def _resources(content: Content) -> Iterator[Resource]:
    sheets = {sheet.name: sheet for sheet in content.sheets if sheet.name != "images"}
    of_rows = {name: FhirSheet(sheet) for name, sheet in sheets.items()}
    for cells in sheets[PATIENTS].rows():
        yield from of_patient(of_rows[PATIENTS].row(cells))
    for case in by_case(tuple(sheets.values())):
        yield from of_case(
            {name: list(map(of_rows[name].row, of_sheet)) for name, of_sheet in case.items()}
        )


def _mark_of(content: Content) -> Json:
    """Test data say so by the tag that HL7 has for them."""
    if content.synthetic == 0 or content.synthetic < content.cases:
        return {}
    system = "http://terminology.hl7.org/CodeSystem/v3-ActReason"
    return {"meta": {"tag": [{"system": system, "code": "HTEST", "display": "test health data"}]}}
