# SPDX-License-Identifier: MIT
"""What is shown of an export beforehand is what its format then writes."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path

from models.case import save_case
from models.exchange.orders import Order, export
from models.exchange.preview import preview
from models.exchange.profiles import Profile
from models.exchange.redcap.writing import DATA
from models.exchange.shapes import Shape
from models.logbook import Logbook
from tests.builders import a_case, add_score


def filled(logbook: Logbook) -> None:
    for number in range(2):
        case = a_case(f"P-{number}")
        add_score(case, "8")
        save_case(logbook, case)


def test_records_of_redcap_are_shown_as_they_are_written(logbook: Logbook, tmp_path: Path) -> None:
    filled(logbook)
    order = Order(Profile.REDCAP, Shape.TABLES)
    shown, target = preview(logbook, order), tmp_path / "kit.zip"
    export(logbook, target, order)
    with zipfile.ZipFile(target) as kit:
        heading, *rows = csv.reader(io.StringIO(kit.read(DATA).decode()))
        readme = kit.read("README.txt").decode()
    assert [column.name for column in shown.columns] == heading
    assert [list(row) for row in shown.rows] == rows
    told = "2 cases as records, one row a case and one more for each entry"
    assert shown.told.startswith(f"REDCap kit, {len(heading):,} columns: {told}")
    assert told in readme


def test_resources_are_shown_as_they_are_written(logbook: Logbook, tmp_path: Path) -> None:
    filled(logbook)
    order = Order(Profile.FHIR, Shape.TABLES)
    shown, target = preview(logbook, order), tmp_path / "bundle.json"
    export(logbook, target, order)
    entries = json.loads(target.read_text(encoding="utf-8"))["entry"]
    assert [(row[0], json.loads(row[2])) for row in shown.rows] == [
        (entry["fullUrl"], entry["resource"]) for entry in entries
    ]
    assert "columns" not in shown.told
    assert shown.told.startswith("FHIR R4 bundle, one JSON document: 2 cases as resources")
