# SPDX-License-Identifier: MIT
"""What many cases take: memory and statements do not grow with an export that names nobody."""

from __future__ import annotations

import logging
import tracemalloc

import pytest

from models.exchange.deidentify import Kind, People, Rules
from models.exchange.orders import Order, chosen_cases
from models.exchange.preview import consequences
from models.logbook import Logbook
from models.partial_date import PartialDate
from models.schema import CaseRow, Patient, Procedure

SAFE = Kind.SAFE_HARBOR
NUMBERED = "00000000-0000-7000-8000-{:012}"


def add(logbook: Logbook, first: int, behind: int, patient_id: str = "") -> None:
    """Cases by number, of a patient each or all of one, without what nobody counts here."""
    ids = [NUMBERED.format(number) for number in range(first, behind)]
    owners = [patient_id or case_id for case_id in ids]
    new = [{"id": one, "patient_code": one[-6:]} for one in ids if not patient_id]
    told = {"performed_on": PartialDate("2024-05-06"), "age_at_procedure": 71}
    pairs = list(zip(ids, owners, strict=True))
    with logbook.session(), logbook.database.atomic():
        if new:
            Patient.insert_many(new).execute(logbook.database)
        cases = [{"id": case_id, "patient": owner, **told} for case_id, owner in pairs]
        Procedure.insert_many(cases).execute(logbook.database)
        rows = [{"case_id": c, "patient_id": p, "performed_on": "2024-05-06"} for c, p in pairs]
        CaseRow.insert_many(rows).execute(logbook.database)


def held_by(logbook: Logbook) -> int:
    """How many bytes are held to tell the persons of all cases, after each was told."""
    with logbook.session():
        case_ids = chosen_cases(logbook, Order())
        tracemalloc.start()
        people = People(logbook.database, case_ids, Rules.of(SAFE))
        for start in range(0, len(case_ids), 100):
            assert len(people.seen_from(case_ids[start : start + 100])) == 100
        held, _ = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    return held


def test_the_persons_of_an_export_are_not_held_in_memory(logbook: Logbook) -> None:
    add(logbook, 0, 100)
    few = held_by(logbook)
    add(logbook, 100, 600)
    assert held_by(logbook) - few < 500 * 250


def test_what_is_left_out_of_many_cases_takes_no_more_statements(
    logbook: Logbook, caplog: pytest.LogCaptureFixture
) -> None:
    def asked() -> int:
        caplog.clear()
        with caplog.at_level(logging.DEBUG, logger="peewee"):
            consequences(logbook, Order(rules=Rules.of(SAFE)))
        return len(caplog.records)

    add(logbook, 0, 300)
    few = asked()
    assert few
    add(logbook, 300, 520)
    assert asked() == few


def test_a_patient_of_many_cases_loses_a_birth_date_once(logbook: Logbook) -> None:
    born = {"id": NUMBERED.format(999), "patient_code": "P-1", "birth_date": PartialDate("1950")}
    with logbook.session(), logbook.database.atomic():
        Patient.insert(born).execute(logbook.database)
    add(logbook, 0, 300, str(born["id"]))
    for asked in (None, [NUMBERED.format(number) for number in range(290)], [NUMBERED.format(7)]):
        order = Order(rules=Rules.of(SAFE), case_ids=asked)
        counted = {each.label: each.cells for each in consequences(logbook, order).left_out}
        assert counted == {"Birth date": 1}
