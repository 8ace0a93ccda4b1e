# SPDX-License-Identifier: MIT
"""Promise: whatever the record can hold is entered by keys, kept to the letter, and exported."""

from __future__ import annotations

import csv
import json
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication, QImage
from pytestqt.qtbot import QtBot

from models import checks
from models.case import Case, load_case
from models.exchange.deidentify import Kind, Rules
from models.exchange.flat_columns import flat_columns
from models.exchange.orders import Order, export
from models.fields import ClinicalField, Words
from models.findings import Severity
from models.logbook import Logbook
from models.schema import (
    RECORD_TABLES,
    Assessment,
    Patient,
    PatientIdentity,
    Procedure,
    Record,
    TreatedLevel,
)
from models.settings import STORE_IDENTITY, change_setting
from models.verify import verify
from tests.acceptance.entry.desk import CTRL
from tests.acceptance.entry.walk import Walk
from tests.acceptance.entry.whole_case import WHOLE
from tests.acceptance.test_case_two_in_the_window import running
from tests.fresh import new_logbook
from tests.ui.editor.keyboard import Key, Keyboard
from ui.application import Application
from ui.data.export_dialog import ExportChoice
from ui.editor.image_card import ImageCard
from ui.editor.page import EditorPage

SIZES = [((1360, 850), 1.0), ((1280, 720), 2.0)]
"""Where the room is short, fields of a table stand under their line instead of in it."""

EXPLAINED = "A large body, filled to both walls"

WORKED_OUT = {
    "pain_scale": "nrs_0_10",
    "pain_baseline": "",
    "pain_baseline_low": "7",
    "pain_baseline_high": "8",
    "pain_baseline_words": "Hardly to be borne",
    "pain_baseline_on": "2024-03-13",
    "outcome_baseline": "unchanged",
    "pain_24h": "",
    "pain_1m": "",
    "pain_1m_missing": "lapsed",
    "pain_6m": "2",
    "pain_6m_on": "2024-09-10",
    "outcome_6m": "improved",
    "pain_score_count": "3",
    "pain_other_scale": "1",
    "height_gain_mm": "4",
    "leak_count": "2",
    "level_explained": json.dumps({"cement_ml": EXPLAINED}),
}
"""What the export works out; the verbal score of the next day fits no column of another scale."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A logbook that stores names and record numbers, closed."""
    made = tmp_path / "Clinic.kypholog"
    logbook = new_logbook(made)
    change_setting(logbook, STORE_IDENTITY, True)
    logbook.close()
    return made


def paste_picture(qtbot: QtBot, kypholog: Application, page: EditorPage, keys: Keyboard) -> None:
    picture = QImage(64, 48, QImage.Format.Format_RGB32)
    picture.fill(0x557799)
    QGuiApplication.clipboard().setImage(picture)
    keys.press(Key.Key_V, with_=CTRL)
    qtbot.waitUntil(lambda: bool(page.findChildren(ImageCard)) and not kypholog.jobs.is_busy)
    QGuiApplication.clipboard().clear()


def explain_the_cement(keys: Keyboard) -> None:
    """The only value that is unusual: go there from wherever the focus is, and say why."""
    keys.press(Key.Key_F8)
    assert keys.place == "Cement, mL"
    keys.press(Key.Key_M, with_=CTRL).type(EXPLAINED).press(Key.Key_Return)


def enter_everything(qtbot: QtBot, kypholog: Application) -> str:
    keys = Keyboard()
    keys.press(Key.Key_N, with_=CTRL)
    qtbot.waitUntil(lambda: keys.place.startswith("Patient code"))
    page = kypholog.window.findChild(EditorPage)
    assert isinstance(page, EditorPage)
    paste = partial(paste_picture, qtbot, kypholog, page, keys)
    Walk(page, keys, WHOLE, paste).through_the_form()
    explain_the_cement(keys)
    with qtbot.waitSignal(kypholog.events.case_saved) as saved:
        keys.press(Key.Key_Return, with_=CTRL)
    return str(saved.args[0])


def held(row: Record) -> dict[str, object]:
    """What stands in the clinical fields of a row."""
    values = {field.name: getattr(row, field.name) for field in type(row).clinical_fields()}
    return {name: value for name, value in values.items() if value not in (None, "", ())}


def rows_of(case: Case) -> dict[type[Record], list[dict[str, object]]]:
    rows: dict[type[Record], list[dict[str, object]]] = {table: [] for table in RECORD_TABLES}
    for row in (*case.person_rows(), *case.case_rows()):
        rows[type(row)].append(held(row))
    return rows


def exported(kypholog: Application, qtbot: QtBot, target: Path) -> dict[str, str]:
    logbook = kypholog.session.logbook
    assert logbook is not None
    kypholog.window.tasks.run_export(logbook, ExportChoice(target, None))
    qtbot.waitUntil(lambda: target.exists() and not kypholog.jobs.is_busy)
    with target.open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    return row


def cells_of(field: ClinicalField) -> list[str]:
    """What is stored of a field, a cell for each row of its table as an export has them."""
    rows = WHOLE[field.model]
    if field.model is Assessment:
        rows = tuple(sorted(rows, key=lambda facts: str(facts.get("assessed_on") or "")))
    stored = [field.db_value(facts.get(field.name)) for facts in rows]
    return ["" if value is None else str(value) for value in stored]


ONE_A_ROW = (Patient, PatientIdentity, Procedure, TreatedLevel)


def assert_in_export(row: dict[str, str]) -> None:
    for column in flat_columns():
        field = column.field
        # Beside the lists of assessments there are columns for the pain at each time point.
        if field is None or (field.model is Assessment and "assessment_" not in column.name):
            continue
        if isinstance(field, Words) and field.model not in ONE_A_ROW:
            said = [cell or None for cell in cells_of(field)]
            assert json.loads(row[column.name] or "[]") == said, column.name
        else:
            assert row[column.name] == "|".join(cells_of(field)), column.name
    assert {name: row[name] for name in WORKED_OUT} == WORKED_OUT


def assert_nobody_named(text: str) -> None:
    """Nothing that can identify a person is in the text."""
    for table in RECORD_TABLES:
        for field in table.clinical_fields():
            if field.identifier:
                assert [cell for cell in cells_of(field) if cell and cell in text] == []


def test_the_case_with_everything_has_every_field_of_every_table() -> None:
    """A field that is added to the schema has to be added to the case, and so be entered."""
    for table in RECORD_TABLES:
        told = {name for facts in WHOLE[table] for name in facts}
        assert told == {field.name for field in table.clinical_fields()}, table.__name__


@pytest.mark.parametrize(("size", "scale"), SIZES)
def test_everything_is_entered_by_keys_found_again_and_exported(
    qtbot: QtBot, folder: Path, size: tuple[int, int], scale: float
) -> None:
    with running(qtbot, folder) as kypholog:
        kypholog.window.resize(*size)
        kypholog.theme.set_scale(scale)
        case_id = enter_everything(qtbot, kypholog)

    logbook = Logbook.open(folder)
    case = load_case(logbook, case_id)
    rows = rows_of(case)
    for table in RECORD_TABLES:
        assert rows[table] == [dict(facts) for facts in WHOLE[table]], table.__name__
    assert case.levels[0].explained == {"cement_ml": EXPLAINED}
    assert [found.severity for found in checks.findings(case)] == [Severity.EXPLAINED]
    assert case.procedure.complete
    assert verify(logbook) == []
    logbook.close()

    target = folder.parent / "out.csv"
    with running(qtbot, folder) as kypholog:
        row = exported(kypholog, qtbot, target)
    assert_in_export(row)
    logbook = Logbook.open(folder)
    export(logbook, target, Order(rules=Rules.of(Kind.LIMITED)))
    logbook.close()
    assert_nobody_named(target.read_text(encoding="utf-8"))
