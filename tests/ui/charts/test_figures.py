# SPDX-License-Identifier: MIT
"""The figures: everything said, nothing invented, and the same on the screen and on paper."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection
from PySide6.QtGui import QImage

from models.analysis.instruments import Center
from models.analysis.outcome import PairedOutcome
from models.errors import CannotWrite
from models.example import add_example
from models.logbook import Logbook
from models.vocabulary import PainScale, Technique
from tests.builders import a_case
from tests.models.analysis.asking import Ask, asker
from ui.charts import sentences
from ui.charts.course import draw_course
from ui.charts.kinds import FILE_KINDS, FigureKind, FileKind
from ui.charts.paired import draw_paired
from ui.charts.press import Press
from ui.charts.sentences import MOST_LINES, MOST_NAMED
from ui.charts.sheet import Look, Sheet
from ui.palette import DARK, LIGHT


@pytest.fixture
def ask(logbook: Logbook) -> Ask:
    return asker(logbook)


@pytest.fixture
def example(logbook: Logbook, ask: Ask) -> PairedOutcome:
    add_example(logbook)
    return ask()


def sheet() -> Sheet:
    return Sheet(450, 470, Look(LIGHT))


def texts(drawn: Sheet) -> list[str]:
    """All that is written, on the sheet and in its axes."""
    written = [text.get_text() for text in drawn.figure.texts]
    return written + [text.get_text() for axes in drawn.figure.axes for text in axes.texts]


def lines_of(drawn: Sheet) -> list[Any]:
    """The pairs that are drawn: improved ones, then others."""
    axes = drawn.figure.axes[0]
    found = [c for c in axes.collections if isinstance(c, LineCollection)]
    return [collection.get_segments() for collection in found[-2:]]


def test_the_published_cases_are_shown_as_they_are(example: PairedOutcome) -> None:
    drawn = sheet()
    draw_paired(drawn, example)
    written = texts(drawn)
    assert "No complete pair" in written
    assert "10" in written
    assert "0–1, no date" in written
    assert "“totally resolved”" in written
    together = " ".join(written)
    assert "Jones2009-I: no score before, after: 0–1, no date." in together
    assert "Jones2009-II: 10 before, after: “totally resolved”, no date." in together


def test_equal_pairs_are_drawn_once(ask: Ask) -> None:
    drawn = sheet()
    cases = [a_case(before=8, after=2) for _ in range(5)]
    draw_paired(drawn, ask(*cases, a_case(before=8, after=7)))
    improved, others = lines_of(drawn)
    assert [len(improved), len(others)] == [1, 1]
    assert others[0].tolist() == [[0, 8], [1, 7]]


def test_a_verbal_scale_calls_nobody_improved_or_not(ask: Ask) -> None:
    case = a_case(before=3, after=3, scale=PainScale.VERBAL)
    for row in case.assessments:
        row.pain_scale_max = 4
    drawn = sheet()
    draw_paired(drawn, ask(case))
    improved, others = lines_of(drawn)
    assert [len(improved), len(others)] == [1, 0]


def test_very_many_pairs_are_drawn_as_a_density(ask: Ask) -> None:
    cases = [
        a_case(before=40 + n % 61, after=n // 61, scale=PainScale.VAS_100)
        for n in range(MOST_LINES + 1)
    ]
    outcome = ask(*cases)
    drawn = sheet()
    draw_paired(drawn, outcome)
    axes = drawn.figure.axes[0]
    assert len(axes.images) == 1
    assert not any(
        isinstance(found, LineCollection) and len(found.get_segments()) > 20
        for found in axes.collections
    )
    assert "Shaded by how many pass there" in sentences.paired_legend(outcome)


def test_the_median_is_drawn_and_told_in_place_of_the_mean(ask: Ask) -> None:
    outcome = replace(
        ask(a_case(before=9, after=0), a_case(before=8, after=2), a_case(before=8, after=7)),
        center=Center.MEDIAN,
    )
    drawn = sheet()
    draw_paired(drawn, outcome)
    assert {"8.0", "2.0"} <= set(texts(drawn))
    assert "Bold line: median." in sentences.paired_legend(outcome)
    assert "Median (quartiles) 8.0" in sentences.paired_caption(outcome)
    assert "Pain: median with 95 % CI" in sentences.course_caption(outcome)


def test_the_mean_is_written_at_both_ends(ask: Ask) -> None:
    drawn = sheet()
    draw_paired(drawn, ask(a_case(before=8, after=2), a_case(before=9, after=3)))
    assert {"8.5", "2.5"} <= set(texts(drawn))
    assert _bold_lines(drawn) == 1


def _bold_lines(drawn: Sheet) -> int:
    """Lines from before to after that stand for the middle."""
    return sum(np.array_equal(line.get_xdata(), [0, 1]) for line in drawn.figure.axes[0].lines)


@pytest.mark.parametrize(
    ("n", "said"), [(1, "The line is the one case."), (6, "One line: all cases are alike.")]
)
def test_the_mean_does_not_hide_the_only_line_of_the_cases(ask: Ask, n: int, said: str) -> None:
    drawn = sheet()
    outcome = ask(*(a_case(before=8, after=2) for _ in range(n)))
    draw_paired(drawn, outcome)
    assert sentences.paired_legend(outcome).startswith(said)
    assert _bold_lines(drawn) == 0
    assert {"8.0", "2.0"} <= set(texts(drawn)), "its ends are told nevertheless"


def test_the_names_of_both_ends_lie_within_the_figure(ask: Ask) -> None:
    drawn = sheet()
    draw_paired(drawn, ask(a_case(before=8, after=2)))
    renderer = FigureCanvasAgg(drawn.figure).get_renderer()
    for text in drawn.figure.texts:
        place = text.get_window_extent(renderer)
        assert place.x0 >= 0
        assert place.x1 <= drawn.box.width


def test_a_score_without_a_partner_is_not_written_over_the_mean(ask: Ask) -> None:
    drawn = sheet()
    draw_paired(drawn, ask(a_case(), a_case(after=3), a_case(after=1), a_case(before=None)))
    FigureCanvasAgg(drawn.figure).draw()
    written = [*drawn.figure.texts, *(text for axes in drawn.figure.axes for text in axes.texts)]
    means = [text.get_window_extent() for text in written if text.get_text() == "2.0"]
    alone = [text.get_window_extent() for text in written if text.get_text() == "2"]
    assert means
    assert len(alone) == 2, "on the axis and beside the mark"
    assert not any(mean.overlaps(score) for mean in means for score in alone)


def test_a_dollar_in_somebodys_words_is_a_dollar(ask: Ask) -> None:
    drawn = sheet()
    draw_paired(drawn, ask(a_case(after="$x^2$")))
    drawn.figure.canvas.draw()
    assert "“$x^2$”" in texts(drawn)


def test_words_have_no_height_on_the_scale_however_narrow_the_figure(ask: Ask) -> None:
    outcome = ask(*(a_case(after="much better") for _ in range(MOST_NAMED + 1)))
    wide, narrow = Sheet(450, 470, Look(LIGHT)), Sheet(280, 470, Look(LIGHT))
    for drawn in (wide, narrow):
        draw_paired(drawn, outcome)
    assert "In words" in texts(wide)
    assert "In words" not in texts(narrow)
    assert any(text.startswith("In words: “much") for text in texts(narrow))


def test_the_course_has_an_n_at_every_time_point(ask: Ask) -> None:
    drawn = sheet()
    draw_course(drawn, ask(a_case(), a_case(), a_case(after=None)))
    written = texts(drawn)
    assert {"Before", "n 3", "1 mo", "2"} <= set(written)


def test_the_course_tells_groups_apart(ask: Ask) -> None:
    drawn = sheet()
    cases = (a_case(), a_case(technique=Technique.VERTEBROPLASTY))
    draw_course(drawn, ask(*cases, by="technique"))
    assert {"Balloon kyphoplasty", "Vertebroplasty"} <= set(texts(drawn))


def test_the_interval_of_a_course_does_not_leave_the_scale(ask: Ask) -> None:
    drawn = sheet()
    outcome = ask(a_case(after=0), a_case(after=9))
    _before, after = outcome.numbers.course[0], outcome.numbers.course[-1]
    assert after.scores.ci95 is not None
    assert after.scores.ci95.high > 10, "what is told and drawn for a reason"
    draw_course(drawn, outcome)
    heights = np.concatenate(
        [
            np.asarray(path.vertices, float)[:, 1]
            for collection in drawn.figure.axes[0].collections
            for path in collection.get_paths()
        ]
    )
    assert (heights.min(), heights.max()) == (0, 10)


def test_of_many_groups_the_largest_are_drawn_and_the_caption_says_so(ask: Ask) -> None:
    small = [a_case(operator=f"Dr {name}") for name in "AB"]
    large = [a_case(operator=f"Dr {name}") for name in "CDEFG" for _ in range(2)]
    outcome = ask(*small, *large, by="operator")
    drawn = sheet()
    draw_course(drawn, outcome)
    names = {text for text in texts(drawn) if text.startswith("Dr ")}
    assert names == {f"Dr {name}" for name in "CDEFG"}
    caption = sentences.course_caption(outcome)
    assert "The 5 largest of 7 groups." in caption
    assert "Dr A" not in caption


def test_a_follow_up_without_a_score_before_is_not_called_missing(ask: Ask) -> None:
    drawn = sheet()
    draw_course(drawn, ask(a_case(before=None)))
    assert {"1 mo", "n 1"} <= set(texts(drawn))
    assert not any("No exact" in text for text in texts(drawn))


def test_a_course_of_ranges_alone_says_that_no_score_is_exact(ask: Ask) -> None:
    drawn = sheet()
    draw_course(drawn, ask(a_case(before=(7, 8), after=(1, 2))))
    assert "No exact score yet" in texts(drawn)


def test_a_score_before_alone_says_that_the_follow_up_is_missing(ask: Ask) -> None:
    drawn = sheet()
    draw_course(drawn, ask(a_case(after=None)))
    assert "No exact follow-up score with a date" in texts(drawn)


def test_a_long_legend_takes_several_lines(ask: Ask) -> None:
    drawn = Sheet(300, 300, Look(LIGHT))
    cases = [a_case(operator=f"Dr {name} of the Northern Clinic") for name in "ABCD"]
    draw_course(drawn, ask(*cases, by="operator"))
    tops = {text.get_position()[1] for text in drawn.figure.texts if "Northern" in text.get_text()}
    assert len(tops) == 4


def test_an_empty_logbook_is_drawn_without_a_score(ask: Ask) -> None:
    for draw in (draw_paired, draw_course):
        drawn = sheet()
        draw(drawn, ask())
        drawn.figure.canvas.draw()


def test_lines_break_at_spaces_and_fit() -> None:
    drawn = sheet()
    words = "Why there is no pair of scores in this case"
    lines = drawn.wrap(words, 120)
    assert " ".join(lines) == words
    assert len(lines) > 1
    assert all(drawn.width_of(line) <= 120 for line in lines)
    together = "one\N{NO-BREAK SPACE}word"
    assert drawn.wrap(f"a {together}", drawn.width_of(together)) == ["a", together]


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_a_picture_is_as_large_as_asked_and_in_the_colors_of_the_window(
    ask: Ask, palette: Any
) -> None:
    sizes = {FigureKind.PAIRED: (401, 333), FigureKind.COURSE: (500, 250)}
    pictures = Press().pictures(ask(a_case()), sizes, palette, scale=1.25, ratio=1.5)
    for kind, (width, height) in sizes.items():
        image = pictures[kind]
        assert abs(image.deviceIndependentSize().width() - width) <= 1
        assert abs(image.deviceIndependentSize().height() - height) <= 1
        assert image.devicePixelRatio() == 1.5
        assert image.pixelColor(0, 0).name() == palette.surface


@pytest.mark.parametrize("file_kind", FILE_KINDS, ids=lambda kind: kind.label)
@pytest.mark.parametrize("kind", [FigureKind.PAIRED, FigureKind.COURSE, FigureKind.CHANGE])
def test_a_figure_goes_to_paper_with_its_caption(
    ask: Ask, tmp_path: Path, kind: FigureKind, file_kind: FileKind
) -> None:
    target = tmp_path / "figures" / f"figure.{file_kind.suffix}"
    target.parent.mkdir()
    Press().save(kind, ask(a_case(), a_case(after=None)), target, file_kind)
    content = target.read_bytes()
    match file_kind.suffix:
        case "svg":
            assert content.startswith(b"<?xml")
            assert "NRS 0–10" in content.decode()
        case "pdf":
            assert content.startswith(b"%PDF")
        case "png":
            image = QImage(str(target))
            assert round(image.dotsPerMeterX() * 0.0254) == file_kind.dpi
            assert image.pixelColor(0, 0).name() == "#ffffff"
    assert list(target.parent.iterdir()) == [target]


def test_a_figure_that_cannot_be_written_leaves_nothing_behind(ask: Ask, tmp_path: Path) -> None:
    target = tmp_path / "missing" / "figure.svg"
    with pytest.raises(CannotWrite, match="the folder does not exist"):
        Press().save(FigureKind.PAIRED, ask(a_case()), target, FILE_KINDS[0])
    assert not target.parent.exists()


def test_a_copy_has_300_dots_an_inch(ask: Ask) -> None:
    image = Press().copy(FigureKind.COURSE, ask(a_case()))
    assert round(image.dotsPerMeterX() * 0.0254) == 300
    assert image.width() > 1500
