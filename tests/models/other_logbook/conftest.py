# SPDX-License-Identifier: MIT
"""Two workstations whose logbooks began as one; the first one's is on each engine in turn."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from tests.engines import POSTGRES
from tests.models.other_logbook.pair import Pair, Pairs, in_folders, on_server, seeded


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return seeded(tmp_path_factory.mktemp("template") / "Clinic.kypholog")


@pytest.fixture(scope="module")
def pairs(engine: str, template: Path, request: pytest.FixtureRequest) -> Pairs:
    """Makes pairs for a block, in a folder."""
    if engine != POSTGRES:
        return lambda place: in_folders(template, place)
    served = request.getfixturevalue("served")

    def make(place: Path) -> AbstractContextManager[Pair]:
        return on_server(served, template, place)

    return make


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where this test has what is temporary, apart from what others have."""
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    return place


@pytest.fixture
def pair(pairs: Pairs, tmp_path: Path, temporary: Path) -> Iterator[Pair]:
    with pairs(tmp_path) as opened:
        yield opened
