# SPDX-License-Identifier: MIT
"""How fast everything about safety is worked out, beside a raw cursor on the same rows."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtGui import QGuiApplication
from sqlcipher3 import dbapi2

from models.logbook import Logbook
from models.safety.lots import recall
from models.safety.numbers import SafetyQuestion, asked_anew, safety_numbers
from models.safety.watch import Watch
from tests.benchmarks.measure import Row, in_turn
from ui.charts.kinds import SafetyFigure
from ui.charts.press import Press
from ui.palette import LIGHT

_SIZE = (640, 340)

_ROWS = (
    "SELECT id, any_complication, fluoro_time_s, kap_gycm2, missing FROM procedure",
    "SELECT procedure_id, id, level, technique, leakage, leak_assessed_by FROM treated_level",
    "SELECT treated_level_id, location, yeom_type, symptomatic, detected_by FROM leak",
    "SELECT procedure_id, max(assessed_on) FROM assessment GROUP BY procedure_id",
)


def watching(logbook: Logbook, runs: int) -> Iterator[Row]:
    """All numbers, their figures, another chart of the same cases, and a recall."""
    app = QGuiApplication.instance() or QGuiApplication([])
    raw = dbapi2.connect(str(logbook.file))

    def rows() -> object:
        return [raw.execute(statement).fetchall() for statement in _ROWS]

    with logbook.session():
        ours, peer = in_turn(lambda: safety_numbers(logbook), rows, max(3, runs // 2))
        known = safety_numbers(logbook, SafetyQuestion())
        n = f"{known.n_cases:,} cases"
        yield Row(f"safety: all numbers, {n}", ours, "raw cursor, the same columns", peer, "1 s")
        sizes = dict.fromkeys(SafetyFigure, _SIZE)
        ours, _ = in_turn(
            lambda: Press().pictures(known, sizes, LIGHT, 1.0, 1.0), None, max(3, runs // 2)
        )
        yield Row(f"  its {len(sizes)} figures", ours, "", None, "")
        watch = Watch.read(form="sprt", operator="Operator B")
        ours, _ = in_turn(lambda: asked_anew(logbook, known, watch=watch, sought=None), None, runs)
        yield Row("another CUSUM chart", ours, "", None, "off the UI thread")
        ours, _ = in_turn(lambda: recall(logbook, "AB12"), None, runs)
        yield Row("recall of a lot", ours, "", None, "off the UI thread")
    del app
