# SPDX-License-Identifier: MIT
"""The row of chips and what opens under them, by keyboard and mouse."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from models.query import Filter, parse, text_of
from tests.ui.filters.asking import heard, on, type_in
from ui.filters.bar import FilterBar
from ui.filters.offer_panel import OfferPanel
from ui.theme import Theme

Key = Qt.Key
LABELS = [
    *("Technique", "Level", "Region", "Diagnosis", "Leakage"),
    *("Date", "Operator", "Follow-up", "Pain before", "Complete"),
]


def opened(bar: FilterBar, field: str) -> OfferPanel:
    bar.chips.open_offers(field)
    assert bar.chips.panel is not None
    return bar.chips.panel


def menu_texts(bar: FilterBar) -> list[str]:
    bar.chips.more.menu().aboutToShow.emit()
    return [action.text() for action in bar.chips.more.menu().actions()]


# the row


def test_every_chip_is_there_with_its_label(bar: FilterBar) -> None:
    assert [chip.text() for chip in bar.chips.shown] == LABELS
    assert bar.chips.more.isHidden()


def test_conditions_without_a_chip_get_one_with_a_cross(qtbot: QtBot, bar: FilterBar) -> None:
    type_in(qtbot, bar, "-level:T12 kap:>300 level:L1")
    assert on(bar) == ["L1", "Not level T12", "Kerma-area product > 300 Gy.cm2"]
    said = heard(bar)
    chip = next(chip for chip in bar.chips.shown if chip.value == "Not level T12")
    qtbot.mouseClick(
        chip, Qt.MouseButton.LeftButton, pos=QPoint(chip.width() - 12, chip.height() // 2)
    )
    assert said == ["kap:>300 level:L1"]
    assert bar.line.text() == "kap:>300 level:L1"


def test_chips_without_room_are_in_the_menu_and_those_that_are_on_stay(
    qtbot: QtBot, bar: FilterBar
) -> None:
    type_in(qtbot, bar, "complete technique:vertebropl -leak:yes")
    bar.resize(760, 90)
    shown = [chip.text().removesuffix("  ×") for chip in bar.chips.shown]
    assert shown == ["Vertebroplasty", "Level", "Complete", "Not leakage present"]
    assert bar.chips.more.text() == "More"
    assert menu_texts(bar) == [
        *("Region", "Diagnosis", "Leakage", "Date", "Operator", "Follow-up", "Pain before")
    ]
    right = max(chip.geometry().right() for chip in bar.chips.shown)
    assert right < bar.chips.more.x()
    assert bar.chips.more.geometry().right() <= bar.chips.width()


def test_the_menu_says_how_many_of_what_it_hides_are_on(qtbot: QtBot, bar: FilterBar) -> None:
    type_in(qtbot, bar, "complete technique:vertebropl -leak:yes")
    bar.resize(430, 90)
    assert [chip.value for chip in bar.chips.shown] == ["Vertebroplasty"]
    assert bar.chips.more.text() == "More (2)"
    assert bar.chips.more.property("state") == "on"
    bar.resize(320, 90)
    assert bar.chips.shown == []
    assert bar.chips.more.text() == "Filters (3)"
    said = heard(bar)
    menu_texts(bar)
    bar.chips.more.menu().actions()[-1].trigger()
    assert said == ["complete technique:vertebroplasty"]


def test_a_chip_in_the_menu_opens_its_offers(qtbot: QtBot, bar: FilterBar) -> None:
    bar.resize(500, 90)
    place = menu_texts(bar).index("Follow-up")
    bar.chips.more.menu().actions()[place].trigger()
    assert bar.chips.panel is not None
    assert bar.chips.panel.field == "followup"


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("width", [330, 600, 1160])
def test_nothing_lies_beyond_the_edge_at_any_size_of_text(
    qtbot: QtBot, bar: FilterBar, dressed: Theme, width: int, scale: float
) -> None:
    bar.set_filter(parse("level:T10-L2 diagnosis:hemangioma -complete kap:>300 op:=Smith"))
    dressed.set_scale(scale)
    bar.resize(round(width * scale), bar.sizeHint().height())
    row = bar.chips
    places = [widget.geometry() for widget in row.shown]
    places += [row.more.geometry()] * (not row.more.isHidden())
    assert all(row.rect().contains(place) for place in places)
    assert all(one.right() < two.left() for one, two in pairwise(places))
    assert places
    assert len(row.shown) + len(row.hidden) == len(LABELS) + 2


def test_typing_moves_neither_the_line_nor_the_row(qtbot: QtBot, bar: FilterBar) -> None:
    def places() -> list[object]:
        parts = (bar.line, bar.help, bar.chips, bar.saved)
        return [part.geometry() for part in parts]

    before = places()
    for text in ("level:T12 ", "leak:yes ", "technique:vertebropl ", "-complete"):
        type_in(qtbot, bar, text)
        assert places() == before


def test_tab_stops_once_and_arrows_go_from_chip_to_chip(qtbot: QtBot, bar: FilterBar) -> None:
    bar.help.setFocus()
    stops = []
    for _ in range(3):
        bar.focusNextChild()
        stops.append(bar.focusWidget())
    assert stops[0] is bar.chips.shown[0]
    assert stops[1] is bar.saved
    bar.chips.shown[0].setFocus()
    for key, label in (
        (Key.Key_Right, "Level"),
        (Key.Key_Right, "Region"),
        (Key.Key_Left, "Level"),
        (Key.Key_Left, "Technique"),
        (Key.Key_Left, "Technique"),
    ):
        qtbot.keyClick(bar.focusWidget(), key)
        assert bar.focusWidget().accessibleName() == label


@pytest.mark.parametrize("key", [Key.Key_Down, Key.Key_Return, Key.Key_Space])
def test_keys_open_the_offers(qtbot: QtBot, bar: FilterBar, key: Qt.Key) -> None:
    bar.chips.shown[2].setFocus()
    qtbot.keyClick(bar.chips.shown[2], key)
    assert bar.chips.panel is not None
    assert bar.chips.panel.field == "region"
    assert bar.chips.panel.view.hasFocus()


def test_a_long_value_is_told_in_full_when_pointed_at(bar: FilterBar) -> None:
    bar.set_filter(parse("technique:kypho,vertebropl,sacroplasty"))
    chip = bar.chips.shown[0]
    assert chip.text().endswith("…  ×")
    assert chip.toolTip() == "Balloon kyphoplasty, vertebroplasty or sacroplasty"
    assert chip.accessibleName().endswith("sacroplasty")


# the offers


def test_several_can_be_on_and_the_panel_stays(qtbot: QtBot, bar: FilterBar) -> None:
    said = heard(bar)
    panel = opened(bar, "technique")
    for key in (Key.Key_Space, Key.Key_Down, Key.Key_Down, Key.Key_Space):
        qtbot.keyClick(panel.view, key)
    assert panel.isVisible()
    assert panel.view.labels_on == ["Balloon kyphoplasty", "Mechanical implant"]
    assert said == [
        "technique:balloon_kyphoplasty",
        "technique:balloon_kyphoplasty,mechanical_implant",
    ]
    qtbot.keyClick(panel.view, Key.Key_Return)
    assert bar.chips.panel is None
    assert bar.line.text() == "technique:balloon_kyphoplasty"


def test_one_of_what_excludes_itself_closes_the_panel(qtbot: QtBot, bar: FilterBar) -> None:
    panel = opened(bar, "date")
    index = panel.view.model().index(2, 0)
    place = panel.view.visualRect(index).center()
    qtbot.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert bar.chips.panel is None
    assert (bar.line.text(), on(bar)) == ("date:2026", ["In 2026"])
    assert opened(bar, "date").view.labels_on == ["2026"]


@pytest.mark.parametrize(
    ("field", "typed", "text"),
    [
        ("technique", "sac", "technique:sacroplasty"),
        ("technique", "bkp", "technique:balloon_kyphoplasty"),
        ("diagnosis", "fracture", "diagnosis:osteoporotic_fracture"),
        ("level", "t12", "level:T12"),
        ("level", "Th5", "level:T5"),
    ],
)
def test_letters_find_an_offer(
    qtbot: QtBot, bar: FilterBar, field: str, typed: str, text: str
) -> None:
    panel = opened(bar, field)
    QTest.keyClicks(panel.view, typed)
    qtbot.keyClick(panel.view, Key.Key_Return)
    assert bar.line.text() == text


def test_levels_stand_in_a_line_a_region(qtbot: QtBot, bar: FilterBar) -> None:
    panel = opened(bar, "level")
    model = panel.view.model()
    first = [model.index(row, 0).data() for row in range(model.rowCount())]
    assert first == ["C1", "T1", "L1", "S1"]
    qtbot.keyClick(panel.view, Key.Key_Down)
    qtbot.keyClick(panel.view, Key.Key_Right)
    qtbot.keyClick(panel.view, Key.Key_Space)
    qtbot.keyClick(panel.view, Key.Key_Right)
    qtbot.keyClick(panel.view, Key.Key_Space)
    assert bar.line.text() == "level:T2,T3"
    assert panel.written.text() == "level:T2,T3"


def test_clear_takes_the_condition_away(qtbot: QtBot, bar: FilterBar) -> None:
    type_in(qtbot, bar, "smith level:T10-L1")
    panel = opened(bar, "level")
    panel.clear.click()
    assert bar.line.text() == "smith"
    assert bar.chips.panel is None
    assert opened(bar, "level").clear.isHidden()


def test_escape_closes_the_offers(qtbot: QtBot, bar: FilterBar) -> None:
    panel = opened(bar, "leak")
    qtbot.keyClick(panel.view, Key.Key_Escape)
    assert bar.chips.panel is None
    assert bar.filter == Filter()


def test_what_was_excluded_can_be_asked_for(qtbot: QtBot, bar: FilterBar) -> None:
    type_in(qtbot, bar, "-leak:yes")
    panel = opened(bar, "leak")
    QTest.keyClicks(panel.view, "present")
    qtbot.keyClick(panel.view, Key.Key_Return)
    assert text_of(bar.filter) == "leak:present"
