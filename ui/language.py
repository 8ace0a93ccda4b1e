# SPDX-License-Identifier: MIT
"""Qt speaks the language of the process: its own words from its catalog, ours from ours."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator

from models.speech import ENGLISH, language, say, spoken
from ui.key_words import NAMES

OF_QT = (
    *(say("&Look in:"), say("Files of &type:"), say("Folder"), say("Drive"), say("Shortcut")),
    *(say("Double Sided Printing"), say("Off"), say("Long side binding")),
    *(say("Short side binding"), say("Page &Set:"), say("Page &order:"), say("Pages &per sheet:")),
    say("Advanced"),
)
"""What Qt's own catalogs lack, of its dialogs for files and printing."""

_OF_KEYS = "QShortcut"
"""Under which Qt asks what a key is called."""


class Catalog(QTranslator):
    """Answers Qt from the catalog that everything else is said from.

    Contexts play no part, but for that of keys.
    """

    def translate(self, context: str, text: str, *_more: object) -> str | None:
        if context == _OF_KEYS:
            return NAMES.get(spoken(), {}).get(text)
        # Of what is not in the catalog nothing is said here, so that Qt asks its own; an empty text
        # would be shown.
        said = say(text)
        return None if said == text else said

    def isEmpty(self) -> bool:
        return False


def speak(app: QCoreApplication) -> None:
    """Let Qt speak the language of the process, and write numbers and days its way.

    English is what the source says already: nothing is installed, and nothing is asked.
    """
    if spoken() == ENGLISH:
        return
    QLocale.setDefault(QLocale(language().code))
    for catalog in (_of_qt(app), Catalog(app)):
        app.installTranslator(catalog)


def _of_qt(parent: QObject) -> QTranslator:
    catalog = QTranslator(parent)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    catalog.load(f"qtbase_{language().code}", folder)
    return catalog
