# SPDX-License-Identifier: MIT
"""What somebody does one after the other in the window, for the measurement of its stalls."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.application import Application
    from ui.importing.frame import StepsDialog

    W = TypeVar("W", bound=QWidget)

Task = tuple[str, Callable[[], object]]
Walk = Callable[["Application", Path], Iterator[Task]]

_PAGES = ("followup", "outcomes", "safety", "literature", "cases")
_WINDOWS = ("settings", "audit_trail", "backups", "find_command", "help", "columns", "visit_plan")
_LOOKS = ("theme_dark", "theme_light", "larger", "smaller")
_PASSWORD = "correct horse"
_OTHERS = 5_000
"""Cases of the logbook that is merged."""


def _looking(kypholog: Application, _out: Path) -> Iterator[Task]:
    """What somebody does who only looks."""
    window = kypholog.window
    for time_of_it in ("first", "again"):
        for page in _PAGES:
            yield f"page {page}, {time_of_it}", partial(window.show_page, page)
    for name in _WINDOWS:
        yield name, partial(_act, window, name)
        yield "closing a window", partial(_close_others, window)
    for column in (1, 2, 3):
        heading = window.cases.table.horizontalHeader()
        yield "sorting the list", partial(heading.sectionClicked.emit, column)
    yield "end of the list", window.cases.table.scrollToBottom
    for name in _LOOKS:
        yield f"{name} on the list", partial(_act, window, name)
    yield "choosing a case", partial(window.cases.select_row, 0)
    yield "whole patient", partial(_act, window, "case_or_patient")
    yield "history", partial(_act, window, "case_history")
    yield "closing a window", partial(_close_others, window)
    yield "opening a case", partial(_act, window, "edit_case")
    for name in _LOOKS:
        yield f"{name} in the editor", partial(_act, window, name)
    yield "leaving the editor", partial(_act, window, "close_editor")
    yield "opening a second case", partial(_act, window, "edit_case")
    yield "leaving the editor", partial(_act, window, "close_editor")


def _largest(kypholog: Application, _out: Path) -> Iterator[Task]:
    """The case with the most rows: opened, changed, taken back, and left without saving."""
    window, logbook = kypholog.window, kypholog.session.logbook
    assert logbook is not None
    with logbook.session():
        sql = "SELECT procedure_id FROM assessment GROUP BY procedure_id ORDER BY COUNT(*) DESC"
        case_id = logbook.database.execute_sql(f"{sql} LIMIT 1").fetchone()[0]
    yield "the largest case in the list", partial(window.show_case, case_id)
    yield "opening the largest case", partial(window.edit_case, case_id)
    yield "a level more", partial(_add_level, window)
    for _ in range(2):
        yield "undo in the editor", partial(_act, window, "undo")
        yield "redo in the editor", partial(_act, window, "redo")
    yield "undo in the editor", partial(_act, window, "undo")
    yield "leaving the largest case", partial(_act, window, "close_editor")


def _exporting(kypholog: Application, out: Path) -> Iterator[Task]:
    """Exports of every profile, of all cases."""
    from models.exchange.profiles import Profile
    from ui.data.export_dialog import ExportDialog

    window = kypholog.window
    for profile in Profile:
        yield "export", partial(_act, window, "export")
        yield f"choosing {profile}", partial(_choose_profile, window, profile, out)
        yield f"exporting {profile}", lambda: _shown(window, ExportDialog).export.click()
        yield "closing a window", partial(_close_others, window)


def _on_paper(kypholog: Application, out: Path) -> Iterator[Task]:
    """Copy, report, print and the check, of all cases."""
    from ui.printing.dialog import PrintDialog
    from ui.reports.dialog import ReportDialog

    window = kypholog.window
    yield "all of the list", window.cases.table.selectAll
    yield "copying all of the list", window.cases.table.copy
    yield "choosing a case", partial(window.cases.select_row, 0)
    yield "report", partial(_act, window, "report")
    yield "saving the report", lambda: _shown(window, ReportDialog).save_as(out / "report.pdf")
    yield "closing a window", partial(_close_others, window)
    yield "print", partial(_act, window, "print")
    yield "saving the print", lambda: _shown(window, PrintDialog).save_pdf(out / "print.pdf")
    yield "closing a window", partial(_close_others, window)
    yield "verify", partial(_act, window, "verify")
    yield "closing a window", partial(_close_others, window)


def _writing(kypholog: Application, _out: Path) -> Iterator[Task]:
    """Saves, takes back and brings back; the bin, backups, the check of one and the way back."""
    from PySide6.QtWidgets import QMessageBox

    from ui.backups.dialog import BackupsDialog

    window = kypholog.window
    yield "new case", partial(_act, window, "new_case")
    yield "leaving the editor", partial(_act, window, "close_editor")
    yield "choosing a case", partial(window.cases.select_row, 0)
    yield "opening a case", partial(_act, window, "edit_case")
    yield "a level more", partial(_add_level, window)
    yield "saving", partial(_act, window, "save_case")
    yield "leaving the editor", partial(_act, window, "close_editor")
    yield "undo on the list", partial(_act, window, "undo")
    yield "redo on the list", partial(_act, window, "redo")
    yield "bin", partial(_act, window, "bin")
    yield "closing a window", partial(_close_others, window)
    yield "a backup by itself", window.backups.work_on
    yield "backups", partial(_act, window, "backups")
    yield "backing up", lambda: _shown(window, BackupsDialog).back_up.click()
    yield "checking a backup", lambda: _shown(window, BackupsDialog).check.click()
    yield "restoring for proof", lambda: _shown(window, BackupsDialog).prove.click()
    yield "asking to restore", lambda: _shown(window, BackupsDialog).restore.click()
    yield "restoring", lambda: _press(_shown(window, QMessageBox), "Restore")
    yield "closing a window", partial(_close_others, window)
    yield "closing the logbook", partial(_act, window, "close_logbook")
    yield "opening the example", partial(_act, window, "example")


def _importing(kypholog: Application, out: Path) -> Iterator[Task]:
    """A table of cases from elsewhere, taken in and back; then another logbook."""
    from models.bulk import save_many
    from models.logbook import Logbook
    from models.sample import make_cases
    from ui.importing.merge_dialog import MergeLogbookDialog
    from ui.importing.wizard import ImportWizard

    window, table, other = kypholog.window, out / "clinic.csv", out / "Other.kypholog"
    assert kypholog.session.logbook is not None
    _write_table(table)
    logbook = Logbook.create(other)
    save_many(logbook, make_cases(_OTHERS, seed=9))
    logbook.close()
    yield "import", partial(_act, window, "import")
    yield "import: reading the table", lambda: _shown(window, ImportWizard).open_file(table)
    for step in ("columns", "values", "preview", "writing"):
        yield f"import: {step}", lambda: _go_on(_shown(window, ImportWizard))
    yield "import: taking it back", lambda: _shown(window, ImportWizard).ending.undo.click()
    yield "closing a window", partial(_close_others, window)
    yield "merge", partial(_act, window, "merge_logbook")
    yield "merge: naming the other", lambda: _name_other(_shown(window, MergeLogbookDialog), other)
    yield "merge: reading", lambda: _go_on(_shown(window, MergeLogbookDialog))
    yield "merge: writing", lambda: _go_on(_shown(window, MergeLogbookDialog))
    yield "merge: taking it back", lambda: _shown(window, MergeLogbookDialog).ending.undo.click()
    yield "closing a window", partial(_close_others, window)


def _locking(kypholog: Application, _out: Path) -> Iterator[Task]:
    """The logbook encrypted, locked in the list and in the editor, and opened again."""
    from models.access import Password
    from models.logbook import current_user
    from ui.access.sign_in_dialog import SignInDialog

    window = kypholog.window
    yield "encrypting", lambda: window.logbooks.access._encrypt(current_user(), _PASSWORD)
    yield "closing a window", partial(_close_others, window)
    for place in ("list", "editor"):
        if place == "editor":
            yield "choosing a case", partial(window.cases.select_row, 0)
            yield "opening a case", partial(_act, window, "edit_case")
        yield f"locking on the {place}", partial(_act, window, "lock")
        yield (
            "opening again",
            lambda: _shown(window, SignInDialog).wanted.emit(Password(current_user(), _PASSWORD)),
        )


WALKS: dict[str, Walk] = {
    "looking": _looking,
    "largest": _largest,
    "on-paper": _on_paper,
    "exporting": _exporting,
    "writing": _writing,
    "importing": _importing,
    "locking": _locking,
}

READING = frozenset({"looking", "largest"})
"""These leave the logbook as it is."""


def _act(window: QWidget, name: str) -> None:
    from PySide6.QtGui import QAction

    found = window.findChild(QAction, name)
    assert isinstance(found, QAction)
    assert found.isEnabled(), name
    found.trigger()


def _shown(window: QWidget, kind: type[W]) -> W:
    (found,) = (one for one in window.findChildren(kind) if one.isVisible())
    return found


def _press(box: QWidget, text: str) -> None:
    from PySide6.QtWidgets import QPushButton

    (button,) = (
        one for one in box.findChildren(QPushButton) if one.text().replace("&", "") == text
    )
    button.click()


def _close_others(window: QWidget) -> None:
    from PySide6.QtWidgets import QApplication

    for top in QApplication.topLevelWidgets():
        if top is not window and top.isVisible():
            top.close()


def _choose_profile(window: QWidget, profile: str, out: Path) -> None:
    from ui.data.export_dialog import ExportDialog

    dialog = _shown(window, ExportDialog)
    dialog.form.profile.setCurrentIndex(dialog.form.profile.findData(profile))
    dialog.target.setText(str(out / f"cases{dialog.form.ending()}"))


def _add_level(window: QWidget) -> None:
    from models.vocabulary import Level
    from ui.editor.form import CaseForm

    form = window.findChild(CaseForm)
    assert isinstance(form, CaseForm)
    known = {str(row.level) for row in form.levels.levels()}
    form.levels.add([next(one for one in Level if str(one) not in known)])


def _go_on(dialog: StepsDialog) -> None:
    assert dialog.next.isEnabled()
    dialog.next.click()


def _name_other(dialog: QWidget, other: Path) -> None:
    from ui.importing.merge_dialog import MergeLogbookDialog

    assert isinstance(dialog, MergeLogbookDialog)
    dialog.where.place.setText(str(other))


def _write_table(file: Path) -> None:
    """Rows as a clinic keeps them, and some words that have to be told."""
    lines = ["Pat.-Nr.,OP-Datum,sex,Level,Verfahren,cement_ml,VAS pre,VAS 3 mo,Zimmer"]
    levels, ways = ("T11", "T12", "L1", "L2"), ("BKP", "PVP", "Ballon")
    for n in range(100_000):
        day = f"20{n % 20 + 10}-{n % 12 + 1:02d}-{n % 28 + 1:02d}"
        cells = (f"Z-{n}", day, "fm"[n % 2], levels[n % 4], ways[n % 3], f"{n % 60 / 10 + 1}")
        lines.append(",".join((*cells, str(n % 4 + 6), str(n % 6), f"Süd {n % 9}")))
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
