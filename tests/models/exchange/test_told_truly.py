# SPDX-License-Identifier: MIT
"""What is said of an export beforehand is true of the file, however few columns or cases it has."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.case import save_case
from models.exchange.deidentify import Dates, Kind, Rules
from models.exchange.orders import Order
from models.exchange.preview import consequences, preview
from models.exchange.profiles import Profile
from models.exchange.shapes import Shape
from models.logbook import Logbook
from models.sample import make_cases
from models.schema import PatientIdentity
from models.signing_off import sign_off
from models.vocabulary import Level
from tests.builders import a_case, store_names
from tests.models.exchange.kit import Rows, ordered, tables_in

SAFE = Rules.of(Kind.SAFE_HARBOR)


def held_in(tables: dict[str, Rows]) -> int:
    """How many cells hold something."""
    return sum(bool(cell) for rows in tables.values() for row in rows for cell in row.values())


@pytest.mark.parametrize(
    ("kind", "dates"), [(Kind.LIMITED, Dates.KEPT), (Kind.SAFE_HARBOR, Dates.DAYS)]
)
def test_as_many_cells_are_missing_in_the_file_as_was_said(
    logbook: Logbook, kind: Kind, dates: Dates
) -> None:
    store_names(logbook)
    case = a_case("P-1", age=93)
    case.identity = PatientIdentity(patient=case.patient.id, full_name="Anna Example")
    case.identity.explained = {"full_name": "As in the passport"}
    case.procedure.notes = "Words"
    save_case(logbook, case)
    sign_off(logbook, [case.id])
    whole = tables_in(ordered(logbook, Profile.MACHINE, Shape.TABLES))
    left = tables_in(ordered(logbook, Profile.MACHINE, Shape.TABLES, kind=kind, dates=dates))
    told = consequences(logbook, Order(rules=Rules(kind, dates)))
    assert sum(each.cells for each in told.left_out) == held_in(whole) - held_in(left)
    assert "Signed off by (1)" in told.told


def test_of_chosen_columns_alone_is_said_what_is_left_out_and_who_is_alike(
    logbook: Logbook,
) -> None:
    case = a_case("P-1", Level.T12)
    case.procedure.notes = "Words"
    case.procedure.explained = {"notes": "So it was said"}
    save_case(logbook, case)

    def told(*columns: str, shape: Shape = Shape.FLAT) -> tuple[str, str]:
        found = consequences(logbook, Order(shape=shape, rules=SAFE, columns=columns))
        return found.told, found.warning

    assert told("cement_ml") == ("", "")
    left_out, warning = told("level", "notes")
    assert left_out == "Left out is 1 cell that holds something: Notes (1)."
    assert warning.startswith("1 of the patients is among fewer than 5")
    assert "(T12)" in warning
    assert "Explanations (procedure) (1)" in told("procedure_explained")[0]
    assert "Explanations" not in told("level1_explained", shape=Shape.CASE)[0]


def test_a_sign_off_is_told_where_a_chosen_column_tells_of_it(logbook: Logbook) -> None:
    case = a_case("P-1")
    save_case(logbook, case)
    sign_off(logbook, [case.id])
    assert "Signed off: 1." in preview(logbook, Order(columns=("level", "signed_at"))).told
    assert "Signed off" not in preview(logbook, Order(columns=("level",))).told


def test_a_single_synthetic_case_is_not_called_several(tmp_path: Path) -> None:
    logbook = Logbook.create(tmp_path / "Few.kypholog")
    (made,) = make_cases(1, seed=3)
    save_case(logbook, made)
    assert " It is synthetic: no patient stands behind it." in preview(logbook, Order()).told
    save_case(logbook, a_case("P-1"))
    assert " 1 of them is synthetic." in preview(logbook, Order()).told
