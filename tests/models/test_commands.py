# SPDX-License-Identifier: MIT
"""The command line: what each command prints, and how it ends."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from models import VERSION, commands
from models.bulk import save_many
from models.filters import save_filter
from models.logbook import Logbook
from models.query import parse
from models.reports.content import Report
from models.schema import CaseRow, Procedure, SavedFilter
from models.vocabulary import Level
from tests.builders import a_case
from tests.fresh import NewLogbook, named
from tests.models.command_line import Run, command_line, one_line
from tests.older_program import leave_behind

ROOT = Path(__file__).parents[2]
COMMANDS = [
    *("example", "sample", "due", "outcomes", "safety"),
    *("export", "codebook", "import", "report", "verify"),
    *("backup", "restore", "create", "user", "key", "audit"),
]
"""All of them; how ``report`` lays out pages is told in tests/ui/reports."""


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    return command_line(capsys, lambda paper: as_text)


def as_text(report: Report, target: Path, note: Callable[[str], None]) -> None:
    """The plainest way to lay a report out."""
    target.write_text("\n".join(report.texts()), encoding="utf-8")
    note("text file")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "Clinic.kypholog"


def test_the_example_is_made_once(run: Run, place: Path) -> None:
    code, out, err = run("--logbook", place, "example")
    assert (code, err) == (0, "")
    assert out.startswith("Added 2 cases of Jones")
    code, out, _ = run("--logbook", place, "example")
    assert code == 0
    assert "already" in out


def test_a_sample_has_as_many_cases_as_were_asked_for(run: Run, place: Path) -> None:
    code, out, err = run("--logbook", place, "sample", "--cases", 12, "--seed", 4)
    assert (code, err) == (0, "")
    assert out == f"Added 12 synthetic cases (seed 4) to {place}.\n"
    made = Logbook.open(place)
    rows = list(CaseRow.select(CaseRow.synthetic).tuples().execute(made.database))
    made.close()
    assert rows == [(True,)] * 12


def test_a_sample_is_never_mixed_with_other_cases(run: Run, place: Path) -> None:
    run("--logbook", place, "example")
    code, out, err = run("--logbook", place, "sample", "--cases", 5)
    assert (code, out) == (2, "")
    assert one_line(err)
    assert "never mixed" in err
    assert place.exists()


def test_outcomes_are_one_json_document(run: Run, place: Path) -> None:
    run("--logbook", place, "example")
    code, out, err = run("--logbook", place, "outcomes", "--json")
    assert (code, err) == (0, "")
    document = json.loads(out)
    assert (document["n_cases"], document["n_pairs"], document["n_missing"]) == (2, 0, 2)


def test_outcomes_in_words_say_that_there_is_no_pair(run: Run, place: Path) -> None:
    run("--logbook", place, "example")
    code, out, _ = run("--logbook", place, "outcomes")
    assert code == 0
    assert "No complete pair" in out
    assert "1 as a range, 1 in words" in out
    assert "mean" not in out


def test_outcomes_in_words_give_n_and_interval(run: Run, place: Path) -> None:
    run("--logbook", place, "sample", "--cases", 60, "--seed", 2)
    code, out, _ = run("--logbook", place, "outcomes", "--to", "1m", "--by", "technique")
    assert code == 0
    assert "Pain, Before to 1 month" in out
    assert "95 % CI" in out
    assert "Synthetic cases: 60." in out
    assert "Balloon kyphoplasty: " in out


def test_of_one_case_the_answers_are_sentences_too(run: Run, place: Path, tmp_path: Path) -> None:
    _, out, _ = run("--logbook", place, "sample", "--cases", 1)
    assert out.startswith("Added 1 synthetic case (seed 1)")
    _, out, _ = run("--logbook", place, "outcomes", "--by", "sex")
    assert "1 of 1 case has a score before and after" in out
    assert "Female: 1 of 1 case has both scores" in out
    _, out, _ = run("--logbook", place, "export", "--out", tmp_path / "cases.csv")
    assert out.startswith("Wrote 1 row of 1 case to ")


def test_outcomes_in_words_say_who_cannot_reach_a_threshold(
    new_logbook: NewLogbook, run: Run, place: Path
) -> None:
    logbook = new_logbook(place)
    save_many(
        logbook,
        [
            a_case("S-1", before=1, after=1),
            a_case("S-2", before=0, after=(1, 2)),
            a_case("S-3", before=0, after=3),
        ],
    )
    logbook.close()
    _, out, _ = run("--logbook", named(logbook), "outcomes", "--by", "year")
    assert "≥ 2 points: 0 of 2, 0.0% (95 % CI 0.0% to 65.8%); 2 began too low to reach it" in out
    assert "≥ 30 %: 0 of 1, 0.0% (95 % CI 0.0% to 79.3%); 1 not defined" in out
    assert "2026: 2 of 3 cases have both scores" in out


@pytest.mark.parametrize(
    ("wrong", "known"),
    [
        (("--to", "5y"), "24h"),
        (("--from", "later"), "Begin with one of"),
        (("--by", "color"), "technique"),
    ],
)
def test_a_word_that_outcomes_do_not_know_is_told_with_those_known(
    run: Run, place: Path, wrong: tuple[str, str], known: str
) -> None:
    run("--logbook", place, "example")
    code, out, err = run("--logbook", place, "outcomes", "--json", *wrong)
    assert (code, out) == (2, "")
    assert one_line(err)
    assert known in err


def test_an_export_is_a_csv_of_all_levels(run: Run, place: Path, tmp_path: Path) -> None:
    run("--logbook", place, "example")
    target = tmp_path / "cases.csv"
    code, out, err = run("--logbook", place, "export", "--out", target, "--profile", "machine")
    assert (code, err) == (0, "")
    assert out.startswith(f"Wrote 2 rows of 2 cases to {target}.\n")
    assert "Treat the file as patient data." in out
    with target.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["patient_code"]: row["level"] for row in rows} == {
        "Jones2009-I": "L5",
        "Jones2009-II": "T12",
    }


@pytest.fixture
def levels(new_logbook: NewLogbook, place: Path) -> str:
    """A logbook of T12, T12 and L1, with a filter for the first two."""
    made = new_logbook(place)
    for_each = (Level.T12, Level.T12, Level.L1)
    save_many(made, [a_case(f"P-{n}", level) for n, level in enumerate(for_each)])
    save_filter(made, "At the junction", parse("level:T12"))
    with made.transaction():
        SavedFilter.insert(name="Robot", query="robot:yes").execute(made.database)
    made.close()
    return named(made)


@pytest.mark.parametrize("query", ["level:T12", "@At the junction", " @ at THE junction "])
def test_a_filter_narrows_outcomes_and_export(
    run: Run, levels: str, tmp_path: Path, query: str
) -> None:
    _, out, err = run("--logbook", levels, "outcomes", "--json", "--filter", query)
    assert err == ""
    document = json.loads(out)
    assert (document["n_cases"], document["filter"]) == (2, "level:T12")
    _, out, _ = run("--logbook", levels, "outcomes", "--filter", query)
    assert "Cases: Level T12." in out
    target = tmp_path / "some.csv"
    code, out, err = run("--logbook", levels, "export", "--out", target, "--filter", query)
    assert (code, err) == (0, "")
    assert out.startswith("Wrote 2 rows of 2 cases")
    assert "P-2" not in target.read_text()


def test_an_empty_filter_has_all_cases(run: Run, levels: str) -> None:
    _, out, _ = run("--logbook", levels, "outcomes", "--json", "--filter", "")
    assert json.loads(out)["n_cases"] == 3


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("lvl:T12", "There is no field lvl. Did you mean level?"),
        ("level:T12,T99", "level does not know T99."),
        ("@Nowhere", "There is no filter Nowhere. Known are: At the junction, Robot."),
        ("@Robot", "There is no field robot."),
        ("@", "There is no filter"),
    ],
)
def test_a_filter_that_is_not_understood_is_told_and_nothing_written(
    run: Run, levels: str, tmp_path: Path, query: str, said: str
) -> None:
    target = tmp_path / "some.csv"
    for command in (("outcomes", "--json"), ("outcomes",), ("export", "--out", target)):
        code, out, err = run("--logbook", levels, *command, "--filter", query)
        assert (code, out) == (2, "")
        assert one_line(err)
        assert said in err
    assert not target.exists()


@pytest.mark.parametrize("command", [name for name in COMMANDS if name not in ("create", "key")])
def test_the_place_may_stand_behind_the_command(run: Run, place: Path, command: str) -> None:
    run("--logbook", place, "sample", "--cases", 3)
    table, nowhere = place.parent / "x.csv", place.parent / "nowhere"
    more: dict[str, list[str | int | Path]] = {
        "export": ["--out", table],
        "sample": ["--seed", 5, "--cases", 2],
        "report": ["case-series", "--out", place.parent / "x.html"],
        "codebook": ["--out", place.parent / "codebook.csv"],
        "import": [table, "--dry-run"],
        "restore": ["latest"],
        "user": ["list"],
    }
    run("--logbook", place, "backup")
    run("--logbook", place, "export", "--out", table)
    arguments = [command, *more.get(command, []), "--logbook", place]
    assert run(*arguments)[0] == 0
    assert run("--logbook", nowhere, *arguments[:-2], "--logbook", place)[0] in (0, 2)
    assert not nowhere.exists()


@pytest.mark.parametrize("command", [name for name in COMMANDS if name != "codebook"])
def test_without_a_place_a_command_says_how_to_name_one(run: Run, command: str) -> None:
    more = {
        "export": ["--out", "x.csv"],
        "import": ["x.csv"],
        "restore": ["latest"],
        "report": ["case-series", "--out", "x.pdf"],
        "user": ["list"],
        "key": ["change"],
    }
    code, out, err = run(command, *more.get(command, []))
    assert (code, out) == (2, "")
    assert one_line(err)
    assert f"python main.py --logbook PLACE {command}" in err


def test_a_server_is_refused_in_plain_words(run: Run) -> None:
    for place, why in (
        ("mysql://clinic/kypholog", "no address of a PostgreSQL server"),
        ("postgresql://anna:secret@clinic/kypholog", "must not hold a password"),
        ("postgresql://anna@127.0.0.1:1/kypholog", "does not answer"),
    ):
        code, _, err = run("--logbook", place, "outcomes")
        assert code == 2
        assert one_line(err)
        assert why in err
        assert "secret" not in err


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["example", "--cases", "3"],
        ["sample", "--cases", "0"],
        ["sample", "--cases", "-5"],
        ["sample", "--cases", "many"],
        ["sample", "--cases", "9" * 5000],
        ["sample", "--seed", "x"],
        ["export"],
        ["export", "--out", "x", "--profile", "pretty"],
        ["--logbook"],
        ["--unknown"],
    ],
)
def test_wrong_use_is_one_line_with_a_hint(run: Run, arguments: list[str]) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert one_line(err)
    assert "--help" in err
    assert len(err) < 300


def test_without_a_command_the_parser_leaves_it_to_the_window() -> None:
    options = commands.build_parser().parse_args(["--logbook", "Clinic.kypholog"])
    assert (options.command, options.logbook) == (None, "Clinic.kypholog")
    assert commands.build_parser().parse_args([]).logbook is None


def test_help_names_every_command_an_example_and_the_exit_codes(run: Run) -> None:
    code, out, _ = run("--help")
    assert code == 0
    for words in (*COMMANDS, "examples:", "exit codes:", "--logbook PLACE"):
        assert words in out
    assert max(map(len, out.splitlines())) <= 100


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_has_its_own_help(run: Run, command: str) -> None:
    code, out, _ = run(command, "--help")
    assert code == 0
    assert f"python main.py {command}" in out


def test_help_spells_names_as_they_are_spelled(run: Run) -> None:
    assert "Write the cases as CSV" in run("export", "--help")[1]


def test_the_version_is_that_of_the_program(run: Run) -> None:
    assert run("--version") == (0, f"Kypholog {VERSION}\n", "")


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys; from models import commands; commands.build_parser().format_help();"
        "print(*{name.partition('.')[0] for name in sys.modules})"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert not set(done.stdout.split()) & {"peewee", "numpy", "scipy", "sqlcipher3", "PySide6"}


def test_what_an_older_program_left_is_brought_up_to_date_and_told(run: Run, place: Path) -> None:
    run("--logbook", place, "sample", "--cases", 20)
    logbook = Logbook.open(place)
    leave_behind(logbook)
    logbook.close()
    code, out, err = run("--logbook", place, "verify")
    assert (code, out) == (0, f"{place} is as Kypholog wrote it.\n")
    assert one_line(err)
    assert "up to date" in err
    assert run("--logbook", place, "verify") == (code, out, "")


def test_nothing_is_written_into_a_logbook_that_is_only_looked_at(run: Run, place: Path) -> None:
    run("--logbook", place, "example")
    before = (place / "logbook.db").read_bytes()
    for command in (["outcomes", "--json"], ["verify"]):
        run("--logbook", place, *command)
    assert (place / "logbook.db").read_bytes() == before
    made = Logbook.open(place)
    assert Procedure.select().count(made.database) == 2
    made.close()
