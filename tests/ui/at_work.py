# SPDX-License-Identifier: MIT
"""Somebody at work with whatever writes words into the audit, or codes into a file.

A process speaks one language, so that a test has this done in one of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QWidget

from main import main
from models.analysis.instruments import Instrument
from models.analysis.paired import paired_outcome
from models.analysis.question import Question
from models.case import load_case, save_case
from models.history import Cell, read_history, restore_field
from models.literature import shipped_rates
from models.logbook import Logbook
from models.merging import merge, preview
from models.query import EVERYTHING
from models.reconciling import Side, look, reconcile
from models.safety.beside import rates_beside
from models.safety.numbers import safety_numbers
from models.schema import Patient
from models.speech import spoken
from ui.charts.beside_desk import BesideDesk
from ui.charts.figure_desk import FigureDesk
from ui.charts.kinds import DATA_FILE, FigureKind, SafetyFigure
from ui.charts.ledger import Ledger
from ui.charts.press import Press
from ui.jobs import Jobs
from ui.theme import Theme
from ui.widgets.beside_card import BesideCard
from ui.widgets.notice import Notice


def work(place: Path, out: Path) -> None:
    """Hand on figures, reports and exports of a logbook, and change it in ways that give reasons.

    Args:
        place: a logbook of two patients, each with one case.
        out: where the files go.
    """
    # Held as long as there are windows.
    _app = QApplication(["at work"])
    for asked in (
        ("backup",),
        ("report", "case-series", "--out", str(out / "series.odt")),
        ("export", "--profile", "xlsx", "--out", str(out / "cases.xlsx")),
    ):
        assert main(["--language", spoken(), "--logbook", str(place), *asked]) == 0, asked
    logbook = Logbook.open(place)
    logbook.user = "Eva"
    _change(logbook)
    _hand_on(logbook, out)
    logbook.close()


def _change(logbook: Logbook) -> None:
    with logbook.session():
        query = Patient.select(Patient.id, Patient.patient_code).order_by(Patient.patient_code)
        (keep, _), (other, _) = query.tuples().execute(logbook.database)
        case_id = str(logbook.database.execute_sql("SELECT id FROM procedure").fetchone()[0])
    merge(logbook, preview(logbook, str(keep), str(other)), {}, "Eine Person.")
    mine, theirs = load_case(logbook, case_id), load_case(logbook, case_id)
    mine.levels[0].cement_ml, theirs.levels[0].cement_ml = 7.5, 5
    save_case(logbook, theirs)
    clash = look(logbook, mine)
    reconcile(logbook, clash, {clash.open[0].spot: Side.THEIRS})
    cell = Cell("treated_level", str(theirs.levels[0].id), ("cement_ml",))
    restore_field(logbook, case_id, read_history(logbook, case_id).versions[0].number, cell)


def _hand_on(logbook: Logbook, out: Path) -> None:
    page, theme, jobs = QWidget(), Theme(), Jobs()
    notice, ledger = Notice(theme, page), Ledger(logbook, EVERYTHING)
    with logbook.session():
        pairs = paired_outcome(logbook, Instrument.PAIN, Question())
        numbers = safety_numbers(logbook)
    desk = FigureDesk(jobs, Press(), notice, lambda: ledger, page)
    card = BesideCard(theme)
    card.show_rates(rates_beside(numbers), shipped_rates())
    beside = BesideDesk(jobs, card, notice, lambda: ledger, page)
    asked: list[Callable[[], None]] = [
        lambda: desk.copy(FigureKind.PAIRED, pairs),
        lambda: desk.copy_caption(FigureKind.PAIRED, pairs),
        lambda: desk.save(FigureKind.PAIRED, pairs, out / "pairs.csv", DATA_FILE),
        lambda: desk.save(SafetyFigure.LEAKAGE, numbers, out / "leakage.csv", DATA_FILE),
        lambda: beside.save(out / "beside.csv", DATA_FILE),
    ]
    for each in asked:
        each()
        while jobs.is_busy:
            QCoreApplication.processEvents()
