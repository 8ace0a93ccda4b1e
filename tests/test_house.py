# SPDX-License-Identifier: MIT
"""The rules of the house that no single room can keep: layers, weight, size, and what is pinned."""

from __future__ import annotations

import logging
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QSettings

import models
from tests.conftest import LoggedErrors
from ui import preflight

ROOT = Path(__file__).parents[1]
SOURCES = [
    ROOT / "main.py",
    *sorted(
        path
        for room in ("models", "ui", "resources", "tests")
        for path in (ROOT / room).rglob("*.py")
    ),
]
MOST_LINES = 400
HEAVY = {"PySide6", "shiboken6", "matplotlib", "scipy"}


def python(*arguments: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments], cwd=cwd, capture_output=True, text=True, check=False
    )


def packages_loaded_by(code: str) -> set[str]:
    done = python("-c", f"{code}\nimport sys\nprint(*sys.modules)")
    assert done.returncode == 0, done.stderr
    return {name.partition(".")[0] for name in done.stdout.split()}


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def test_rooms_import_only_what_stands_below_them() -> None:
    done = python("-c", "from importlinter.cli import lint_imports_command as lint; lint()")
    assert done.returncode == 0, done.stdout


def test_no_room_of_the_models_loads_qt_or_anything_heavy() -> None:
    rooms = [module_name(path) for path in SOURCES if ROOT / "models" in path.parents]
    loaded = packages_loaded_by(
        f"import importlib\nfor room in {rooms}: importlib.import_module(room)"
    )
    assert "models" in loaded
    assert not loaded & HEAVY


def test_the_logbook_opens_without_numpy() -> None:
    assert "numpy" not in packages_loaded_by("import models.logbook")


def test_the_window_opens_without_what_only_images_need() -> None:
    loaded = packages_loaded_by("import ui.window, ui.editor.page")
    assert not loaded & {"numpy", "PIL", "pydicom", "gdcm"}


def test_main_and_preflight_load_nothing_before_they_are_asked() -> None:
    loaded = packages_loaded_by("import main")
    assert not loaded & {*HEAVY, "models", "peewee", "numpy", "argparse"}


def test_every_source_file_is_short_and_says_what_it_is_for() -> None:
    said = re.compile(r'# SPDX-License-Identifier: MIT\n(#.*\n|\n)*"""\s*[^\s"]')
    texts = {path.relative_to(ROOT): path.read_text(encoding="utf-8") for path in SOURCES}
    assert len(texts) > 1000
    assert [str(path) for path, text in texts.items() if len(text.splitlines()) >= MOST_LINES] == []
    assert [str(path) for path, text in texts.items() if not said.match(text)] == []


def test_a_void_call_of_qt_loses_no_reference_to_none() -> None:
    # PySide6 6.12.0 on CPython 3.11 loses one with every call; from 3.12 on, None is immortal.
    thing = QObject()
    before = sys.getrefcount(None)
    for _ in range(1000):
        thing.setObjectName("spine")
    assert abs(sys.getrefcount(None) - before) < 100


def test_the_lock_pins_every_package_by_hash_and_names_no_index() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pinned = re.split(r"\n(?=[a-z])", lock)[1:]
    assert pinned
    for package in pinned:
        assert re.match(r"[a-z0-9-]+==[\w.]+( ; [^\n]+)? \\\n    --hash=sha256:", package), package
    assert not re.search(r"://|--(extra-)?index|--find-links|@ ", lock)


def test_the_lock_holds_every_declared_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    declared = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    for requirement in declared:
        name = re.split(r"[^\w-]", requirement)[0].lower()
        assert f"\n{name}==" in lock


def test_the_same_pythons_are_named_everywhere() -> None:
    oldest, newest = preflight.OLDEST_PYTHON, preflight.NEWEST_PYTHON
    required = f">={oldest[0]}.{oldest[1]},<{newest[0]}.{newest[1] + 1}"
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["requires-python"] == required
    assert f"{oldest} <= sys.version_info[:2] <= {newest}" in (ROOT / "Makefile").read_text()


def test_the_version_is_that_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["version"] == models.VERSION


def test_an_expected_error_passes(logged_errors: LoggedErrors) -> None:
    with logged_errors.expected("disk is full"):
        logging.getLogger("jobs").error("the disk is full")
    assert logged_errors.records == []


def test_an_expected_error_that_does_not_come_fails(logged_errors: LoggedErrors) -> None:
    with (
        pytest.raises(AssertionError, match="disk is full"),
        logged_errors.expected("disk is full"),
    ):
        pass


def test_an_unexpected_error_in_the_log_fails_the_test(tmp_path: Path) -> None:
    shutil.copy(ROOT / "tests" / "conftest.py", tmp_path)
    (tmp_path / "test_log.py").write_text(
        "import logging\ndef test_it():\n    logging.getLogger('jobs').error('lost a case')\n",
        encoding="utf-8",
    )
    ours = ("-c", "/dev/null", "--rootdir=.", "-p", "no:xdist", "-o", f"pythonpath={ROOT}")
    done = python("-m", "pytest", *ours, cwd=tmp_path)
    assert done.returncode == 1, done.stdout
    assert "not expected:\njobs: lost a case" in done.stdout


def test_settings_stay_in_the_home_of_the_test(home: Path) -> None:
    settings = QSettings("Kypholog", "Kypholog")
    settings.setValue("window/rail", 1)
    settings.sync()
    assert home in Path(settings.fileName()).parents
    assert Path.home() == home
