# SPDX-License-Identifier: MIT
"""Promise: images come in without a name, are there after a restart, and can be looked at."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from models.case import save_case
from models.logbook import Logbook
from models.verify import verify
from models.vocabulary import ImagePhase
from tests.acceptance.test_case_two_in_the_window import running
from tests.builders import a_case
from tests.fresh import new_logbook
from tests.models.images.planted import dicom, jpeg
from tests.ui.editor.dropping import drop
from tests.ui.editor.keyboard import Key, Keyboard
from ui.application import Application
from ui.editor.form import CaseForm
from ui.editor.images_view import ImagesView
from ui.editor.page import EditorPage
from ui.widgets.add_tile import AddTile
from ui.widgets.image_viewer import ImageViewer
from ui.widgets.thumbnails import ThumbnailStrip

CTRL = Qt.KeyboardModifier.ControlModifier
NAME = "QzMusterfrauZq"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "Clinic.kypholog"
    new_logbook(made).close()
    return made


@pytest.fixture
def handed_in(tmp_path: Path) -> tuple[Path, Path]:
    """A DICOM and a JPEG file that are full of a name, and are called by it."""
    place = tmp_path / "handed in"
    place.mkdir()
    run, photo = place / f"{NAME}.dcm", place / f"{NAME}.jpg"
    run.write_bytes(dicom(NAME))
    photo.write_bytes(jpeg(NAME))
    return run, photo


def images(kypholog: Application) -> ImagesView:
    form = kypholog.window.findChild(CaseForm)
    assert isinstance(form, CaseForm)
    return form.images


def wait_for(qtbot: QtBot, kypholog: Application, count: int) -> None:
    qtbot.waitUntil(lambda: len(images(kypholog).cards()) == count and not kypholog.jobs.is_busy)


def enter_case(
    qtbot: QtBot,
    kypholog: Application,
    handed_in: tuple[Path, Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    keys = Keyboard()
    run, photo = handed_in
    keys.press(Key.Key_N, with_=CTRL)
    qtbot.waitUntil(lambda: keys.place.startswith("Patient code"))
    keys.type("P-1").go_to("Add images…")
    page = kypholog.window.findChild(EditorPage)
    assert isinstance(page, EditorPage)
    drop(page, run)
    wait_for(qtbot, kypholog, 1)
    keys.enter("before").enter("").enter("t12").enter("Before the first needle")

    picture = QImage(64, 48, QImage.Format.Format_RGB32)
    picture.fill(0x557799)
    QGuiApplication.clipboard().setImage(picture)
    keys.go_to("Add images…").press(Key.Key_V, with_=CTRL)
    wait_for(qtbot, kypholog, 2)
    keys.enter("during")

    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_args: ([str(photo)], ""))
    keys.go_to("Add images…").press(Key.Key_Return)
    wait_for(qtbot, kypholog, 3)
    keys.enter("after").enter("photo").enter("t12").enter("Wound")
    with qtbot.waitSignal(kypholog.events.case_saved):
        keys.press(Key.Key_Return, with_=CTRL)


def test_images_go_the_whole_way_and_no_name_goes_with_them(
    qtbot: QtBot,
    folder: Path,
    handed_in: tuple[Path, Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with running(qtbot, folder) as kypholog:
        enter_case(qtbot, kypholog, handed_in, monkeypatch)
        QGuiApplication.clipboard().clear()

    with running(qtbot, folder) as kypholog:
        window = kypholog.window
        window.cases.select_row(0)
        qtbot.waitUntil(lambda: window.findChild(ThumbnailStrip) is not None)
        strip = window.findChild(ThumbnailStrip)
        assert isinstance(strip, ThumbnailStrip)
        names = [button.accessibleName() for button in strip.buttons()]
        assert names[0] == "Before · T12 · Fluoroscopy · Before the first needle"
        assert names[1] == "During"
        assert names[2] == "After · T12 · Photograph · Wound"
        assert all(button.has_picture for button in strip.buttons())

        QTest.keyClick(strip.buttons()[0], Key.Key_Return)
        viewer = window.findChild(ImageViewer)
        assert isinstance(viewer, ImageViewer)
        QTest.keyClick(viewer, Key.Key_S)
        qtbot.waitUntil(lambda: not any(view.is_empty for view in viewer.views))
        assert [title.split(" ")[0] for title in viewer.titles] == ["Before", "After"]
        QTest.keyClick(viewer, Key.Key_Escape)

        window.edit_case(window.cases.selected_cases()[0])
        wait_for(qtbot, kypholog, 3)
        rows = images(kypholog).rows()
        assert [row.phase for row in rows] == list(ImagePhase)
        qtbot.waitUntil(lambda: all(c.thumbnail.has_picture for c in images(kypholog).cards()))

    stored = b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())
    settings = b"".join(file.read_bytes() for file in folder.parent.glob("*.ini"))
    for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
        assert NAME.encode(encoding) not in stored + settings
    logbook = Logbook.open(folder)
    assert verify(logbook) == []
    logbook.close()


def test_images_are_added_from_the_page_of_cases(
    qtbot: QtBot,
    folder: Path,
    handed_in: tuple[Path, Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run, photo = handed_in
    logbook = Logbook.open(folder)
    case = a_case("P-1")
    save_case(logbook, case)
    logbook.close()

    def tile(kypholog: Application) -> AddTile:
        qtbot.waitUntil(lambda: any(t.isVisible() for t in kypholog.window.findChildren(AddTile)))
        return next(t for t in kypholog.window.findChildren(AddTile) if t.isVisible())

    with running(qtbot, folder) as kypholog:
        assert drop(tile(kypholog), run)
        wait_for(qtbot, kypholog, 1)
        page = kypholog.window.editor
        assert page is not None
        assert page.case_id == case.id
        (card,) = images(kypholog).cards()
        assert not card.visibleRegion().isEmpty()
        keys = Keyboard()
        keys.enter("before")
        with qtbot.waitSignal(kypholog.events.case_saved):
            keys.press(Key.Key_Return, with_=CTRL)
        kypholog.window.show_page("cases")

        asked: list[str] = []

        def choose(*_args: object) -> tuple[list[str], str]:
            asked.append(kypholog.window.shown_page)
            return [str(photo)], ""

        monkeypatch.setattr(QFileDialog, "getOpenFileNames", choose)
        QTest.keyClick(tile(kypholog), Key.Key_Return)
        wait_for(qtbot, kypholog, 2)
        assert asked == ["editor"]
        keys.enter("after")
        with qtbot.waitSignal(kypholog.events.case_saved):
            keys.press(Key.Key_Return, with_=CTRL)
