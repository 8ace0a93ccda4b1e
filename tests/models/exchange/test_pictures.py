# SPDX-License-Identifier: MIT
"""Pictures lie in identified data packages, each once, and in no other file; every one says so."""

from __future__ import annotations

import csv
import hashlib
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import frictionless
import pytest

from models import commands
from models.errors import LogbookError
from models.exchange.deidentify import Kind, Rules
from models.exchange.orders import Order, export
from models.exchange.preview import preview
from models.exchange.profiles import FORMS, Profile
from models.exchange.shapes import Shape
from models.logbook import Logbook
from tests.fresh import NewLogbook, named
from tests.models.exchange.kit import files_in, ordered, tables_in
from tests.models.importing.pictured import a_pictured_case, name_of, pictures

GRAY, TURNED, COLORS = pictures()
FILES = {
    f"images/{name_of(GRAY)}.png": GRAY,
    f"images/{name_of(TURNED)}.jpg": TURNED,
    f"images/{name_of(COLORS)}.png": COLORS,
}
OTHERS = [
    (profile, shape, kind)
    for profile, form in FORMS.items()
    for shape in form.shapes
    for kind in Kind
    if (profile, shape, kind) != (Profile.PACKAGE, Shape.TABLES, Kind.NONE)
]


@pytest.fixture(scope="module")
def pictured(
    lasting_logbook: NewLogbook, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Logbook]:
    """Two cases with four images of three pictures."""
    logbook = lasting_logbook(tmp_path_factory.mktemp("pictured") / "Clinic.kypholog")
    a_pictured_case(logbook, "A", (GRAY, TURNED))
    a_pictured_case(logbook, "B", (TURNED, COLORS))
    yield logbook
    logbook.close()


@pytest.fixture
def limit_of_cells() -> Iterator[None]:
    """Frictionless raises the limit for the whole process."""
    limit = csv.field_size_limit()
    yield
    csv.field_size_limit(limit)


def test_a_package_holds_each_picture_once_as_it_is(pictured: Logbook) -> None:
    file = ordered(pictured, Profile.PACKAGE, Shape.TABLES)
    with zipfile.ZipFile(file) as archive:
        names = [name for name in archive.namelist() if name.startswith("images/")]
        assert sorted(names) == sorted(FILES)
        for name in names:
            assert archive.read(name) == FILES[name].picture.content
        sums = archive.read("SHA256SUMS").decode()
        said = json.loads(archive.read("manifest.json"))["files"]
    for name, picture in FILES.items():
        assert f"{name_of(picture)}  {name}\n" in sums
        size = len(picture.picture.content)
        assert said[name] == {"bytes": size, "sha256": name_of(picture)}
    files, rows = files_in(file), tables_in(file)["images"]
    assert {f"images/{row['sha256']}" for row in rows} == {name[:71] for name in FILES}
    assert {row["media_type"] for row in rows} == {"image/png", "image/jpeg"}
    assert all(row["added_at"].endswith("Z") for row in rows)
    total = sum(len(picture.picture.content) for picture in FILES.values())
    told = json.loads(files["datapackage.json"])["pictures"]
    assert (told["folder"], told["files"], told["bytes"]) == ("images/", 3, total)
    assert "images/             the pictures, named by column sha256" in files["README.txt"]
    assert "It holds 4 images, less than 1 MB." in files["README.txt"]


@pytest.mark.usefixtures("limit_of_cells")
def test_frictionless_finds_a_package_with_pictures_valid(
    pictured: Logbook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with zipfile.ZipFile(ordered(pictured, Profile.PACKAGE, Shape.TABLES)) as archive:
        archive.extractall(tmp_path)
    monkeypatch.chdir(tmp_path)
    report = frictionless.validate("datapackage.json")
    assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])


@pytest.mark.parametrize(("profile", "shape", "kind"), OTHERS)
def test_no_other_file_holds_a_picture_or_its_checksum_without_persons(
    pictured: Logbook, profile: Profile, shape: Shape, kind: Kind
) -> None:
    file = ordered(pictured, profile, shape, kind=kind)
    parts = [file.read_bytes()]
    if zipfile.is_zipfile(file):
        with zipfile.ZipFile(file) as archive:
            assert not any(name.startswith("images/") for name in archive.namelist())
            parts += [archive.read(name) for name in archive.namelist()]
    for picture in FILES.values():
        assert not any(picture.picture.content in part for part in parts)
        if kind is not Kind.NONE:
            assert not any(name_of(picture).encode() in part for part in parts)


@pytest.mark.parametrize(
    ("profile", "shape", "told"),
    [
        (Profile.PACKAGE, Shape.TABLES, "It holds 4 images, less than 1 MB."),
        (Profile.MACHINE, Shape.TABLES, "It holds what is said of 4 images, but no pictures."),
        (Profile.XLSX, Shape.TABLES, "It holds what is said of 4 images, but no pictures."),
        (Profile.REDCAP, Shape.TABLES, "Left out: 4 images."),
        (Profile.FHIR, Shape.TABLES, "Left out: 4 images."),
        (Profile.PACKAGE, Shape.FLAT, "Left out: 4 images."),
    ],
)
def test_the_preview_says_what_becomes_of_images(
    pictured: Logbook, profile: Profile, shape: Shape, told: str
) -> None:
    assert preview(pictured, Order(profile, shape)).told.endswith(told)
    if profile in (Profile.MACHINE, Profile.REDCAP):
        assert told in files_in(ordered(pictured, profile, shape))["codebook.html"]


def test_the_preview_says_nothing_of_images_where_rules_or_cases_have_none(
    pictured: Logbook, logbook: Logbook
) -> None:
    rules = Rules.of(Kind.LIMITED)
    told = preview(pictured, Order(Profile.PACKAGE, Shape.TABLES, rules)).told
    assert "no images" in told
    assert "4 images" not in told
    assert "image" not in preview(logbook, Order(Profile.PACKAGE, Shape.TABLES)).told


def test_a_package_without_the_column_that_names_them_has_no_pictures(pictured: Logbook) -> None:
    columns = ("caption", "level")
    file = ordered(pictured, Profile.PACKAGE, Shape.TABLES, columns=columns)
    with zipfile.ZipFile(file) as archive:
        assert not any(name.startswith("images/") for name in archive.namelist())
    assert "no pictures" in files_in(file)["README.txt"]


def test_only_the_pictures_of_the_chosen_cases_go_along(pictured: Logbook) -> None:
    first = tables_in(ordered(pictured, shape=Shape.TABLES))["images"][0]
    file = ordered(pictured, Profile.PACKAGE, Shape.TABLES, case_ids=[first["case_id"]])
    with zipfile.ZipFile(file) as archive:
        names = [name for name in archive.namelist() if name.startswith("images/")]
    assert len(names) == 2
    assert any(first["sha256"] in name for name in names)


def test_an_export_that_is_stopped_among_pictures_leaves_no_file(
    pictured: Logbook, tmp_path: Path
) -> None:
    order, target, asked = Order(Profile.PACKAGE, Shape.TABLES), tmp_path / "out.zip", []
    sheets = len(tables_in(ordered(pictured, Profile.PACKAGE, Shape.TABLES))) - 1

    def stop() -> bool:
        asked.append(1)
        return len(asked) > sheets + 2

    with pytest.raises(LogbookError, match="stopped"):
        export(pictured, target, order, cancelled=stop)
    assert list(tmp_path.iterdir()) == []


def test_the_progress_counts_the_pictures_too(pictured: Logbook, tmp_path: Path) -> None:
    heard: list[tuple[int, int]] = []
    order = Order(Profile.PACKAGE, Shape.TABLES)
    export(pictured, tmp_path / "out.zip", order, lambda *done: heard.append(done))
    assert heard[-1][0] == heard[-1][1]
    assert heard[-2][0] < heard[-2][1]


def test_the_command_says_how_many_images_a_package_would_hold(
    pictured: Logbook, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "out.zip"
    base = ["--logbook", named(pictured), "export", "--out", str(target)]
    assert commands.run([*base, "--profile", "package", "--shape", "tables", "--preview"]) == 0
    assert "It holds 4 images, less than 1 MB." in capsys.readouterr().out
    assert not target.exists()


def test_the_checksums_of_a_package_are_those_of_its_files(pictured: Logbook) -> None:
    with zipfile.ZipFile(ordered(pictured, Profile.PACKAGE, Shape.TABLES)) as archive:
        lines = archive.read("SHA256SUMS").decode().splitlines()
        names = {*archive.namelist()} - {"SHA256SUMS"}
        found = {f"{hashlib.sha256(archive.read(name)).hexdigest()}  {name}" for name in names}
    assert {*lines} == found
