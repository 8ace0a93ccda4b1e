# SPDX-License-Identifier: MIT
"""The pages of help, which are also plain files in ``resources/help``."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from ui.measures import fit_screen, keep
from ui.theme import RESOURCES, Theme

_PAGES = RESOURCES / "help"
_SIZE = (860, 600)
_LIST, _BETWEEN = 190, 8


class HelpDialog(QDialog):
    """A list of the pages, and the one that is read.

    Attributes:
        pages: the list, by the headings of the pages.
        text: the page.
    """

    def __init__(self, theme: Theme, topic: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setWindowTitle(self.tr("Help"))
        self.pages, self.text = QListWidget(self), QTextBrowser(self)
        self.pages.setAccessibleName(self.tr("Pages"))
        self.text.setAccessibleName(self.tr("Page"))
        self.pages.setWordWrap(True)
        self.text.setOpenLinks(False)
        self.text.anchorClicked.connect(self._follow)
        for file in sorted(_PAGES.glob("*.md")):
            heading = file.read_text(encoding="utf-8").partition("\n")[0].lstrip("# ")
            item = QListWidgetItem(heading, self.pages)
            item.setData(Qt.ItemDataRole.UserRole, str(file))
        keep(theme, self.pages.setFixedWidth, _LIST)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        both, layout = QHBoxLayout(), QVBoxLayout(self)
        keep(theme, both.setSpacing, 12)
        keep(theme, layout.setContentsMargins, 16, 16, 16, 16)
        both.addWidget(self.pages)
        both.addWidget(self.text, 1)
        layout.addLayout(both, 1)
        layout.addWidget(buttons)
        self.pages.currentItemChanged.connect(lambda item, _before: self._show(item))
        self.show_topic(topic)
        fit_screen(theme, self, *_SIZE)

    def show_topic(self, topic: str) -> None:
        """Show a page by the name of its file; the first one for a name that there is not."""
        files = [_file_of(self.pages.item(row)).stem for row in range(self.pages.count())]
        self.pages.setCurrentRow(files.index(topic) if topic in files else 0)
        self.text.setFocus()

    def _show(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.text.setMarkdown(_file_of(item).read_text(encoding="utf-8"))
            self._give_room()

    def _give_room(self) -> None:
        """Markdown comes without any between its paragraphs."""
        block = self.text.document().begin()
        while block.isValid():
            form, cursor = block.blockFormat(), QTextCursor(block)
            form.setBottomMargin(self._theme.px(_BETWEEN))
            if form.headingLevel() > 1:
                form.setTopMargin(self._theme.px(_BETWEEN))
            cursor.setBlockFormat(form)
            block = block.next()

    def _follow(self, link: QUrl) -> None:
        self.show_topic(Path(link.fileName()).stem)


def _file_of(item: QListWidgetItem) -> Path:
    return Path(str(item.data(Qt.ItemDataRole.UserRole)))
