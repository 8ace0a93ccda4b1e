# SPDX-License-Identifier: MIT
"""The export dialog offers all cases, those of a filter, or those selected."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QTableView,
)
from pytestqt.qtbot import QtBot

from models.bulk import save_many
from models.errors import LogbookError
from models.exchange.column_sets import list_sets, save_set
from models.exchange.deidentify import Kind, Rules
from models.exchange.profiles import Profile
from models.logbook import Logbook
from models.query import EVERYTHING, parse
from models.report_command import Layout
from models.vocabulary import Level
from tests.builders import a_case
from ui.data.columns_dialog import ColumnsDialog
from ui.data.export_dialog import ExportDialog, Scope
from ui.events import LogbookEvents
from ui.jobs import Jobs
from ui.printing.paper import SheetSize
from ui.reports.writing import layout_on
from ui.settings import Settings
from ui.theme import Theme, load_fonts

Make = Callable[..., ExportDialog]


@pytest.fixture
def make(
    qtbot: QtBot,
    jobs: Jobs,
    theme: Theme,
    events: LogbookEvents,
    logbook: Logbook,
    tmp_path: Path,
) -> Make:
    """The dialog, shown, on a logbook of three cases."""
    levels = (Level.T12, Level.T12, Level.L1)
    save_many(logbook, [a_case(f"P-{n}", level) for n, level in enumerate(levels)])

    def made(
        selected: list[str],
        query: str = "",
        folder: Path = tmp_path,
        count: int = 1234,
        layout: Callable[[], Layout] | None = None,
    ) -> ExportDialog:
        scope = Scope(count, selected, parse(query))
        dialog = ExportDialog(jobs, theme, events, logbook, folder, scope, layout=layout)
        qtbot.addWidget(dialog, before_close_func=lambda _: settle(qtbot, jobs))
        dialog.show()
        return dialog

    return made


def settle(qtbot: QtBot, jobs: Jobs) -> None:
    qtbot.waitUntil(lambda: not jobs.is_busy)


def offered(dialog: ExportDialog) -> list[str]:
    return [one.text() for one in dialog.findChildren(QRadioButton) if one.isVisible()]


def press(dialog: ExportDialog, text: str) -> None:
    next(one for one in dialog.findChildren(QRadioButton) if one.text() == text).click()


def said(dialog: ExportDialog) -> list[str]:
    return [label.text() for label in dialog.filters.findChildren(QLabel) if label.isVisible()]


@pytest.mark.parametrize(
    ("selected", "some", "chosen"),
    [
        ([], [], None),
        (["a"], ["Selected cases (1)"], None),
        (["a", "b"], ["Selected cases (2)"], ["a", "b"]),
    ],
)
def test_several_selected_cases_are_what_is_wanted_first(
    make: Make, tmp_path: Path, selected: list[str], some: list[str], chosen: list[str] | None
) -> None:
    dialog = make(selected)
    assert offered(dialog) == ["All cases (1,234)", *some, "Cases of a filter"]
    assert not dialog.filters.isVisible()
    assert dialog.choice.case_ids == chosen
    assert dialog.choice.asked == EVERYTHING
    assert dialog.choice.target == tmp_path / "Clinic.csv"


def test_cases_that_the_list_has_not_counted_yet_are_counted(qtbot: QtBot, make: Make) -> None:
    dialog = make([], count=0)
    assert offered(dialog) == ["All cases", "Cases of a filter"]
    qtbot.waitUntil(lambda: offered(dialog)[0] == "All cases (3)")


def test_the_filter_of_the_page_is_what_is_wanted_first(qtbot: QtBot, make: Make) -> None:
    dialog = make(["a"], "level:T12")
    assert dialog.filters.isVisible()
    assert dialog.filters.line.text() == "level:T12"
    assert (dialog.choice.case_ids, dialog.choice.asked) == (None, parse("level:T12"))
    qtbot.waitUntil(lambda: "2 cases" in said(dialog))
    press(dialog, "All cases (1,234)")
    assert not dialog.filters.isVisible()
    assert dialog.choice.asked == EVERYTHING


def test_several_selected_cases_go_before_the_filter(make: Make) -> None:
    dialog = make(["a", "b"], "level:T12")
    assert (dialog.choice.case_ids, dialog.choice.asked) == (["a", "b"], EVERYTHING)


def test_a_filter_is_typed_and_its_cases_are_counted(qtbot: QtBot, make: Make) -> None:
    dialog = make([])
    press(dialog, "Cases of a filter")
    qtbot.keyClicks(dialog.filters.line, "level:L1")
    qtbot.waitUntil(lambda: "1 case" in said(dialog))
    assert dialog.choice.asked == parse("level:L1")
    qtbot.keyClick(dialog.filters.line, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert dialog.focusWidget() is dialog.export


def test_the_home_of_nobody_is_a_name_like_any_other(make: Make) -> None:
    dialog = make([], folder=Path("~nobody-of-that-name"))
    assert dialog.choice.target == Path("~nobody-of-that-name/Clinic.csv")


def test_one_selected_case_can_be_chosen(make: Make) -> None:
    dialog = make(["a"])
    press(dialog, "Selected cases (1)")
    assert dialog.choice.case_ids == ["a"]


def choose(box: QComboBox, data: str) -> None:
    box.setCurrentIndex(box.findData(data))


def test_the_first_rows_and_what_the_file_will_hold_are_shown(qtbot: QtBot, make: Make) -> None:
    dialog = make([])
    preview = dialog.preview
    qtbot.waitUntil(lambda: preview.table.model().rowCount() == 3)
    assert "3 cases" in preview.held.text()
    assert "Treat the file as patient data" in preview.held.text()
    model = preview.table.model()
    assert {model.index(row, 1).data() for row in range(3)} == {"P-0", "P-1", "P-2"}


def test_without_persons_the_preview_says_what_is_left_out(qtbot: QtBot, make: Make) -> None:
    dialog = make([])
    choose(dialog.form.kind, "safe-harbor")
    qtbot.waitUntil(lambda: "Operator (3)" in dialog.preview.lost.text())
    assert "could be recognized" in dialog.preview.warning.text()
    assert "Safe Harbor" in dialog.preview.held.text()
    assert dialog.choice.order().rules == Rules.of(Kind.SAFE_HARBOR)
    codes = [dialog.preview.table.model().index(row, 1).data() for row in range(3)]
    assert not {"P-0", "P-1", "P-2"} & set(codes)
    dialog.preview.say(LogbookError("It contradicts itself."))
    assert not dialog.preview.warning.text()


def test_the_file_has_the_ending_of_its_format(make: Make, tmp_path: Path) -> None:
    dialog = make([])
    for profile in (*Profile, Profile.FHIR, Profile.EXCEL):
        choose(dialog.form.profile, profile)
        assert dialog.choice.target == tmp_path / f"Clinic{dialog.form.ending()}"
    choose(dialog.form.shape, "tables")
    assert dialog.choice.target == tmp_path / "Clinic.zip"
    assert dialog.form.signs.isVisible()


def test_only_what_there_is_a_choice_of_is_shown(make: Make) -> None:
    dialog = make([])
    form = dialog.form
    assert not form.dates.isVisible()
    assert not form.key.isVisible()
    choose(form.kind, "limited")
    assert form.dates.isVisible()
    assert form.key.isVisible()
    choose(form.profile, "redcap")
    assert not form.shape.isVisible()
    assert not form.columns.isEnabled()


def test_columns_are_chosen_and_kept_by_name(qtbot: QtBot, make: Make, logbook: Logbook) -> None:
    dialog = make([])
    dialog.form.columns_wanted.emit()
    columns = next(one for one in dialog.findChildren(ColumnsDialog) if one.isVisible())
    press_button(columns, "None")
    assert not columns.save.isEnabled()
    qtbot.keyClicks(columns.search, "cement_ml")
    press_button(columns, "All")
    qtbot.keyClicks(columns.name, "Cement only")
    columns.save.click()
    qtbot.waitUntil(lambda: dialog.form.columns.currentText() == "Cement only")
    assert dialog.choice.order().columns == tuple(list_sets(logbook)[0].columns)
    assert "cement_ml" in list_sets(logbook)[0].columns
    qtbot.waitUntil(lambda: shown_columns(dialog) == len(list_sets(logbook)[0].columns))


def test_a_set_of_columns_is_renamed_and_deleted(
    qtbot: QtBot, make: Make, logbook: Logbook
) -> None:
    for name in ("Study A", "Study B"):
        save_set(logbook, name, ["level", "cement_ml"])
    dialog = make([])
    qtbot.waitUntil(lambda: dialog.form.columns.count() == 3)
    assert not opened_columns(dialog).rename.isVisible()
    choose(dialog.form.columns, "Study A")
    columns = opened_columns(dialog)
    assert not columns.rename.isEnabled()
    columns.name.setText("study b")
    columns.rename.click()
    qtbot.waitUntil(lambda: "There is a set of columns Study B already" in columns.notice.text)
    columns.name.setText("Cement")
    columns.rename.click()
    qtbot.waitUntil(lambda: columns.notice.text == "Study A is called Cement now.")
    assert [one.name for one in list_sets(logbook)] == ["Cement", "Study B"]
    assert dialog.form.columns.currentText() == "Cement"
    columns.delete.click()
    qtbot.waitUntil(lambda: columns.notice.text.startswith("Cement is deleted."))
    assert [one.name for one in list_sets(logbook)] == ["Study B"]
    assert not columns.delete.isVisible()
    assert dialog.form.columns.currentText() == "All columns"
    columns.save.click()
    qtbot.waitUntil(lambda: dialog.form.columns.currentText() == "Cement")
    assert dialog.choice.order().columns == ("level", "cement_ml")


def opened_columns(dialog: ExportDialog) -> ColumnsDialog:
    for one in dialog.findChildren(ColumnsDialog):
        one.reject()
    dialog.form.columns_wanted.emit()
    return next(one for one in dialog.findChildren(ColumnsDialog) if one.isVisible())


def shown_columns(dialog: ExportDialog) -> int:
    return dialog.preview.table.model().columnCount()


def press_button(dialog: QDialog, text: str) -> None:
    next(one for one in dialog.findChildren(QPushButton) if one.text() == text).click()


def test_the_next_dialog_begins_with_the_last_choice(
    qtbot: QtBot,
    jobs: Jobs,
    theme: Theme,
    events: LogbookEvents,
    make: Make,
    logbook: Logbook,
    tmp_path: Path,
) -> None:
    first = make([])
    choose(first.form.profile, "package")
    choose(first.form.shape, "flat")
    choose(first.form.kind, "limited")
    choose(first.form.dates, "shift")
    store = QSettings(str(tmp_path / "kept.ini"), QSettings.Format.IniFormat)
    Settings(store).export_form = first.choice.remembered
    kept = Settings(store).export_form
    given = (jobs, theme, events, logbook, tmp_path, Scope(3, []))
    second = ExportDialog(*given, remembered=kept)
    qtbot.addWidget(second, before_close_func=lambda _: settle(qtbot, jobs))
    assert second.choice.order() == first.choice.order()
    assert second.choice.target == tmp_path / "Clinic.zip"


def test_the_codebook_is_written_alone(qtbot: QtBot, make: Make, tmp_path: Path) -> None:
    dialog = make([])
    dialog.write_codebook(tmp_path / "book.html")
    qtbot.waitUntil(lambda: "book.html" in dialog.preview.held.text())
    assert "cement_ml" in (tmp_path / "book.html").read_text(encoding="utf-8")
    dialog.write_codebook(tmp_path / "book.doc")
    qtbot.waitUntil(lambda: "Let the name end in" in dialog.preview.held.text())


def test_the_codebook_goes_on_paper_as_reports_do(qtbot: QtBot, make: Make, tmp_path: Path) -> None:
    load_fonts()
    target = tmp_path / "book.pdf"
    dialog = make([], layout=lambda: layout_on(SheetSize.A4))
    dialog.write_codebook(target)
    qtbot.waitUntil(lambda: "book.pdf" in dialog.preview.held.text(), timeout=60_000)
    # On which of them it stands depends on how long the words of the columns before it are.
    pages = PdfReader(target).pages[1:4]
    assert any("cement_ml" in page.extract_text() for page in pages)


def test_every_control_has_a_name_to_be_read_out(make: Make) -> None:
    dialog = make([])
    for kind in (QComboBox, QLineEdit, QTableView):
        for control in dialog.findChildren(kind):
            assert control.accessibleName()
