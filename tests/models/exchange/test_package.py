# SPDX-License-Identifier: MIT
"""A data package explains itself: descriptor, checksums, links, codebook, scripts."""

from __future__ import annotations

import ast
import csv
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import frictionless
import pytest

from models.case import save_case
from models.exchange.codebook import described
from models.exchange.deidentify import Dates, Kind
from models.exchange.package.scripts.stata import stata_names
from models.exchange.profiles import Profile
from models.exchange.shapes import Shape
from models.logbook import Logbook
from models.sample import fill
from tests.builders import a_case
from tests.fresh import NewLogbook, beside
from tests.models.exchange.kit import Rows, files_in, ordered, resources, rows_of, tables_in

CASES = 12


@pytest.fixture(autouse=True)
def cells_as_long_as_before() -> Iterator[None]:
    """Frictionless raises the limit for the whole process."""
    limit = csv.field_size_limit()
    yield
    csv.field_size_limit(limit)


@pytest.fixture(scope="module")
def sample(lasting_logbook: NewLogbook, tmp_path_factory: pytest.TempPathFactory) -> Logbook:
    logbook = lasting_logbook(tmp_path_factory.mktemp("package") / "Sample.kypholog")
    fill(logbook, CASES, 3, lambda _: None)
    return logbook


@pytest.fixture(scope="module")
def package(sample: Logbook) -> Path:
    # Under a name of its own, because every other export of the sample takes the same one.
    return ordered(sample, Profile.PACKAGE, Shape.TABLES).rename(beside(sample) / "package.zip")


def broken_links(files: dict[str, str]) -> list[str]:
    """Cells that point to no row, by the descriptor."""
    tables: dict[str, Rows] = {
        str(each["name"]): rows_of(files[str(each["path"])]) for each in resources(files)
    }
    broken: list[str] = []
    for resource in resources(files):
        schema = resource["schema"]
        assert isinstance(schema, dict)
        for key in schema.get("foreignKeys", []):
            (column,), (target,) = key["fields"], key["reference"]["fields"]
            known = {row[target] for row in tables[key["reference"]["resource"]]}
            rows = tables[str(resource["name"])]
            broken += [row[column] for row in rows if row[column] not in known]
    return broken


def test_the_descriptor_is_a_data_package_2(package: Path) -> None:
    told = json.loads(files_in(package)["datapackage.json"])
    assert told["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert re.fullmatch(r"[a-z0-9._-]+", told["name"])
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", told["created"])
    assert "synthetic" in told["description"]
    names = [each["name"] for each in told["resources"]]
    assert len(set(names)) == len(names)
    for each in told["resources"]:
        assert each["type"] == "table"
        assert each["$schema"].endswith("2.0/dataresource.json")
        fields = [field["name"] for field in each["schema"]["fields"]]
        heading = files_in(package)[each["path"]].splitlines()[0].split(",")
        assert fields == heading


def test_lengths_and_checksums_are_those_of_the_files(package: Path) -> None:
    with zipfile.ZipFile(package) as archive:
        for resource in resources(files_in(package)):
            content = archive.read(str(resource["path"]))
            assert resource["bytes"] == len(content)
            assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        sums = archive.read("SHA256SUMS").decode().splitlines()
        told = {line[66:]: line[:64] for line in sums}
        names = set(archive.namelist()) - {"SHA256SUMS"}
        assert told == {n: hashlib.sha256(archive.read(n)).hexdigest() for n in names}


def test_every_link_leads_to_a_row_and_a_broken_one_is_found(package: Path) -> None:
    files = files_in(package)
    assert broken_links(files) == []
    lines = files["leaks.csv"].splitlines(keepends=True)
    assert len(lines) > 1
    files["leaks.csv"] = lines[0] + lines[1].replace(lines[1].split(",")[1], "nowhere")
    assert broken_links(files) == ["nowhere"]


def test_the_table_of_codes_tells_every_code_that_is_used(package: Path) -> None:
    files, tables = files_in(package), tables_in(package)
    told = {(row["table"], row["column"], row["code"]): row["label"] for row in tables["codes"]}
    assert told["levels", "level", "T12"] == "T12"
    assert told["patients", "sex", "female"] == "Female"
    for resource in resources(files):
        schema, name = resource["schema"], str(resource["name"])
        assert isinstance(schema, dict)
        for field in schema["fields"]:
            for term in field.get("categories", ()):
                assert told[name, field["name"], term["value"]] == term["label"]
    for row in tables["levels"]:
        for code in row["diagnosis"].split("|") if row["diagnosis"] else ():
            assert ("levels", "diagnosis", code) in told


def test_csvw_names_the_same_columns(package: Path) -> None:
    files = files_in(package)
    told = json.loads(files["csv-metadata.json"])
    assert told["@context"][0] == "http://www.w3.org/ns/csvw"
    assert told["dialect"]["trim"] is False
    for table in told["tables"]:
        heading = files[table["url"]].splitlines()[0].split(",")
        assert [column["name"] for column in table["tableSchema"]["columns"]] == heading
    (levels,) = (table for table in told["tables"] if table["url"] == "levels.csv")
    (cement,) = (c for c in levels["tableSchema"]["columns"] if c["name"] == "cement_ml")
    # As a number, 0.1 is the nearest binary one, which is above what stands in the cell.
    assert cement["datatype"] == {"base": "decimal", "minimum": "0.1", "maximum": "30"}


@pytest.mark.parametrize(
    ("shape", "kind", "dates"),
    [
        (Shape.TABLES, Kind.NONE, Dates.KEPT),
        (Shape.TABLES, Kind.SAFE_HARBOR, Dates.DAYS),
        (Shape.FLAT, Kind.NONE, Dates.KEPT),
        (Shape.CASE, Kind.SAFE_HARBOR, Dates.YEAR),
    ],
)
def test_frictionless_finds_it_valid(
    sample: Logbook,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    shape: Shape,
    kind: Kind,
    dates: Dates,
) -> None:
    file = ordered(sample, Profile.PACKAGE, shape, kind=kind, dates=dates)
    with zipfile.ZipFile(file) as archive:
        archive.extractall(tmp_path)
    monkeypatch.chdir(tmp_path)
    report = frictionless.validate("datapackage.json")
    assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])
    if shape is Shape.TABLES:
        broken = tmp_path / "procedures.csv"
        text = broken.read_bytes().decode()
        broken.write_bytes(text.replace(text.split("\r\n")[1].split(",")[1], "nowhere").encode())
        found = frictionless.validate("datapackage.json").flatten(["type"])
        assert {"foreign-key", "hash-count"} <= {kind for (kind,) in found}


def test_the_command_that_the_readme_names_finds_it_valid(package: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(package) as archive:
        archive.extractall(tmp_path)
    # It lies beside the Python that runs the tests, which need not be on the search path.
    program = str(Path(sys.executable).with_name("frictionless"))
    command = [program, "validate", "datapackage.json"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_scripts_read_every_table(package: Path) -> None:
    files = files_in(package)
    ast.parse(files["load.py"])
    for resource in resources(files):
        for script in ("load.sps", "load.do", "load.R"):
            assert str(resource["path"]) in files[script]
    assert 'label define sex `"Female"\'' not in files["load.do"]
    assert '1 `"Female"\'' in files["load.do"]
    assert '  "female" "Female"' in files["load.sps"]
    assert 'levels$cement_ml, "label") <- "Cement (mL)"' in files["load.R"]
    assert files["load.R"].isascii()
    assert files["load.do"].count("\ndrop in 1\n") == len(resources(files))
    for script in ("load.sps", "load.do", "load.R"):
        # Not the name of the column once more.
        assert "How often it was saved." in files[script]


def test_names_for_stata_are_short_and_different() -> None:
    for shape in Shape:
        for sheet in described(shape):
            names = stata_names(sheet.columns)
            assert len(set(names)) == len(names)
            assert max(map(len, names)) <= 32


def test_the_do_file_for_stata_keeps_to_what_stata_takes(package: Path) -> None:
    for name, columns in ((name, [*rows[0]]) for name, rows in tables_in(package).items() if rows):
        part = files_in(package)["load.do"].split(f'using "{name}.csv"')[1].split("\nsave ")[0]
        for label in re.findall(r"label variable \w+ (.*)", part):
            assert len(label) <= 80 + len('`""\'')
        assert not re.search(r"/\*|(?<!/)//(?!/)|\$", part)
        # Of a coded variable there is a moment's copy, which takes its place among the others.
        order = [new for _, new in re.findall(r"^rename v(\d+) (\w+)$", part, re.MULTILINE)]
        assert len(order) == len(columns)
        for coded in re.findall(r"^label values (\w+)", part, re.MULTILINE):
            assert f"\norder `coded', after({coded})\n" in part


R_PROOF = """
source("load.R")
cat(nrow(levels), nrow(assessments), sum(levels$cement_ml, na.rm = TRUE),
    sum(levels$level == "T12", na.rm = TRUE), class(patients$sex), sep = " ")
"""


def run_script(
    package: Path, folder: Path, program: str, *arguments: str, locale: str = "C.UTF-8"
) -> str:
    """What a program says to a script of the package; skipped where the program is not there."""
    found = shutil.which(program)
    if found is None:
        pytest.skip(f"{program} is not installed")
    with zipfile.ZipFile(package) as archive:
        archive.extractall(folder)
    command = [found, *arguments]
    env = {**os.environ, "LC_ALL": locale}
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, env=env)
    assert done.returncode == 0, done.stderr or done.stdout
    return done.stdout


def test_r_reads_the_package(package: Path, tmp_path: Path) -> None:
    said = run_script(package, tmp_path, "Rscript", "-e", R_PROOF).split()
    tables = tables_in(package)
    assert said[:2] == [str(len(tables["levels"])), str(len(tables["assessments"]))]
    cement = sum(float(row["cement_ml"] or 0) for row in tables["levels"])
    assert float(said[2]) == pytest.approx(cement)
    assert int(said[3]) == sum(row["level"] == "T12" for row in tables["levels"])
    assert said[4] == "factor"


def test_r_reads_every_letter_whatever_its_own_encoding(
    new_logbook: NewLogbook, tmp_path: Path
) -> None:
    logbook = new_logbook(tmp_path / "Letters.kypholog")
    for number in range(3):
        save_case(logbook, a_case(f"P-{number}", operator="Müller, שלום 😀"))
    package = ordered(logbook, Profile.PACKAGE, Shape.FLAT)
    proof = 'source("load.R"); cat(nrow(levels), nchar(levels$operator, "bytes"))'
    said = run_script(package, tmp_path, "Rscript", "-e", proof, locale="C")
    assert said.split() == ["3", *["22"] * 3]


def test_pspp_reads_the_package_as_spss_does(package: Path, tmp_path: Path) -> None:
    said = run_script(package, tmp_path, "pspp", "-b", "load.sps")
    assert "error" not in said
    proof = tmp_path / "proof.sps"
    proof.write_text("GET FILE='levels.sav'.\nDESCRIPTIVES cement_ml /STATISTICS=SUM.\n")
    told = run_script(package, tmp_path, "pspp", "-b", "-O", "format=csv", proof.name)
    cement = sum(float(row["cement_ml"] or 0) for row in tables_in(package)["levels"])
    (line,) = (line for line in told.splitlines() if "Cement (mL)" in line)
    assert float(line.split(",")[-1]) == pytest.approx(cement, abs=0.05)


def test_spss_does_not_take_a_line_of_a_note_for_a_case(
    new_logbook: NewLogbook, tmp_path: Path
) -> None:
    logbook = new_logbook(tmp_path / "Notes.kypholog")
    case = a_case()
    case.procedure.notes = 'Two levels planned,\r\n"one" done.\nHome next day.'
    case.procedure.history = "Ends with its line.\n"
    save_case(logbook, case)
    package = ordered(logbook, Profile.PACKAGE, Shape.TABLES)
    files = files_in(package)
    assert set(files) >= {"procedures.csv", "spss/procedures.csv"}
    assert [name for name in files if name.startswith("spss/")] == ["spss/procedures.csv"]
    (told,) = rows_of(files["spss/procedures.csv"])
    (exact,) = tables_in(package)["procedures"]
    assert {**told, **{name: exact[name] for name in ("notes", "history")}} == exact
    assert told["history"] == "Ends with its line."
    assert told["notes"] == 'Two levels planned, "one" done. Home next day.'
    assert len(files["spss/procedures.csv"].splitlines()) == 2
    assert "/FILE='spss/procedures.csv'" in files["load.sps"]
    assert "/FILE='levels.csv'" in files["load.sps"]
    logbook.close()
