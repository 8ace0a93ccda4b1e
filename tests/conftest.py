# SPDX-License-Identifier: MIT
"""What every test stands on: no screen, places of its own, and no logged error unnoticed."""

from __future__ import annotations

import gc
import logging
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from tests.engines import pytest_configure, pytest_report_header, pytest_terminal_summary

if TYPE_CHECKING:
    from models.logbook import Logbook

__all__ = ["pytest_configure", "pytest_report_header", "pytest_terminal_summary"]

# Before any test loads Qt: the same platform, look and language on every machine.
os.environ.update(QT_QPA_PLATFORM="offscreen", LC_ALL="C.UTF-8")
for _name in ("QT_QPA_PLATFORMTHEME", "QT_STYLE_OVERRIDE", "QT_SCALE_FACTOR", "LANGUAGE"):
    os.environ.pop(_name, None)
# One list of fonts for all tests: matplotlib would search the disk again in each test's home.
os.environ.setdefault("MPLCONFIGDIR", str(Path(__file__).parents[1] / "build" / "matplotlib"))

LONGEST = {"test_other_language.py", "test_nothing_cut.py"}
"""Files of tests that go through all of the program."""

# Nothing passes or fails by the clock or by chance. EXAMPLES=1000 looks longer for what breaks
# a rule.
settings.register_profile(
    "house",
    deadline=None,
    derandomize=True,
    max_examples=int(os.environ.get("EXAMPLES", "25")),
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("house")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One worker more than there are processors: tests of windows wait for timers now and then."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes minutes, so that nobody waits for it alone at the end."""
    items.sort(key=lambda item: item.path.name not in LONGEST)


def pytest_collection_finish() -> None:
    """Leave thousands of collected tests out of every later search for garbage.

    The program searches in each window that a test opens (``ui/collector.py``).
    """
    gc.collect()
    gc.freeze()


class LoggedErrors(logging.Handler):
    """Collects what is logged as an error while a test runs."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)

    @contextmanager
    def expected(self, pattern: str) -> Iterator[None]:
        """Accept the errors that match `pattern`, and fail when none was logged in the block."""
        before = len(self.records)
        yield
        logged = self.records[before:]
        unexpected = [record for record in logged if not re.search(pattern, record.getMessage())]
        self.records[before:] = unexpected
        assert len(unexpected) < len(logged), f"no error was logged that matches {pattern!r}"


@pytest.fixture(autouse=True)
def logged_errors() -> Iterator[LoggedErrors]:
    """Fail a test that logs an error, unless within `with logged_errors.expected(...)`."""
    errors = LoggedErrors()
    logging.getLogger().addHandler(errors)
    yield errors
    logging.getLogger().removeHandler(errors)
    if errors.records:
        messages = "\n".join(f"{entry.name}: {entry.getMessage()}" for entry in errors.records)
        pytest.fail(f"logged as an error and not expected:\n{messages}", pytrace=False)


_HOMES = count()


@pytest.fixture(autouse=True)
def home(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """Give each test an empty home, so that it neither sees nor leaves settings or data.

    Its number is not looked for among the thousands that are there, and it goes with its test.
    """
    from PySide6.QtCore import QSettings

    place = tmp_path_factory.mktemp(f"home-{next(_HOMES)}", numbered=False)
    variables = {
        "HOME": "",
        "USERPROFILE": "",
        "APPDATA": "roaming",
        "LOCALAPPDATA": "local",
        "XDG_CONFIG_HOME": "config",
        "XDG_DATA_HOME": "data",
        "XDG_STATE_HOME": "state",
        "XDG_CACHE_HOME": "cache",
    }
    for name, folder in variables.items():
        monkeypatch.setenv(name, str(place / folder))
    # Qt looks at XDG_CONFIG_HOME only once in a process.
    for kind in (QSettings.Format.NativeFormat, QSettings.Format.IniFormat):
        QSettings.setPath(kind, QSettings.Scope.UserScope, str(place / "config"))
    yield place
    shutil.rmtree(place, ignore_errors=True)


@pytest.fixture
def logbook(tmp_path: Path) -> Iterator[Logbook]:
    """A new, empty logbook."""
    from tests.fresh import new_logbook

    opened = new_logbook(tmp_path / "Clinic.kypholog")
    yield opened
    opened.close()
