# SPDX-License-Identifier: MIT
"""Images in the editor: dropped, pasted, chosen; described, moved, removed, put back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from models.case import Case, load_case, save_case
from models.logbook import Logbook
from models.vocabulary import ImageKind, ImagePhase, Level
from tests.builders import a_case
from tests.no_files import lay, needs_kinds
from tests.radiographs import as_dicom, as_jpeg, as_png, case_with_images, lateral
from tests.ui.editor.dropping import drop, files
from tests.ui.editor.keyboard import Key, Keyboard
from ui.editor.form import CaseForm
from ui.editor.images_view import ImagesView
from ui.editor.notice_bar import NoticeBar
from ui.editor.page import EditorPage
from ui.editor.questions import Leaving
from ui.events import LogbookEvents
from ui.jobs import Jobs
from ui.widgets.image_viewer import ImageViewer

ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier
SCAN = lateral(60, 80)


@pytest.fixture(autouse=True)
def clipboard() -> Iterator[None]:
    yield
    QGuiApplication.clipboard().clear()


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    file = tmp_path / "Musterfrau_Maria.png"
    file.write_bytes(as_png(SCAN))
    return file


def images(page: EditorPage) -> ImagesView:
    form = page.findChild(CaseForm)
    assert isinstance(form, CaseForm)
    return form.images


def notice(page: EditorPage) -> str:
    bar = page.findChild(NoticeBar)
    assert isinstance(bar, NoticeBar)
    return bar.text


def wait_for(qtbot: QtBot, page: EditorPage, jobs: Jobs, count: int) -> None:
    qtbot.waitUntil(lambda: len(images(page).cards()) == count and not jobs.is_busy)


@pytest.fixture
def three(qtbot: QtBot, page: EditorPage, logbook: Logbook, jobs: Jobs) -> tuple[EditorPage, Case]:
    case = case_with_images(logbook, size=(60, 80))
    page.edit(logbook, case.id)
    qtbot.waitUntil(lambda: page.case_id == case.id and not jobs.is_busy)
    return page, case


def test_who_pastes_from_the_top_of_the_form_is_told_there_what_was_not_taken(
    qtbot: QtBot, new: EditorPage, jobs: Jobs, keys: Keyboard, scan: Path, tmp_path: Path
) -> None:
    names = ("notes.txt", "cut.dcm")
    for name in names:
        (tmp_path / name).write_text("No picture.\n" * 20)
    bad = [tmp_path / name for name in names]
    assert drop(new, *bad)
    qtbot.waitUntil(lambda: not jobs.is_busy)
    assert notice(new).startswith("Not added: notes.txt is not a picture")
    assert notice(new).endswith("And 1 more, see Images.")
    assert drop(new, scan, bad[1])
    wait_for(qtbot, new, jobs, 1)
    assert notice(new).startswith("Not added: cut.dcm is not a picture")
    assert "1 image added." in notice(new)
    assert "cut.dcm" in images(new).refused
    assert keys.place == "Patient code"


def test_a_dropped_file_is_shown_with_its_picture_and_goes_on_to_its_phase(
    qtbot: QtBot, new: EditorPage, jobs: Jobs, scan: Path, keys: Keyboard
) -> None:
    images(new).focus_boxes()[-1].setFocus()
    assert drop(new, scan)
    wait_for(qtbot, new, jobs, 1)
    (card,) = images(new).cards()
    assert card.thumbnail.has_picture
    assert keys.place == "Phase"
    assert "1 image added." in notice(new)
    assert "nothing beside the picture" in notice(new)


def test_nobody_is_taken_away_from_what_he_types(
    qtbot: QtBot, new: EditorPage, jobs: Jobs, scan: Path, keys: Keyboard
) -> None:
    assert keys.place.startswith("Patient code")
    drop(new, scan)
    wait_for(qtbot, new, jobs, 1)
    assert keys.place.startswith("Patient code")


def test_what_cannot_be_taken_is_told_and_the_others_are_taken(
    qtbot: QtBot, new: EditorPage, jobs: Jobs, scan: Path, tmp_path: Path
) -> None:
    letter, cut, large = (tmp_path / name for name in ("letter.pdf", "cut.dcm", "run.dcm"))
    letter.write_bytes(b"%PDF-1.7 nothing to look at")
    cut.write_bytes(as_dicom(SCAN)[:-3000])
    with large.open("wb") as file:
        file.truncate(400 * 1024**2)
    drop(new, letter, cut, scan, large)
    wait_for(qtbot, new, jobs, 1)
    said = images(new).refused.splitlines()
    assert [line.split(" ")[0] for line in said] == ["letter.pdf", "cut.dcm", "run.dcm"]
    assert "100 MB" in said[2]


@needs_kinds
def test_a_pipe_is_not_waited_for(
    qtbot: QtBot, new: EditorPage, jobs: Jobs, scan: Path, tmp_path: Path
) -> None:
    drop(new, lay(tmp_path / "pipe.png", "pipe"), scan)
    wait_for(qtbot, new, jobs, 1)
    assert images(new).refused.startswith("pipe.png cannot be read: it is a named pipe")


def test_the_message_names_kinds_of_information_and_never_a_value(
    qtbot: QtBot, new: EditorPage, jobs: Jobs, tmp_path: Path
) -> None:
    file = tmp_path / "xa.dcm"
    frames = np.stack([SCAN, SCAN])
    file.write_bytes(as_dicom(frames, PatientName="Musterfrau^Maria", PatientID="4711-08"))
    drop(new, file)
    wait_for(qtbot, new, jobs, 1)
    said = notice(new)
    assert "patient name, patient ID" in said
    assert "Proposed as kind: Fluoroscopy." in said
    assert "frame 1 was taken" in said
    assert "Musterfrau" not in said
    assert "4711" not in said
    assert images(new).rows()[0].kind is ImageKind.FLUOROSCOPY


def test_a_picture_is_pasted_even_from_a_text_box(
    qtbot: QtBot, new: EditorPage, jobs: Jobs, keys: Keyboard
) -> None:
    picture = QImage(40, 30, QImage.Format.Format_RGB32)
    picture.fill(0x336699)
    QGuiApplication.clipboard().setImage(picture)
    assert keys.place.startswith("Patient code")
    keys.press(Key.Key_V, with_=CTRL)
    wait_for(qtbot, new, jobs, 1)
    assert "look at it before you save" in notice(new)


def test_copied_files_are_pasted_and_their_names_stay_out_of_the_text(
    qtbot: QtBot, new: EditorPage, jobs: Jobs, scan: Path, keys: Keyboard
) -> None:
    data = files([scan])
    data.setText(str(scan))
    QGuiApplication.clipboard().setMimeData(data)
    keys.press(Key.Key_V, with_=CTRL)
    wait_for(qtbot, new, jobs, 1)
    assert keys.target.text() == ""  # type: ignore[attr-defined]


def test_text_is_pasted_as_text(new: EditorPage, keys: Keyboard) -> None:
    data = QMimeData()
    data.setText("P-77")
    QGuiApplication.clipboard().setMimeData(data)
    keys.press(Key.Key_V, with_=CTRL)
    assert keys.target.text() == "P-77"  # type: ignore[attr-defined]
    assert images(new).rows() == []


def test_several_files_are_chosen_with_the_button(
    qtbot: QtBot,
    new: EditorPage,
    jobs: Jobs,
    scan: Path,
    keys: Keyboard,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    other = scan.with_name("photo.jpg")
    other.write_bytes(as_jpeg(SCAN))
    chosen = lambda *_args: ([str(scan), str(other)], "")  # noqa: E731
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", chosen)
    keys.go_to("Add images…").press(Key.Key_Return)
    wait_for(qtbot, new, jobs, 2)


def test_a_new_case_with_nothing_but_an_image_is_unsaved(
    qtbot: QtBot, new: EditorPage, jobs: Jobs, scan: Path, logbook: Logbook, events: LogbookEvents
) -> None:
    drop(new, scan)
    wait_for(qtbot, new, jobs, 1)
    with qtbot.waitSignal(events.case_saved):
        new.save()
    assert len(load_case(logbook, new.case_id).images) == 1


def test_stored_images_come_back_with_their_pictures_and_words(
    qtbot: QtBot, three: tuple[EditorPage, Case]
) -> None:
    page, _ = three
    cards = images(page).cards()
    assert all(card.thumbnail.has_picture for card in cards)
    assert [card.row.phase for card in cards if card.row] == list(ImagePhase)
    assert cards[2].thumbnail.accessibleName().endswith("After · T12 · Fluoroscopy · Lateral view")


def test_an_image_is_described_by_keyboard(
    qtbot: QtBot,
    edit: Callable[[Case], EditorPage],
    jobs: Jobs,
    scan: Path,
    keys: Keyboard,
    logbook: Logbook,
    events: LogbookEvents,
) -> None:
    page = edit(a_case("P-1"))
    images(page).focus_boxes()[-1].setFocus()
    drop(page, scan)
    wait_for(qtbot, page, jobs, 1)
    keys.enter("aft").enter("radio").enter("l1").enter("End plate restored")
    with qtbot.waitSignal(events.case_saved):
        page.save()
    (image,) = load_case(logbook, page.case_id).images
    assert image.phase is ImagePhase.AFTER
    assert image.kind is ImageKind.RADIOGRAPH
    assert image.level is Level.L1
    assert image.caption == "End plate restored"


def test_images_change_places_by_keyboard_and_stay_so(
    qtbot: QtBot,
    three: tuple[EditorPage, Case],
    keys: Keyboard,
    logbook: Logbook,
    events: LogbookEvents,
) -> None:
    page, case = three
    first = images(page).cards()[0]
    first.focus_boxes()[-1].setFocus()
    keys.press(Key.Key_PageDown, with_=ALT)
    assert [row.phase for row in images(page).rows()] == [
        ImagePhase.DURING,
        ImagePhase.BEFORE,
        ImagePhase.AFTER,
    ]
    assert keys.place == "Caption"
    keys.press(Key.Key_PageDown, with_=ALT).press(Key.Key_PageDown, with_=ALT)
    with qtbot.waitSignal(events.case_saved):
        page.save()
    stored = [row.phase for row in load_case(logbook, case.id).images]
    assert stored == [ImagePhase.DURING, ImagePhase.AFTER, ImagePhase.BEFORE]


def test_a_removed_image_comes_back_where_it_was(
    three: tuple[EditorPage, Case], keys: Keyboard
) -> None:
    page, _ = three
    before = [str(row.id) for row in images(page).rows()]
    images(page).cards()[1].thumbnail.setFocus()
    keys.press(Key.Key_Delete, with_=ALT)
    assert [str(row.id) for row in images(page).rows()] == [before[0], before[2]]
    assert images(page).cards()[1].thumbnail.hasFocus()
    bar = page.findChild(NoticeBar)
    assert isinstance(bar, NoticeBar)
    assert "stays in the logbook for the history" in bar.text
    bar.act()
    assert [str(row.id) for row in images(page).rows()] == before
    assert images(page).cards()[1].thumbnail.has_picture


def test_an_image_that_was_never_saved_leaves_the_logbook_and_that_is_said(
    qtbot: QtBot, new: EditorPage, jobs: Jobs, scan: Path, keys: Keyboard
) -> None:
    drop(new, scan)
    wait_for(qtbot, new, jobs, 1)
    images(new).cards()[0].thumbnail.setFocus()
    keys.press(Key.Key_Delete, with_=ALT)
    assert "leaves the logbook too" in notice(new)


def test_a_picture_that_the_case_has_already_is_told(
    qtbot: QtBot, new: EditorPage, jobs: Jobs, scan: Path
) -> None:
    drop(new, scan)
    wait_for(qtbot, new, jobs, 1)
    assert "already" not in notice(new)
    drop(new, scan)
    wait_for(qtbot, new, jobs, 2)
    assert "This case has it already." in notice(new)
    drop(new, scan, scan)
    wait_for(qtbot, new, jobs, 4)
    assert "This case has 2 of them already." in notice(new)


def test_enter_on_the_small_picture_opens_the_viewer(
    qtbot: QtBot, three: tuple[EditorPage, Case], keys: Keyboard
) -> None:
    page, _ = three
    images(page).cards()[1].thumbnail.setFocus()
    keys.press(Key.Key_Return)
    viewer = page.findChild(ImageViewer)
    assert isinstance(viewer, ImageViewer)
    assert viewer.titles[0].startswith("During")
    qtbot.waitUntil(lambda: not viewer.views[0].is_empty)
    QTest.keyClick(viewer, Key.Key_Escape)
    qtbot.waitUntil(lambda: page.findChild(ImageViewer) is None)


def test_images_of_another_case_are_not_mixed_up(
    qtbot: QtBot, three: tuple[EditorPage, Case], logbook: Logbook, jobs: Jobs, scan: Path
) -> None:
    page, _ = three
    other = a_case("P-2")
    save_case(logbook, other)
    drop(page, scan)
    page.edit(logbook, other.id)
    qtbot.waitUntil(lambda: page.case_id == other.id and not jobs.is_busy)
    assert images(page).cards() == []


def test_leaving_waits_for_pictures_that_are_being_read(
    new: EditorPage, scan: Path, monkeypatch: pytest.MonkeyPatch, logbook: Logbook
) -> None:
    monkeypatch.setattr("ui.editor.page.ask_about_changes", lambda _page: Leaving.SAVE)
    drop(new, scan)
    assert new.can_leave()
    assert len(load_case(logbook, new.case_id).images) == 1


def test_a_drop_of_words_is_not_taken_for_a_picture(new: EditorPage) -> None:
    assert not drop(new)
