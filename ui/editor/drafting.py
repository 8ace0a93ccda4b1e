# SPDX-License-Identifier: MIT
"""Keeps a draft of the case in the editor while it is typed into, and tells how long ago."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal
from shiboken6 import isValid

from models import drafts
from models.drafts import Draft
from models.errors import LogbookError
from models.logbook import Logbook
from ui.editor.draft_orders import DraftOrders
from ui.editor.draft_typing import draft_now
from ui.editor.draft_words import kept_words, seconds_until_next
from ui.editor.editing import Editing
from ui.jobs import Jobs
from ui.patience import wait_for
from ui.widgets.field_form import FieldForm

_AFTER_MS = 1_000
"""From the first key to the draft. Typing on does not put it off, so that no more than this and
the time of a write is ever lost."""

Act = Callable[[], datetime | None]


class Drafting(QObject):
    """Writes drafts off the UI thread, one at a time, and takes them back when not needed.

    Signals:
        told: what there is to say of the draft is something else.
        rested: no draft is being written any more.
    """

    told = Signal()
    rested = Signal()

    def __init__(self, editing: Editing, binder: FieldForm, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._editing = editing
        self._binder = binder
        self._jobs = jobs
        self._orders = DraftOrders()
        self._under_way = 0
        self._last: Draft | None = None
        self._may_exist = False
        self._kept_at: float | None = None
        self._error: LogbookError | None = None
        self._soon = QTimer(self, singleShot=True, interval=_AFTER_MS)
        self._soon.timeout.connect(self.look)
        self._clock = QTimer(self, singleShot=True)
        self._clock.timeout.connect(self._tell)
        binder.typed.connect(self.look_soon)
        binder.edited.connect(self.look_soon)
        editing.reviewed.connect(self.look_soon)

    @property
    def words(self) -> str:
        """How the draft stands; "" if none was kept."""
        if self._error is not None:
            return self.tr("Draft not kept, trying again")
        return kept_words(time.monotonic() - self._kept_at) if self._kept_at is not None else ""

    @property
    def trouble(self) -> str:
        """Why the draft cannot be kept, and what to do; "" if all is well."""
        error = self._error
        return f"{error.message} {error.cure}".strip() if error is not None else ""

    def begin(self, draft: Draft | None = None) -> None:
        """Another case is edited, or none. ``draft`` is what it was resumed from."""
        self._soon.stop()
        self._clock.stop()
        self._last, self._may_exist = draft, draft is not None
        self._kept_at, self._error = None, None
        if draft is not None and draft.kept_at is not None:
            ago = (datetime.now(UTC) - draft.kept_at).total_seconds()
            self._kept_at = time.monotonic() - max(ago, 0)
            self._tell()

    def look_soon(self) -> None:
        """Something may have been entered."""
        if self._editing.case is not None and not self._soon.isActive():
            self._soon.start()

    def look(self) -> None:
        """Keep a draft now if there is anything to keep, or take it back."""
        self._soon.stop()
        case, logbook = self._editing.case, self._editing.logbook
        if case is None or logbook is None:
            return
        if self._under_way:
            self._soon.start()
        elif self._editing.is_unsaved() or self._binder.typing() is not None:
            draft = draft_now(case, self._binder, self._editing.aside())
            if self._error is not None or not _is_same(draft, self._last):
                self._keep(logbook, draft)
        elif self._may_exist:
            self.discard(logbook, case.id)

    def renew(self) -> None:
        """Keep the draft anew where there is one: what was kept before lies elsewhere."""
        self._last = None
        self.look()

    def take_saved(self) -> None:
        """The case was saved, and its draft went with that, unless one was on its way."""
        self._last, self._kept_at, self._error = None, None, None
        case, logbook = self._editing.case, self._editing.logbook
        if case is None or logbook is None or self._editing.is_unsaved():
            self.look_soon()
        elif self._may_exist:
            self.discard(logbook, case.id)

    def discard(self, logbook: Logbook, case_id: str) -> None:
        """Forget the draft of a case."""
        self._last, self._kept_at, self._may_exist = None, None, False
        self._tell()
        self._run(case_id, partial(drafts.discard, logbook, case_id), lambda _at: None)

    def keep_now(self) -> bool:
        """Keep the draft and return when it is on the disk; False if it could not be kept."""
        self._wait()
        case, logbook = self._editing.case, self._editing.logbook
        if case is not None and logbook is not None:
            self._keep(logbook, draft_now(case, self._binder, self._editing.aside()))
            self._wait()
        return self._error is None

    # inside

    def _keep(self, logbook: Logbook, draft: Draft) -> None:
        self._may_exist = True

        def done(at: datetime | None) -> None:
            # A save or a discard that came meanwhile has the last word: it is forgotten next.
            is_wanted = self._may_exist and self._is_shown(draft.case_id)
            if at is not None and is_wanted:
                self._last, self._error, self._kept_at = draft, None, time.monotonic()
                self._tell()

        self._run(draft.case_id, partial(drafts.keep, logbook, draft), done)

    def _run(self, case_id: str, act: Act, done: Callable[[datetime | None], None]) -> None:
        number = self._orders.give()
        self._under_way += 1

        def end(at: datetime | None) -> None:
            if isValid(self):
                done(at)
                self._end()

        def fail(error: LogbookError) -> None:
            if not isValid(self):
                return
            if self._is_shown(case_id):
                self._error, self._may_exist = error, True
                self._tell()
                self._soon.start()
            self._end()

        work = partial(self._orders.follow, case_id, number, act)
        # Without a connection at hand: where a server has none to give, a draft is kept here.
        self._jobs.run(None, work, end, fail)

    def _end(self) -> None:
        self._under_way -= 1
        if not self._under_way:
            self.rested.emit()

    def _is_shown(self, case_id: str) -> bool:
        case = self._editing.case
        return case is not None and case.id == case_id

    def _wait(self) -> None:
        if self._under_way:
            wait_for(self.rested, self._hurry)

    def _hurry(self) -> None:
        """A draft that the server does not take is kept here."""
        if self._editing.logbook is not None:
            self._editing.logbook.hang_up()

    def _tell(self) -> None:
        self.told.emit()
        if self._kept_at is not None:
            wait = seconds_until_next(time.monotonic() - self._kept_at)
            self._clock.start(round(1000 * wait) + 1)


def _is_same(draft: Draft, last: Draft | None) -> bool:
    if last is None or (draft.version, draft.patient_version) != (
        last.version,
        last.patient_version,
    ):
        return False
    return (draft.document, draft.refused, draft.typing, draft.aside) == (
        last.document,
        last.refused,
        last.typing,
        last.aside,
    )
