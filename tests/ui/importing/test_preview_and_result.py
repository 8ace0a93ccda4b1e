# SPDX-License-Identifier: MIT
"""The preview tells what becomes of each case, and the result is written, whole, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from models.backup import listing
from models.case import save_case
from models.caselist import counts
from models.importing.lines import Verdict
from models.importing.starting import Done
from models.logbook import Logbook
from models.schema import AuditEntry
from tests.builders import a_case
from tests.ui.importing.conftest import Make, WriteFile, column, enter, go_on, rest
from ui.importing.wizard import ImportWizard


@pytest.fixture
def wizard(qtbot: QtBot, make: Make, logbook: Logbook, file: WriteFile) -> ImportWizard:
    """At the preview of a file of which the logbook holds a part."""
    enter(logbook, file)
    made = make()
    go_on(qtbot, made, 3)
    assert made.step is made.preview
    return made


def chips(wizard: ImportWizard) -> list[str]:
    return [chip.text() for chip in wizard.preview.chips.values()]


def test_chips_count_the_cases_and_narrow_the_table(wizard: ImportWizard) -> None:
    assert chips(wizard) == ["All 5", "New 1", "Changed 1", "Same 1", "Conflicting 1", "Refused 1"]
    assert set(column(wizard, 2)) == {"Refused"}
    wizard.preview.chips[Verdict.NEW].click()
    assert column(wizard, 0) == ["4 to 5"]
    wizard.preview.chips[None].click()
    assert set(column(wizard, 2)) == {"New", "Changed", "Same", "Conflicting", "Refused"}
    assert wizard.preview.said.text() == (
        "2 cases would be written. Nothing is written yet. 1 conflict; the value "
        "of the file is taken in 0. An empty cell takes nothing away."
    )


def test_a_refused_row_names_row_column_cell_and_reason(wizard: ImportWizard) -> None:
    rows = list(zip(*(column(wizard, n) for n in (0, 1, 3, 4)), strict=True))
    assert ("6", "A-4", "Wirbel", "T99") in rows
    assert ("6", "A-4", "Zement (ml)", "99,0") in rows
    wizard.preview.table.go_to(rows.index(("6", "A-4", "Zement (ml)", "99,0")))
    assert wizard.preview.full.text() == (
        "Row 6, A-4 · Refused · Zement (ml): 99,0. Cement 99 is not possible: expected 0.1 to "
        "30 mL."
    )


def test_conflicts_are_decided_by_keyboard_and_written_as_decided(
    qtbot: QtBot, wizard: ImportWizard, logbook: Logbook
) -> None:
    step = wizard.preview
    step.chips[Verdict.REFUSED].click()
    assert not step.keep_mine.isEnabled()
    assert not step.take_file.isEnabled()
    step.chips[Verdict.CONFLICTING].click()
    assert step.take_file.isEnabled()
    place = column(wizard, 3).index("L1, Cement")
    assert (column(wizard, 4)[place], column(wizard, 5)[place]) == ("6.2", "5")
    assert column(wizard, 6)[place] == "The logbook's is kept."
    step.table.go_to(place)
    qtbot.keyClick(step.table, Qt.Key.Key_Space)
    assert column(wizard, 6)[place] == "The file's is taken."
    assert step.writes == 3
    step.keep_all.click()
    assert step.writes == 2
    step.take_file.click()
    go_on(qtbot, wizard)
    assert wizard.step is wizard.ending
    assert counts(logbook).cases == 4
    assert [label.text() for label in wizard.ending._numbers.values()] == ["1", "2", "1", "0", "1"]


def test_refused_rows_are_saved_mended_and_imported(
    qtbot: QtBot, wizard: ImportWizard, make: Make, tmp_path: Path
) -> None:
    target = tmp_path / "refused.csv"
    wizard.preview.refused_wanted.emit(target)
    rest(qtbot, wizard)
    assert "1 rows are in" in wizard.preview.notice.text
    text = target.read_text(encoding="utf-8")
    assert "reason" in text.splitlines()[0]
    wizard.close()
    mended = text.replace("T99", "T9").replace("99,0", "9,0").replace("Ballon", "BKP")
    again = make(mended.encode(), "mended.csv")
    go_on(qtbot, again, 2)
    assert again.step is again.preview
    assert chips(again)[1] == "New 1"


def test_an_import_makes_a_backup_and_tells_what_was_written(
    qtbot: QtBot, wizard: ImportWizard, logbook: Logbook
) -> None:
    told: list[Done] = []
    wizard.written.connect(told.append)
    go_on(qtbot, wizard)
    (done,) = told
    assert (done.written.new, done.written.changed) == (1, 1)
    (backup,) = listing(logbook.folder)
    assert backup.cases == 3
    assert wizard.close_button.text() == "Close"
    assert not wizard.back.isVisible()


def test_a_stop_in_the_middle_leaves_nothing(qtbot: QtBot, make: Make, logbook: Logbook) -> None:
    rows = "".join(f"P{n},2026-01-10,f,T12,4\n" for n in range(600))
    wizard = make("patient code,date,sex,level,cement_ml\n" + rows)
    go_on(qtbot, wizard, 2)
    told: list[tuple[int, int]] = []
    wizard.progressed.connect(lambda *so_far: told.append(so_far))
    stopping = wizard.progressed.connect(lambda *_: wizard.stop.click())
    wizard.next.click()
    assert not wizard.next.isEnabled()
    rest(qtbot, wizard)
    assert told
    assert told[-1][0] < 600
    assert wizard.step is wizard.preview
    assert wizard.preview.notice.text == "The import was stopped. Nothing was written."
    assert counts(logbook).cases == 0
    actions = AuditEntry.select(AuditEntry.action).tuples().execute(logbook.database)
    assert set(actions) == {("backup",)}, "the backup that was made first is all that is told"
    wizard.progressed.disconnect(stopping)
    go_on(qtbot, wizard)
    assert counts(logbook).cases == 600


def test_escape_while_it_writes_stops_it_and_tells_how_it_ended(
    qtbot: QtBot, make: Make, logbook: Logbook
) -> None:
    rows = "".join(f"P{n},2026-01-10,f,T12,4\n" for n in range(600))
    wizard = make("patient code,date,sex,level,cement_ml\n" + rows)
    go_on(qtbot, wizard, 2)
    wizard.progressed.connect(lambda *_: wizard.reject())
    wizard.next.click()
    wizard.close()
    assert wizard.isVisible()
    rest(qtbot, wizard)
    assert "Nothing was written" in wizard.preview.notice.text
    assert counts(logbook).cases == 0


def test_what_was_changed_meanwhile_is_told(
    qtbot: QtBot, wizard: ImportWizard, logbook: Logbook
) -> None:
    save_case(logbook, a_case("M"))
    go_on(qtbot, wizard)
    assert "changed since the preview" in wizard.preview.notice.text
    wizard.back.click()
    go_on(qtbot, wizard, 2)
    assert wizard.step is wizard.ending
