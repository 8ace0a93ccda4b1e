# SPDX-License-Identifier: MIT
"""Another logbook through the dialog: look, decide, merge, and take it back."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from models import accounts
from models.backup import Reason, listing
from models.case import load_case, save_case
from models.logbook import Logbook
from models.other_logbook import Kind
from models.schema import Procedure
from tests.builders import a_case
from tests.encrypted import ADMIN, SECRETS, WEAK
from ui.importing.merge_dialog import MergeLogbookDialog
from ui.jobs import Jobs
from ui.settings import Settings
from ui.theme import Theme

Make = Callable[[], MergeLogbookDialog]


@pytest.fixture
def office(logbook: Logbook, tmp_path: Path) -> Iterator[Logbook]:
    """What began as a copy of ours: a conflict, a change, a new case, and a code that both have."""
    cases = [a_case("P-1"), a_case("P-2")]
    for case in cases:
        save_case(logbook, case)
    logbook.close()
    folder = tmp_path / "Office.kypholog"
    shutil.copytree(logbook.folder, folder)
    other = Logbook.open(folder, user="ben")
    for book, name, day in ((logbook, "Dr Ours", "2026-05-01"), (other, "Dr Theirs", "2026-05-02")):
        book.keep_open()
        mine = load_case(book, cases[0].id)
        mine.procedure.operator = name
        save_case(book, mine)
        save_case(book, a_case("X-1", on=day))
    theirs = load_case(other, cases[1].id)
    theirs.levels[0].cement_ml = 7
    save_case(other, theirs)
    save_case(other, a_case("N-1"))
    yield other
    other.close()


@pytest.fixture
def make(
    qtbot: QtBot, jobs: Jobs, theme: Theme, settings: Settings, logbook: Logbook, office: Logbook
) -> Make:
    """The dialog, at the preview."""

    def made() -> MergeLogbookDialog:
        dialog = MergeLogbookDialog(theme, jobs, settings, logbook)
        qtbot.addWidget(dialog)
        dialog.show()
        assert not dialog.next.isEnabled()
        dialog.where.place.setText(str(office.folder))
        dialog.next.click()
        qtbot.waitUntil(lambda: dialog.step is dialog.preview and not dialog.is_busy)
        return dialog

    return made


def column(dialog: MergeLogbookDialog, number: int) -> list[str]:
    model = dialog.preview.table.model()
    return [model.index(row, number).data() for row in range(model.rowCount())]


def cases_in(logbook: Logbook) -> int:
    with logbook.session():
        standing = Procedure.select().where(Procedure.deleted_at.is_null())
        return int(standing.count(logbook.database))


def test_everything_is_told_decided_and_merged(qtbot: QtBot, make: Make, logbook: Logbook) -> None:
    dialog = make()
    step = dialog.preview
    chips = {kind: chip.text() for kind, chip in step.chips.items() if kind is not None}
    assert chips[Kind.CONFLICTING] == "Conflicting 1"
    assert chips[Kind.ASKED] == "Same code 1"
    assert column(dialog, 0) == ["Patient X-1"]
    assert not dialog.next.isEnabled()
    step.join.click()
    qtbot.waitUntil(lambda: not dialog.is_busy)
    step.narrow(Kind.CONFLICTING)
    assert column(dialog, 2) == ["To be decided."]
    assert column(dialog, 4) + column(dialog, 5) == ["Dr Ours", "Dr Theirs"]
    assert "ben" in step.full.text()
    step.take_theirs.click()
    assert column(dialog, 2) == ["Theirs is taken."]
    assert dialog.next.isEnabled()
    with qtbot.waitSignal(dialog.written):
        dialog.next.click()
    assert dialog.step is dialog.ending
    assert "2 new cases, 2 changed cases" in dialog.ending.said.text()
    assert cases_in(logbook) == 5
    assert [made.reason for made in listing(logbook.folder)] == [Reason.MERGE]
    assert not list(logbook.folder.glob(".other-*"))
    with qtbot.waitSignal(dialog.undo_wanted):
        dialog.ending.undo.click()
    dialog.ending.show_undone()
    assert not dialog.ending.undo.isEnabled()


def test_a_choice_can_be_changed_and_all_be_chosen_at_once(make: Make) -> None:
    step = make().preview
    step.narrow(Kind.CONFLICTING)
    step.take_all.click()
    assert step.table.model().index(0, 2).data() == "Theirs is taken."
    step.keep_all.click()
    assert step.table.model().index(0, 2).data() == "Ours stays."
    assert not step.may_go_on, "the patient with the same code is still asked about"
    assert "patients with a code of ours: 1 to go" in step._open.text(), "though out of sight"


def test_closing_leaves_neither_a_copy_nor_a_change(make: Make, logbook: Logbook) -> None:
    before = cases_in(logbook)
    dialog = make()
    assert list(logbook.folder.glob(".other-*"))
    dialog.close_button.click()
    assert not list(logbook.folder.glob(".other-*"))
    assert cases_in(logbook) == before
    assert listing(logbook.folder) == []


def test_what_cannot_be_read_is_told_where_it_was_chosen(
    qtbot: QtBot, make: Make, tmp_path: Path
) -> None:
    dialog = make()
    dialog.back.click()
    dialog.where.place.setText(str(tmp_path / "nowhere"))
    dialog.next.click()
    qtbot.waitUntil(lambda: not dialog.is_busy)
    assert dialog.step is dialog.where
    assert "There is no logbook in" in dialog.where.notice.text


def test_an_encrypted_one_asks_who_signs_in(
    qtbot: QtBot,
    jobs: Jobs,
    theme: Theme,
    settings: Settings,
    logbook: Logbook,
    office: Logbook,
) -> None:
    accounts.encrypt(office, ADMIN, SECRETS[ADMIN], WEAK)
    dialog = MergeLogbookDialog(theme, jobs, settings, logbook)
    qtbot.addWidget(dialog)
    dialog.show()
    where = dialog.where
    where.place.setText(str(office.folder))
    assert not where.secret.isVisible()
    dialog.next.click()
    qtbot.waitUntil(where.secret.isVisible)
    assert where.name.currentText() == ADMIN
    assert not dialog.next.isEnabled()
    where.secret.setText("wrong password")
    dialog.next.click()
    qtbot.waitUntil(lambda: "not the password" in where.notice.text)
    assert where.secret.text() == ""
    where.secret.setText(SECRETS[ADMIN])
    dialog.next.click()
    qtbot.waitUntil(lambda: dialog.step is dialog.preview and not dialog.is_busy)
    assert where.secret.text() == ""
    dialog.go_to(where)
    where.by_recovery.setChecked(True)
    assert where.secret.accessibleName() == "Recovery key"
    where.place.setText("elsewhere")
    assert not where.secret.isVisible()
    dialog.close()
