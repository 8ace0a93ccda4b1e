# SPDX-License-Identifier: MIT
"""Every step of the import wizard, with a table as a clinic keeps it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from models.backup import Backup, Reason
from models.importing.lines import Verdict
from models.importing.offers import offers_for
from models.importing.starting import Done
from models.importing.targets import LEVEL
from models.importing.writing import Imported
from models.schema import CaseRow
from tests.pictures.stage import Stage
from ui.importing.wizard import ImportWizard

_HEAD = "Pat.-Nr.;OP-Datum;Geschlecht;Wirbel;Verfahren;Zement (ml);VAS pre;VAS 3 mo;Station\r\n"
_ROWS = (
    "K-101;{day};w;BWK 12;Kyphon;4,5;8;2;Süd 3\r\n"
    "K-102;{day};w;LWK 1;BKP;5,5;7;0-1;Süd 3\r\n"
    "K-103;{day};m;BWK 11;Ballon-KP;6,5;9;1;Nord\r\n"
    "K-103;{day};m;BWK 12;Ballon-KP;5,5;9;1;Nord\r\n"
    "K-104;{day};m;BWK 13;Vertebro;99,0;7;;Nord\r\n"
    "K-105;{day};m;LWK 3;offen;5,0;7;2 bis 3;Nord\r\n"
)
_TITLED = (
    "Klinik für Wirbelsäule;Liste 2026;Stand 01.11.2026;vertraulich;;;\r\n\r\n"
    "Pat.-Nr.;OP-Datum;Wirbel;Verfahren;Zement (ml);VAS;\r\n;;;;;prä;3 Mo\r\n"
    "K-201;14.01.2026;BWK 12/LWK 1;BKP;8,5;8;2\r\nK-202;15.01.2026;T11-L1;BKP;;9;1\r\n"
    "K-203;16.01.2026;L1-L2;BKP;7,0;7;\r\n"
)
"""With titles, two rows of headings, and several levels in a cell."""

_VISITS = (
    "Pat.-Nr.;OP-Datum;Geschlecht;Wirbel;Zement (ml);Zeitpunkt;Datum Kontrolle;VAS;ODI\r\n"
    "K-301;14.01.2026;w;BWK 12;4,5;prä;13.01.2026;8;62\r\n;;;;;6 Wochen;;3;30\r\n"
    ";;;;;3 Monate;20.04.2026;2;20\r\nK-302;15.01.2026;m;LWK 1;5,0;prä;;9;70\r\n"
    "K-302;15.01.2026;w;LWK 1;5,0;3 Monate;;4;32\r\nK-303;16.01.2026;w;LWK 2;6,0;prä;;7;\r\n"
    "K-303;16.01.2026;w;LWK 2;6,0;später;;2;\r\n"
)
"""A row a visit: one patient is written once, two rows contradict, a word tells no time."""

_BESIDE = (
    "Pat.-Nr.;OP-Datum;Verfahren;Wirbel 1;Zement 1 (ml);Leck 1;Wirbel 2;Zement 2 (ml);Leck 2;"
    "Zement gesamt\r\nK-401;14.01.2026;BKP;BWK 12;4,5;nein;LWK 1;5,0;ja;9,5\r\n"
    "K-402;15.01.2026;BKP;LWK 2;6,0;nein;;;;6,0\r\n"
    "K-403;16.01.2026;BKP;LWK 3;6,0;nein;LWK 3;4,0;nein;10,0\r\n"
)
"""Levels side by side; one row names a level twice."""


def import_empty(stage: Stage) -> QWidget:
    """Before a file is chosen."""
    stage.action("import")
    return _spread(stage, stage.dialog(ImportWizard))


def import_file(stage: Stage) -> QWidget:
    """What was recognized."""
    return _opened(stage)


def import_asks(stage: Stage) -> QWidget:
    """Days that could be two."""
    return _opened(stage, "03/04/2026")


def import_bad(stage: Stage) -> QWidget:
    """A file that is no table."""
    return _opened(stage, content=b"\x89PNG\r\n\x1a\n" + bytes(100))


def import_columns(stage: Stage) -> QWidget:
    """What the columns stand for."""
    wizard = _on(stage, _opened(stage), 1)
    wizard.columns.table.go_to(6)
    stage.settle()
    return wizard


def import_columns_search(stage: Stage) -> QWidget:
    """A field is looked for."""
    wizard = _on(stage, _opened(stage), 1)
    wizard.columns.table.go_to(8)
    wizard.columns.target.setFocus()
    wizard.columns.target.selectAll()
    QTest.keyClicks(wizard.columns.target, "cement")
    stage.settle()
    return wizard


def import_values(stage: Stage) -> QWidget:
    """Cells that are no terms."""
    wizard = _on(stage, _opened(stage), 2)
    wizard.values.term.setFocus()
    QTest.keyClicks(wizard.values.term, "bkp")
    QTest.keyClick(wizard.values.term, Qt.Key.Key_Return)
    stage.settle()
    return wizard


def import_headings(stage: Stage) -> QWidget:
    """Headings in two rows below a title, chosen by hand."""
    return _headed(stage)


def import_run(stage: Stage) -> QWidget:
    """A run of levels of which the cell leaves open how many there are."""
    return _on(stage, _headed(stage), 2)


def import_levels(stage: Stage) -> QWidget:
    """What was read of cells that name several levels."""
    wizard = _on(stage, _headed(stage), 2)
    wizard.values.term.picked.emit(offers_for(LEVEL, "T11-L1")[0])
    wizard = _on(stage, wizard, 1)
    wizard.preview.table.go_to(1)
    stage.settle()
    return wizard


def import_visits(stage: Stage) -> QWidget:
    """A table with a row for each visit."""
    return _opened(stage, content=_VISITS.encode("cp1252"))


def import_visits_columns(stage: Stage) -> QWidget:
    """What its columns say of the visits."""
    wizard = _on(stage, _opened(stage, content=_VISITS.encode("cp1252")), 1)
    wizard.columns.table.go_to(7)
    stage.settle()
    return wizard


def import_visits_told(stage: Stage) -> QWidget:
    """What becomes of the visits, case by case."""
    return _on(stage, _opened(stage, content=_VISITS.encode("cp1252")), 3)


def import_beside_columns(stage: Stage) -> QWidget:
    """What its columns stand for, those of all levels together."""
    wizard = _on(stage, _opened(stage, content=_BESIDE.encode("cp1252")), 1)
    wizard.columns.table.go_to(5)
    stage.settle()
    return wizard


def import_refused(stage: Stage) -> QWidget:
    """Rows that cannot be taken."""
    return _on(stage, _opened(stage), 3)


def import_conflicts(stage: Stage) -> QWidget:
    """What the logbook holds otherwise."""
    wizard = _on(stage, _opened(stage), 3)
    wizard.preview.narrow(Verdict.CONFLICTING)
    wizard.preview.take_file.click()
    stage.settle()
    return wizard


def import_result(stage: Stage) -> QWidget:
    """What was written; here nothing is."""
    wizard = _on(stage, _opened(stage), 3)
    shown = wizard.flow.shown
    assert shown is not None
    at = datetime(2026, 1, 20, 10, 30, tzinfo=UTC)
    file = Path("backups") / "2026-01-20T10-30-00Z-import.db"
    backup = Backup(file, at, Reason.IMPORT, "anna", "", {}, 40, 0, 0, "")
    wizard.ending.show_done(Done(Imported(shown.counts[Verdict.NEW], 0), shown, backup, 7))
    wizard.go_to(wizard.ending)
    stage.settle()
    return wizard


IMPORTING_SCENES: dict[str, Callable[[Stage], QWidget]] = {
    "import-empty": import_empty,
    "import-file": import_file,
    "import-asks": import_asks,
    "import-bad": import_bad,
    "import-columns": import_columns,
    "import-columns-search": import_columns_search,
    "import-values": import_values,
    "import-headings": import_headings,
    "import-run": import_run,
    "import-levels": import_levels,
    "import-visits": import_visits,
    "import-visits-columns": import_visits_columns,
    "import-visits-told": import_visits_told,
    "import-beside-columns": import_beside_columns,
    "import-refused": import_refused,
    "import-conflicts": import_conflicts,
    "import-result": import_result,
}


def _opened(stage: Stage, day: str = "14.01.2026", content: bytes = b"") -> ImportWizard:
    logbook = stage.kypholog.session.logbook
    assert logbook is not None
    file = logbook.folder.parent / "Wirbel 2026.csv"
    text = _HEAD + _ROWS.format(day=day) + _of_a_known_case(stage)
    file.write_bytes(content or text.encode("cp1252"))
    stage.action("import")
    wizard = stage.dialog(ImportWizard)
    wizard.open_file(file)
    return _spread(stage, wizard)


def _headed(stage: Stage) -> ImportWizard:
    wizard = _opened(stage, content=_TITLED.encode("cp1252"))
    for box, data in ((wizard.file.heading, "3"), (wizard.file.lines, "2")):
        box.setCurrentIndex(box.findData(data))
        box.activated.emit(box.currentIndex())
        stage.until(lambda: not wizard.flow.is_busy)
    stage.settle()
    return wizard


def _spread(stage: Stage, wizard: ImportWizard) -> ImportWizard:
    stage.spread(wizard, 940, 660)
    stage.until(lambda: not wizard.flow.is_busy)
    return wizard


def _of_a_known_case(stage: Stage) -> str:
    """A row that contradicts a case of the logbook."""
    logbook = stage.kypholog.session.logbook
    assert logbook is not None
    with logbook.session():
        query = CaseRow.select(CaseRow.patient_code, CaseRow.performed_on, CaseRow.levels).where(
            CaseRow.case_id == stage.shown.rich
        )
        ((code, day, levels),) = query.tuples().execute(logbook.database)
    year, month, date = str(day).split("-")
    return f"{code};{date}.{month}.{year};;{str(levels).split('|')[0]};;2,5;;;\r\n"


def _on(stage: Stage, wizard: ImportWizard, times: int) -> ImportWizard:
    for _ in range(times):
        wizard.next.click()
        stage.until(lambda: not wizard.flow.is_busy)
    stage.settle()
    return wizard
