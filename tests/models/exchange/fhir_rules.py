# SPDX-License-Identifier: MIT
"""What FHIR R4 demands of a collection and of the resources in it, as far as we write them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

_URN = re.compile(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_REQUIRED = {
    "Patient": (),
    "Condition": ("subject",),
    "Procedure": ("status", "subject"),
    "Observation": ("status", "code"),
    "AdverseEvent": ("actuality", "subject"),
}


def problems(bundle: dict[str, Any]) -> list[str]:
    """What is wrong, in words; [] when nothing is."""
    found: list[str] = []
    if (bundle.get("resourceType"), bundle.get("type")) != ("Bundle", "collection"):
        found.append("it is no collection")
    if "total" in bundle or bundle.get("entry") == []:
        found.append("total or an empty list")
    entries = bundle.get("entry", [])
    addresses = [entry["fullUrl"] for entry in entries]
    found += [f"address {address}" for address in addresses if not _URN.fullmatch(address)]
    if len(set(addresses)) != len(addresses):
        found.append("an address twice")
    for entry in entries:
        if {"request", "response"} & set(entry):
            found.append("a request in a collection")
        found += _of_resource(entry["resource"], set(addresses))
    return found


def _of_resource(resource: dict[str, Any], known: set[str]) -> Iterator[str]:
    kind = resource["resourceType"]
    for name in _REQUIRED.get(kind, ("of a known kind",)):
        if name not in resource:
            yield f"{kind} without {name}"
    for place, value in _walk(resource):
        yield from (f"{kind}{place} {why}" for why in _of_value(place, value, known))
    if kind == "Observation":
        yield from _of_observation(resource)


def _of_value(place: str, value: object, known: set[str]) -> Iterator[str]:
    if value in ({}, [], "", None):
        yield "is empty"
    if isinstance(value, str) and _CONTROL.search(value):
        yield "holds a control character"
    if place.endswith("reference") and value not in known:
        yield f"refers to {value}, which is not there"
    if place.endswith("DateTime") and not _DATE.fullmatch(str(value)):
        yield f"is {value}"


def _of_observation(resource: dict[str, Any]) -> Iterator[str]:
    for part in (resource, *resource.get("component", [])):
        told = [name for name in part if name.startswith("value")]
        if len(told) > 1 or (told and "dataAbsentReason" in part):
            yield "an Observation of two minds"
    said = ("value", "component", "dataAbsentReason")
    if not any(name.startswith(said) for name in resource):
        yield "an Observation of nothing"


def _walk(value: object, place: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for name, below in value.items():
            yield f"{place}.{name}", below
            yield from _walk(below, f"{place}.{name}")
    elif isinstance(value, list):
        for below in value:
            yield from _walk(below, place)


def resources(bundle: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    """The resources of a kind."""
    found = (entry["resource"] for entry in bundle.get("entry", []))
    return [resource for resource in found if resource["resourceType"] == kind]


def is_valid_snomed(code: str) -> bool:
    """Whether the last digit of a SNOMED CT id checks (Verhoeff); says nothing of its meaning."""
    check = 0
    for place, digit in enumerate(reversed(code)):
        check = _TIMES[check][_TURNED[place % 8][int(digit)]]
    return check == 0


def _dihedral(a: int, b: int) -> int:
    if a < 5:
        return (a + b) % 5 if b < 5 else 5 + (a + b - 5) % 5
    return 5 + (a - b) % 5 if b < 5 else (a - b) % 5


_TIMES = [[_dihedral(a, b) for b in range(10)] for a in range(10)]
_TURN = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4]
_TURNED = [list(range(10))]
for _ in range(7):
    _TURNED.append([_TURN[digit] for digit in _TURNED[-1]])
