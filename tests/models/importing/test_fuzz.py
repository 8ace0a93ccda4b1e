# SPDX-License-Identifier: MIT
"""Any file gives a preview or a sentence and leaves the logbook; ``make fuzz`` tries for longer."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.importing.archives import Archive
from models.importing.recognizing import UnreadableTable
from models.logbook import Logbook
from tests.fresh import NewLogbook
from tests.fuzz.corpus import HEADINGS, ODD_CELLS, corpus
from tests.fuzz.odd_files import as_text, as_workbook, changed, damaged
from tests.fuzz.promise import keep_promise
from tests.models.importing.hostile import ods, ods_row, small_workbook

Place = tuple[Logbook, Path]
CORPUS = corpus()
WORKBOOKS = [name for name, data in CORPUS.items() if data.startswith((b"PK", b"\xd0\xcf"))]
TEXTS = [name for name in CORPUS if name not in WORKBOOKS]

chances = st.integers(0, 1 << 32).map(Random)
cells = st.one_of(st.sampled_from(ODD_CELLS), st.text(max_size=20))
grids = st.integers(1, 6).flatmap(
    lambda width: st.tuples(
        st.lists(st.sampled_from(HEADINGS), min_size=width, max_size=width, unique=True),
        st.lists(st.lists(cells, min_size=width, max_size=width), max_size=4),
    ).map(lambda parts: [parts[0], *parts[1]])
)


@pytest.fixture(scope="module")
def place(lasting_logbook: NewLogbook, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    folder = tmp_path_factory.mktemp("fuzz")
    logbook = lasting_logbook(folder / "Clinic.kypholog")
    yield logbook, folder / "odd.csv"
    logbook.close()


@given(data=st.binary(max_size=300))
def test_any_bytes(place: Place, data: bytes) -> None:
    place[1].write_bytes(data)
    keep_promise(*place)


@given(rows=grids, chance=chances)
def test_any_cells_under_any_headings_read_in_any_way(
    place: Place, rows: list[list[str]], chance: Random
) -> None:
    place[1].write_bytes(as_text(chance, rows))
    keep_promise(*place, lambda mapping: changed(chance, mapping))


@given(name=st.sampled_from(TEXTS), chance=chances)
def test_any_damage_to_a_text_file(place: Place, name: str, chance: Random) -> None:
    place[1].write_bytes(damaged(chance, CORPUS[name]))
    keep_promise(*place)


@settings(max_examples=6)
@given(rows=grids, chance=chances)
def test_any_sheet(place: Place, rows: list[list[str]], chance: Random) -> None:
    place[1].write_bytes(as_workbook(chance, rows))
    keep_promise(*place)


@settings(max_examples=6)
@given(name=st.sampled_from(WORKBOOKS), chance=chances)
def test_any_damage_to_a_workbook(place: Place, name: str, chance: Random) -> None:
    place[1].write_bytes(damaged(chance, CORPUS[name]))
    keep_promise(*place)


ZIPS = (small_workbook(), ods(ods_row("Patient code", "Level") + ods_row("A", "T12")))


@settings(max_examples=100)
@given(content=st.sampled_from(ZIPS), chance=chances)
def test_any_damage_to_a_zip_is_found_before_it_is_read(content: bytes, chance: Random) -> None:
    with suppress(UnreadableTable):
        archive = Archive(io.BytesIO(damaged(chance, content)), "sheet.xlsx")
        archive.check()
        archive.facts("Cases")
