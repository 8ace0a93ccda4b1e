# SPDX-License-Identifier: MIT
"""The spine as a control: what a click or a typed name chooses, what it shows and says."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QContextMenuEvent, QFocusEvent, QImage, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from models.vocabulary import LeakLocation, Level
from ui.keys import ON_THE_SPINE
from ui.palette import DARK, LIGHT, Palette
from ui.theme import Theme
from ui.widgets.spine import LevelMark, SpineView
from ui.widgets.spine_marks import describe_marks, tip_of

ORDINARY = [level for level in Level if not level.is_variant]


class Wishes:
    """What the user asked of a spine, as its signals told."""

    def __init__(self, spine: SpineView) -> None:
        self.clicked: list[Level] = []
        self.toggled: list[tuple[Level, bool]] = []
        spine.level_clicked.connect(self.clicked.append)
        spine.level_toggled.connect(lambda level, on: self.toggled.append((level, on)))


@pytest.fixture
def spine(qtbot: QtBot) -> SpineView:
    view = SpineView(Theme("light"))
    view.set_interactive(True)
    view.resize(200, 560)
    qtbot.addWidget(view)
    return view


@pytest.fixture
def wishes(spine: SpineView) -> Wishes:
    return Wishes(spine)


def click(qtbot: QtBot, spine: SpineView, level: Level) -> None:
    qtbot.mouseClick(spine, Qt.MouseButton.LeftButton, pos=spine.place_of(level).toPoint())


def colors_of(image: QImage) -> set[str]:
    pixels = image.convertToFormat(QImage.Format.Format_RGB32).constBits()
    return {f"#{pixel & 0xFFFFFF:06x}" for pixel in memoryview(pixels).cast("B").cast("I")}


# Mouse


@pytest.mark.parametrize("level", ORDINARY)
def test_a_click_on_a_body_chooses_its_level(
    qtbot: QtBot, spine: SpineView, wishes: Wishes, level: Level
) -> None:
    click(qtbot, spine, level)
    assert wishes.clicked == [level]
    assert wishes.toggled == [(level, True)]


def test_a_click_on_a_label_chooses_its_level(qtbot: QtBot, spine: SpineView) -> None:
    body = spine.place_of(Level.C5)
    assert spine.level_at(body - QPointF(24, 0)) is Level.C5


def test_a_click_never_takes_a_treated_level_away(
    qtbot: QtBot, spine: SpineView, wishes: Wishes
) -> None:
    spine.set_marks({Level.T12: LevelMark(treated=True, selected=True)})
    click(qtbot, spine, Level.T12)
    assert wishes.clicked == [Level.T12]
    assert wishes.toggled == []


def test_a_click_takes_a_level_out_of_a_filter(
    qtbot: QtBot, spine: SpineView, wishes: Wishes
) -> None:
    spine.set_marks({Level.L1: LevelMark(selected=True)})
    click(qtbot, spine, Level.L1)
    assert wishes.toggled == [(Level.L1, False)]


def test_a_spine_to_look_at_takes_no_clicks(qtbot: QtBot) -> None:
    view = SpineView(Theme("light"), compact=True)
    qtbot.addWidget(view)
    view.resize(view.sizeHint())
    wishes = Wishes(view)
    click(qtbot, view, Level.L1)
    qtbot.keyClicks(view, "l1")
    assert (wishes.clicked, wishes.toggled) == ([], [])
    assert view.focusPolicy() is Qt.FocusPolicy.NoFocus


def test_every_level_can_be_hit_at_any_size(qtbot: QtBot, spine: SpineView) -> None:
    for width, height in ((120, 320), (400, 560), (200, 1200)):
        spine.resize(width, height)
        for level in ORDINARY:
            assert spine.level_at(spine.place_of(level)) is level


def test_the_spine_keeps_its_shape(spine: SpineView) -> None:
    def slant() -> float:
        step = spine.place_of(Level.L3) - spine.place_of(Level.T1)
        return step.x() / step.y()

    before = slant()
    spine.resize(500, 400)
    assert slant() == pytest.approx(before)


# Keyboard


def test_typing_l1_l2_selects_both(qtbot: QtBot, spine: SpineView, wishes: Wishes) -> None:
    qtbot.keyClicks(spine, "l1 l2")
    assert wishes.toggled == [(Level.L1, True), (Level.L2, True)]
    assert spine.current_level is Level.L2


def test_an_ambiguous_name_waits_and_enter_takes_it(
    qtbot: QtBot, spine: SpineView, wishes: Wishes
) -> None:
    qtbot.keyClicks(spine, "t1")
    assert wishes.toggled == []
    assert spine.current_level is Level.T1
    qtbot.keyClick(spine, Qt.Key.Key_Return)
    assert wishes.toggled == [(Level.T1, True)]


def test_leaving_the_spine_takes_what_was_typed(
    qtbot: QtBot, spine: SpineView, wishes: Wishes
) -> None:
    qtbot.keyClicks(spine, "t1")
    spine.clearFocus()
    QApplication.sendEvent(spine, _focus_out())
    assert wishes.toggled == [(Level.T1, True)]


def test_backspace_takes_back_a_character(qtbot: QtBot, spine: SpineView, wishes: Wishes) -> None:
    qtbot.keyClicks(spine, "t1")
    qtbot.keyClick(spine, Qt.Key.Key_Backspace)
    qtbot.keyClicks(spine, "5")
    assert wishes.toggled == [(Level.T5, True)]


def test_typing_a_treated_level_goes_to_it_and_never_takes_it_away(
    qtbot: QtBot, spine: SpineView, wishes: Wishes
) -> None:
    spine.set_marks({Level.L1: LevelMark(treated=True)})
    qtbot.keyClicks(spine, "l1 ")
    assert wishes.clicked == [Level.L1]
    assert wishes.toggled == []


def test_arrows_move_and_space_and_enter_add(
    qtbot: QtBot, spine: SpineView, wishes: Wishes
) -> None:
    spine.set_current_level(Level.T12)
    qtbot.keyClick(spine, Qt.Key.Key_Down)
    qtbot.keyClick(spine, Qt.Key.Key_Space)
    qtbot.keyClick(spine, Qt.Key.Key_Down)
    qtbot.keyClick(spine, Qt.Key.Key_Return)
    assert wishes.toggled == [(Level.L1, True), (Level.L2, True)]
    qtbot.keyClick(spine, Qt.Key.Key_Up)
    assert spine.current_level is Level.L1


def test_space_on_a_treated_level_goes_to_it_and_delete_takes_it_away(
    qtbot: QtBot, spine: SpineView, wishes: Wishes
) -> None:
    spine.set_marks({Level.L2: LevelMark(treated=True)})
    spine.set_current_level(Level.L2)
    qtbot.keyClick(spine, Qt.Key.Key_Space)
    assert (wishes.clicked, wishes.toggled) == ([Level.L2], [])
    qtbot.keyClick(spine, Qt.Key.Key_Delete)
    assert wishes.toggled == [(Level.L2, False)]


def test_delete_on_a_level_that_is_not_treated_does_nothing(
    qtbot: QtBot, spine: SpineView, wishes: Wishes
) -> None:
    spine.set_current_level(Level.L2)
    qtbot.keyClick(spine, Qt.Key.Key_Delete)
    assert wishes.toggled == []


def test_a_run_is_typed_with_a_dash(qtbot: QtBot, spine: SpineView, wishes: Wishes) -> None:
    qtbot.keyClicks(spine, "t11-l1")
    assert wishes.toggled == [(level, True) for level in (Level.T11, Level.T12, Level.L1)]


def test_a_run_is_kept_while_its_beginning_is_being_marked(
    qtbot: QtBot, spine: SpineView, wishes: Wishes
) -> None:
    def mark(level: Level, wanted: bool) -> None:
        spine.set_marks({**spine.marks(), level: LevelMark(treated=wanted)})

    spine.level_toggled.connect(mark)
    qtbot.keyClicks(spine, "l1-l3")
    assert list(spine.marks()) == [Level.L1, Level.L2, Level.L3]


def test_escape_forgets_what_was_typed(qtbot: QtBot, spine: SpineView, wishes: Wishes) -> None:
    qtbot.keyClicks(spine, "t1")
    qtbot.keyClick(spine, Qt.Key.Key_Escape)
    qtbot.keyClick(spine, Qt.Key.Key_Return)
    assert wishes.toggled == [(Level.T1, True)]  # where the cursor went, not T1x
    qtbot.keyClicks(spine, "2")
    assert len(wishes.toggled) == 1


def test_home_and_end_go_to_the_ends_and_no_farther(qtbot: QtBot, spine: SpineView) -> None:
    qtbot.keyClick(spine, Qt.Key.Key_End)
    qtbot.keyClick(spine, Qt.Key.Key_Down)
    visited = [spine.current_level]
    qtbot.keyClick(spine, Qt.Key.Key_Home)
    qtbot.keyClick(spine, Qt.Key.Key_Up)
    visited.append(spine.current_level)
    assert visited == [Level.S5, Level.C1]


def test_keys_of_the_window_are_left_to_the_window(
    qtbot: QtBot, spine: SpineView, wishes: Wishes
) -> None:
    qtbot.keyClick(spine, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(spine, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(spine, Qt.Key.Key_1)
    assert wishes.toggled == []


@pytest.mark.parametrize(("typed", "level"), [("t13", Level.T13), ("l6", Level.L6)])
def test_a_typed_variant_comes_into_the_column(
    qtbot: QtBot, spine: SpineView, wishes: Wishes, typed: str, level: Level
) -> None:
    with qtbot.waitSignal(spine.variants_changed):
        qtbot.keyClicks(spine, typed)
        qtbot.keyClick(spine, Qt.Key.Key_Return)
    assert wishes.toggled[0] == (level, True)
    assert level in spine.levels()


def open_menu(spine: SpineView, level: Level | None) -> dict[str, QAction]:
    spine.open_menu(level, QPoint(0, 0))
    menu = spine.findChildren(QMenu)[-1]
    return {action.text(): action for action in menu.actions() if action.text()}


def test_the_menu_adds_or_takes_away(spine: SpineView, wishes: Wishes) -> None:
    open_menu(spine, Level.L1)["Add L1"].trigger()
    spine.set_marks({Level.L1: LevelMark(treated=True)})
    menu = open_menu(spine, Level.L1)
    menu["Show L1"].trigger()
    menu["Remove L1"].trigger()
    assert wishes.clicked == [Level.L1]
    assert wishes.toggled == [(Level.L1, True), (Level.L1, False)]


def test_the_menu_puts_a_variant_into_the_column_and_takes_it_out(spine: SpineView) -> None:
    open_menu(spine, None)["This patient has L6"].trigger()
    assert spine.variants() == {Level.L6}
    open_menu(spine, None)["This patient has L6"].trigger()
    assert spine.variants() == set()
    spine.set_marks({Level.T13: LevelMark(earlier=True)})
    action = open_menu(spine, None)["This patient has T13"]
    assert action.isChecked()
    assert not action.isEnabled()


# Marks


def test_a_marked_variant_is_never_left_out(spine: SpineView) -> None:
    spine.set_marks({Level.T13: LevelMark(treated=True)})
    assert Level.T13 in spine.levels()
    spine.set_marks({})
    assert Level.T13 not in spine.levels()


def test_an_ordinary_level_is_no_variant(spine: SpineView) -> None:
    with pytest.raises(ValueError, match="L5"):
        spine.set_variants({Level.L5})


def test_the_marks_are_said_in_words() -> None:
    marks = {
        Level.L2: LevelMark(earlier=True),
        Level.T12: LevelMark(treated=True, leaks=(LeakLocation.DISC_SUPERIOR,), note="6.0 mL"),
        Level.C3: LevelMark(selected=True),
    }
    assert describe_marks(marks) == (
        "Spine: T12 treated, leak: disc above, 6.0 mL; L2 cemented earlier."
    )
    assert describe_marks({}) == "Spine: nothing marked."


def test_screen_readers_hear_the_marks_and_the_place(spine: SpineView) -> None:
    spine.set_marks({Level.T12: LevelMark(treated=True), Level.L2: LevelMark(earlier=True)})
    assert spine.accessibleName() == "Spine"
    assert spine.accessibleDescription() == "Spine: T12 treated; L2 cemented earlier."
    spine.set_current_level(Level.L2)
    assert spine.accessibleDescription().endswith("At L2: cemented earlier.")


def test_the_tool_tip_names_level_and_marks(spine: SpineView) -> None:
    spine.set_marks({Level.L1: LevelMark(treated=True, warning="More than usual.")})
    assert spine.tool_tip(Level.L1) == "L1: treated, More than usual."
    assert spine.tool_tip(Level.L2) == "L2"


def test_the_tool_tip_has_a_line_for_each_thing_that_was_done() -> None:
    mark = LevelMark(treated=True, note="6 mL", history=("2024: vertebroplasty", "2025: fracture"))
    assert tip_of(Level.L1, mark) == "L1: treated, 6 mL\n2024: vertebroplasty\n2025: fracture"
    assert tip_of(Level.L2, LevelMark()) == "L2"


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_each_mark_shows_its_color(qtbot: QtBot, palette: Palette) -> None:
    view = SpineView(Theme("dark" if palette.dark else "light"))
    qtbot.addWidget(view)
    view.resize(400, 1200)
    plain = colors_of(view.grab().toImage())
    shown = {
        LevelMark(treated=True): palette.cement,
        LevelMark(earlier=True): palette.cement_earlier,
        LevelMark(treated=True, leaks=(LeakLocation.EPIDURAL,)): palette.leak,
        LevelMark(heat=1.0): palette.heat_high,
    }
    for mark, color in shown.items():
        assert color.lower() not in plain
        view.set_marks({Level.L3: mark})
        assert color.lower() in colors_of(view.grab().toImage()), mark


def test_the_level_under_the_mouse_is_lit(qtbot: QtBot, spine: SpineView) -> None:
    before = spine.grab().toImage()
    place = spine.place_of(Level.L3)
    none = Qt.MouseButton.NoButton
    move = QMouseEvent(
        QEvent.Type.MouseMove, place, place, none, none, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(spine, move)
    assert spine.grab().toImage() != before
    assert spine.cursor().shape() is Qt.CursorShape.PointingHandCursor
    QApplication.sendEvent(spine, QEvent(QEvent.Type.Leave))
    assert spine.grab().toImage() == before


def test_another_palette_repaints(qtbot: QtBot) -> None:
    theme = Theme("light")
    view = SpineView(theme, compact=True)
    qtbot.addWidget(view)
    view.resize(90, 230)
    light = view.grab().toImage()
    theme.set_mode("dark")
    assert view.grab().toImage() != light


def _focus_out() -> QEvent:
    return QFocusEvent(QEvent.Type.FocusOut)


def test_every_key_that_the_help_tells_of_the_spine_does_something(
    qtbot: QtBot, spine: SpineView, wishes: Wishes
) -> None:
    _heading, told = ON_THE_SPINE
    for key in told:
        for text in (*key.typed, *key.sequences):
            spine.set_marks({Level.T6: LevelMark(treated=True)})
            spine.set_current_level(Level.T6)
            wishes.clicked.clear()
            wishes.toggled.clear()
            if text in key.typed:
                qtbot.keyClicks(spine, text)
                qtbot.keyClick(spine, Qt.Key.Key_Return)
            elif text == "Menu":
                event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint())
                QApplication.sendEvent(spine, event)
                assert spine.findChildren(QMenu), text
                continue
            else:
                qtbot.keyClick(spine, QKeySequence(text)[0].key())  # type: ignore[index]
            went = spine.current_level is not Level.T6
            assert went or wishes.clicked or wishes.toggled, text
