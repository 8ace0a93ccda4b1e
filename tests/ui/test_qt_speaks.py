# SPDX-License-Identifier: MIT
"""Qt's own words are said in the language of the process, and what nobody translated in English."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
_SAID = """
import json, sys
from models import speech
speech.begin(sys.argv[1])
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QMessageBox
from models.schema import Procedure
from models.vocabulary import CountUnit, TimePoint
from ui.backups.words import size
from ui.charts.sentences import short_label
from ui.key_words import native
from ui.language import speak
app = QApplication(["said"])
speak(app)
kinds = QMessageBox.StandardButton
box = QMessageBox()
box.setStandardButtons(kinds.Yes | kinds.No | kinds.Cancel)
print(json.dumps({
    "buttons": [button.text().replace("&", "") for button in box.buttons()],
    "unknown": QCoreApplication.translate("cases", "What no catalog has"),
    "ours": QCoreApplication.translate("cases", "Patient"),
    "nothing": [speech.say(""), speech.say_in("Verdict", ""), QCoreApplication.translate("a", "")],
    "keys": [native(one) for one in ("Ctrl+N", "Ctrl+Shift+Return", "Alt+Del", "Ctrl+Down")],
    "units": [
        size(2_400_000),
        short_label(TimePoint.W1),
        Procedure.age_at_procedure.surprise(14),
        CountUnit.PATIENT.one,
    ],
}))
"""


def said_in(code: str) -> dict[str, object]:
    done = subprocess.run(
        [sys.executable, "-c", _SAID, code],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found: dict[str, object] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize(
    ("code", "buttons", "patient", "keys"),
    [
        (
            "de",
            {"Ja", "Nein", "Abbrechen"},
            "Patient",
            ["Strg+N", "Strg+Umschalt+Eingabe", "Alt+Entf", "Strg+Abwärts"],
        ),
        (
            "es",
            {"Sí", "No", "Cancelar"},
            "Paciente",
            ["Ctrl+N", "Ctrl+Mayús+Intro", "Alt+Supr", "Ctrl+Abajo"],
        ),
    ],
)
def test_buttons_and_keys_are_those_of_the_language_and_nothing_is_lost(
    code: str, buttons: set[str], patient: str, keys: list[str]
) -> None:
    found = said_in(code)
    assert set(found["buttons"]) == buttons  # type: ignore[call-overload]
    assert found["unknown"] == "What no catalog has"
    assert found["ours"] == patient
    assert found["nothing"] == ["", "", ""]
    assert found["keys"] == keys


def test_units_are_words_of_the_language_wherever_they_stand() -> None:
    told = said_in("es")["units"]
    assert isinstance(told, list)
    megabytes, week, unusual, one = told
    assert (megabytes, week, one) == ("2,3 MB", "1 sem", "paciente")
    assert "18 a 100 años" in unusual
