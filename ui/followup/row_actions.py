# SPDX-License-Identifier: MIT
"""What the keys and the menu of a row do."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from models.speech import lowered
from models.vocabulary import AnalgesicLevel, AssessmentMissing, PainScale
from ui import keys
from ui.followup.hint_line import BETWEEN
from ui.followup.words import tr
from ui.key_words import native
from ui.permits import guard

if TYPE_CHECKING:
    from ui.followup.page import FollowUpPage

WITH_KEYS: tuple[tuple[keys.Key, AssessmentMissing], ...] = (
    (keys.NOT_REACHED, AssessmentMissing.NOT_REACHED),
    (keys.DECLINED, AssessmentMissing.DECLINED),
    (keys.MOVED, AssessmentMissing.MOVED),
    (keys.DIED, AssessmentMissing.DIED),
)
OTHERS = (
    AssessmentMissing.TOO_ILL,
    AssessmentMissing.COGNITIVE,
    AssessmentMissing.LOST,
    AssessmentMissing.LAPSED,
    AssessmentMissing.NOT_RECORDED,
)
SCALES = (PainScale.NRS, PainScale.VAS_10, PainScale.VAS_100)


class RowActions(QObject):
    """One key each for what is most frequent; all of it in the menu of the row."""

    def __init__(self, page: FollowUpPage) -> None:
        super().__init__(page)
        self._page = page
        self.reasons: list[QAction] = []
        for key, reason in WITH_KEYS:
            action = self._add(reason.label, key.sequences, self._reason(reason))
            guard(action, "record_score")
            self.reasons.append(action)
        self.open_case = self._add(
            tr("Open the case"), ("Ctrl+Return", "Ctrl+Enter"), page.open_case
        )
        self.other = self._add(tr("Other reasons"), keys.OTHER_REASON.sequences, self._show_menu)

    def hint(self) -> str:
        """The keys in one line."""
        parts = [tr("Enter saves and goes on")]
        for key, reason in WITH_KEYS:
            said = tr("{key} {what}").format(key=native(key.sequence), what=lowered(reason.label))
            parts.append(said)
        parts.append(tr("{key} other reasons").format(key=native(keys.OTHER_REASON.sequence)))
        parts.append(tr("{key} opens the case").format(key=native(keys.OPEN_CASE.sequence)))
        parts.append(tr("a range such as 0-1 or words will do"))
        return BETWEEN.join(parts)

    def menu(self) -> QMenu:
        """The menu of the row."""
        page = self._page
        menu = QMenu(page)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setToolTipsVisible(True)
        line = page.table.line
        waits = line is not None and page.calls.settled(line.case.case_id) is None
        for action in self.reasons:
            menu.addAction(action)
        menu.addSeparator()
        for reason in OTHERS:
            menu.addAction(reason.label).triggered.connect(self._reason(reason))
        menu.addSeparator()
        if line is not None and waits:
            self._add_choices(menu)
        for action in menu.actions():
            action.setEnabled(waits)
            if action not in self.reasons:
                guard(action, "record_score")
        menu.addSeparator()
        menu.addAction(self.open_case)
        menu.addAction(tr("&History…")).triggered.connect(lambda _on=False: page.show_history())
        self.open_case.setEnabled(line is not None)
        # The keys work again whatever row the menu was about.
        menu.aboutToHide.connect(self._enable)
        return menu

    def _enable(self) -> None:
        for action in (*self.reasons, self.open_case):
            action.setEnabled(True)

    def _add_choices(self, menu: QMenu) -> None:
        """Analgesics and the scale, for rows in which they have no room."""
        line = self._page.table.line
        if line is None:
            return
        entry = self._page.calls.entry(line)
        analgesics = menu.addMenu(tr("Analgesics"))
        for level in (None, *AnalgesicLevel):
            action = analgesics.addAction(level.label if level else tr("Not asked"))
            action.setCheckable(True)
            action.setChecked(level is entry.analgesics)
            action.triggered.connect(lambda _on=False, level=level: self._set_level(level))
        scales = menu.addMenu(tr("Scale of the score"))
        known = [*SCALES, *([entry.scale] if entry.scale not in SCALES else [])]
        for scale in known:
            action = scales.addAction(scale.label)
            action.setCheckable(True)
            action.setChecked(scale is entry.scale)
            action.triggered.connect(lambda _on=False, scale=scale: self._set_scale(scale))

    def _set_level(self, level: AnalgesicLevel | None) -> None:
        if (line := self._page.table.line) is not None:
            self._page.calls.entry(line).analgesics = level
            self._page.calls.typed.emit()
            self._page.table.show_row()

    def _set_scale(self, scale: PainScale) -> None:
        if (line := self._page.table.line) is not None:
            entry = self._page.calls.entry(line)
            entry.scale, entry.problem = scale, ""
            self._page.calls.typed.emit()
            self._page.table.show_row()
            self._page.table.focus_score()

    def _reason(self, reason: AssessmentMissing) -> Callable[[], None]:
        return lambda: self._page.save_reason(reason)

    def _show_menu(self) -> None:
        table = self._page.table
        place = table.score.mapToGlobal(table.score.rect().bottomLeft())
        self._page.show_menu(place)

    def _add(self, text: str, sequences: tuple[str, ...], act: Callable[[], None]) -> QAction:
        action = QAction(text, self._page)
        action.setShortcuts([QKeySequence(one) for one in sequences])
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(lambda _on=False: act())
        self._page.addAction(action)
        return action
