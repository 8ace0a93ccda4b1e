# SPDX-License-Identifier: MIT
"""A logbook of one user, and the same logbook in the hands of another."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.logbook import Logbook
from tests.fresh import new_logbook


@pytest.fixture
def logbook(tmp_path: Path) -> Iterator[Logbook]:
    opened = new_logbook(tmp_path / "Clinic.kypholog", user="anna")
    yield opened
    opened.close()


@pytest.fixture
def other(logbook: Logbook) -> Iterator[Logbook]:
    opened = Logbook.open(logbook.folder, user="ben")
    yield opened
    opened.close()
