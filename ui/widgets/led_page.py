# SPDX-License-Identifier: MIT
"""A page that leads the focus on to where its work is done."""

from __future__ import annotations

from PySide6.QtGui import QFocusEvent, Qt
from PySide6.QtWidgets import QWidget


class LedPage(QWidget):
    """Whoever comes to the page is where its work is done, and Tab still goes over all of it.

    Qt's focus proxy leads on as well, but then Tab jumps over everything that stands before it.
    """

    _led_place: QWidget | None = None

    def lead_to(self, place: QWidget | None) -> None:
        """Say where the work is done; the focus goes there, where the page itself has it still."""
        self._led_place = place
        if self.hasFocus():
            self._lead(Qt.FocusReason.OtherFocusReason)

    def go_on(self) -> None:
        """Go from elsewhere on the page to where the work is done, if that is in sight."""
        if self._led_place is not None and self._led_place.isVisibleTo(self):
            self._led_place.setFocus(Qt.FocusReason.OtherFocusReason)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._lead(event.reason())

    def _lead(self, reason: Qt.FocusReason) -> None:
        place = self._led_place
        if place is not None and place.isVisibleTo(self):
            place.setFocus(reason)
        elif place is not None:
            self.focusNextChild()
