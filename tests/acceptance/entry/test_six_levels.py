# SPDX-License-Identifier: MIT
"""Promise: six levels in one session are entered by keys, each with what is its own."""

from __future__ import annotations

from typing import NamedTuple

from pytestqt.qtbot import QtBot

from models.case import Case
from models.logbook import Logbook
from models.vocabulary import (
    Approach,
    Diagnosis,
    Leakage,
    LeakLocation,
    Level,
    Side,
    Technique,
    YesNo,
)
from tests.acceptance.entry.desk import (
    CTRL,
    click,
    click_vertebra,
    enter_end,
    enter_head,
    finding_about,
    pressing,
    save_and_reopen,
)
from tests.ui.editor.keyboard import Key, Keyboard
from ui.editor.page import EditorPage


class Own(NamedTuple):
    """What one of the levels has to itself."""

    cement_ml: float
    side: Side
    leakage: Leakage


OWN = {
    Level.T7: Own(2.5, Side.LEFT, Leakage.NONE),
    Level.T8: Own(3, Side.RIGHT, Leakage.PRESENT),
    Level.T11: Own(4.5, Side.BILATERAL, Leakage.NONE),
    Level.T12: Own(5, Side.LEFT, Leakage.NOT_ASSESSED),
    Level.L1: Own(6, Side.RIGHT, Leakage.PRESENT),
    Level.L2: Own(6.5, Side.BILATERAL, Leakage.NONE),
}

LEAKS = {Level.T8: LeakLocation.PARAVERTEBRAL_VEIN, Level.L1: LeakLocation.DISC_SUPERIOR}


def enter_what_is_shared(keys: Keyboard) -> None:
    """From the diagnosis of a level to its approach."""
    keys.enter("ovcf").enter("mri").go_to("Neurological deficit").enter("no")
    keys.go_to("Technique").enter("vertebroplasty").enter("extra")


def enter_own(keys: Keyboard, level: Level) -> None:
    """From the side of the needle to the leaks."""
    own = OWN[level]
    keys.go_to("Side").enter(own.side.label).go_to("Cement").enter(str(own.cement_ml))
    keys.enter("pmma").enter(own.leakage.label)
    if own.leakage is not Leakage.NOT_ASSESSED:
        keys.go_to("Looked for by").enter("ct")
    if level in LEAKS:
        keys.go_to("Location").enter(LEAKS[level].label).enter("no").enter("ct")


def assert_six_levels(case: Case) -> None:
    assert {row.level: Own(row.cement_ml, row.side, row.leakage) for row in case.levels} == OWN
    for row in case.levels:
        assert row.diagnosis == (Diagnosis.OSTEOPOROTIC_FRACTURE,)
        assert row.technique is Technique.VERTEBROPLASTY
        assert row.approach is Approach.EXTRAPEDICULAR
        assert all(leak.symptomatic is YesNo.NO for leak in case.leaks_of(row))
    leaks = {row.level: leak.location for row in case.levels for leak in case.leaks_of(row)}
    assert leaks == LEAKS
    assert len(case.leaks) == len(LEAKS)
    assert case.procedure.complete
    assert pressing(case) == []


def test_six_levels_are_typed_at_once_and_each_keeps_its_own(
    qtbot: QtBot, page: EditorPage, keys: Keyboard, logbook: Logbook
) -> None:
    page.start_new(logbook)
    enter_head(keys, "P-6", "ga", "fluoro")
    keys.type("t7 t8 t11 t12 l1 l2").press(Key.Key_Return)
    for level in OWN:
        if level is Level.T12:
            click_vertebra(page, level)
            keys.go_to("Diagnosis")
        elif level is not Level.T7:
            keys.go_to("Add level", backward=True).press(Key.Key_Backtab, Key.Key_Right)
            keys.go_to("Diagnosis")
        enter_what_is_shared(keys)
        enter_own(keys, level)
    enter_end(keys)
    case = save_and_reopen(qtbot, page, keys, logbook)
    assert [row.level for row in case.levels] == list(OWN)
    assert_six_levels(case)


def test_one_level_is_copied_for_the_other_five(
    qtbot: QtBot, page: EditorPage, keys: Keyboard, logbook: Logbook
) -> None:
    page.start_new(logbook)
    enter_head(keys, "P-6", "ga", "fluoro")
    keys.type("t7").press(Key.Key_Return)
    enter_what_is_shared(keys)
    enter_own(keys, Level.T7)
    for level in list(OWN)[1:]:
        click_vertebra(page, Level.T7)
        keys.press(Key.Key_D, with_=CTRL)
        assert keys.place == "Level"
        keys.enter(level.label)
        enter_own(keys, level)
    click(finding_about(qtbot, page, "T12: Looked for by").button)
    keys.press(Key.Key_Backspace)
    enter_end(keys)
    assert_six_levels(save_and_reopen(qtbot, page, keys, logbook))


def test_enter_leads_from_each_level_to_the_next_and_one_key_makes_it_like_the_first(
    qtbot: QtBot, page: EditorPage, keys: Keyboard, logbook: Logbook
) -> None:
    page.start_new(logbook)
    enter_head(keys, "P-6", "ga", "fluoro")
    keys.type("t9-l2").press(Key.Key_Return)
    for text in ("ovcf", "", "mri", "", "no", "bkp", "tp", "bi", "2", "3", "3"):
        keys.type(text).press(Key.Key_Return)
    for text in ("4", "pmma", "no", "ct", ""):
        keys.type(text).press(Key.Key_Return)
    for number in range(5):
        assert keys.place == "Diagnosis", number
        keys.press(Key.Key_T, with_=CTRL).press(Key.Key_T, with_=CTRL).press(Key.Key_Return)
        level = page._form.levels.level
        assert level is not None
        assert (level.cement_ml, level.leakage) == (None, None)
        for text in ("3", "3", "4", "no"):
            keys.type(text).press(Key.Key_Return)
        keys.press(Key.Key_T, with_=CTRL).press(Key.Key_Return)
    assert keys.place == "Any complication"
    enter_end(keys)
    case = save_and_reopen(qtbot, page, keys, logbook)
    assert [row.level for row in case.levels] == [
        Level(name) for name in ["T9", "T10", "T11", "T12", "L1", "L2"]
    ]
    for row in case.levels:
        assert (row.technique, row.side) == (Technique.BALLOON_KYPHOPLASTY, Side.BILATERAL)
        sides = [balloon.side for balloon in case.balloons_of(row)]
        assert sides == ([None, None] if row.level is Level.T9 else [Side.LEFT, Side.RIGHT])
    assert case.procedure.complete
    assert pressing(case) == []
