# SPDX-License-Identifier: MIT
"""Fetches the case that is to be edited, and asks what is to become of a draft of it.

The boxes that the case needs are made and filled before it is shown, a few in each turn of the
event loop. Nothing is edited until all of it is there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from models.case import Case
from models.drafts import Draft, Resumed
from models.logbook import Logbook
from ui.editor.draft_typing import TypingOfDraft
from ui.editor.form import CaseForm
from ui.editor.known_patient import KnownPatient
from ui.editor.questions import DraftAnswer, ask_about_draft
from ui.editor.saving import Keeper
from ui.making import Making
from ui.widgets.field_form import FieldForm

Become = Callable[[Case], Case]
"""Makes a new case of one that is stored, such as a copy."""


class Opening(QObject):
    """One case at a time.

    Signals:
        began: a case is on its way.
        opened: (Logbook, Case, None or the Resumed that it comes from)
        left: the user wants neither the case nor its draft now.
    """

    began = Signal()
    opened = Signal(object, object, object)
    left = Signal()

    def __init__(
        self,
        keeper: Keeper,
        binder: FieldForm,
        form: CaseForm,
        known_patient: KnownPatient,
        page: QWidget,
    ) -> None:
        super().__init__(page)
        self._keeper = keeper
        self._binder = binder
        self._form = form
        self._known_patient = known_patient
        self._page = page
        self._making = Making(self)
        self._logbook: Logbook | None = None
        self._become: Become | None = None
        keeper.loaded.connect(self._take)
        keeper.resumed.connect(self._take_resumed)

    def begin_new(self, logbook: Logbook) -> None:
        """Show an empty case, whose boxes are made from the next turn on: the page came in this."""
        self.began.emit()
        case = Case.new()
        pieces = chain((None,), self._fill(case, in_steps=True))
        self._making.begin(pieces, partial(self._begin_empty, logbook, case))

    def edit(
        self,
        logbook: Logbook,
        case_id: str,
        become: Become | None = None,
        *,
        without_draft: bool = False,
    ) -> None:
        """Fetch a case, or the new case that ``become`` makes of it."""
        self._making.forget()
        self.began.emit()
        self._logbook, self._become = logbook, become
        self._keeper.load(logbook, case_id, without_draft=without_draft)

    def resume(self, logbook: Logbook, draft: Draft) -> None:
        """Go on with a draft."""
        self._making.forget()
        self.began.emit()
        self._logbook = logbook
        self._keeper.resume(logbook, draft)

    def wait(self) -> None:
        """Return when what the keeper does has ended, and the case that came of it is shown."""
        self._keeper.wait()
        self.finish()

    def finish(self) -> None:
        """Show the case now for which boxes are being made, if there is one."""
        self._making.finish()

    def forget(self) -> None:
        """No case is to come any more."""
        self._keeper.forget()
        self._making.forget()

    def _take(self, case: Case, draft: Draft | None) -> None:
        if self._logbook is None:
            return
        if self._become is not None:
            self._open(self._logbook, self._become(case))
            return
        if draft is None or draft.kept_at is None:
            self._open(self._logbook, case)
            return
        answer = ask_about_draft(self._page, draft.kept_at)
        if answer is DraftAnswer.RESUME:
            self.resume(self._logbook, draft)
        elif answer is DraftAnswer.DISCARD:
            self._keeper.load(self._logbook, case.id, without_draft=True)
        else:
            self.left.emit()

    def _take_resumed(self, resumed: Resumed) -> None:
        if self._logbook is not None:
            self._open(self._logbook, resumed.case, resumed)

    def show_now(self, case: Case) -> None:
        """Fill the form with a case that is not edited yet."""
        for _piece in self._fill(case):
            pass

    def _fill(
        self, case: Case, draft: Draft | None = None, *, in_steps: bool = False
    ) -> Iterator[None]:
        self._known_patient.take(case)
        subject = self._known_patient.subject(case)
        is_new = False
        for _piece in self._form.make_ready(subject):
            is_new = in_steps
            yield
        self._binder.clear()
        if draft is not None:
            TypingOfDraft(draft, case).put_back(self._binder)
        yield from self._form.show_subject(subject, is_new=is_new)

    def _begin_empty(self, logbook: Logbook, case: Case) -> None:
        self.opened.emit(logbook, case, None)
        # Its first level is going to be wanted next.
        subject = self._known_patient.subject(case)
        self._making.begin(chain((None,), self._form.levels.make_ready_for_first(subject)))

    def _open(self, logbook: Logbook, case: Case, resumed: Resumed | None = None) -> None:
        draft = resumed.draft if resumed is not None else None
        pieces = self._fill(case, draft, in_steps=True)
        self._making.begin(pieces, partial(self.opened.emit, logbook, case, resumed))
