# SPDX-License-Identifier: MIT
"""Another logbook on its way into ours."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from models.case import load_case, save_case
from models.engines.copying import copy_into, rejoin_journal
from models.logbook import DATABASE_NAME, Logbook
from models.other_logbook import Kind
from tests.builders import a_case, add_score
from tests.pictures.stage import Stage
from ui.importing.merge_dialog import MergeLogbookDialog


def merge_place(stage: Stage) -> QWidget:
    """Which logbook."""
    stage.action("merge_logbook")
    dialog = stage.dialog(MergeLogbookDialog)
    stage.spread(dialog, 980, 640)
    return dialog


def merge_sign_in(stage: Stage) -> QWidget:
    """The other logbook is encrypted."""
    stage.action("merge_logbook")
    dialog = stage.dialog(MergeLogbookDialog)
    stage.spread(dialog, 980, 640)
    dialog.where.place.setText("/media/office/Office.kypholog")
    dialog.where.ask_to_sign_in(["anna", "ben"])
    stage.settle()
    return dialog


def merge_preview(stage: Stage) -> QWidget:
    """What would be done, with conflicts and a patient of the same code."""
    dialog = _looked_at(stage)
    dialog.preview.narrow(None)
    dialog.preview.table.go_to(2)
    stage.settle()
    return dialog


def merge_conflicts(stage: Stage) -> QWidget:
    """The conflicts, one of them decided."""
    dialog = _looked_at(stage)
    dialog.preview.narrow(Kind.CONFLICTING)
    dialog.preview.take_theirs.click()
    stage.settle()
    return dialog


def merge_codes(stage: Stage) -> QWidget:
    """A patient who may be one of ours."""
    dialog = _looked_at(stage)
    stage.settle()
    return dialog


def _looked_at(stage: Stage) -> MergeLogbookDialog:
    kypholog, shown = stage.kypholog, stage.shown
    clinic = kypholog.session.logbook
    assert clinic is not None
    place = Path(tempfile.mkdtemp(prefix="kypholog-pictures-"))
    ours, theirs = (
        _copied(clinic, place / f"{name}.kypholog", user)
        for name, user in (("Ward", "a.lind"), ("Office", "b.hart"))
    )
    for logbook, operator, day in (
        (ours, "Dr L. Senn", "2026-01-10"),
        (theirs, "Dr B. Hart", "2026-01-12"),
    ):
        _operate(logbook, shown.six, operator)
        save_case(logbook, a_case("K-0900", on=day))
    later = load_case(theirs, shown.rich)
    add_score(later, 1, "2026-01-15")
    save_case(theirs, later)
    save_case(theirs, a_case("K-0901", on="2026-01-13"))
    theirs.close()
    dialog = MergeLogbookDialog(
        kypholog.theme, kypholog.jobs, kypholog.settings, ours, stage.window
    )
    dialog.open()
    stage.on_leaving(lambda: _clear(dialog, ours, place))
    stage.spread(dialog, 980, 640)
    dialog.where.place.setText(str(theirs.folder))
    dialog.next.click()
    stage.until(lambda: dialog.step is dialog.preview and not dialog.is_busy)
    return dialog


def _clear(dialog: MergeLogbookDialog, ours: Logbook, place: Path) -> None:
    dialog.close()
    ours.close()
    shutil.rmtree(place, ignore_errors=True)


def _copied(logbook: Logbook, folder: Path, user: str) -> Logbook:
    folder.mkdir()
    with logbook.session():
        copy_into(logbook.database, folder / DATABASE_NAME, lambda done, total: None)
    rejoin_journal(folder / DATABASE_NAME)
    return Logbook.open(folder, user)


def _operate(logbook: Logbook, case_id: str, name: str) -> None:
    case = load_case(logbook, case_id)
    case.procedure.operator = name
    save_case(logbook, case)


MERGING_SCENES: dict[str, Callable[[Stage], QWidget]] = {
    "merge-place": merge_place,
    "merge-sign-in": merge_sign_in,
    "merge-preview": merge_preview,
    "merge-conflicts": merge_conflicts,
    "merge-codes": merge_codes,
}
