# SPDX-License-Identifier: MIT
"""The model of the list: all rows at once, their lines page by page, nothing on the UI thread."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt
from pytestqt.qtbot import QtBot

from models.case import save_case
from models.caselist import PAGE, Query, SortBy, case_ids
from models.logbook import Logbook
from models.query import parse
from models.vocabulary import Level
from tests.builders import a_case
from tests.fresh import new_logbook
from tests.models.caselist.conftest import statements
from ui.cases.columns import Key, make_columns
from ui.cases.copied import CopiedRows
from ui.cases.table_model import LINE_ROLE, ON_ITS_WAY, CaseTableModel
from ui.jobs import Jobs

MANY = 2 * PAGE + 30
PATIENT = list(Key).index(Key.PATIENT)
TOOL_TIP, SPOKEN = Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole


@pytest.fixture(scope="module")
def logbook(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Logbook]:
    opened = new_logbook(tmp_path_factory.mktemp("many") / "Clinic.kypholog")
    with opened.transaction():
        for number in range(MANY):
            level = Level.T12 if number % 2 else Level.L1
            save_case(opened, a_case(f"P-{number:04d}", level, after=None))
    yield opened
    opened.close()


@pytest.fixture
def model(qtbot: QtBot, jobs: Jobs, logbook: Logbook) -> CaseTableModel:
    made = CaseTableModel(jobs, make_columns())
    made.set_logbook(logbook)
    return made


@pytest.fixture
def hasty(qtbot: QtBot, jobs: Jobs, logbook: Logbook) -> CaseTableModel:
    """Shows a first page before it counts, however few cases there are."""
    made = CaseTableModel(jobs, make_columns(), patience=0)
    made.set_logbook(logbook)
    return made


def load(qtbot: QtBot, model: CaseTableModel, query: Query, **wanted: object) -> list[int]:
    with qtbot.waitSignal(model.loaded) as signal:
        model.load(query, **wanted)  # type: ignore[arg-type]
    return signal.args[0]


def patient(model: CaseTableModel, row: int) -> object:
    return model.index(row, PATIENT).data()


def test_all_rows_are_there_and_the_first_page_with_them(
    qtbot: QtBot, model: CaseTableModel
) -> None:
    load(qtbot, model, Query(sort=SortBy.PATIENT, descending=False))
    assert model.rowCount() == MANY
    assert patient(model, 0) == "P-0000"
    assert patient(model, PAGE - 1) == f"P-{PAGE - 1:04d}"


def test_a_line_on_its_way_is_shown_as_such_and_then_told(
    qtbot: QtBot, model: CaseTableModel
) -> None:
    load(qtbot, model, Query(sort=SortBy.PATIENT, descending=False))
    row = PAGE + 5
    with qtbot.waitSignal(model.dataChanged) as signal:
        assert model.index(row, 0).data() == ON_ITS_WAY
        assert patient(model, row) is None
        assert model.index(row, 0).data(LINE_ROLE) is None
    first, last = signal.args[:2]
    assert (first.row(), last.row()) == (PAGE, 2 * PAGE - 1)
    assert patient(model, row) == f"P-{row:04d}"


def test_the_rows_in_sight_are_read_together_with_the_order(
    qtbot: QtBot, model: CaseTableModel
) -> None:
    query = Query(sort=SortBy.PATIENT, descending=False)
    load(qtbot, model, query, rows=[2 * PAGE + 1])
    assert patient(model, 2 * PAGE + 1) == f"P-{2 * PAGE + 1:04d}"


def test_the_first_page_is_shown_before_the_others_are_counted(
    qtbot: QtBot, hasty: CaseTableModel
) -> None:
    told: list[tuple[str, int]] = []
    for name in ("modelReset", "begun", "loaded", "rowsInserted"):
        getattr(hasty, name).connect(lambda *_, name=name: told.append((name, hasty.rowCount())))
    load(qtbot, hasty, Query(parse("kypho"), SortBy.PATIENT, descending=False), at_once=True)
    assert told == [
        ("modelReset", PAGE),
        ("begun", PAGE),
        ("rowsInserted", MANY),
        ("loaded", MANY),
    ]
    assert patient(hasty, PAGE - 1) == f"P-{PAGE - 1:04d}"


def test_what_is_soon_counted_comes_whole(qtbot: QtBot, model: CaseTableModel) -> None:
    with qtbot.assertNotEmitted(model.begun):
        load(qtbot, model, Query(parse("kypho")), at_once=True)
    assert model.rowCount() == MANY


def test_a_whole_list_is_shown_before_anybody_has_gone_through_it(
    qtbot: QtBot, hasty: CaseTableModel, logbook: Logbook
) -> None:
    query = Query(sort=SortBy.PATIENT, descending=False)
    with qtbot.assertNotEmitted(hasty.begun):
        load(qtbot, hasty, query, at_once=True)
    assert hasty.rowCount() == MANY
    found: list[list[str]] = []
    hasty.find_ids([range(MANY)], found.append)
    qtbot.waitUntil(lambda: bool(found))
    assert found == [[one for chunk in case_ids(logbook, query) for one in chunk]]


def test_a_list_of_one_page_comes_whole(qtbot: QtBot, hasty: CaseTableModel) -> None:
    with qtbot.assertNotEmitted(hasty.begun):
        load(qtbot, hasty, Query(parse("patient:P-000")), at_once=True)
    assert hasty.rowCount() == 10


@pytest.mark.parametrize(("row", "begins"), [(3, True), (PAGE + 3, False)])
def test_the_first_page_waits_where_the_case_to_be_kept_stands_farther_down(
    qtbot: QtBot, hasty: CaseTableModel, row: int, begins: bool
) -> None:
    query = Query(sort=SortBy.PATIENT, descending=False)
    load(qtbot, hasty, query, rows=[0, PAGE])
    kept = hasty.line(row)
    assert kept is not None
    begun: list[bool] = []
    hasty.begun.connect(lambda: begun.append(True))
    other = Query(parse("kypho"), SortBy.PATIENT, descending=False)
    assert load(qtbot, hasty, other, keep=[kept.case_id], at_once=True) == [row]
    assert begun == [True] * begins
    assert patient(hasty, row) == f"P-{row:04d}"


def test_the_pages_beside_those_asked_for_come_along(
    qtbot: QtBot, model: CaseTableModel, jobs: Jobs
) -> None:
    load(qtbot, model, Query(sort=SortBy.PATIENT, descending=False))
    assert model.line(PAGE + 5) is None
    qtbot.waitUntil(lambda: model.known_ids([range(MANY)]) is not None)


def test_nothing_is_asked_of_the_database_on_the_thread_of_the_window(
    qtbot: QtBot, model: CaseTableModel, logbook: Logbook, jobs: Jobs
) -> None:
    with statements(logbook) as asked:
        load(qtbot, model, Query(parse("kypho")), at_once=True)
        assert model.line(MANY - 1) is None
        model.find_ids([range(MANY)], lambda ids: None)
        qtbot.waitUntil(lambda: model.line(MANY - 1) is not None)
        qtbot.waitUntil(lambda: not jobs.is_busy)
    assert asked == []


def test_what_was_changed_meanwhile_is_told_and_never_mixed_in(
    qtbot: QtBot, jobs: Jobs, tmp_path: Path
) -> None:
    own = new_logbook(tmp_path / "Own.kypholog")
    with own.transaction():
        for number in range(2 * PAGE):
            save_case(own, a_case(f"P-{number:04d}", after=None))
    model = CaseTableModel(jobs, make_columns())
    model.set_logbook(own)
    load(qtbot, model, Query(sort=SortBy.PATIENT, descending=False))
    save_case(own, a_case("P-0000b", after=None))
    for ask in (
        lambda: model.line(PAGE),
        lambda: model.find_ids([range(3)], lambda ids: pytest.fail("of another state")),
        lambda: model.copy_rows(
            [range(3)], CopiedRows(make_columns()), lambda data: pytest.fail("of another state")
        ),
    ):
        with qtbot.waitSignal(model.outdated):
            ask()
    assert model.line(PAGE) is None
    assert patient(model, 1) == "P-0001"
    qtbot.waitUntil(lambda: not jobs.is_busy)
    own.close()


def test_a_text_comes_from_the_job_as_the_clipboard_takes_it(
    qtbot: QtBot, model: CaseTableModel
) -> None:
    load(qtbot, model, Query(sort=SortBy.PATIENT, descending=False))
    rows, done = CopiedRows(make_columns()), list[QMimeData]()
    model.copy_rows([range(MANY)], rows, done.append)
    qtbot.waitUntil(lambda: bool(done))
    (data,) = done
    assert data.thread() is model.thread()
    assert len(data.text().splitlines()) == MANY + 1
    assert len(rows) == 0, "they would end on the UI thread"


def test_kept_cases_are_found_in_another_order(qtbot: QtBot, model: CaseTableModel) -> None:
    load(qtbot, model, Query(sort=SortBy.PATIENT, descending=False))
    ids = [model.line(row).case_id for row in (3, 8)]  # type: ignore[union-attr]
    rows = load(qtbot, model, Query(sort=SortBy.PATIENT, descending=True), keep=ids)
    assert rows == [MANY - 1 - 8, MANY - 1 - 3]
    assert patient(model, rows[0]) == "P-0008"


def test_kept_cases_that_are_not_wanted_any_more_are_not_found(
    qtbot: QtBot, model: CaseTableModel
) -> None:
    load(qtbot, model, Query(sort=SortBy.PATIENT, descending=False))
    lumbar, thoracic = (model.line(row).case_id for row in (0, 1))  # type: ignore[union-attr]
    wanted = Query(parse("t12"), sort=SortBy.PATIENT, descending=False)
    assert load(qtbot, model, wanted, keep=[lumbar, thoracic]) == [0]


def test_the_last_question_is_the_one_that_is_answered(
    qtbot: QtBot, model: CaseTableModel, jobs: Jobs
) -> None:
    told: list[list[int]] = []
    model.loaded.connect(told.append)
    for text in ("l1", "nothing of the kind", "t12"):
        model.load(Query(parse(text)))
    qtbot.waitUntil(lambda: not jobs.is_busy)
    assert len(told) == 1
    assert model.rowCount() == MANY // 2
    assert model.query.filter == parse("t12")


def test_a_refresh_that_changes_nothing_leaves_the_rows_in_place(
    qtbot: QtBot, model: CaseTableModel
) -> None:
    load(qtbot, model, Query())
    resets: list[bool] = []
    model.modelReset.connect(lambda: resets.append(True))
    load(qtbot, model, Query())
    assert not resets
    load(qtbot, model, Query(parse("t12")))
    assert resets


def test_ids_are_known_only_of_lines_that_are_here(
    qtbot: QtBot, model: CaseTableModel, jobs: Jobs
) -> None:
    load(qtbot, model, Query(sort=SortBy.PATIENT, descending=False))
    assert len(model.known_ids([range(2, 5), range(9, 10)]) or []) == 4
    assert model.known_ids([range(PAGE - 1, PAGE + 1)]) is None
    found: list[list[str]] = []
    model.find_ids([range(MANY)], found.append)
    qtbot.waitUntil(lambda: bool(found))
    assert len(set(found[0])) == MANY


def test_without_a_logbook_there_is_nothing(qtbot: QtBot, model: CaseTableModel) -> None:
    load(qtbot, model, Query())
    model.set_logbook(None)
    assert model.rowCount() == 0
    model.load(Query())
    model.find_ids([range(3)], lambda ids: pytest.fail("there is no logbook"))


def test_an_error_of_the_world_is_told_once(
    qtbot: QtBot, model: CaseTableModel, jobs: Jobs, tmp_path: Path
) -> None:
    broken = new_logbook(tmp_path / "Broken.kypholog")
    pages = broken.database.execute_sql(
        "SELECT rootpage FROM sqlite_master WHERE tbl_name = 'case_row'"
    ).fetchall()
    size = broken.database.pragma("page_size")
    broken.close()
    content = bytearray(broken.file.read_bytes())
    for (page,) in pages:
        content[(page - 1) * size : page * size] = b"\xff" * size
    broken.file.write_bytes(content)
    model.set_logbook(broken)
    with qtbot.waitSignal(model.failed) as signal:
        model.load(Query())
    assert str(broken.file) in signal.args[0].message


def test_cells_speak_in_full_words(qtbot: QtBot, model: CaseTableModel) -> None:
    load(qtbot, model, Query())
    leakage = model.index(0, list(Key).index(Key.LEAKAGE))
    assert leakage.data() == "—"
    assert leakage.data(TOOL_TIP) == "None"
    assert leakage.data(SPOKEN) == "Leakage: None"
    assert model.headerData(PATIENT, Qt.Orientation.Horizontal) == "Patient code"
    cement = model.index(0, list(Key).index(Key.CEMENT))
    side = cement.data(Qt.ItemDataRole.TextAlignmentRole)
    assert side & Qt.AlignmentFlag.AlignRight
