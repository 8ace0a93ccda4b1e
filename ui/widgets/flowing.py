# SPDX-License-Identifier: MIT
"""Controls in a line, and in another one below where there is no room for all of them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Theme

_BY_SOMEBODY = Qt.WidgetAttribute.WA_WState_ExplicitShowHide


class FlowingLine(QWidget):
    """Each control as wide as it wants to be, from the left.

    Args:
        apart: pixels between them, for scale 1.
    """

    def __init__(self, theme: Theme, *controls: QWidget, apart: int = 8) -> None:
        super().__init__(controls[0].parentWidget())
        self._theme = theme
        self._apart = apart
        self._controls = controls
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        for control in controls:
            # Another parent hides it; whoever was hidden by somebody stays so.
            stays = control.isHidden() and control.testAttribute(_BY_SOMEBODY)
            control.setParent(self)
            control.setVisible(not stays)
        theme.follow(self._arrange)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(width, move=False)

    def sizeHint(self) -> QSize:
        hints = [control.sizeHint() for control in self._shown()]
        between = self._theme.px(self._apart) * max(0, len(hints) - 1)
        width = sum(hint.width() for hint in hints) + between
        return QSize(width, max((hint.height() for hint in hints), default=0))

    def minimumSizeHint(self) -> QSize:
        width = max((control.sizeHint().width() for control in self._shown()), default=0)
        return QSize(width, self._place(max(self.width(), width), move=False))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place(self.width(), move=True)

    def event(self, event: QEvent) -> bool:
        # A control says so when its words, or whether it is in sight, are others.
        if event.type() == QEvent.Type.LayoutRequest:
            self._arrange()
        return super().event(event)

    def _arrange(self) -> None:
        self._place(self.width(), move=True)
        self.updateGeometry()

    def _shown(self) -> list[QWidget]:
        return [control for control in self._controls if not control.isHidden()]

    def _place(self, width: int, *, move: bool) -> int:
        """Place the controls within a width; the height that they take."""
        gap, left, top, line = self._theme.px(self._apart), 0, 0, 0
        for control in self._shown():
            hint = control.sizeHint()
            if left and left + hint.width() > width:
                left, top, line = 0, top + line + gap, 0
            if move:
                control.setGeometry(left, top, min(hint.width(), width), hint.height())
            left += hint.width() + gap
            line = max(line, hint.height())
        return top + line
