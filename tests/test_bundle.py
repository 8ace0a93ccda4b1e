# SPDX-License-Identifier: MIT
"""What `make bundle` takes along is what the program needs; it is not built here."""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import subprocess
import sys
from configparser import RawConfigParser
from pathlib import Path
from xml.etree import ElementTree

import matplotlib
import pydicom.data
import pydicom.examples
import PySide6
import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from resources.bundle.__main__ import share
from resources.bundle.icons import SIZES, draw, margin_in
from resources.bundle.parts import (
    HIDDEN_IMPORTS,
    LEFT_OUT,
    NOT_SHIPPED,
    OWN_PROCESSES,
    USELESS_FILES,
    data_files,
)
from resources.bundle.slimming import once, still_needed, without
from resources.bundle.unicode_data import is_asked_for, write_reduced
from ui.theme import RESOURCES

ROOT = Path(__file__).parents[1]
BUNDLE = ROOT / "resources" / "bundle"
SOURCES = [path for room in ("models", "ui") for path in sorted((ROOT / room).rglob("*.py"))]
on_linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a desktop of Linux")

WITHOUT_THE_LEFT_OUT = """
import importlib, sys
from resources.bundle import stand_ins
from resources.bundle.parts import LEFT_OUT

class LeftOut:
    def find_spec(self, name, path=None, target=None):
        if any(name == one or name.startswith(f"{one}.") for one in LEFT_OUT):
            raise ModuleNotFoundError(f"{name} is left out", name=name)

sys.meta_path.insert(0, LeftOut())
stand_ins.begin()
for name in sys.argv[1:]:
    importlib.import_module(name)
"""


def imported_packages() -> set[str]:
    """Every module of others that the program names in an import, wherever it stands."""
    found: set[str] = set()
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {one.name for one in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                found.add(node.module)
    ours = ("models", "ui", "__future__")
    return {
        name
        for name in found
        if not name.startswith(ours) and name.partition(".")[0] not in sys.stdlib_module_names
    }


def imported_by_the_program() -> set[str]:
    """Every module of the program that a statement imports, wherever that stands."""
    found: set[str] = set()
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {one.name for one in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                found |= {node.module, *(f"{node.module}.{one.name}" for one in node.names)}
    return found


def test_what_is_loaded_by_its_name_is_imported_somewhere_as_well() -> None:
    by_name = {
        name
        for path in SOURCES
        for name in re.findall(r'"((?:models|ui)(?:\.\w+)+)"', path.read_text(encoding="utf-8"))
        if ROOT.joinpath(*name.split(".")).with_suffix(".py").exists()
    }
    assert {"ui.widgets.image_viewer", "ui.importing.wizard", "models.access.needs"} <= by_name
    assert by_name <= imported_by_the_program() | set(HIDDEN_IMPORTS)


def test_every_resource_that_the_program_reads_goes_along_to_its_place() -> None:
    taken = {str(path.relative_to(ROOT)): folder for path, folder in data_files()}
    for path in RESOURCES.rglob("*"):
        within = path.relative_to(RESOURCES)
        if within.parts[0] in NOT_SHIPPED or not path.is_file():
            continue
        if within.parts[0] == "translations" and path.suffix != ".mo":
            assert str(Path("resources", within)) not in taken
        else:
            assert taken[str(Path("resources", within))] == str(Path("resources", within).parent)
    assert all((RESOURCES / name).is_dir() for name in NOT_SHIPPED)


def test_every_migration_goes_along_as_a_file_for_that_is_how_it_is_loaded() -> None:
    taken = {path.name for path, folder in data_files() if folder == str(Path("models/migrations"))}
    assert taken == {path.name for path in (ROOT / "models" / "migrations").glob("[0-9]*.py")}
    assert taken


def test_every_module_that_runs_in_its_own_process_is_known() -> None:
    started = {
        name
        for path in SOURCES
        for name in re.findall(r'"-m", "([\w.]+)"', path.read_text(encoding="utf-8"))
    }
    assert started
    assert started <= set(OWN_PROCESSES) <= set(HIDDEN_IMPORTS)


def test_nothing_that_is_left_out_is_needed() -> None:
    assert not imported_packages() & set(LEFT_OUT)
    names = sorted({*imported_packages(), *HIDDEN_IMPORTS} - {*OWN_PROCESSES})
    done = subprocess.run(
        [sys.executable, "-W", "error::UserWarning", "-c", WITHOUT_THE_LEFT_OUT, *names],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@on_linux
def test_what_qt_needs_for_a_window_is_not_taken_out() -> None:
    qt = Path(PySide6.__file__).parent
    plugins = [f"PySide6/{path.relative_to(qt)}" for path in qt.glob("Qt/plugins/**/*.so")]
    left = without([(one, one, "BINARY") for one in plugins], USELESS_FILES)
    kept = {Path(place).name for place, _, _ in left}
    assert {f"libq{one}.so" for one in ("offscreen", "xcb", "wayland")} <= kept
    assert {"libqsvgicon.so", "libqjpeg.so", "libcupsprintersupport.so"} <= kept
    assert not {"libqsqlite.so", "libqopensslbackend.so", "libqgtk3.so", "libqpdf.so"} & kept
    assert not {"libqtiff.so", "libqwebp.so", "libivi-shell.so"} & kept


def test_a_figure_keeps_the_fonts_that_matplotlib_asks_for_by_name() -> None:
    fonts = Path(matplotlib.get_data_path()) / "fonts"
    places = [f"matplotlib/mpl-data/fonts/{one.relative_to(fonts)}" for one in fonts.rglob("*.*")]
    left = without([(one, one, "DATA") for one in places], USELESS_FILES)
    kept = {Path(place).name for place, _, _ in left}
    assert {"DejaVuSans.ttf", "DejaVuSans-Bold.ttf", "LastResortHE-Regular.ttf"} <= kept
    assert not {one for one in kept if one.startswith(("STIX", "cm", "DejaVuSerif"))}


def test_pydicom_is_imported_without_its_test_files_and_fetches_none() -> None:
    place = "pydicom/data/"
    entries = [(place + name, name, "DATA") for name in ("urls.json", "test_files/CT_small.dcm")]
    assert [name for _, name, _ in without(entries, USELESS_FILES)] == ["urls.json"]
    data = Path(pydicom.data.__file__).parent
    fetched = json.loads((data / "urls.json").read_text(encoding="utf-8"))
    assert fetched
    assert not {Path(file).name for file in pydicom.examples._DATASETS.values()} & set(fetched)


def test_a_library_of_the_system_goes_when_only_what_was_taken_out_needed_it() -> None:
    entries = [
        ("PySide6/QtGui.so", "/venv/PySide6/QtGui.so", "EXTENSION"),
        ("libxcb.so.1", "/usr/lib/libxcb.so.1", "BINARY"),
        ("libgtk-3.so.0", "/usr/lib/libgtk-3.so.0", "BINARY"),
    ]
    needs = {"/venv/PySide6/QtGui.so": ["libxcb.so.1"], "/usr/lib/libgtk-3.so.0": ["libxcb.so.1"]}
    left = still_needed(entries, [Path("/venv")], lambda file: needs.get(file, []))
    assert [place for place, _, _ in left] == ["PySide6/QtGui.so", "libxcb.so.1"]


def test_what_a_wheel_carries_goes_with_the_last_that_needed_it() -> None:
    entries = [
        ("PIL/_imaging.so", "/venv/PIL/_imaging.so", "EXTENSION"),
        ("pillow.libs/libtiff-1.so.6", "/venv/pillow.libs/libtiff-1.so.6", "BINARY"),
        ("pillow.libs/liblcms2-1.so.2", "/venv/pillow.libs/liblcms2-1.so.2", "BINARY"),
    ]
    needs = {"/venv/PIL/_imaging.so": ["libtiff-1.so.6"]}
    left = still_needed(entries, [Path("/venv")], lambda file: needs.get(file, []))
    assert [place for place, _, _ in left] == ["PIL/_imaging.so", "pillow.libs/libtiff-1.so.6"]


def test_a_library_that_is_there_twice_is_linked(tmp_path: Path) -> None:
    files = {"one": b"a" * 20, "same": b"a" * 20, "other": b"b" * 20, "small": b"a"}
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    places = {
        "libz.so.1": "other",
        "a.libs/libz-2f.so.1": "small",
        "a.libs/liby.so": "one",
        "b.libs/liby.so": "same",
    }
    entries = [(place, str(tmp_path / name), "BINARY") for place, name in places.items()]
    made = {
        place: (source, kind)
        for place, source, kind in once(
            entries, {"/a.libs/libz-*.so.1": "/libz.so.1", "/c/*": "/d/*"}, smallest=10
        )
    }
    assert made["a.libs/libz-2f.so.1"] == ("../libz.so.1", "SYMLINK")
    assert made["b.libs/liby.so"] == ("../a.libs/liby.so", "SYMLINK")
    assert {place for place, (_, kind) in made.items() if kind == "BINARY"} == {
        "libz.so.1",
        "a.libs/liby.so",
    }


@pytest.mark.parametrize(
    ("name", "is_kept"),
    [
        ("coll/sv.res", True),
        ("coll/zh.res", False),
        ("de.res", True),
        ("fr.res", False),
        ("root.res", True),
        ("zoneinfo64.res", True),
        ("zone/es.res", True),
        ("zone/fr.res", False),
        ("windows-1252.cnv", True),
        ("lang/de.res", False),
        ("translit/root.res", False),
    ],
)
def test_of_the_tables_of_unicode_stays_what_qt_asks_for(name: str, is_kept: bool) -> None:
    assert is_asked_for(name, 4_000) is is_kept


COMPARED = """
import sys
from PySide6.QtCore import QCollator, QDate, QDateTime, QLocale, QStringDecoder, QTime, QTimeZone
for code in ("de", "sv", "tr", "en"):
    one = QCollator(QLocale(code))
    print(sorted(["Zebra", "ähnlich", "Apfel", "Öl", "ozean", "straße"], key=one.sortKey))
    print(QLocale(code).toUpper("istanbul straße"))
for page in ("windows-1252", "iso-8859-2", "koi8-r"):
    print(QStringDecoder(page).isValid())
day = QDateTime(QDate(2026, 7, 1), QTime(1, 1))
print(QTimeZone(b"Europe/Berlin").displayName(day, QTimeZone.LongName, QLocale("de")))
said = open("/proc/self/maps").read()
print(*{line.split()[-1] for line in said.splitlines() if "libicudata" in line}, file=sys.stderr)
"""


@on_linux
@pytest.mark.skipif(shutil.which("ld") is None, reason="links a library")
def test_qt_answers_the_same_from_the_smaller_tables(tmp_path: Path) -> None:
    whole = next((Path(PySide6.__file__).parent / "Qt" / "lib").glob("libicudata.so.*"))
    small = tmp_path / whole.name
    assert write_reduced(whole, small)
    assert small.stat().st_size < whole.stat().st_size / 5
    said = [
        subprocess.run(
            [sys.executable, "-c", COMPARED],
            env={**os.environ, "LD_PRELOAD": str(library)},
            capture_output=True,
            text=True,
            check=True,
        )
        for library in (whole, small)
    ]
    told = [Path(one.stderr.split()[-1]).resolve() for one in said]
    assert told == [whole.resolve(), small.resolve()]
    assert said[0].stdout == said[1].stdout
    assert "Mitteleurop" in said[1].stdout


def test_a_folder_that_the_desktop_hands_over_is_opened_and_a_command_stays_one(
    tmp_path: Path,
) -> None:
    screens = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    bare = {name: value for name, value in os.environ.items() if name not in screens}
    said = {
        argument: subprocess.run(
            [sys.executable, "main.py", argument],
            cwd=ROOT,
            env={**bare, "QT_QPA_PLATFORM": "none-such"},
            capture_output=True,
            text=True,
            check=False,
        ).stderr
        for argument in (str(tmp_path / "Clinic.kypholog"), "Clinic.kypholog")
    }
    handed_over, typed = said.values()
    assert "invalid choice" not in handed_over
    assert "Clinic.kypholog" in typed


def test_the_icon_is_drawn_in_every_size(qtbot: QtBot, tmp_path: Path) -> None:
    draw(tmp_path)
    for size in SIZES:
        with Image.open(tmp_path / f"kypholog-{size}.png") as picture:
            assert picture.size == (size, size)
            assert picture.getpixel((size // 2, 2 * size // 5))[3] == 255  # type: ignore[index]
            edge, opaque = margin_in(size), picture.getchannel("A")
            around = [opaque.getpixel((size // 2, y)) for y in range(edge)]
            assert around == [0] * edge
            assert opaque.getpixel((size // 2, edge)) == 255, "the edge is blurred"
            assert opaque.getpixel((size // 2, size - edge - 1)) == 255
    with Image.open(tmp_path / "kypholog.ico") as icon:
        assert {(16, 16), (32, 32), (256, 256)} <= icon.info["sizes"]
    with Image.open(tmp_path / "kypholog.icns") as icon:
        assert (512, 512, 2) in icon.info["sizes"]


@on_linux
def test_the_desktop_learns_where_the_program_is_and_forgets_it_again(
    qtbot: QtBot, tmp_path: Path
) -> None:
    folder, data = tmp_path / "100% of my programs" / "kypholog", tmp_path / "share"
    folder.mkdir(parents=True)
    draw(tmp_path / "icons")
    share(folder, tmp_path / "icons")
    (folder / "kypholog").write_text("#!/bin/sh\n", encoding="utf-8")
    (folder / "kypholog").chmod(0o755)
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "XDG_DATA_HOME": str(data)}
    install = ["sh", str(folder / "install.sh")]
    subprocess.run(install, env=environment, check=True, capture_output=True)
    entry = RawConfigParser()
    entry.optionxform = str  # type: ignore[assignment, method-assign]
    entry.read(data / "applications" / "kypholog.desktop", encoding="utf-8")
    program = str(folder / "kypholog").replace("%", "%%")
    assert entry["Desktop Entry"]["Exec"] == f'"{program}" %f'
    declared = ElementTree.parse(data / "mime" / "packages" / "kypholog.xml").getroot()[0]
    assert declared.attrib["type"] in entry["Desktop Entry"]["MimeType"].split(";")
    assert (data / "icons" / "hicolor" / "48x48" / "apps" / "kypholog.png").exists()
    subprocess.run([*install, "--remove"], env=environment, check=True, capture_output=True)
    left = [path.name for path in data.rglob("*kypholog*") if path.is_file()]
    assert left == []
    assert folder.exists()


@on_linux
@pytest.mark.skipif(shutil.which("dpkg-query") is None, reason="asks Debian's packages")
def test_the_license_of_a_library_of_the_system_is_found(tmp_path: Path) -> None:
    from resources.bundle.system_licenses import write_licenses

    library = next(Path("/usr/lib").glob("*/libz.so.1"))
    (text,) = write_licenses([str(library)], tmp_path / "system")
    assert text.stem.startswith("zlib1g_")
    assert "Jean-loup Gailly" in text.read_text(encoding="utf-8")
