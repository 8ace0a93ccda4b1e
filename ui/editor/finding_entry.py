# SPDX-License-Identifier: MIT
"""One finding in the list: a sentence that leads to its place, and a line to explain it in."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from models.findings import Finding, Severity
from ui.key_words import native
from ui.keys import REASONS
from ui.measures import keep
from ui.theme import Theme, set_kind, set_state
from ui.widgets.fold_mark import paint_fold_mark

_AROUND = 4
"""What a line takes beside its words, in letters."""
_ARROW = 12


class FindingButton(QPushButton):
    """One finding as a sentence that wraps; pressing it goes there.

    Signals:
        explanation_wanted: the key to explain it was pressed.
    """

    explanation_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._unfolds: bool | None = None
        self._label = QLabel(self)
        self._label.setWordWrap(True)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        set_kind(self, "finding")
        set_kind(self._label, "small")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        layout = QHBoxLayout(self)
        keep(theme, layout.setContentsMargins, 6, 3, 6, 3)
        layout.addWidget(self._label)
        theme.follow(self._indent)

    def show_text(self, text: str, state: str = "", *, unfolds: bool | None = None) -> None:
        """Say something; with an arrow where the line folds others out (True) or back (False)."""
        self._label.setText(text)
        set_state(self._label, state)
        self.setAccessibleName(text)
        self._unfolds = unfolds
        self._indent()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._unfolds is not None:
            painter = QPainter(self)
            middle = QPointF(self._theme.px(10), self.height() / 2)
            paint_fold_mark(painter, self._theme, middle, is_open=not self._unfolds)
            painter.end()

    def _indent(self) -> None:
        self._label.setIndent(self._theme.px(_ARROW) if self._unfolds is not None else 0)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_key = event.key() == Qt.Key.Key_M and (
            event.modifiers() == Qt.KeyboardModifier.ControlModifier
        )
        if is_key or event.key() == Qt.Key.Key_F2:
            self.explanation_wanted.emit()
        else:
            super().keyPressEvent(event)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        layout = self.layout()
        assert layout is not None
        return layout.heightForWidth(width)

    def sizeHint(self) -> QSize:
        layout = self.layout()
        assert layout is not None
        return layout.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)


class FindingEntry(QWidget):
    """A finding, or a line that folds others out; a warning can be explained under it.

    Signals:
        pressed: the user wants to go there.
        explained: (words) why the value stands; "" takes the words away.
        opened: the line for the words is there.
        closed: the line for the words was left.
    """

    pressed = Signal()
    explained = Signal(str)
    opened = Signal()
    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.finding: Finding | None = None
        self.button = FindingButton(theme, self)
        self.explain = QPushButton(self)
        set_kind(self.explain, "link")
        self.explain.setProperty("small", True)
        self.explain.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.explain.setCursor(Qt.CursorShape.PointingHandCursor)
        self.line = QLineEdit(self)
        self.line.installEventFilter(self)
        self.line.hide()
        self.button.clicked.connect(self.pressed)
        self.button.explanation_wanted.connect(self.open_line)
        self.explain.clicked.connect(self.open_line)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.button)
        for under in (self.explain, self.line):
            row = QHBoxLayout()
            keep(theme, row.setContentsMargins, 7, 0, 7, 3)
            row.addWidget(under, 0 if under is self.explain else 1)
            if under is self.explain:
                row.addStretch()
            layout.addLayout(row)

    @property
    def is_open(self) -> bool:
        """Whether an explanation is being typed."""
        return not self.line.isHidden()

    def show_line(self, text: str, *, is_open: bool) -> None:
        """Be a line that folds others out, or has done so."""
        self.finding = None
        self.button.show_text(text, unfolds=not is_open)
        self.explain.hide()

    def show_finding(self, finding: Finding) -> None:
        """Show this finding."""
        self.finding = finding
        weight = finding.severity
        text = finding.message
        if finding.explanation:
            text = self.tr("{sentence}\n“{words}”").format(sentence=text, words=finding.explanation)
        pressing = weight.value if weight.is_pressing else ""
        self.button.show_text(text, pressing)
        is_explained = weight is Severity.EXPLAINED
        self.explain.setText(self.tr("Change…") if is_explained else self.tr("Explain…"))
        tip = self.tr("Say why the value is right. {key}").format(key=native(REASONS.sequence))
        self.explain.setToolTip(tip)
        self.explain.setVisible(self._can_be_explained())
        said = [self._name_of(weight), tip if self._can_be_explained() else ""]
        self.button.setAccessibleDescription(" ".join(filter(None, said)))

    def _name_of(self, weight: Severity) -> str:
        """What the color tells who sees it."""
        return {
            Severity.ERROR: self.tr("Impossible."),
            Severity.WARNING: self.tr("Unusual."),
            Severity.EXPLAINED: self.tr("Explained."),
            Severity.OPEN: self.tr("Open."),
        }[weight]

    def open_line(self) -> None:
        """Let the user type why the value stands."""
        if self.finding is None or not self._can_be_explained():
            return
        self.line.setText(self.finding.explanation)
        whole = self.tr("Why is it right?")
        letters = self.line.fontMetrics()
        needed = letters.horizontalAdvance(whole) + _AROUND * letters.averageCharWidth()
        self.line.setPlaceholderText(whole if needed <= self.width() else self.tr("Why?"))
        name = self.tr("Explanation of {label}").format(label=self.finding.label)
        self.line.setAccessibleName(name)
        self.line.setToolTip(self.tr("Enter keeps it, Esc leaves it."))
        self.explain.hide()
        self.line.show()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.line.selectAll()
        self.opened.emit()

    def commit(self) -> None:
        """Keep what is typed, as Enter does."""
        if self.is_open and self.finding is not None:
            words = self.line.text().strip()
            before = self.finding.explanation
            self._close()
            if words != before:
                self.explained.emit(words)
            self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut and self.is_open:
            self.commit()
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
                self._leave(self.commit)
                return True
            if event.key() == Qt.Key.Key_Escape:
                self._leave(self._discard)
                return True
        return super().eventFilter(watched, event)

    def _leave(self, how: Callable[[], None]) -> None:
        how()
        self.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _discard(self) -> None:
        self._close()
        self.closed.emit()

    def _close(self) -> None:
        # Hiding the line takes the focus from it, which must not look like leaving it.
        self.line.blockSignals(True)
        self.line.removeEventFilter(self)
        self.line.hide()
        self.line.installEventFilter(self)
        self.line.blockSignals(False)
        self.explain.setVisible(self._can_be_explained())

    def _can_be_explained(self) -> bool:
        found = self.finding
        explainable = (Severity.WARNING, Severity.EXPLAINED)
        return found is not None and bool(found.field) and found.severity in explainable
