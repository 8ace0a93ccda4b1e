# SPDX-License-Identifier: MIT
"""Figures about safety on screen and paper, their captions, and the numbers behind them."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from models.logbook import Logbook
from models.query import parse
from models.safety.cusum import Form, Plan, chart
from models.safety.numbers import SafetyNumbers, SafetyQuestion, asked_anew, safety_numbers
from models.safety.watch import Failure, Unit, Watch
from models.sample import fill
from models.vocabulary import Level
from tests.fresh import new_logbook
from ui.charts.kinds import ALL_FILES, DATA_FILE, SafetyFigure, named
from ui.charts.press import Press
from ui.charts.safety_data import rows_of
from ui.charts.safety_methods import methods
from ui.charts.safety_sentences import caption, interval, percent, rate
from ui.palette import DARK, LIGHT

SIZES = {SafetyFigure.LEAKAGE: (700, 300), SafetyFigure.CUSUM: (700, 260)}
SMALL = dict.fromkeys(SafetyFigure, (300, 260))


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Logbook]:
    logbook = new_logbook(tmp_path_factory.mktemp("figures") / "Clinic.kypholog")
    fill(logbook, 80, 3)
    yield logbook
    logbook.close()


@pytest.fixture(scope="module")
def numbers(filled: Logbook) -> SafetyNumbers:
    return ask(filled)


def ask(logbook: Logbook, **question: object) -> SafetyNumbers:
    with logbook.session():
        return safety_numbers(logbook, SafetyQuestion(**question))  # type: ignore[arg-type]


def is_drawn(image: QImage) -> bool:
    """Whether it is not of one color."""
    places = range(0, image.width() * image.height(), 97)
    return len({image.pixel(at % image.width(), at // image.width()) for at in places}) > 2


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_figures_have_the_size_of_their_place(
    qtbot: QtBot, numbers: SafetyNumbers, palette: object
) -> None:
    drawn = Press().pictures(numbers, SIZES, palette, 1.0, 2.0)  # type: ignore[arg-type]
    assert {kind: image.size().toTuple() for kind, image in drawn.items()} == {
        kind: (2 * width, 2 * height) for kind, (width, height) in SIZES.items()
    }
    assert all(is_drawn(image) for image in drawn.values())


@pytest.mark.parametrize("form", Form)
def test_every_form_of_chart_is_drawn_in_little_room(
    qtbot: QtBot, filled: Logbook, numbers: SafetyNumbers, form: Form
) -> None:
    watch = Watch(plan=Plan(form, 0.02, 0.05))
    with filled.session():
        other = asked_anew(filled, numbers, watch=watch, sought=None)
    drawn = Press().pictures(other, SMALL, LIGHT, 1.0, 1.0)
    assert all(is_drawn(image) for image in drawn.values())


def test_nothing_to_show_is_drawn_too(qtbot: QtBot, logbook: Logbook) -> None:
    drawn = Press().pictures(ask(logbook), SMALL, LIGHT, 1.0, 1.0)
    assert all(is_drawn(image) for image in drawn.values())


@pytest.mark.parametrize("kind", SafetyFigure)
@pytest.mark.parametrize("file_kind", ALL_FILES, ids=lambda kind: f"{kind.suffix}-{kind.dpi}")
def test_a_figure_goes_to_paper_whole(
    qtbot: QtBot, numbers: SafetyNumbers, tmp_path: Path, kind: SafetyFigure, file_kind: object
) -> None:
    target = tmp_path / "figure"
    Press().save(kind, numbers, target, file_kind)  # type: ignore[arg-type]
    assert target.stat().st_size > 100


@pytest.mark.parametrize("kind", SafetyFigure)
def test_a_figure_is_copied(qtbot: QtBot, numbers: SafetyNumbers, kind: SafetyFigure) -> None:
    assert not Press().copy(kind, numbers).isNull()


@pytest.mark.parametrize("kind", SafetyFigure)
def test_a_caption_gives_n_methods_and_what_is_synthetic(
    filled: Logbook, numbers: SafetyNumbers, kind: SafetyFigure
) -> None:
    said = caption(kind, numbers)
    assert "Synthetic data: 80 of 80 cases." in said
    assert {
        SafetyFigure.LEAKAGE: "ratio estimator",
        SafetyFigure.SPINE: "Wilson's",
        SafetyFigure.CUSUM: "Steiner 2000",
        SafetyFigure.FRACTURES: "Kaplan-Meier",
    }[kind] in said
    narrowed = ask(filled, asked=parse("level:T12 mary"))
    said = caption(kind, narrowed)
    assert "words that were searched for" in said
    assert "mary" not in said.lower()


def test_the_numbers_of_a_figure_name_no_patient_and_no_day(
    numbers: SafetyNumbers, tmp_path: Path
) -> None:
    for kind in SafetyFigure:
        target = tmp_path / f"{kind}.csv"
        Press().save(kind, numbers, target, DATA_FILE)
        with target.open(encoding="utf-8", newline="") as file:
            heading, *rows = csv.reader(file)
        assert rows
        assert not {"date", "case_id", "patient_code"} & set(heading)
        assert all(len(row) == len(heading) for row in rows)
        assert heading[-1] == "synthetic_cases"
        assert {row[-1] for row in rows} == {str(numbers.n_synthetic)}
        assert "SYN-" not in target.read_text(encoding="utf-8")


def test_the_numbers_of_the_spine_are_those_of_its_levels(numbers: SafetyNumbers) -> None:
    heading, *rows = rows_of(SafetyFigure.SPINE, numbers)
    found = [dict(zip(heading, row, strict=True)) for row in rows]
    ranks = [Level(str(row["level"])).rank for row in found]
    assert ranks == sorted(ranks)
    assert sum(row["leaks"] for row in found) == numbers.leakage.per_level.k  # type: ignore[misc]
    assert sum(row["n"] for row in found) == numbers.leakage.per_level.n  # type: ignore[misc]
    for row in found:
        assert row["ci95_low"] is None or row["ci95_low"] <= row["rate"] <= row["ci95_high"]  # type: ignore[operator]


def test_the_numbers_of_a_cusum_say_what_failed_whose_and_by_which_limits(
    filled: Logbook, numbers: SafetyNumbers
) -> None:
    operator = numbers.record.cases.operators[0]
    watch = Watch(Failure.LEAK_ON_FLUOROSCOPY, Unit.LEVEL, operator, Plan(Form.SPRT, 0.1, 0.2))
    with filled.session():
        other = asked_anew(filled, numbers, watch=watch, sought=None)
    heading, *rows = (tuple(row) for row in rows_of(SafetyFigure.CUSUM, other))
    found = [dict(zip(heading, row, strict=True)) for row in rows]
    chosen = {"failure": "leak_on_fluoroscopy", "unit": "level", "operator": operator}
    assert all(row | chosen | {"form": "sprt", "p0": 0.1, "p1": 0.2} == row for row in found)
    assert sum(row["failed"] == 1 for row in found) == other.watched.chart.n_failures
    assert {"alpha", "beta", "h0", "h1"} <= set(heading)


def test_the_methods_of_a_cusum_read_as_in_a_paper(numbers: SafetyNumbers) -> None:
    said = methods(SafetyFigure.CUSUM, numbers)
    assert "·" not in said
    assert "of all operators together, in the order of dates. A failure was: symptomatic" in said
    assert "p0 = 2 %, p1 = 5 %, alpha = 10 %." in said


def test_rates_are_told_as_people_read_them(numbers: SafetyNumbers) -> None:
    assert (percent(0.0), percent(1.0), percent(0.004), percent(0.123)) == (
        "0 %",
        "100 %",
        "0.40 %",
        "12.3 %",
    )
    assert percent(None) == "–"
    assert interval(None) == ""
    found = numbers.leakage.per_level
    assert rate(found).startswith(percent(found.rate))


def test_the_ending_that_was_typed_decides() -> None:
    svg = ALL_FILES[0]
    assert named(Path("a.csv"), svg) == (Path("a.csv"), DATA_FILE)
    assert named(Path("a"), DATA_FILE) == (Path("a.csv"), DATA_FILE)
    assert named(Path("a.b"), svg) == (Path("a.b.svg"), svg)


@pytest.mark.parametrize(
    ("failed", "at"), [([True, False] * 20 + [False] * 20, "right"), ([False] * 40, "left")]
)
def test_the_name_of_a_limit_is_not_written_where_the_course_reaches_it(
    numbers: SafetyNumbers, failed: list[bool], at: str
) -> None:
    from ui.charts.cusum import draw_cusum
    from ui.charts.sheet import PRINT, Look, Sheet

    reached = chart(failed, Plan(Form.LEARNING, 0.1, 0.3, limit=9.0))
    shown = replace(numbers, watched=replace(numbers.watched, chart=reached))
    sheet = Sheet(700, 260, Look(PRINT))
    draw_cusum(sheet, shown, sheet.box)
    [name] = (text for text in sheet.figure.texts if text.get_text().startswith("h = "))
    assert name.get_horizontalalignment() == at
