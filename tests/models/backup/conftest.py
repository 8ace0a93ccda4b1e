# SPDX-License-Identifier: MIT
"""A logbook with two cases, and whoever else works in it."""

from __future__ import annotations

import pytest

from models.case import save_case
from models.logbook import Logbook
from tests.builders import a_case


@pytest.fixture
def clinic(logbook: Logbook) -> Logbook:
    for code in ("P-1", "P-2"):
        save_case(logbook, a_case(code))
    return logbook
