# SPDX-License-Identifier: MIT
"""The box for reported numbers: a range stays a range, words stay words."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from models.numbers import Reported
from models.schema import Assessment, TreatedLevel
from ui.widgets.field_boxes import reported_columns
from ui.widgets.reported_box import ReportedBox


def enter(box: ReportedBox, text: str) -> object:
    box.input.setText(text)
    box.commit()
    return box.value()


@pytest.fixture
def pain(qtbot: QtBot) -> ReportedBox:
    box = ReportedBox(reported_columns(Assessment.pain_low))
    qtbot.addWidget(box)
    return box


@pytest.fixture
def gain(qtbot: QtBot) -> ReportedBox:
    box = ReportedBox(reported_columns(TreatedLevel.height_gain_low_mm), keeps_words=True)
    qtbot.addWidget(box)
    return box


@pytest.mark.parametrize(
    ("text", "value", "shown"),
    [
        ("10", Reported(10, 10), "10"),
        ("7,5", Reported(7.5, 7.5), "7.5"),
        ("0-1", Reported(0, 1), "0–1"),
        ("0–1", Reported(0, 1), "0–1"),
        ("3 to 5", Reported(3, 5), "3–5"),
        ("totally resolved", Reported(words="totally resolved"), "totally resolved"),
        ("8/10", Reported(8, 8, "8/10"), "8"),
        ("0-1/10", Reported(0, 1, "0-1/10"), "0–1"),
        ("", Reported(), ""),
    ],
)
def test_a_number_a_range_or_words(
    pain: ReportedBox, text: str, value: Reported, shown: str
) -> None:
    assert enter(pain, text) == value
    assert pain.text() == shown


def test_a_range_that_runs_downwards_is_refused(pain: ReportedBox) -> None:
    assert enter(pain, "5-3") == Reported()
    assert pain.problem() == "Pain: 5-3 runs downwards. Write the smaller number first."
    assert pain.text() == "5-3"


def test_an_end_beyond_the_limits_is_refused(gain: ReportedBox) -> None:
    enter(gain, "5-80")
    assert "not possible" in gain.problem()


@pytest.mark.parametrize("typed", ["-1", "2000"])
def test_a_score_beyond_all_scales_is_refused_by_the_scale_and_not_by_a_number(
    pain: ReportedBox, typed: str
) -> None:
    enter(pain, typed)
    assert pain.problem().endswith("a score lies between 0 and the top of its scale.")


def test_what_is_typed_replaces_the_whole_report(pain: ReportedBox) -> None:
    pain.set_value(Reported(0, 1, "0–1/10"))
    assert enter(pain, "2") == Reported(2, 2)


def test_leaving_the_box_untouched_keeps_number_and_words(pain: ReportedBox) -> None:
    pain.set_value(Reported(0, 1, "0–1/10"))
    pain.commit()
    assert pain.value() == Reported(0, 1, "0–1/10")


def test_words_with_a_box_of_their_own_outlive_the_number(gain: ReportedBox) -> None:
    gain.set_value(Reported(3, 5, "approximate reduction"))
    assert enter(gain, "4") == Reported(4, 4, "approximate reduction")
    assert enter(gain, "4-") == Reported(words="approximate reduction")
    assert "4- is not a number" in gain.problem()


def test_words_that_were_typed_here_give_way_to_the_number(gain: ReportedBox) -> None:
    enter(gain, "hardly any")
    assert enter(gain, "1") == Reported(1, 1)


def test_words_of_their_own_box_stay_beside_the_number_that_comes_later(gain: ReportedBox) -> None:
    gain.set_value(Reported(words="approximate reduction"))
    assert enter(gain, "4") == Reported(4, 4, "approximate reduction")


def test_words_with_a_box_of_their_own_outlive_refused_typing(gain: ReportedBox) -> None:
    gain.set_value(Reported(3, 5, "approximate reduction"))
    assert enter(gain, "500") == Reported(words="approximate reduction")


def test_words_do_not_say_why_there_is_no_number(pain: ReportedBox) -> None:
    enter(pain, "resolved")
    assert pain.takes_reason()
    enter(pain, "2")
    assert not pain.takes_reason()
