# SPDX-License-Identifier: MIT
"""What stands beside the case, a level half typed or a scale without a score, is not lost."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from models.case import Case
from models.drafts import Draft, drafts
from models.logbook import Logbook
from models.vocabulary import Level, PainScale
from tests.builders import a_case
from tests.ui.answering import answer
from tests.ui.editor.keyboard import Key, Keyboard, settle
from tests.ui.editor.test_page import Answer
from ui.editor.page import EditorPage

Edit = Callable[[Case], EditorPage]


def typed_level(page: EditorPage) -> str:
    return page._form.levels._chips.adder.text()


def scale(page: EditorPage) -> tuple[PainScale | None, float | None]:
    return page._form.assessments._scale.scale


def kept(qtbot: QtBot, logbook: Logbook, **aside: str) -> Draft:
    """The draft, as soon as it has this beside the case."""
    qtbot.waitUntil(
        lambda: any(dict(draft.aside) == aside for draft in drafts(logbook)), timeout=30_000
    )
    return drafts(logbook)[0]


def resume(qtbot: QtBot, page: EditorPage, logbook: Logbook, draft: Draft) -> None:
    page.start_new(logbook)
    page.resume(logbook, draft)
    qtbot.waitUntil(lambda: page.case_id == draft.case_id)


# drafts


def test_a_half_typed_level_comes_back_as_it_was_typed(
    qtbot: QtBot, new: EditorPage, keys: Keyboard, logbook: Logbook
) -> None:
    keys.enter("P-7").go_to("Add level").type("t1")
    draft = kept(qtbot, logbook, level="t1")
    resume(qtbot, new, logbook, draft)
    assert typed_level(new) == "t1"
    assert keys.place == "Add level"
    keys.type("2").press(Key.Key_Tab)
    assert [row.level for row in new._form.levels.levels()] == [Level.T12]


def test_a_scale_that_was_chosen_before_any_score_comes_back(
    qtbot: QtBot, new: EditorPage, keys: Keyboard, logbook: Logbook
) -> None:
    keys.go_to("Pain scale").enter("verbal").enter("5")
    draft = kept(qtbot, logbook, pain_scale=PainScale.VERBAL.label, pain_scale_max="5")
    resume(qtbot, new, logbook, draft)
    assert scale(new) == (PainScale.VERBAL, 5)
    keys.go_to("Pain, Before").enter("4")
    case = new._editing.case
    assert case is not None
    assert [(row.pain_scale, row.pain_scale_max) for row in case.assessments] == [
        (PainScale.VERBAL, 5)
    ]


def test_a_half_typed_scale_comes_back_and_chooses_nothing(
    qtbot: QtBot, new: EditorPage, keys: Keyboard, logbook: Logbook
) -> None:
    keys.enter("P-7").go_to("Pain scale").type("ver")
    draft = kept(qtbot, logbook, pain_scale="ver")
    keys.press(Key.Key_Escape)
    resume(qtbot, new, logbook, draft)
    assert scale(new) == (None, None)
    assert new._form.assessments._scale.kind.text() == "ver"


def test_a_draft_of_an_older_program_has_nothing_beside_the_case(
    qtbot: QtBot, new: EditorPage, keys: Keyboard, logbook: Logbook
) -> None:
    keys.enter("P-7")
    kept(qtbot, logbook)
    logbook.database.execute_sql("UPDATE draft SET content = json_remove(content, '$.aside')")
    assert dict(drafts(logbook)[0].aside) == {}


# undo


def test_a_chosen_scale_is_undone_and_done_again(new: EditorPage, keys: Keyboard) -> None:
    keys.go_to("Pain scale").enter("nrs").go_to("Date, Before")
    settle()
    assert new.steps.undo_text == "pain scale"
    new.steps.undo()
    assert scale(new) == (None, None)
    settle()
    assert keys.place == "Pain scale"
    assert new.steps.redo_text == "pain scale"
    new.steps.redo()
    assert scale(new) == (PainScale.NRS, None)


def test_the_scale_stays_when_the_first_score_is_undone(new: EditorPage, keys: Keyboard) -> None:
    keys.go_to("Pain scale").enter("nrs").go_to("Pain, Before").enter("8")
    case = new._editing.case
    assert case is not None
    new.steps.undo()
    assert (case.assessments, scale(new)) == ([], (PainScale.NRS, None))
    new.steps.undo()
    assert scale(new) == (None, None)
    for _ in range(2):
        new.steps.redo()
    assert [row.pain_scale for row in case.assessments] == [PainScale.NRS]
    assert scale(new) == (PainScale.NRS, None)
    assert new.steps.redo_text == ""


def test_typing_that_is_no_level_is_undone_and_done_again(new: EditorPage, keys: Keyboard) -> None:
    keys.go_to("Add level").enter("t14").press(Key.Key_Backtab)
    settle()
    assert new.steps.undo_text == "level that was typed"
    new.steps.undo()
    assert typed_level(new) == ""
    settle()
    assert keys.place == "Add level"
    new.steps.redo()
    assert typed_level(new) == "t14"


def test_a_scale_for_the_scores_to_come_is_kept_beside_scores_of_several(
    edit: Edit, keys: Keyboard
) -> None:
    case = a_case("P-1", before=8, after=None)
    for kind in (PainScale.VAS_10, PainScale.VAS_100):
        case.add_assessment(pain_scale=kind, pain_low=5, pain_high=5)
    page = edit(case)
    keys.go_to("Pain scale").enter("vas 0-100").go_to("Notes").enter("x")
    page.steps.undo()
    assert scale(page) == (PainScale.VAS_100, None)
    page.steps.undo()
    assert scale(page) == (None, None)
    assert page.steps.undo_text == ""


# saving and leaving


def test_another_case_begins_without_what_was_typed_beside_the_one_before(
    new: EditorPage, keys: Keyboard, logbook: Logbook
) -> None:
    keys.go_to("Pain scale").enter("nrs").go_to("Add level", backward=True).enter("t14")
    new.start_new(logbook)
    assert (typed_level(new), scale(new)) == ("", (None, None))
    assert not new._editing.is_unsaved()


def test_a_level_that_is_being_typed_is_saved_too(
    qtbot: QtBot, new: EditorPage, keys: Keyboard
) -> None:
    keys.enter("P-7").go_to("Add level").type("t12")
    with qtbot.waitSignal(new.saved):
        new.save()
    assert [row.level for row in new._form.levels.levels()] == [Level.T12]
    assert not new._editing.is_unsaved()


def test_typing_that_is_no_level_keeps_the_case_from_being_saved(
    new: EditorPage, keys: Keyboard
) -> None:
    keys.enter("P-7").go_to("Add level").type("t14")
    new.save()
    assert new._notice.text == ("Not saved. t14 is no level. Write t12, or l1 l2 for several.")
    assert not new._keeper.is_busy
    assert keys.place == "Add level"


def test_what_kept_the_case_from_being_saved_is_said_until_it_is_mended(
    new: EditorPage, keys: Keyboard
) -> None:
    keys.enter("P-7").go_to("Age at procedure").type("750")
    keys.go_to("Add level").type("t14")
    new.save()
    keys.press(Key.Key_A, with_=Qt.KeyboardModifier.ControlModifier).type("t12").press(
        Key.Key_Return
    )
    new.save()
    assert new._notice.text.startswith("Not saved. Age at procedure 750 is not possible")
    keys.press(Key.Key_A, with_=Qt.KeyboardModifier.ControlModifier).type("75").press(Key.Key_Tab)
    new._editing.catch_up()
    assert new._notice.text == ""


def test_leaving_asks_about_a_level_that_was_typed(new: EditorPage, keys: Keyboard) -> None:
    keys.go_to("Add level").type("t14")
    asked = answer(Answer.Discard)
    assert new.can_leave()
    assert asked


def test_a_scale_without_a_score_is_not_unsaved_for_ever(
    qtbot: QtBot, new: EditorPage, keys: Keyboard, logbook: Logbook
) -> None:
    keys.enter("P-7").go_to("Pain scale").enter("nrs")
    with qtbot.waitSignal(new.saved):
        new.save()
    assert not new._editing.is_unsaved()
    assert new.can_leave()
    qtbot.waitUntil(lambda: drafts(logbook) == [], timeout=30_000)
