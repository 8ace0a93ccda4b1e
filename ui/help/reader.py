# SPDX-License-Identifier: MIT
"""The pages of help, which are also plain files in ``resources/help``, a folder a language."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import (
    QAction,
    QFontMetrics,
    QKeySequence,
    QShortcut,
    QShowEvent,
    QTextCursor,
)
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QListWidget,
    QTextBrowser,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from models.speech import spoken
from ui.help.pages import HelpPage, find, help_pages, words_of
from ui.measures import fit_screen, keep
from ui.theme import RESOURCES, Theme
from ui.widgets.clearing import offer_clearing

_PAGES = RESOURCES / "help"
_SIZE = (900, 640)
_LIST, _WIDEST_LIST, _BETWEEN = 220, 340, 8
_AROUND = 36
_MOST_MARKED = 200


class HelpDialog(QDialog):
    """A list of the pages, a line to search them, and the one that is read.

    Attributes:
        line: what is looked for on all pages.
        pages: the list, by the headings of the pages.
        text: the page.
    """

    def __init__(self, theme: Theme, topic: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._all = help_pages(_PAGES, spoken())
        self._listed: list[HelpPage] = []
        self.setWindowTitle(self.tr("Help"))
        self.line = QLineEdit(self)
        self.pages, self.text = QListWidget(self), QTextBrowser(self)
        self.line.setPlaceholderText(self.tr("Search the help"))
        self.line.setAccessibleName(self.tr("Search the help"))
        offer_clearing(self.line)
        self.pages.setAccessibleName(self.tr("Pages"))
        self.text.setAccessibleName(self.tr("Page"))
        self.pages.setWordWrap(True)
        self.pages.setResizeMode(QListView.ResizeMode.Adjust)
        self.pages.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.text.setOpenLinks(False)
        self.line.textChanged.connect(self._search)
        self.pages.currentRowChanged.connect(self._show)
        self.text.anchorClicked.connect(self._follow)
        again = QShortcut(QKeySequence(QKeySequence.StandardKey.HelpContents), self)
        again.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        again.activated.connect(self._show_keys)
        self._arrange()
        self._search()
        self.show_topic(topic)
        fit_screen(theme, self, *_SIZE)

    def _arrange(self) -> None:
        self._keep_width()
        self._theme.follow(self._keep_width)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        left, both, layout = QVBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        keep(self._theme, left.setSpacing, 8)
        keep(self._theme, both.setSpacing, 12)
        keep(self._theme, layout.setContentsMargins, 16, 16, 16, 16)
        left.addWidget(self.line)
        left.addWidget(self.pages, 1)
        both.addLayout(left)
        both.addWidget(self.text, 1)
        layout.addLayout(both, 1)
        layout.addWidget(buttons)

    def _keep_width(self) -> None:
        """Of the list: most headings have room in a line; a longer one takes two."""
        px = self._theme.px
        letters = QFontMetrics(self._theme.font())
        longest = max(letters.horizontalAdvance(page.heading) for page in self._all)
        wide = min(max(px(_LIST), longest + px(_AROUND)), px(_WIDEST_LIST))
        for one in (self.pages, self.line):
            one.setFixedWidth(wide)

    def show_topic(self, topic: str) -> None:
        """Show the page on a topic, from the heading that it has there; the first for none."""
        self.line.clear()
        rows = [row for row, page in enumerate(self._listed) if topic in (page.topic, *page.places)]
        row = rows[0] if rows else 0
        self.pages.setCurrentRow(row)
        self.text.setFocus()
        if heading := self._listed[row].places.get(topic):
            self._go_to(heading)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # Before, the page had another width, and its lines were elsewhere.
        self._show_from(self.text.textCursor())

    def _show_keys(self) -> None:
        """F1 once more: every key, in place of the pages."""
        window: QWidget = self
        while (above := window.parentWidget()) is not None:
            window = above
        keys = window.findChild(QAction, "shortcuts", Qt.FindChildOption.FindDirectChildrenOnly)
        self.accept()
        if keys is not None:
            keys.trigger()

    def _search(self) -> None:
        """List the pages on which all words stand, and show the first."""
        self._listed = find(self._all, self.line.text())
        self.pages.clear()
        self.pages.addItems([page.heading for page in self._listed])
        if self._listed:
            self.pages.setCurrentRow(0)
        else:
            self.text.setPlainText(self.tr("No page has all of these words."))

    def _show(self, row: int) -> None:
        if 0 <= row < len(self._listed):
            self.text.setMarkdown(self._listed[row].text)
            self._give_room()
            self._mark()

    def _give_room(self) -> None:
        """Markdown comes without any between its paragraphs."""
        document = self.text.document()
        # Laid out once, and not again for every paragraph.
        whole = QTextCursor(document)
        whole.beginEditBlock()
        block = document.begin()
        while block.isValid():
            form, cursor = block.blockFormat(), QTextCursor(block)
            form.setBottomMargin(self._theme.px(_BETWEEN))
            if form.headingLevel() > 1:
                form.setTopMargin(self._theme.px(_BETWEEN))
            cursor.setBlockFormat(form)
            block = block.next()
        whole.endEditBlock()

    def _mark(self) -> None:
        """Show where on the page stands what is looked for, and begin there."""
        document = self.text.document()
        marks: list[QTextEdit.ExtraSelection] = []
        for word in words_of(self.line.text()):
            cursor = document.find(word)
            while not cursor.isNull() and len(marks) < _MOST_MARKED:
                mark = QTextEdit.ExtraSelection()
                mark.cursor = cursor
                mark.format.setBackground(self._theme.color("accent_soft"))
                marks.append(mark)
                cursor = document.find(word, cursor)
        self.text.setExtraSelections(marks)
        if marks:
            first = min((mark.cursor for mark in marks), key=QTextCursor.position)
            self._show_from(first)

    def _go_to(self, heading: str) -> None:
        block = self.text.document().begin()
        while block.isValid():
            if block.blockFormat().headingLevel() and block.text() == heading:
                self._show_from(QTextCursor(block))
                return
            block = block.next()

    def _show_from(self, cursor: QTextCursor) -> None:
        """Bring a place to the top of what is seen."""
        bar = self.text.verticalScrollBar()
        bar.setValue(bar.maximum())
        self.text.setTextCursor(QTextCursor(cursor.block()))
        self.text.ensureCursorVisible()

    def _follow(self, link: QUrl) -> None:
        self.show_topic(Path(link.fileName()).stem)
