# SPDX-License-Identifier: MIT
"""Every figure by itself, light and dark as it stands in the window, and as it goes to paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from PySide6.QtGui import QImage

from models.analysis.cement import cement_relief
from models.analysis.followed import followed
from models.analysis.gains import height_gains
from models.analysis.grouping import CompareBy
from models.analysis.instruments import Instrument
from models.analysis.kept_heights import kept_heights
from models.analysis.paired import paired_outcome
from models.analysis.question import Question
from models.analysis.shifts import medication_of
from models.literature import all_rates, published_beside
from models.logbook import Logbook
from models.safety.beside import rates_beside
from models.safety.cusum import Form, Plan
from models.safety.numbers import SafetyNumbers, SafetyQuestion, safety_numbers
from models.safety.watch import Failure, Watch
from models.vocabulary import Measure
from ui.charts import beside_printing, safety_sentences
from ui.charts.beside_words import BesideFound
from ui.charts.gain_words import FoundGains
from ui.charts.kinds import FigureKind, FileKind, SafetyFigure
from ui.charts.press import Press
from ui.palette import DARK, LIGHT
from ui.widgets.own_cases import own_cases

_SIZE = (760, 400)
_PRINT = FileKind("PNG", "png", 200)
_THEMES = {"light": LIGHT, "dark": DARK}

Draw = Callable[[Path], object]


def draw_figures(logbook: Logbook, out: Path, name: str) -> Iterator[Path]:
    """Draw all figures of a logbook into a folder; ``name`` tells which logbook it is."""
    for kind, found in figures_of(logbook):
        yield from _outcome(kind, found, out, f"figure-{name}-{kind.value}")
    for label, figure, question in _safety():
        with logbook.session():
            numbers = safety_numbers(logbook, question)
        stem = f"figure-{name}-{label or figure.value}"
        for theme, palette in _THEMES.items():
            images = Press().pictures(numbers, {figure: _SIZE}, palette, 1.0, 1.0)
            yield _keep(images[figure], out / f"{stem}-{theme}.png")
        Press().save(figure, numbers, paper := out / f"{stem}-print.png", _PRINT)
        yield paper
    with logbook.session():
        numbers = safety_numbers(logbook)
    yield from _beside(logbook, numbers, out, f"figure-{name}-beside")


def _outcome(kind: FigureKind, found: object, out: Path, stem: str) -> Iterator[Path]:
    press = Press()
    for theme, palette in _THEMES.items():
        images = press.pictures(found, {kind: _SIZE}, palette, 1.0, 1.0)
        yield _keep(images[kind], out / f"{stem}-{theme}.png")
    press.save(kind, found, paper := out / f"{stem}-print.png", _PRINT)
    yield paper


def _beside(logbook: Logbook, numbers: SafetyNumbers, out: Path, stem: str) -> Iterator[Path]:
    """The first own rate of leakage, and that of new fractures."""
    own, rates = rates_beside(numbers), all_rates(logbook)
    for label, measure in (("leakage", Measure.LEAKAGE), ("fractures", Measure.NEW_FRACTURE)):
        one = next(one for one in own if one.asked.measure is measure)
        told = safety_sentences.about(numbers)
        about = own_cases(numbers.question.asked, told, numbers.n_synthetic)
        found = BesideFound(one, tuple(published_beside(rates, one.asked)), about)
        for theme, palette in _THEMES.items():
            image = beside_printing.picture(found, _SIZE, palette, 1.0)
            yield _keep(image, out / f"{stem}-{label}-{theme}.png")
        beside_printing.save(found, paper := out / f"{stem}-{label}-print.png", _PRINT)
        yield paper


def figures_of(logbook: Logbook) -> Iterator[tuple[FigureKind, object]]:
    """Every figure of Outcomes, with what it shows of a logbook."""
    question = Question()
    with logbook.session():
        pain = paired_outcome(logbook, Instrument.PAIN, question)
        grouped = paired_outcome(logbook, Instrument.PAIN, replace(question, by=CompareBy.REGION))
        function = paired_outcome(logbook, Instrument.ODI, question)
        medication = medication_of(logbook, question)
        gains = FoundGains(*height_gains(logbook, question), kept_heights(logbook, question))
        cement, who = cement_relief(logbook, question), followed(logbook, question)
    yield FigureKind.PAIRED, pain
    yield FigureKind.COURSE, grouped
    yield FigureKind.CHANGE, pain
    yield FigureKind.FUNCTION_PAIRED, function
    yield FigureKind.FUNCTION_COURSE, function
    yield FigureKind.FUNCTION_CHANGE, function
    yield FigureKind.ANALGESICS, medication
    yield FigureKind.MOBILITY, medication
    yield FigureKind.HEIGHT, gains
    yield FigureKind.KEPT, gains
    yield FigureKind.CEMENT, cement
    yield FigureKind.BALANCE, who


def _safety() -> Iterator[tuple[str, SafetyFigure, SafetyQuestion]]:
    yield "", SafetyFigure.LEAKAGE, SafetyQuestion()
    yield "", SafetyFigure.FRACTURES, SafetyQuestion()
    failure = Failure.LEAK_ON_FLUOROSCOPY
    for form in Form:
        watch = Watch(failure, plan=Plan(form, *failure.usual_rates))
        yield f"cusum-{form.value}", SafetyFigure.CUSUM, SafetyQuestion(watch=watch)


def _keep(image: QImage, file: Path) -> Path:
    image.save(str(file))
    return file
