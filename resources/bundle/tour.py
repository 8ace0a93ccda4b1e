# SPDX-License-Identifier: MIT
"""Opens the window on a logbook and closes it again, to time the start or to try every page.

``-m resources.bundle.tour FOLDER`` ends as soon as the list of cases is there; with ``all`` behind
it, it turns every page, opens help, About and the dialogs that are loaded late, and says how many
parts About knows, how many of those dialogs came, what the menus are called, and how Qt says
"Cancel", which comes of catalogs of their own. ``read FILES`` takes each file in as an image of a
case would be, and says its size. ``figures FOLDER`` writes one of Outcomes in every form, and every
other as a drawing and as the data behind it. ``--language CODE`` speaks another language. It is in
the bundle, so that a bundle can be tried where it is to run.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer, QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QDialogButtonBox

_PAGES = ("show_followup", "show_outcomes", "show_safety", "show_literature", "show_cases")
_DIALOGS = ("help", "shortcuts", "settings", "audit_trail", "about")
_ROOMS = ("import", "merge_logbook", "export", "print", "report")
"""What is loaded by its name when somebody first asks for it."""

_PATIENCE_MS = 120_000


def main(arguments: list[str]) -> int:
    """Go round; 1 where something failed or does not come, 0 otherwise."""
    # Before anything that speaks is imported.
    from models import speech
    from models.speech.choosing import language_for

    speech.begin(language_for(arguments))

    from models.bug_report import place_of
    from ui.application import Application, begin_qt

    app = begin_qt(sys.argv[:1])
    kypholog = Application(app)
    failed: list[BaseException] = []

    def tell(error: BaseException) -> None:
        failed.append(error)
        print(place_of(error), file=sys.stderr)

    kypholog.jobs.crashed.connect(tell)
    sys.excepthook = lambda _kind, error, _trace: tell(error)
    filled: list[bool] = []
    kypholog.window.cases.filled.connect(lambda: filled.append(True))
    kypholog.start(arguments[0])
    came = _until(lambda: bool(filled))
    if came and arguments[1:2] == ["all"]:
        came = all(_until(lambda: not kypholog.jobs.is_busy) for _ in _steps(kypholog.window))
        came = came and _enter_rooms(kypholog.window)
        print(*_words(kypholog.window), sep="\n")
    if came and arguments[1:2] == ["read"]:
        print(*map(_size_of, arguments[2:]), sep="\n")
    if came and arguments[1:2] == ["figures"]:
        came = all(
            _until(lambda: not kypholog.jobs.is_busy)
            for _ in _figures(kypholog.window, arguments[2])
        )
    kypholog.window.close()
    kypholog.jobs.wait()
    return int(bool(failed) or not came)


def _steps(window: object) -> Iterator[None]:
    from ui.help.about import AboutDialog
    from ui.window import MainWindow

    assert isinstance(window, MainWindow)
    for name in (*_PAGES, *_DIALOGS):
        action = window.desks.actions[name]
        assert action is not None
        action.trigger()
        yield
        for dialog in window.findChildren(QDialog):
            if isinstance(dialog, AboutDialog):
                print(f"{dialog.table.rows.rowCount()} parts")
            dialog.close()
        QApplication.processEvents()


def _enter_rooms(window: object) -> bool:
    """Whether a dialog comes of each; tells how many did. Some go on when they are closed."""
    from ui.window import MainWindow

    assert isinstance(window, MainWindow)
    came = 0
    for name in _ROOMS:
        action = window.desks.actions[name]
        assert action is not None
        seen: list[str] = []

        def close(seen: list[str] = seen) -> None:
            for dialog in QApplication.topLevelWidgets():
                if isinstance(dialog, QDialog) and dialog.isVisible():
                    seen.append(type(dialog).__name__)
                    dialog.reject()

        closing = QTimer(window)
        closing.timeout.connect(close)
        closing.start(50)
        action.trigger()
        came += _until(lambda seen=seen: bool(seen))  # type: ignore[misc]
        closing.stop()
    print(f"{came} rooms")
    return came == len(_ROOMS)


def _words(window: object) -> Iterator[str]:
    """What is said out of our catalog, and out of Qt's own."""
    from ui.window import MainWindow

    assert isinstance(window, MainWindow)
    for action in window.menuBar().actions():
        yield action.text().replace("&", "")
    cancel = QDialogButtonBox.StandardButton.Cancel
    buttons = QDialogButtonBox(cancel)
    yield buttons.button(cancel).text().replace("&", "")


def _size_of(file: str) -> str:
    """Width and height of a picture, as it is kept and as Qt reads it again."""
    from PySide6.QtGui import QImage

    from models.images.reading import read_file

    found = read_file(Path(file))
    kept = QImage.fromData(found.picture.content)
    return "" if QImage.fromData(found.thumbnail).isNull() else f"{kept.width()} {kept.height()}"


def _figures(window: object, folder: str) -> Iterator[None]:
    from ui.charts.kinds import DATA_FILE, FILE_KINDS, FigureKind
    from ui.window import MainWindow

    assert isinstance(window, MainWindow)
    window.show_page("outcomes")
    yield
    page = window.outcomes
    assert page is not None
    for form in FILE_KINDS:
        target = Path(folder, f"{form.dpi}.{form.suffix}")
        page.save_figure(FigureKind.PAIRED, target, form)
        yield
    for place in range(page.sections.tabs.count()):
        page.sections.tabs.setCurrentIndex(place)
        _until(lambda: page.found is not None)
        for kind in page.section.charts:
            for form in (FILE_KINDS[0], DATA_FILE):
                page.save_figure(kind, Path(folder, f"{kind}.{form.suffix}"), form)
                yield


def _until(is_there: Callable[[], bool]) -> bool:
    deadline = QDeadlineTimer(_PATIENCE_MS)
    while not is_there() and not deadline.hasExpired():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 50)
    return is_there()


if __name__ == "__main__":
    if not Path(sys.argv[1]).is_dir():
        sys.exit("No logbook is there.")
    sys.exit(main(sys.argv[1:]))
