# SPDX-License-Identifier: MIT
"""The command ``import`` with the folder of another logbook."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from models import commands
from models.backup import Reason
from models.case import load_case, save_case
from models.undo import newest_entry
from models.vocabulary import Sex
from tests.builders import a_case
from tests.fresh import named
from tests.models.other_logbook.pair import (
    Pair,
    backups_of,
    case_ids,
    record_of,
    set_operator,
    set_patient,
)

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], pair: Pair) -> Run:
    def work(*arguments: object) -> tuple[int, str, str]:
        words = [str(argument) for argument in (pair.b.folder, *arguments)]
        code = commands.run(["--logbook", named(pair.a), "import", *words])
        said = capsys.readouterr()
        return code, said.out, said.err

    return work


def test_a_dry_run_tells_and_a_run_takes_with_a_backup_before(run: Run, pair: Pair) -> None:
    save_case(pair.b, a_case("N-1"))
    set_operator(pair.b, 0, 1)
    before = newest_entry(pair.a)
    code, out, err = run("--dry-run")
    assert (code, err) == (0, "")
    assert "Cases of Office: 1 new, 1 changed, 2 same." in out
    assert (newest_entry(pair.a), backups_of(pair.a)) == (before, [])
    code, out, _ = run()
    assert code == 0
    assert "Merged 1 new case, 1 changed case, 0 changed patients" in out
    own = [Reason.MERGE] if pair.a.has_files else []
    assert backups_of(pair.a) == own
    assert ("No backup was made before" in out) is not pair.a.has_files
    assert record_of(pair.a) == record_of(pair.b)
    assert run()[1].endswith("Nothing to do: everything there is known here.\n")
    assert backups_of(pair.a) == own


def test_a_conflict_stops_it_until_a_side_is_named(run: Run, pair: Pair) -> None:
    for logbook, n in ((pair.a, 1), (pair.b, 2)):
        set_operator(logbook, 0, n)
        set_patient(logbook, 0, n)
    before = newest_entry(pair.a)
    code, out, _ = run()
    assert code == 1
    assert "P-1, 2026-03-04, Operator: ours Dr 1 (anna, " in out
    assert "Note 1" not in out, "what can name a person stays in the logbook"
    assert newest_entry(pair.a) == before
    code, out, _ = run("--json")
    said = json.loads(out)
    assert (code, said["to_decide"], said["wrote"]) == (1, 2, False)
    (line,) = (line for line in said["lines"] if line["subject"] == "case")
    (field,) = line["fields"]
    assert (field["mine"], field["theirs"], field["conflict"]) == ("Dr 1", "Dr 2", True)
    assert (field["mine_by"], field["theirs_by"]) == ("anna", "ben")
    code, out, _ = run("--take", "theirs", "--json", "--no-backup")
    assert (code, json.loads(out)["wrote"]) == (0, True)
    case = load_case(pair.a, case_ids(pair.a)[0])
    assert (case.procedure.operator, case.patient.patient_notes) == ("Dr 2", "Note 2")
    assert case.patient.sex is Sex.MALE, "what only we changed stays"
    assert backups_of(pair.a) == []


def test_the_same_code_is_asked_about(run: Run, pair: Pair) -> None:
    for logbook, day in ((pair.a, "2026-05-01"), (pair.b, "2026-05-02")):
        save_case(logbook, a_case("X-1", on=day))
    code, out, _ = run()
    assert code == 1
    assert "X-1: a patient of ours has this code; the same person?" in out
    assert run("--same-code", "join")[0] == 0


def test_a_folder_that_holds_no_logbook_is_refused(run: Run, pair: Pair) -> None:
    pair.b.close()
    pair.b.file.unlink()
    code, out, err = run()
    assert (code, out) == (2, "")
    assert "no logbook" in err
