# SPDX-License-Identifier: MIT
"""The text of a cell of the list in pieces, each with its look and its shorter forms."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple


class Ink(StrEnum):
    """What a piece of text means by its color."""

    TEXT = "text"
    MUTED = "text_muted"
    WARNING = "warning"
    SUCCESS = "success"
    ERROR = "error"


class Run(NamedTuple):
    """A piece of a cell's text in one look.

    A tuple, because a screen has hundreds, and each is looked up wherever it is painted.

    Attributes:
        italic: words that stand for a number.
        whole: shown whole or not at all, because half a number or level is another one.
        short: says the same where the text has no room; "" where there is no shorter form.
        abbreviated: the same where that has no room either, as the field abbreviates it.
        stays: at the end, and shown whole whatever else has to go.
        fewer: what is said where that has no room either, ever shorter: the first words, and how
            many are left out, which is never cut off.
    """

    text: str
    ink: Ink = Ink.TEXT
    bold: bool = False
    italic: bool = False
    whole: bool = False
    short: str = ""
    abbreviated: str = ""
    stays: bool = False
    fewer: tuple[tuple[str, str], ...] = ()


Runs = tuple[Run, ...]


def shortened(runs: Runs) -> Runs:
    """The same in short forms, as far as there are any."""
    return tuple(run._replace(text=run.short, short="") if run.short else run for run in runs)


def forms(runs: Runs) -> Iterator[Runs]:
    """Ever shorter forms that say all of it, then ever fewer words with how many are left out."""
    yield shortened(runs)
    if any(run.abbreviated for run in runs):
        yield tuple(one._replace(text=one.abbreviated or one.short or one.text) for one in runs)
    yield from with_fewer(runs)


def with_fewer(runs: Runs) -> Iterator[Runs]:
    """The same with ever fewer words and the number of those left out, while there are more."""
    for step in range(max((len(run.fewer) for run in runs), default=0)):
        yield tuple(
            piece
            for run in runs
            for piece in (_cut(run, *run.fewer[step]) if step < len(run.fewer) else (run,))
        )


def _cut(run: Run, words: str, count: str) -> tuple[Run, Run]:
    return Run(words, run.ink), Run(count, Ink.MUTED, whole=True, stays=True)
