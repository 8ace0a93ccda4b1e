# SPDX-License-Identifier: MIT
"""Two workstations whose logbooks began as one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.models.other_logbook.pair import Pair, pair_of, seeded


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return seeded(tmp_path_factory.mktemp("template") / "Clinic.kypholog")


@pytest.fixture
def pair(template: Path, tmp_path: Path) -> Iterator[Pair]:
    with pair_of(template, tmp_path) as opened:
        yield opened
