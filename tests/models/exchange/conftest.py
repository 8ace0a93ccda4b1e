# SPDX-License-Identifier: MIT
"""Logbooks to export from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.logbook import Logbook
from models.schema import ImageContent
from tests.fresh import NewLogbook
from tests.models.any_case import IMAGE, IMAGE_HASH


@pytest.fixture
def logbook(new_logbook: NewLogbook, tmp_path: Path) -> Iterator[Logbook]:
    """A logbook in a folder of its own."""
    logbook = new_logbook(tmp_path / "Clinic.kypholog", user="A. Operator")
    yield logbook
    logbook.close()


@pytest.fixture(scope="module")
def shared(
    lasting_logbook: NewLogbook, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Logbook]:
    """One logbook for all that hypothesis thinks of; without waiting for the disk."""
    logbook = lasting_logbook(tmp_path_factory.mktemp("shared") / "Any.kypholog")
    image = ImageContent.insert(sha256=IMAGE_HASH, media_type="image/png", content=IMAGE)
    image.execute(logbook.database)
    yield logbook
    logbook.close()
