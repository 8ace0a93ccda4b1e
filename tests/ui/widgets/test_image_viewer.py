# SPDX-License-Identifier: MIT
"""The viewer: zoom, pan, brightness and contrast, two side by side, by mouse and by keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeySequence, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from models.case import load_case
from models.logbook import Logbook
from models.schema import ImageContent
from models.vocabulary import ImagePhase, Level
from tests.radiographs import case_with_images
from tests.ui.measuring import measures_of
from tests.ui.room import offenders
from ui.jobs import Jobs
from ui.keys import IN_THE_VIEWER
from ui.theme import Theme
from ui.widgets.image_controls import ImageControls
from ui.widgets.image_entry import ImageEntry, entries_of, partner_of
from ui.widgets.image_tone import Tone
from ui.widgets.image_view import ImageView, Sight
from ui.widgets.image_viewer import ImageViewer

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
_DIRECT = Qt.FindChildOption.FindDirectChildrenOnly


@pytest.fixture
def entries(logbook: Logbook) -> tuple[ImageEntry, ...]:
    return entries_of(load_case(logbook, case_with_images(logbook).id).images)


@pytest.fixture
def viewer(
    qtbot: QtBot, jobs: Jobs, logbook: Logbook, entries: tuple[ImageEntry, ...]
) -> ImageViewer:
    shown = ImageViewer(jobs, Theme("light"), logbook, entries)
    # It deletes itself when it is closed.
    shown.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(shown)
    shown.resize(900, 700)
    with qtbot.waitActive(shown):
        shown.show()
    qtbot.waitUntil(lambda: not shown.views[0].is_empty)
    return shown


def view_of(viewer: ImageViewer) -> ImageView:
    return viewer.views[0]


def ready(qtbot: QtBot, viewer: ImageViewer) -> None:
    qtbot.waitUntil(lambda: not any(view.is_empty for view in viewer.views))


def press(viewer: ImageViewer, key: Qt.Key, with_: Qt.KeyboardModifier | None = None) -> None:
    QTest.keyClick(viewer.focusWidget(), key, with_ or Qt.KeyboardModifier.NoModifier)


def wheel(view: ImageView, notches: int, at: QPointF) -> None:
    where = QPointF(view.mapToGlobal(at.toPoint()))
    event = QWheelEvent(
        at,
        where,
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view, event)


def drag(view: ImageView, button: Qt.MouseButton, by: QPoint) -> None:
    start = view.rect().center()
    QTest.mousePress(view, button, pos=start)
    QApplication.sendEvent(view, _move(view, button, start + by))
    QTest.mouseRelease(view, button, pos=start + by)


def _move(view: ImageView, button: Qt.MouseButton, to: QPoint) -> QMouseEvent:
    return QMouseEvent(
        QEvent.Type.MouseMove,
        QPointF(to),
        QPointF(view.mapToGlobal(to)),
        Qt.MouseButton.NoButton,
        button,
        Qt.KeyboardModifier.NoModifier,
    )


def shade(view: ImageView) -> int:
    return view.grab().toImage().pixelColor(view.rect().center()).lightness()


def test_the_whole_image_is_shown_first_and_keys_zoom(viewer: ImageViewer) -> None:
    view = view_of(viewer)
    assert view.sight.factor == 1
    press(viewer, Key.Key_Plus)
    assert view.sight.factor == pytest.approx(1.25)
    press(viewer, Key.Key_1, CTRL)
    assert view.zoom == pytest.approx(1)
    press(viewer, Key.Key_Minus)
    assert view.sight.factor == 1
    press(viewer, Key.Key_0, CTRL)
    assert view.sight.factor == 1


def test_the_wheel_zooms_around_the_pointer(viewer: ImageViewer) -> None:
    view = view_of(viewer)
    wheel(view, 4, QPointF(view.width() / 2, view.height() / 4))
    assert view.sight.factor > 2
    assert view.sight.y < 0.5
    assert view.sight.x == pytest.approx(0.5, abs=0.02)


def test_the_image_never_leaves_the_view(viewer: ImageViewer) -> None:
    view = view_of(viewer)
    view.zoom_by(6)
    drag(view, Qt.MouseButton.LeftButton, QPoint(5000, 5000))
    share = view.height() / (640 * view.zoom)
    assert view.sight.y == pytest.approx(share / 2, abs=0.01)
    for _ in range(60):
        press(viewer, Key.Key_Down)
    assert view.sight.y == pytest.approx(1 - share / 2, abs=0.01)


def test_dragging_with_the_right_button_sets_brightness_and_contrast(viewer: ImageViewer) -> None:
    view = view_of(viewer)
    before = shade(view)
    drag(view, Qt.MouseButton.RightButton, QPoint(25, -50))
    assert view.tone == Tone(brightness=20, contrast=10)
    assert shade(view) > before
    press(viewer, Key.Key_R)
    assert view.tone == Tone()


def test_keys_set_brightness_contrast_and_invert(viewer: ImageViewer) -> None:
    view = view_of(viewer)
    before = shade(view)
    press(viewer, Key.Key_Up, CTRL)
    press(viewer, Key.Key_Right, CTRL)
    assert view.tone == Tone(brightness=5, contrast=5)
    press(viewer, Key.Key_R)
    press(viewer, Key.Key_I)
    assert abs(255 - before - shade(view)) < 8


def test_page_keys_go_around_and_each_image_keeps_its_tone(
    qtbot: QtBot, viewer: ImageViewer
) -> None:
    assert viewer.titles[0].startswith("Before · T12 · Fluoroscopy")
    press(viewer, Key.Key_I)
    press(viewer, Key.Key_PageDown)
    ready(qtbot, viewer)
    assert viewer.titles[0].startswith("During")
    assert view_of(viewer).tone == Tone()
    press(viewer, Key.Key_PageUp)
    assert view_of(viewer).tone.inverted
    press(viewer, Key.Key_PageUp)
    ready(qtbot, viewer)
    assert viewer.titles[0].startswith("After")


def test_arrows_go_to_other_images_where_there_is_nothing_to_move(
    qtbot: QtBot, viewer: ImageViewer
) -> None:
    press(viewer, Key.Key_Right)
    ready(qtbot, viewer)
    assert viewer.titles[0].startswith("During")


def test_before_and_after_stand_side_by_side_and_move_together(
    qtbot: QtBot, viewer: ImageViewer
) -> None:
    press(viewer, Key.Key_S)
    ready(qtbot, viewer)
    assert [title.split(" ")[0] for title in viewer.titles] == ["Before", "After"]
    left, right = viewer.views
    left.zoom_by(5)
    drag(left, Qt.MouseButton.LeftButton, QPoint(0, 40))
    assert right.sight == left.sight
    press(viewer, Key.Key_L)
    right.fit()
    assert right.sight.factor == 1
    assert left.sight.factor > 1
    press(viewer, Key.Key_S)
    assert len(viewer.views) == 1


def test_of_two_images_the_one_that_was_clicked_is_worked_on(
    qtbot: QtBot, viewer: ImageViewer
) -> None:
    viewer.show_pair(on=True)
    ready(qtbot, viewer)
    left, right = viewer.views
    QTest.mouseClick(right, Qt.MouseButton.LeftButton)
    press(viewer, Key.Key_I)
    assert (left.tone.inverted, right.tone.inverted) == (False, True)


def test_full_screen_and_back_and_escape_closes(qtbot: QtBot, viewer: ImageViewer) -> None:
    press(viewer, Key.Key_F11)
    qtbot.waitUntil(viewer.isFullScreen)
    press(viewer, Key.Key_F)
    qtbot.waitUntil(lambda: not viewer.isFullScreen())
    press(viewer, Key.Key_Escape)
    assert viewer.isHidden()


def test_the_title_of_the_window_names_nobody(viewer: ImageViewer) -> None:
    assert viewer.windowTitle() == "Images"


def test_an_image_that_is_gone_is_told_where_it_would_stand(
    qtbot: QtBot, jobs: Jobs, logbook: Logbook
) -> None:
    gone = (ImageEntry("0" * 64, "Before"),)
    shown = ImageViewer(jobs, Theme("dark"), logbook, gone)
    shown.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(shown)
    qtbot.waitUntil(lambda: not jobs.is_busy)
    assert shown.views[0].is_empty


def test_a_stored_image_that_was_destroyed_is_told_in_words(
    qtbot: QtBot, jobs: Jobs, logbook: Logbook, entries: tuple[ImageEntry, ...]
) -> None:
    with logbook.transaction():
        ImageContent.update(content=b"\x89PNG\r\n\x1a\nnothing").execute(logbook.database)
    shown = ImageViewer(jobs, Theme("dark"), logbook, entries)
    shown.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(shown)
    qtbot.waitUntil(lambda: not jobs.is_busy)
    assert shown.views[0].is_empty


def test_the_partner_is_of_the_other_side_and_best_of_the_same_level() -> None:
    before, after = ImagePhase.BEFORE, ImagePhase.AFTER
    entries = tuple(
        ImageEntry(str(number), "", phase, level)
        for number, (phase, level) in enumerate(
            [(before, Level.T12), (after, Level.L1), (after, Level.T12), (before, Level.L1)]
        )
    )
    assert [partner_of(entries, place) for place in range(4)] == [2, 3, 0, 1]
    alone = (ImageEntry("", "", before), ImageEntry("", "", before))
    assert [partner_of(alone, place) for place in (0, 1)] == [1, 0]


def test_a_viewer_that_is_open_follows_the_size_of_the_text(
    qtbot: QtBot, jobs: Jobs, logbook: Logbook, entries: tuple[ImageEntry, ...]
) -> None:
    measured = []
    for begun in (1.0, 1.5):
        theme = Theme("light", begun)
        shown = ImageViewer(jobs, theme, logbook, entries)
        qtbot.addWidget(shown)
        shown.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
        shown.resize(1200, 900)
        shown.show()
        ready(qtbot, shown)
        theme.set_scale(1.5)
        QApplication.sendPostedEvents()
        QApplication.processEvents()
        measured.append({**measures_of(shown), "view": shown.views[0].minimumSizeHint()})
    grown, started = measured
    assert {key: grown[key] for key in grown if grown[key] != started.get(key)} == {}
    assert len(grown) == len(started) > 20


def test_every_key_that_the_help_tells_of_the_viewer_does_something(
    qtbot: QtBot, viewer: ImageViewer
) -> None:
    viewer.show_pair(on=True)
    ready(qtbot, viewer)
    view = view_of(viewer)

    def state() -> object:
        focus = viewer.views.index(viewer.focusWidget()) if len(viewer.views) > 1 else -1
        linked = viewer.controls.findChildren(QPushButton, options=_DIRECT)
        return (
            [(one.sight, one.tone) for one in viewer.views],
            viewer.titles,
            focus,
            viewer.isFullScreen(),
            viewer.isVisible(),
            [button.isChecked() for button in linked],
        )

    for key in IN_THE_VIEWER[1]:
        for sequence in key.sequences:
            if not viewer.isVisible():
                viewer.show()
            view.setFocus()
            view.set_sight(Sight(3.0))
            before = state()
            pressed = QKeySequence(sequence)[0]  # type: ignore[index]
            QTest.keyClick(viewer.focusWidget(), pressed.key(), pressed.keyboardModifiers())
            ready(qtbot, viewer)
            assert state() != before, sequence
            if len(viewer.views) == 1:
                viewer.show_pair(on=True)
                ready(qtbot, viewer)


def test_the_halves_of_a_row_stand_below_each_other_where_they_have_no_room_beside(
    qtbot: QtBot,
) -> None:
    page = QWidget()
    page.resize(1000, 300)
    qtbot.addWidget(page)
    controls = ImageControls(Theme("light"), page)
    page.show()
    buttons = {button.text(): button for button in controls.findChildren(QPushButton)}
    smaller, full = buttons["−"], buttons["Full screen"]
    for width, is_below in ((900, False), (controls.minimumSizeHint().width(), True)):
        controls.resize(width, 200)
        qtbot.waitUntil(lambda: (full.y() > smaller.geometry().bottom()) is is_below)  # noqa: B023 - at once
        assert controls.rect().contains(full.geometry())
        assert list(offenders(controls)) == []
