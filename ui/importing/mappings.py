# SPDX-License-Identifier: MIT
"""Keeps mappings for the next file of the same kind: in the logbook under a name, or in a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol, TypeVar

from PySide6.QtCore import QObject

from models.exchange.files import write_text
from models.importing.kept import (
    KeptMapping,
    delete_mapping,
    list_mappings,
    rename_mapping,
    save_mapping,
)
from models.importing.mapping import Mapping, read_mapping
from models.logbook import Logbook
from ui.importing.columns_step import ColumnsStep

T = TypeVar("T")


class Using(Protocol):
    """What reads the file by a mapping, and does what takes no time to speak of."""

    def use_fitting(self, mapping: Mapping, then: str) -> None:
        """Use a mapping, and say ``then``."""

    def quietly(self, work: Callable[[], T], done: Callable[[T], None]) -> None:
        """Do it, and hand what comes of it to ``done``."""


class KeptMappings(QObject):
    """What the menu of the mappings does."""

    def __init__(self, step: ColumnsStep, flow: Using, logbook: Logbook) -> None:
        super().__init__(step)
        self._step, self._flow, self._logbook = step, flow, logbook
        step.kept_wanted.connect(self._use)
        step.load_wanted.connect(self._load)
        step.save_wanted.connect(self._save)
        step.write_wanted.connect(self._write)
        step.rename_wanted.connect(self._rename)
        step.delete_wanted.connect(self._delete)

    def offer(self, kept: Sequence[KeptMapping], fitting: KeptMapping | None) -> None:
        """Offer mappings that were kept; ``fitting`` at once, as made for such a file."""
        self._step.offer_kept(kept, fitting)

    def _use(self, kept: KeptMapping) -> None:
        self._flow.use_fitting(kept.mapping, self.tr("{name} is used.").format(name=kept.name))

    def _load(self, file: Path) -> None:
        told = self.tr("{name} is used.").format(name=file.name)
        self._flow.quietly(
            lambda: read_mapping(file), lambda mapping: self._flow.use_fitting(mapping, told)
        )

    def _write(self, file: Path) -> None:
        logbook, mapping = self._logbook, self._step.mapping
        told = self.tr("Written to {file}.").format(file=file)
        self._flow.quietly(
            lambda: write_text(logbook, file, mapping.as_json()),
            lambda _: self._step.notice.tell(told),
        )

    def _save(self, name: str) -> None:
        logbook, mapping = self._logbook, self._step.mapping
        told = self.tr("Saved as {name}. It is offered for files with the same columns.")
        self._change(lambda: save_mapping(logbook, name, mapping).name, told)

    def _rename(self, kept: KeptMapping, name: str) -> None:
        logbook = self._logbook
        told = self.tr("{old} is called {name} now.").replace("{old}", kept.name)
        self._change(lambda: rename_mapping(logbook, kept.name, name), told)

    def _delete(self, kept: KeptMapping) -> None:
        """Take a kept mapping away; one click brings it back."""
        logbook, step = self._logbook, self._step

        def work() -> str:
            delete_mapping(logbook, kept.name)
            return kept.name

        def bring_back() -> None:
            told = self.tr("The mapping {name} is there again.")
            self._change(lambda: save_mapping(logbook, kept.name, kept.mapping).name, told)

        def tell(told: str) -> None:
            step.notice.say(told, button=self.tr("Bring it &back"), act=bring_back)

        self._change(work, self.tr("The mapping {name} was deleted."), tell)

    def _change(
        self, work: Callable[[], str], told: str, tell: Callable[[str], None] | None = None
    ) -> None:
        """Change what is kept, offer what there is then, and tell it with the name."""
        logbook, step = self._logbook, self._step

        def both() -> tuple[str, Sequence[KeptMapping]]:
            return work(), list_mappings(logbook)

        def take(found: tuple[str, Sequence[KeptMapping]]) -> None:
            name, kept = found
            step.offer_kept(kept)
            (tell or step.notice.tell)(told.replace("{name}", name))

        self._flow.quietly(both, take)
