# SPDX-License-Identifier: MIT
"""The figures of all sections: drawn from anything, told in words, and kept with their data."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from matplotlib.colors import to_rgb
from PySide6.QtWidgets import QApplication

from models.analysis.cement import cement_relief
from models.analysis.followed import followed
from models.analysis.gains import height_gains
from models.analysis.instruments import Instrument
from models.analysis.kept_heights import kept_heights
from models.analysis.paired import paired_outcome
from models.analysis.question import Question
from models.analysis.shifts import medication_of
from models.bulk import save_many
from models.case import Case
from models.example import add_example
from models.logbook import Logbook
from models.sample import make_cases
from models.vocabulary import AnalgesicLevel
from tests.builders import a_case
from tests.fresh import new_logbook
from tests.ui.cut import CutWatch
from ui.charts.gain_words import FoundGains
from ui.charts.kinds import DATA_FILE, FILE_KINDS, FigureKind
from ui.charts.press import Press
from ui.charts.sheet import Look, Sheet
from ui.charts.shift_grid import draw_analgesics
from ui.charts.telling import TELLINGS
from ui.charts.view import FigureView
from ui.palette import DARK, LIGHT
from ui.theme import Theme

SYNTHETIC_CASES = 60
KINDS = list(FigureKind)

Find = Callable[[FigureKind, Question], object]


@pytest.fixture(scope="module")
def synthetic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Logbook]:
    logbook = new_logbook(tmp_path_factory.mktemp("clinic") / "Clinic.kypholog")
    save_many(logbook, make_cases(SYNTHETIC_CASES, seed=3))
    yield logbook
    logbook.close()


def found_of(logbook: Logbook, kind: FigureKind, question: Question) -> object:
    """What a figure of this kind shows."""
    with logbook.session():
        match kind:
            case FigureKind.ANALGESICS | FigureKind.MOBILITY:
                return medication_of(logbook, question)
            case FigureKind.HEIGHT | FigureKind.KEPT:
                kept = kept_heights(logbook, question)
                return FoundGains(*height_gains(logbook, question), kept)
            case FigureKind.CEMENT:
                return cement_relief(logbook, question)
            case FigureKind.BALANCE:
                return followed(logbook, question)
            case FigureKind.PAIRED | FigureKind.COURSE | FigureKind.CHANGE:
                return paired_outcome(logbook, Instrument.PAIN, question)
            case _:
                return paired_outcome(logbook, Instrument.ODI, question)


@pytest.mark.parametrize("kind", KINDS)
def test_every_figure_is_drawn_told_and_kept_with_its_data(
    synthetic: Logbook, tmp_path: Path, kind: FigureKind
) -> None:
    press, found = Press(), found_of(synthetic, kind, Question.read(by="technique"))
    for palette, size in ((LIGHT, (900, 420)), (DARK, (320, 360))):
        image = press.pictures(found, {kind: size}, palette, 1.0, 1.0)[kind]
        assert image.pixelColor(0, 0).name() == palette.surface
    svg, data = tmp_path / "figure.svg", tmp_path / "figure.csv"
    press.save(kind, found, svg, FILE_KINDS[0])
    press.save(kind, found, data, DATA_FILE)
    assert "Synthetic data." in svg.read_text(encoding="utf-8")
    with data.open(encoding="utf-8", newline="") as file:
        heading, *rows = list(csv.reader(file))
    assert rows
    assert {len(row) for row in rows} == {len(heading)}
    assert heading[-1] == "synthetic_cases"
    assert {row[-1] for row in rows} == {str(TELLINGS[kind].synthetic(found))} != {"0"}
    assert "SYN-" not in data.read_text(encoding="utf-8")
    assert press.caption(kind, found).endswith("Synthetic data.")
    assert press.methods(kind, found).count("Kypholog") == 1
    assert press.told([kind], found)[kind]


@pytest.mark.parametrize("kind", KINDS)
def test_a_figure_of_the_least_width_can_be_read(
    qapp: QApplication, theme: Theme, synthetic: Logbook, kind: FigureKind
) -> None:
    width = FigureView(theme, "", 480).minimumSizeHint().width()
    watch, found = CutWatch(), found_of(synthetic, kind, Question())
    with watch.watching():
        Press().pictures(found, {kind: (width, 480)}, LIGHT, 1.0, 1.0)
    assert not watch.in_figures()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("fill", [lambda _: None, add_example], ids=["empty", "published"])
def test_nothing_to_show_is_drawn_and_said(
    logbook: Logbook, tmp_path: Path, kind: FigureKind, fill: Callable[[Logbook], object]
) -> None:
    fill(logbook)
    press, found = Press(), found_of(logbook, kind, Question())
    press.pictures(found, {kind: (420, 380)}, LIGHT, 1.0, 1.0)
    press.save(kind, found, tmp_path / "figure.csv", DATA_FILE)
    assert "synthetic" not in (tmp_path / "figure.csv").read_text(encoding="utf-8")
    assert TELLINGS[kind].caption(found)
    assert "nan" not in TELLINGS[kind].caption(found).casefold().split()


def test_a_label_that_looks_like_a_formula_is_no_formula(logbook: Logbook, tmp_path: Path) -> None:
    save_many(logbook, [a_case("A", operator="=1+2")])
    found = found_of(logbook, FigureKind.COURSE, Question.read(by="operator"))
    Press().save(FigureKind.COURSE, found, tmp_path / "course.csv", DATA_FILE)
    assert "\n'=1+2,baseline," in (tmp_path / "course.csv").read_text(encoding="utf-8")


def test_the_data_of_pairs_count_each_once(logbook: Logbook, tmp_path: Path) -> None:
    cases = [a_case("A"), a_case("B"), a_case("C", after=None), a_case("D", after="fine")]
    save_many(logbook, cases)
    found = found_of(logbook, FigureKind.PAIRED, Question())
    Press().save(FigureKind.PAIRED, found, tmp_path / "pairs.csv", DATA_FILE)
    lines = (tmp_path / "pairs.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "what,scale,before,after,low,high,dated,n"
    assert "pair,nrs_0_10,8.0,2.0,,,,2" in lines
    assert "unpaired_before,nrs_0_10,,,8.0,8.0,True,2" in lines
    assert "words_after,fine,,,,,,1" in lines


def test_the_grid_writes_each_count_in_its_place(logbook: Logbook) -> None:
    def moved(code: str, before: AnalgesicLevel, after: AnalgesicLevel) -> Case:
        case = a_case(code)
        case.procedure.analgesic_before = before
        case.assessments[-1].analgesic_level = after
        return case

    better = (AnalgesicLevel.OPIOID_SCHEDULED, AnalgesicLevel.NONE)
    worse = (AnalgesicLevel.NONE, AnalgesicLevel.NON_OPIOID)
    save_many(logbook, [moved("A", *better), moved("B", *better), moved("C", *worse)])
    with logbook.session():
        found = medication_of(logbook)
    drawn = Sheet(520, 320, Look(LIGHT))
    draw_analgesics(drawn, found)
    counts = {
        text.get_text(): text.get_position()
        for text in drawn.figure.texts
        if text.get_text() in ("1", "2") and text.get_fontweight() != 400
    }
    assert "2" in counts
    cells = drawn.figure.axes[0].patches
    colored = [cell for cell in cells if cell.get_facecolor()[:3] != to_rgb(LIGHT.raised)]
    assert len(colored) == 2
