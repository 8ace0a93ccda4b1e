# SPDX-License-Identifier: MIT
"""What leads from one step of the wizard to the next: reading, judging and writing, in jobs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject

from models.errors import LogbookError, ServerAway
from models.importing.first_look import (
    FirstLook,
    first_look,
    meaning_of,
    settled,
    unknown_terms,
    with_term,
)
from models.importing.kept import KeptMapping, list_mappings, made_for
from models.importing.mapping import Mapping
from models.importing.opening import Source
from models.importing.preview import Preview, UnmatchedTerm, preview, write_refused
from models.importing.records import Records
from models.importing.starting import Done, JudgedOtherwise, start
from models.importing.survey import Survey, survey
from models.importing.units import UnitOffer
from models.logbook import Logbook
from ui.importing.errand import Cancelled, Errand, Progress
from ui.importing.mappings import KeptMappings
from ui.importing.preview_rows import Listed, listed
from ui.importing.unwritten import tell_unwritten

if TYPE_CHECKING:
    from ui.importing.wizard import ImportWizard

T = TypeVar("T")


class Flow(QObject):
    """Does the work of the steps, and hands each of them what it shows.

    Attributes:
        mappings: keeps mappings for the next file.
    """

    def __init__(self, wizard: ImportWizard, errand: Errand, logbook: Logbook) -> None:
        super().__init__(wizard)
        self._wizard = wizard
        self._errand = errand
        self._logbook = logbook
        self._look: FirstLook | None = None
        self._terms: Sequence[UnmatchedTerm] = ()
        self._units_offered: Sequence[UnitOffer] = ()
        self._shown: Preview | None = None
        self.mappings = KeptMappings(wizard.columns, self, logbook)
        self._connect()

    @property
    def is_busy(self) -> bool:
        """Whether something is under way."""
        return self._errand.is_busy

    @property
    def shown(self) -> Preview | None:
        """The preview that would be written."""
        return self._shown

    @property
    def has_terms(self) -> bool:
        """Whether there are cells that are none of the terms of their field."""
        return bool(self._terms)

    @property
    def has_columns(self) -> bool:
        """Whether somebody can say what the columns stand for; of our own files it is known."""
        return self._look is None or not isinstance(self._look.table, Records)

    # the file

    def read(self, source: Source) -> None:
        """Read a file anew, by what is recognized."""
        self._read(source, None, self._take_look, self._wizard.file.warn)

    def _read(
        self,
        source: Source,
        mapping: Mapping | None,
        take: Callable[[_Read], None],
        fail: Callable[[LogbookError], None],
    ) -> None:
        if self.is_busy:
            # What is read already is not wanted any more.
            self._errand.drop()
        logbook = self._logbook

        def work(_progress: Progress, cancelled: Cancelled) -> _Read:
            look, kept = first_look(source, mapping, cancelled), list_mappings(logbook)
            return _Read(look, kept, made_for(look.table, kept))

        self._errand.run(self.tr("Reading the file…"), work, take, fail)

    def _take_look(self, found: _Read) -> None:
        self._look = found.look
        self._units_offered = ()
        wizard = self._wizard
        wizard.remember(self._look.source.file)
        wizard.file.show_look(self._look)
        if wizard.file.path.hasFocus() or wizard.focusWidget() is None:
            wizard.next.setFocus()
        wizard.columns.notice.hide()
        wizard.columns.show_look(self._look)
        self.mappings.offer(found.kept, found.fitting)

    def _settle(self, *, dates: str | None = None, decimal: str | None = None) -> None:
        """Read all columns of dates, or of numbers, in one way."""
        if self._look is not None:
            self._use(settled(self._look.mapping, dates=dates, decimal=decimal))

    # the columns

    def _use(self, mapping: Mapping) -> None:
        """Look the file through by another mapping."""
        look = self._look
        if look is None or self.is_busy:
            return

        def work(_progress: Progress, cancelled: Cancelled) -> Survey:
            return survey(look.table, mapping, cancelled)

        def take(seen: Survey) -> None:
            self._look = replace(look, mapping=mapping, seen=seen)
            self._wizard.file.show_look(self._look)
            self._wizard.columns.show_mapping(mapping)

        self._errand.run(self.tr("Reading the file…"), work, take, self._wizard.step.warn)

    def _take_mapping(self, mapping: Mapping) -> None:
        """What a person changed is looked through when the step is left."""
        if self._look is not None:
            self._look = replace(self._look, mapping=mapping)

    def use_fitting(self, mapping: Mapping, then: str) -> None:
        """Use a mapping, and read the file as it says where that is another way."""
        look, columns = self._look, self._wizard.columns
        if look is None:
            return

        def take(found: _Read) -> None:
            self._take_look(found)
            columns.notice.tell(then)

        # What was said of this file gives way to what was said of files of this kind.
        wanted = replace(Source(look.source.file).read_by(mapping), sheet=look.source.sheet)
        self._read(wanted, mapping, take, columns.warn)

    def _use_proposal(self) -> None:
        if self._look is not None:
            self.read(self._look.source)

    def leave_columns(self) -> None:
        """Go on where nothing is left to ask of the columns."""
        look = self._look
        if look is None:
            return
        mapping = self._wizard.columns.mapping

        def work(
            _progress: Progress, cancelled: Cancelled
        ) -> tuple[Survey, Sequence[UnmatchedTerm]]:
            seen = survey(look.table, mapping, cancelled)
            terms = [] if seen.questions else unknown_terms(look.table, mapping, seen, cancelled)
            return seen, terms

        def take(found: tuple[Survey, Sequence[UnmatchedTerm]]) -> None:
            seen, self._terms = found
            self._look = replace(look, mapping=mapping, seen=seen)
            self._wizard.file.show_look(self._look)
            self._wizard.values.show_terms(self._terms, mapping)
            if seen.questions:
                self._wizard.columns.ask(seen.questions, _first_asked(seen))
            elif seen.offers and seen.offers != self._units_offered:
                self._units_offered = seen.offers
                self._wizard.columns.offer_units(seen.offers)
            elif any(meaning_of(mapping, term) is None for term in self._terms):
                self._wizard.go_to(self._wizard.values)
            else:
                self.judge()

        self._errand.run(
            self.tr("Looking through the columns…"), work, take, self._wizard.columns.warn
        )

    # values

    def _choose_meaning(self, term: UnmatchedTerm, meaning: str | None) -> None:
        if self._look is None:
            return
        mapping = with_term(self._look.mapping, term.target, term.cell, meaning)
        self._look = replace(self._look, mapping=mapping)
        self._wizard.columns.show_mapping(mapping)
        self._wizard.values.show_mapping(mapping)

    # preview

    def judge(self) -> None:
        """Compare every case with the logbook."""
        look, logbook, wizard = self._look, self._logbook, self._wizard
        if look is None:
            return

        def work(progress: Progress, cancelled: Cancelled) -> Listed:
            return listed(preview(logbook, look.table, look.mapping, progress, cancelled))

        def take(found: Listed) -> None:
            self._show(found)
            wizard.go_to(wizard.preview)

        self._errand.run(self.tr("Comparing with the logbook…"), work, take, wizard.step.warn)

    def _show(self, found: Listed) -> None:
        self._shown = found.shown
        self._wizard.preview.show_preview(found, found.shown.takes_conflicts)

    def _save_refused(self, file: Path) -> None:
        logbook, shown, step = self._logbook, self._shown, self._wizard.step
        if shown is None:
            return
        told = self.tr("{n} rows are in {file}. Mend them there, and import that file.")

        def work() -> int:
            return write_refused(logbook, shown, file)

        self.quietly(work, lambda n: step.notice.tell(told.format(n=f"{n:,}", file=file)))

    # writing

    def write(self) -> None:
        """Make a backup, and write all that is shown."""
        shown, logbook, wizard = self._shown, self._logbook, self._wizard
        if shown is None:
            return
        choices, are_others = wizard.preview.choices, wizard.preview.others.isChecked()

        def work(progress: Progress, cancelled: Cancelled) -> Done | _Otherwise:
            try:
                return start(logbook, shown, choices, progress, cancelled, are_others=are_others)
            except JudgedOtherwise as error:
                return _Otherwise(error, listed(error.preview))

        self._wizard.is_writing = True
        self._errand.run(self.tr("Importing…"), work, self._take_done, self._tell_not_written)

    def _take_done(self, done: Done | _Otherwise) -> None:
        self._wizard.is_writing = False
        if isinstance(done, _Otherwise):
            self._show(done.found)
            self._wizard.preview.warn(done.error)
            return
        self._shown = done.shown
        self._wizard.ending.show_done(done)
        self._wizard.go_to(self._wizard.ending)
        self._wizard.written.emit(done)

    def _tell_not_written(self, error: LogbookError) -> None:
        self._wizard.is_writing = False
        if isinstance(error, ServerAway):
            tell_unwritten(self._wizard.preview, error, self.write, self.judge)
        else:
            self._wizard.preview.warn(error)

    def quietly(self, work: Callable[[], T], done: Callable[[T], None]) -> None:
        """Do what takes no time to speak of, and cannot be stopped."""
        said, step = self.tr("One moment…"), self._wizard.step
        self._errand.run(said, lambda _progress, _cancelled: work(), done, step.warn)

    def _connect(self) -> None:
        file, columns, wizard = self._wizard.file, self._wizard.columns, self._wizard
        file.source_wanted.connect(self.read)
        file.dates_wanted.connect(lambda order: self._settle(dates=order))
        file.decimal_wanted.connect(lambda sign: self._settle(decimal=sign))
        columns.mapping_changed.connect(self._take_mapping)
        columns.proposal_wanted.connect(self._use_proposal)
        wizard.values.meaning_chosen.connect(self._choose_meaning)
        wizard.preview.refused_wanted.connect(self._save_refused)
        wizard.ending.refused_wanted.connect(self._save_refused)


@dataclass(frozen=True, slots=True)
class _Read:
    """A file that was read, the kept mappings, and the one of them that was made for such files."""

    look: FirstLook
    kept: Sequence[KeptMapping]
    fitting: KeptMapping | None


@dataclass(frozen=True, slots=True)
class _Otherwise:
    """Nothing was written, because other rows mean something else now."""

    error: LogbookError
    found: Listed


def _first_asked(seen: Survey) -> str:
    """The heading of the first column of which something is asked."""
    return next(
        (
            name
            for _, name, _ in seen.columns
            if any(question.startswith(f"{name}: ") for question in seen.questions)
        ),
        "",
    )
