# SPDX-License-Identifier: MIT
"""The bin tells what lies in it, since when and why."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.case import bin_case, load_case, restore_case, save_case
from models.casebin import binned_cases, move_to_bin
from models.logbook import Logbook
from models.signoff import ReasonMissing
from models.vocabulary import Level
from tests.builders import a_case
from tests.fresh import NewLogbook


def test_the_bin_lists_the_last_one_first_with_its_reason(
    new_logbook: NewLogbook, tmp_path: Path
) -> None:
    logbook = new_logbook(tmp_path / "Clinic.kypholog", user="anna")
    cases = [a_case(f"P-{n}", Level.T12, Level.L1) for n in range(3)]
    for case in cases:
        save_case(logbook, case)
    bin_case(logbook, cases[0].id, "A test.")
    restore_case(logbook, cases[0].id)
    bin_case(logbook, cases[1].id, "Entered twice.")
    bin_case(logbook, cases[0].id, "A test after all.")
    found = binned_cases(logbook)
    assert [(case.patient_code, case.reason) for case in found] == [
        ("P-0", "A test after all."),
        ("P-1", "Entered twice."),
    ]
    assert found[0].levels == (Level.T12, Level.L1)
    assert found[0].user == "anna"
    logbook.close()


def test_without_a_reason_nothing_goes_into_the_bin(tmp_path: Path) -> None:
    logbook = Logbook.create(tmp_path / "Clinic.kypholog", user="anna")
    case = a_case("P-1")
    save_case(logbook, case)
    with pytest.raises(ReasonMissing, match="needs a reason"):
        bin_case(logbook, case.id, "")
    with pytest.raises(ReasonMissing, match="Nothing was changed"):
        move_to_bin(logbook, [case.id], " \n")
    assert load_case(logbook, case.id).version == 1
    assert binned_cases(logbook) == []
    logbook.close()
