# SPDX-License-Identifier: MIT
"""Before the list of cases is in sight nothing is loaded that it does not need."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from models.case import save_case
from tests.benchmarks.starting import OUR_WINDOW
from tests.builders import a_case
from tests.fresh import new_logbook

HOUSE = Path(__file__).parent.parent.parent
_HOMES = ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")
FOREIGN = {
    *("numpy", "scipy", "matplotlib", "cryptography", "argon2", "psycopg"),
    *("xlsxwriter", "python_calamine", "charset_normalizer", "clevercsv", "fhir", "pydicom"),
    *("PySide6.QtSvg", "PySide6.QtPrintSupport", "PySide6.QtNetwork", "PySide6.QtPdf"),
    *("importlib.resources", "concurrent.futures", "multiprocessing", "subprocess", "asyncio"),
}
OURS = {
    *("models.analysis", "models.backup", "models.bulk", "models.case", "models.checks"),
    *("models.commands", "models.copying", "models.drafts", "models.exchange", "models.history"),
    *("models.importing", "models.literature", "models.merging", "models.migrations"),
    *("models.safety", "models.sample", "models.undo", "models.verify", "models.accounts"),
    *("ui.cases.case_view", "ui.charts", "ui.editor.page", "ui.followup", "ui.help.pages"),
    *("ui.importing", "ui.literature", "ui.outcomes", "ui.preferences", "ui.printing"),
    *("ui.reports", "ui.safety", "ui.widgets.spine", "ui.desks", "ui.help", "ui.actions"),
}
MOST_OF_OURS = 193
"""There were 193 when this was written, and 351 before anybody counted. Each takes about half a
millisecond of the time in which somebody waits for the window."""


_SLOW = re.compile(r"^ *from dataclasses import .*\bdataclass\b", re.MULTILINE)
_ENDS = "QTimer.singleShot(stay, lambda: os._exit(0))"
_TELLS = "print(*sys.modules, flush=True) or os._exit(0)"
_WHEN_AT_REST = f"""
looks = QTimer(app, interval=20)
looks.timeout.connect(
    lambda: "ui.literature.page" in sys.modules and not kypholog.jobs.is_busy and ({_TELLS})
)
looks.start()
app.exec()
"""
"""The literature page is loaded last."""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Holds a logbook of one case, and the settings."""
    home = tmp_path_factory.mktemp("start")
    logbook = new_logbook(home / "a.kypholog")
    save_case(logbook, a_case())
    logbook.close()
    return home


def modules_of(script: str, home: Path) -> set[str]:
    """What is loaded when the script tells it, in a process of its own."""
    told = subprocess.run(
        [sys.executable, "-c", script, str(home / "a.kypholog"), "0"],
        cwd=HOUSE,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", **dict.fromkeys(_HOMES, str(home))},
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    return set(told.stdout.split())


@pytest.fixture(scope="module")
def loaded(home: Path) -> set[str]:
    """The modules that are there when the list is filled."""
    assert _ENDS in OUR_WINDOW
    return modules_of(OUR_WINDOW.replace(_ENDS, _TELLS), home)


def test_the_list_is_there(loaded: set[str]) -> None:
    assert {"models.caselist", "ui.cases.page", "PySide6.QtWidgets"} <= loaded


@pytest.mark.parametrize("name", sorted(FOREIGN | OURS))
def test_what_the_list_does_not_need_is_not_loaded(loaded: set[str], name: str) -> None:
    assert not {one for one in loaded if one == name or one.startswith(f"{name}.")}


def test_few_rooms_of_the_house_are_loaded(loaded: set[str]) -> None:
    ours = sorted(name for name in loaded if name.split(".")[0] in ("models", "ui"))
    assert len(ours) <= MOST_OF_OURS, f"{len(ours)}: {', '.join(ours)}"


def test_no_dataclass_is_made_the_slow_way(loaded: set[str]) -> None:
    places = {
        HOUSE.joinpath(*name.split(".")) for name in loaded if name.startswith(("models", "ui"))
    }
    files = [one for place in places for one in (place.with_suffix(".py"), place / "__init__.py")]
    sources = {one: one.read_text() for one in files if one.is_file()}
    slow = [one for one, source in sources.items() if _SLOW.search(source)]
    assert [one.relative_to(HOUSE).as_posix() for one in slow] == ["models/quick.py"]


def test_the_other_pages_are_loaded_beside_the_list_without_what_draws_figures(home: Path) -> None:
    script = OUR_WINDOW.replace(_ENDS, "None").replace("app.exec()\n", _WHEN_AT_REST)
    loaded = modules_of(script, home)
    assert {"ui.editor.page", "ui.followup.page", "ui.outcomes.page", "ui.safety.page"} <= loaded
    assert not loaded & {"matplotlib", "scipy", "numpy"}
