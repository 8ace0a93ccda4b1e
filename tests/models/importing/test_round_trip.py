# SPDX-License-Identifier: MIT
"""What goes out as a flat CSV of the machine profile comes back as it was.

The flat form does not hold images, and the ids of rows below a level or case. A row
of a list that says nothing at all is held only where the list has a column with its count, and
assessments come back in the order of their dates.
"""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from hypothesis import given, settings

from models import commands
from models.bulk import save_many
from models.case import Case, load_case, save_case
from models.document import stored_fields
from models.exchange.orders import Order, export
from models.importing.columns import propose
from models.importing.judging import Verdict
from models.importing.preview import Preview, preview
from models.importing.reading import CsvTable
from models.importing.targets import flat_targets
from models.importing.writing import write
from models.logbook import Logbook
from models.sample import fill
from models.schema import RECORD_TABLES, Balloon, Image, PatientIdentity, Procedure, Record
from models.verify import verify
from tests.builders import a_case
from tests.fresh import NewLogbook, beside, named
from tests.models.any_case import VARIANTS, cases, whole_case

Content = dict[str, list[str]]


def held(case: Case) -> Content:
    """What the flat form holds of a case, list rows by their content."""
    found: Content = {}
    for row in (*case.person_rows(), *case.case_rows()):
        table = str(row._meta.table_name)
        fields = _fields(row)
        is_empty = isinstance(row, Balloon | PatientIdentity) and not fields
        if isinstance(row, Image) or is_empty:
            continue
        if table not in ("patient", "procedure", "treated_level"):
            parent = row.__data__.get("treated_level", "")
            fields = {"of": parent, **fields}
        else:
            fields = {"id": str(row.id), **fields}
        found.setdefault(table, []).append(json.dumps(fields, sort_keys=True))
    return {table: sorted(rows) for table, rows in found.items()}


def _fields(row: Record) -> dict[str, object]:
    known = {field.name: field for field in row.clinical_fields()}
    fields: dict[str, object] = {
        name: value for name, value in stored_fields(row).items() if name in known
    }
    if row.missing:
        fields["missing"] = dict(row.missing)
    if row.explained:
        fields["explained"] = dict(row.explained)
    return fields


def through(source: Logbook, into: Logbook, case_ids: list[str] | None = None) -> Preview:
    target = Path(beside(source) / "machine.csv")
    export(source, target, Order(case_ids=case_ids))
    table = CsvTable(target)
    shown = preview(into, table, propose(table))
    write(into, shown)
    return shown


@settings(max_examples=25)
@given(case=cases())
def test_any_case_comes_back(shared: tuple[Logbook, Logbook], case: Case) -> None:
    source, into = shared
    # Each case is of a patient whom neither logbook has met.
    case.patient.patient_code = f"P-{case.id}"
    save_case(source, case)
    shown = through(source, into, [case.id])
    assert [str(problem) for line in shown.lines for problem in line.problems] == []
    assert shown.counts[Verdict.NEW] == 1
    stored = load_case(into, case.id)
    assert held(stored) == held(load_case(source, case.id))
    again = through(source, into, [case.id])
    assert [line.verdict for line in again.lines] == [Verdict.SAME], again.lines[0].differences


def test_the_flat_form_has_a_column_for_every_field_but_those_of_images() -> None:
    carried = set(flat_targets().values())
    lost = {
        f"{table._meta.table_name}.{field.name}"
        for table in RECORD_TABLES
        for field in table.clinical_fields()
        if not {f"{table._meta.table_name}.{name}" for name in (field.name, field.stem)} & carried
    }
    assert lost == {"image.phase", "image.kind", "image.level", "image.caption"}


def test_every_field_of_every_table_comes_back(
    new_logbook: NewLogbook, tmp_path: Path, logbook: Logbook
) -> None:
    source = new_logbook(tmp_path / "Whole.kypholog")
    save_many(source, [whole_case(number) for number in range(VARIANTS)])
    shown = through(source, logbook)
    assert [str(problem) for line in shown.lines for problem in line.problems] == []
    assert shown.counts[Verdict.NEW] == VARIANTS
    for (case_id,) in Procedure.select(Procedure.id).tuples().execute(source.database):
        assert held(load_case(logbook, case_id)) == held(load_case(source, case_id))
    source.close()


def test_a_logbook_comes_back_whole(
    new_logbook: NewLogbook, tmp_path: Path, logbook: Logbook
) -> None:
    source = new_logbook(tmp_path / "Sample.kypholog")
    fill(source, 60, 3)
    shown = through(source, logbook)
    assert (shown.counts[Verdict.NEW], shown.seen.questions, shown.mapping.unused) == (60, [], [])
    ids = [row[0] for row in Procedure.select(Procedure.id).tuples().execute(source.database)]
    for case_id in ids:
        case = load_case(logbook, case_id)
        assert held(case) == held(load_case(source, case_id))
        assert case.procedure.synthetic
    assert verify(logbook) == []
    source.close()


@pytest.mark.parametrize(("delimiter", "decimal"), [("semicolon", "comma"), ("tab", "point")])
def test_an_export_for_excel_comes_back_too(
    new_logbook: NewLogbook, tmp_path: Path, logbook: Logbook, delimiter: str, decimal: str
) -> None:
    source = new_logbook(tmp_path / "Excel.kypholog")
    case = a_case("=P+1", operator="-'=1+2", cement_ml=4.5)
    case.procedure.history = "'@twice"
    case.procedure.cement_product = "'plain"
    case.levels[0].wedge_before_deg = -12.5
    save_case(source, case)
    source.close()
    target = tmp_path / "excel.csv"
    more = ["--profile", "excel", "--delimiter", delimiter, "--decimal", decimal]
    commands.run(["--logbook", named(source), "export", "--out", str(target), *more])
    table = CsvTable(target)
    mapping = propose(table)
    assert (mapping.exact, mapping.defused) == (True, True)
    write(logbook, preview(logbook, table, mapping))
    assert held(load_case(logbook, case.id)) == held(case)


def test_columns_of_the_flat_form_in_any_order_are_recognized(
    tmp_path: Path, logbook: Logbook
) -> None:
    save_many(logbook, [a_case("P-1")])
    target = tmp_path / "machine.csv"
    export(logbook, target, Order())
    turned = tmp_path / "turned.csv"
    with target.open(encoding="utf-8", newline="") as kept, turned.open("w", newline="") as file:
        csv.writer(file).writerows([*reversed(cells)] for cells in csv.reader(kept))
    mapping = propose(CsvTable(turned))
    assert mapping.exact
    assert mapping.unused == []
