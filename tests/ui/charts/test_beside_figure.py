# SPDX-License-Identifier: MIT
"""An own rate beside published ones: as a figure, in words, and as data."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from models.analysis.statistics import wilson
from models.audit import Action
from models.literature import (
    OwnBeside,
    PublishedRate,
    RateAsked,
    published_beside,
    shipped_rates,
)
from models.logbook import Logbook
from models.query import EVERYTHING
from models.vocabulary import CountUnit, LeakDetection, Measure, Technique
from tests.builders import noted
from tests.ui.cut import CutWatch
from ui.charts import beside_printing, beside_words
from ui.charts.beside_desk import BesideDesk
from ui.charts.beside_plot import beside_height, draw_beside
from ui.charts.beside_words import MOST_DRAWN, BesideFound
from ui.charts.kinds import ALL_FILES, DATA_FILE
from ui.charts.ledger import Ledger
from ui.charts.on_paper import room_across
from ui.charts.sheet import Look, Sheet
from ui.jobs import Jobs
from ui.palette import DARK, LIGHT
from ui.theme import Theme, load_fonts
from ui.widgets.beside_card import BesideCard
from ui.widgets.notice import Notice
from ui.widgets.own_cases import OwnCases

ASKED = RateAsked(
    Measure.LEAKAGE,
    CountUnit.LEVEL,
    frozenset({Technique.BALLOON_KYPHOPLASTY}),
    frozenset({LeakDetection.CT}),
)
OWN = OwnBeside("Balloon kyphoplasty, by level", wilson(3, 40), ASKED)


def found_of(*rates: PublishedRate) -> BesideFound:
    return BesideFound(
        OWN,
        tuple(published_beside(rates, ASKED)),
        OwnCases("Cases: Region lumbar.", "region:lumbar", 1),
    )


SHIPPED = found_of(*shipped_rates())


def texts(found: BesideFound) -> list[str]:
    drawn = Sheet(760, 480, Look(LIGHT))
    draw_beside(drawn, found, drawn.box)
    return [text.get_text() for text in drawn.figure.texts]


def test_every_row_has_its_count_its_rate_and_in_what_it_is_not_alike() -> None:
    said = texts(SHIPPED)
    assert {"Balloon kyphoplasty, by level", "3 of 40", "7.5 % (2.6–19.9)"} <= set(said)
    assert {"AJNR 2014;35:2227", "157 of 214", "73.4 % (67.1–78.8)"} <= set(said)
    assert "vertebroplasty, not kyphoplasty" in said
    assert "Quoted in Jones 2009 (ref. 34-37)" not in said, "it has no counts"


def test_the_caption_tells_the_own_rate_and_what_could_not_be_drawn() -> None:
    said = beside_words.caption(SHIPPED)
    assert said.startswith(
        "Balloon kyphoplasty, by level: 3 of 40 · 95 % CI 2.6 to 19.9 %. Cases: Region lumbar."
    )
    assert "1 of them alike." in said
    assert "not drawn: Quoted in Jones 2009 (ref. 34-37) (less than 10 %)" in said
    assert "Nothing was pooled or tested" in beside_words.methods(SHIPPED)


def test_of_very_many_the_most_alike_are_drawn_and_the_legend_says_so() -> None:
    many = [
        PublishedRate(f"Source {n}", Measure.LEAKAGE, numerator=n, denominator=40)
        for n in range(MOST_DRAWN + 3)
    ]
    found = found_of(*many)
    assert sum(text.startswith("Source ") for text in texts(found)) == MOST_DRAWN
    assert f"The {MOST_DRAWN} most alike of {len(many)}." in beside_words.legend(found)


def test_on_paper_nothing_is_left_out_of_a_name_or_of_what_is_not_alike() -> None:
    label = "New fracture, of patients who were seen at 24 months after the first procedure"
    source = "A registry of several countries whose name takes more than one line of the figure"
    found = replace(
        found_of(PublishedRate(source, Measure.LEAKAGE, numerator=1, denominator=40)),
        own=replace(OWN, label=label),
    )
    width = room_across(760)
    drawn = Sheet(width, beside_height(found, width), Look(LIGHT))
    watch = CutWatch()
    with watch.watching():
        draw_beside(drawn, found, drawn.box)
        drawn.figure.canvas.draw()
    assert not watch.in_figures()
    said = " ".join(text.get_text() for text in drawn.figure.texts)
    assert label in said
    assert source in said


@pytest.mark.parametrize(
    "found",
    [
        found_of(),
        replace(found_of(), own=replace(OWN, result=wilson(0, 0))),
        replace(SHIPPED, own=replace(OWN, result=wilson(0, 3))),
    ],
    ids=["nothing published", "nothing of its own", "none of three"],
)
def test_little_to_show_is_drawn_and_said(found: BesideFound, tmp_path: Path) -> None:
    for palette in (LIGHT, DARK):
        image = beside_printing.picture(found, (420, 300), palette, 1.0)
        assert image.pixelColor(0, 0).name() == palette.surface
    beside_printing.save(found, tmp_path / "a.csv", DATA_FILE)
    assert "nan" not in beside_words.caption(found)
    if not found.published:
        assert "No publication with counts has the same." in beside_words.caption(found)


def test_the_data_hold_the_own_rate_first_and_no_formula(tmp_path: Path) -> None:
    found = found_of(PublishedRate("=1+2", Measure.LEAKAGE, numerator=1, denominator=4))
    beside_printing.save(found, tmp_path / "a.csv", DATA_FILE)
    with (tmp_path / "a.csv").open(encoding="utf-8", newline="") as file:
        own, other = csv.DictReader(file)
    assert (own["source"], own["k"], own["n"]) == ("own", "3", "40")
    told = ("measure", "unit", "technique", "own_cases", "synthetic_cases")
    assert [own[name] for name in told] == [
        *("leakage", "level", "balloon_kyphoplasty", "region:lumbar", "1"),
    ]
    assert (other["source"], other["rate"], other["alike"]) == ("'=1+2", "0.25", "no")
    assert other["not_alike"] == "unit|technique|detection"


def test_it_is_copied_told_and_kept_from_its_card(
    qtbot: QtBot, theme: Theme, jobs: Jobs, logbook: Logbook, tmp_path: Path
) -> None:
    card = BesideCard(theme)
    notice = Notice(theme, card)
    desk = BesideDesk(jobs, card, notice, lambda: Ledger(logbook, EVERYTHING), card)
    qtbot.addWidget(card)
    assert desk.found is None
    card.show_rates([OWN], shipped_rates(), OwnCases("Synthetic data: 1 of 40 cases."))
    actions = {action.text(): action for action in card.figure.menu().actions()}
    actions["Copy caption and methods"].trigger()
    clipboard = QGuiApplication.clipboard()
    qtbot.waitUntil(lambda: "Synthetic data: 1 of 40 cases." in clipboard.text())
    actions["Copy figure"].trigger()
    qtbot.waitUntil(lambda: "in the clipboard, with its caption" in notice.text, timeout=60_000)
    assert not QGuiApplication.clipboard().image().isNull()
    for number, kind in enumerate(ALL_FILES):
        target = tmp_path / f"{number}.{kind.suffix}"
        desk.save(target, kind)
        qtbot.waitUntil(lambda target=target: str(target) in notice.text, timeout=60_000)  # type: ignore[misc]
        assert target.stat().st_size
    assert QImage(str(tmp_path / "3.png")).width() == 2 * QImage(str(tmp_path / "2.png")).width()
    qtbot.waitUntil(lambda: not jobs.is_busy)
    said = noted(logbook, Action.EXPORT)
    assert len(said) == 2 + len(ALL_FILES)
    assert said[0].startswith(
        "Caption of the figure Cement leakage, by levels, beside published rates"
    )
    assert said[-1].endswith("CSV file 4.csv.")


@pytest.fixture
def large(qapp: QApplication, theme: Theme) -> Theme:
    load_fonts()
    theme.apply(qapp)
    theme.set_scale(2.0)
    return theme


@pytest.mark.parametrize(
    "label", ["Answered at any follow-up", "Event: hypotension, arrhythmia or cement reaction"]
)
def test_with_large_text_the_card_has_room_on_a_small_screen(
    qtbot: QtBot, large: Theme, label: str
) -> None:
    card = BesideCard(large)
    qtbot.addWidget(card)
    card.show_rates([replace(OWN, label=label)], shipped_rates())
    card.ensurePolished()
    # What a page at 200 % has for it on a screen of 1280 pixels.
    assert card.minimumSizeHint().width() <= 921
