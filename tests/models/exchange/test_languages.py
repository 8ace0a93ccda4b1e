# SPDX-License-Identifier: MIT
"""What is exported in another language is the same for programs, and comes back as the same."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from models.bulk import save_many
from models.sample import make_cases
from tests.fresh import new_logbook

ROOT = Path(__file__).parents[3]
_EXPORT = """
import sys
from main import main
code, place, folder = sys.argv[1:]
for profile, name in (("machine", "m.csv"), ("package", "p.zip"), ("redcap", "r.zip")):
    made = ["export", "--out", f"{folder}/{name}", "--profile", profile]
    assert main(["--language", code, "--logbook", place, *made]) == 0
assert main(["--language", code, "codebook", "--out", f"{folder}/codebook.csv"]) == 0
"""
_IMPORT = """
import sys
from main import main
raise SystemExit(main(["--logbook", sys.argv[1], "import", "--dry-run", "--json", sys.argv[2]]))
"""


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """Exports of one logbook by the language in which they were written."""
    top = tmp_path_factory.mktemp("languages")
    logbook = new_logbook(top / "Clinic.kypholog")
    save_many(logbook, make_cases(6, seed=3))
    logbook.close()
    made = {code: top / code for code in ("en", "de")}
    for code, folder in made.items():
        folder.mkdir()
        _run(_EXPORT, code, str(top / "Clinic.kypholog"), str(folder))
    return made


def _run(code: str, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def _rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))


def _tables(archive: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(archive) as held:
        return {name: held.read(name) for name in held.namelist() if name.endswith(".csv")}


def _labels(data: bytes, at: int) -> dict[str, str]:
    """What columns are called, by the name at the place before."""
    return {row[at - 1]: row[at] for row in _rows(data)}


def _columns(data: bytes, *places: int) -> list[tuple[str, ...]]:
    return [tuple(row[place] for place in places) for row in _rows(data)]


def test_data_for_programs_is_the_same_in_every_language(folders: Mapping[str, Path]) -> None:
    english, german = folders["en"], folders["de"]
    assert (german / "m.csv").read_bytes() == (english / "m.csv").read_bytes()
    ours, theirs = _tables(german / "p.zip"), _tables(english / "p.zip")
    told = {name for name in theirs if name.endswith("codes.csv")}
    assert {k: v for k, v in ours.items() if k not in told} == {
        k: v for k, v in theirs.items() if k not in told
    }


def test_codes_and_headings_stay_english_and_labels_are_german(
    folders: Mapping[str, Path],
) -> None:
    english, german = folders["en"], folders["de"]
    packages = _tables(german / "p.zip"), _tables(english / "p.zip")
    ours, theirs = (tables["codes.csv"] for tables in packages)
    assert _columns(ours, 0, 1, 2) == _columns(theirs, 0, 1, 2)
    assert "Weiblich" in {label for (label,) in _columns(ours, 3)}
    books = [(folder / "codebook.csv").read_bytes() for folder in (german, english)]
    assert _columns(books[0], 0, 1) == _columns(books[1], 0, 1)
    assert _rows(books[0])[0] == _rows(books[1])[0]
    assert _labels(books[0], 2)["sex"] == "Geschlecht"
    kinds = {kind for (kind,) in _columns(books[0], 3)}
    assert {"Code", "Zahl", "Text"} <= kinds
    assert not {"code", "number", "text"} & kinds
    assert any("zervikal: 0,5 bis 3" in usual for (usual,) in _columns(books[0], 6))


def test_a_redcap_dictionary_has_german_labels_and_english_variables(
    folders: Mapping[str, Path],
) -> None:
    ours, theirs = (
        _tables(folders[code] / "r.zip")["data_dictionary.csv"] for code in ("de", "en")
    )
    # Name, form and kind of each variable; what REDCap calls its columns is English anywhere.
    assert _columns(ours, 0, 1, 3) == _columns(theirs, 0, 1, 3)
    assert _rows(ours)[0] == _rows(theirs)[0]
    assert {row[0]: row[4] for row in _rows(ours)}["sex"] == "Geschlecht"
    assert b"Project-Id-Version" not in ours


@pytest.mark.parametrize("name", ["m.csv", "p.zip"])
def test_what_was_exported_in_german_comes_back_as_the_same(
    folders: Mapping[str, Path], name: str
) -> None:
    place = folders["de"].parent / "Clinic.kypholog"
    told = json.loads(_run(_IMPORT, str(place), str(folders["de"] / name)))
    assert told["cases"]["same"] == 6
    assert sum(told["cases"].values()) == 6
