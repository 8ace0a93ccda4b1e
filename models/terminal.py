# SPDX-License-Identifier: MIT
"""How commands speak: answers on stdout, what goes wrong and how far it got on stderr."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from models.errors import CannotWrite
from models.speech import numerals, say


def tell(sentence: str) -> None:
    """One line on stderr; where nobody can be told, nothing."""
    # The exit code still says it.
    with suppress(OSError):
        print("kypholog:", " ".join(sentence.split()), file=sys.stderr)


def answer(text: str) -> None:
    """Print what a command has to say.

    Raises:
        CannotWrite: stdout does not take it.
        BrokenPipeError: nobody reads it any more.
    """
    try:
        print(text, flush=True)
    except BrokenPipeError:
        raise
    except OSError as error:
        let_go_of_stdout()
        raise CannotWrite(
            say("The answer cannot be written: {reason}.", reason=error.strerror),
            say("Send it to another file or drive."),
        ) from error


def let_go_of_stdout() -> None:
    """Keep Python's own flush at exit from complaining about the same stream once more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


_TIMES = 500
"""How often at most a work is told of: a terminal takes longer over a line than an import over a
case."""


@contextmanager
def progress_shown(things: str = "cases") -> Iterator[Callable[[int, int], None]]:
    """Tells how many of how many things are done, where somebody is watching."""
    if not sys.stderr.isatty():
        yield lambda done, total: None
        return
    told = 0

    def show(done: int, total: int) -> None:
        nonlocal told
        if done < total and 0 < (done - told) * _TIMES < total:
            return
        told = done
        print(
            say("\r{done:,} of {total:,} {things}", done=done, total=total, things=things),
            end="",
            file=sys.stderr,
            flush=True,
        )

    try:
        yield show
    finally:
        print("\r\033[K", end="", file=sys.stderr, flush=True)


def begun(about: str) -> str:
    """With a capital letter to begin with, and no other letter changed."""
    return about[:1].upper() + about[1:]


def counted(n: int, thing: str) -> str:
    """As in "1 case" and "1,200 cases"."""
    return (
        numerals("{n:,} {thing}", n=n, thing=thing)
        if n == 1
        else numerals("{n:,} {thing}s", n=n, thing=thing)
    )
