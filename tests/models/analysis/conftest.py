# SPDX-License-Identifier: MIT
"""A logbook on the disk, and a question to it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.analysis.pain import PainOutcome, pain_outcome
from models.analysis.question import Question
from models.case import Case, save_case
from models.logbook import Logbook
from tests.models.analysis.asking import Ask


@pytest.fixture
def logbook(tmp_path: Path) -> Iterator[Logbook]:
    made = Logbook.create(tmp_path / "Clinic.kypholog")
    yield made
    made.close()


@pytest.fixture
def ask(logbook: Logbook) -> Ask:
    """Save the cases, then ask."""

    def answer(*cases: Case, **question: str) -> PainOutcome:
        for number, case in enumerate(cases):
            case.patient.patient_code = f"P-{number}"
            save_case(logbook, case)
        with logbook.session():
            return pain_outcome(logbook, Question.read(**question))

    return answer
