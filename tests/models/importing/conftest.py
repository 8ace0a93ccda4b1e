# SPDX-License-Identifier: MIT
"""Logbooks to import into, and what makes files and imports them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from models.images import store
from models.images.reading import read_kept
from models.importing.columns import propose
from models.importing.mapping import Mapping
from models.importing.preview import Preview, preview
from models.importing.reading import CsvTable
from models.logbook import Logbook
from models.settings import STORE_IDENTITY, change_setting
from tests.fresh import NewLogbook
from tests.models.any_case import IMAGE, IMAGE_HASH

WriteFile = Callable[[str | bytes], Path]
Look = Callable[..., Preview]


@pytest.fixture
def logbook(new_logbook: NewLogbook, tmp_path: Path) -> Iterator[Logbook]:
    logbook = new_logbook(tmp_path / "Clinic.kypholog", user="anna")
    yield logbook
    logbook.close()


@pytest.fixture(scope="module")
def shared(
    lasting_logbook: NewLogbook, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Logbook, Logbook]]:
    """Two logbooks for all that hypothesis thinks of: one to export from, one to import into."""
    made = []
    for name in ("From", "Into"):
        logbook = lasting_logbook(tmp_path_factory.mktemp("shared") / f"{name}.kypholog")
        change_setting(logbook, STORE_IDENTITY, True)
        made.append(logbook)
    assert store.put(made[0], read_kept("picture", IMAGE)) == IMAGE_HASH
    yield made[0], made[1]
    for logbook in made:
        logbook.close()


@pytest.fixture
def file(tmp_path: Path) -> WriteFile:
    """Writes a file of this text, or of these bytes."""

    def write(content: str | bytes) -> Path:
        target = tmp_path / "clinic.csv"
        target.write_bytes(content if isinstance(content, bytes) else content.encode())
        return target

    return write


@pytest.fixture
def look(logbook: Logbook, file: WriteFile) -> Look:
    """The preview of a file of this text, by what is proposed or by a mapping made from that."""

    def see(
        content: str | bytes,
        mapping: Callable[[Mapping], Mapping] = lambda proposed: proposed,
        *,
        takes_conflicts: bool = False,
    ) -> Preview:
        table = CsvTable(file(content))
        return preview(logbook, table, mapping(propose(table)), takes_conflicts=takes_conflicts)

    return see
