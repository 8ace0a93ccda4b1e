# SPDX-License-Identifier: MIT
"""What goes out as data package, linked tables or REDCap records comes back as it was.

Every field of every table, with the ids and the order of its rows; images with their pictures out
of a data package, which alone has them.
"""

from __future__ import annotations

from collections.abc import Iterator

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from models.bulk import save_many
from models.case import Case, load_case, save_case
from models.logbook import Logbook
from models.sample import fill
from models.schema import RECORD_TABLES, Procedure
from models.settings import STORE_IDENTITY, change_setting
from models.verify import verify
from tests.fresh import NewLogbook
from tests.models.any_case import IMAGE_HASH, VARIANTS, cases, give_code, whole_case
from tests.models.importing.pictured import put_all
from tests.models.importing.records import (
    Export,
    held,
    look,
    package,
    problems,
    redcap,
    tables,
    take_in,
    verdicts,
)

EXPORTS: tuple[Export, ...] = (package, tables, redcap)


@pytest.fixture(scope="module")
def whole(
    lasting_logbook: NewLogbook, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Logbook]:
    """A logbook in which every field of every table holds something somewhere."""
    logbook = lasting_logbook(tmp_path_factory.mktemp("whole") / "Whole.kypholog")
    change_setting(logbook, STORE_IDENTITY, True)
    names = put_all(logbook)
    save_many(logbook, [whole_case(number, names[number % 2 :]) for number in range(VARIANTS)])
    yield logbook
    logbook.close()


def case_ids(logbook: Logbook) -> list[str]:
    query = Procedure.select(Procedure.id).order_by(Procedure.id).tuples()
    return [str(case_id) for (case_id,) in query.execute(logbook.database)]


def test_the_whole_logbook_fills_every_field(whole: Logbook) -> None:
    filled = {
        (type(row), field.name)
        for case_id in case_ids(whole)
        for case in [load_case(whole, case_id)]
        for row in (*case.person_rows(), *case.case_rows())
        for field in row.clinical_fields()
        if getattr(row, field.name) not in (None, ())
    }
    for table in RECORD_TABLES:
        assert {(table, field.name) for field in table.clinical_fields()} <= filled


@pytest.mark.parametrize("export", EXPORTS)
def test_every_field_of_every_table_comes_back(
    whole: Logbook, logbook: Logbook, export: Export
) -> None:
    change_setting(logbook, STORE_IDENTITY, True)
    file = export(whole, None)
    shown, done = take_in(file, logbook)
    assert problems(shown) == []
    assert (done.new, done.changed) == (VARIANTS, 0)
    ids = case_ids(whole)
    assert case_ids(logbook) == ids
    for case_id in ids:
        assert held(logbook, case_id) == held(whole, case_id, images=export is package)
    assert verify(logbook) == []
    assert set(verdicts(look(file, logbook))) == {"same"}
    assert set(verdicts(look(file, whole))) == {"same"}
    assert export(logbook, None).read_bytes() == file.read_bytes() or export is not redcap


@settings(max_examples=8)
@given(case=cases(), first=st.integers(0, 2))
def test_any_case_comes_back(shared: tuple[Logbook, Logbook], case: Case, first: int) -> None:
    source, into = shared
    names = [IMAGE_HASH, *put_all(source)]
    for place, row in enumerate(case.images, start=first):
        row.content = names[place % len(names)]  # type: ignore[assignment]
    # Each case is of a patient whom neither logbook has met.
    give_code(case, f"P-{case.id}")
    save_case(source, case)
    for number, export in enumerate(EXPORTS):
        file = export(source, [case.id])
        shown, _ = take_in(file, into)
        assert problems(shown) == []
        assert verdicts(shown) == ["same" if number else "new"], shown.lines[0].differences
        assert held(into, case.id) == held(source, case.id)


def test_a_sample_comes_back_whole(
    new_logbook: NewLogbook, tmp_path_factory: pytest.TempPathFactory, logbook: Logbook
) -> None:
    source = new_logbook(tmp_path_factory.mktemp("sample") / "Sample.kypholog")
    fill(source, 30, 5)
    shown, done = take_in(package(source), logbook)
    assert (done.new, shown.seen.cases) == (30, 30)
    for case_id in case_ids(source):
        assert held(logbook, case_id) == held(source, case_id)
        assert load_case(logbook, case_id).procedure.synthetic
    source.close()
