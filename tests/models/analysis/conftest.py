# SPDX-License-Identifier: MIT
"""A question to a logbook on the disk."""

from __future__ import annotations

import pytest

from models.logbook import Logbook
from tests.models.analysis.asking import Ask, asker


@pytest.fixture
def ask(logbook: Logbook) -> Ask:
    return asker(logbook)
