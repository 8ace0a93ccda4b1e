# SPDX-License-Identifier: MIT
"""The command line: opens the window, or runs one command and exits."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from ui import preflight

if TYPE_CHECKING:
    from models.report_command import Layout

CANNOT_DO = 2
INTERRUPTED = 130
NOBODY_READS = 141


def main(argv: list[str] | None = None) -> int:
    """Run Kypholog with these arguments, the process's own by default, and return the exit code.

    0 is done, 1 is done with findings, 2 is wrong use or cannot do; 130 and 141 are what a shell
    reports for a program that was interrupted or whose reader went away.
    """
    arguments = sys.argv[1:] if argv is None else argv
    _have_streams()
    try:
        try:
            return _run(arguments)
        finally:
            # What is still buffered fails here, where there is an answer to it, and not at exit.
            sys.stdout.flush()
    except ModuleNotFoundError as error:
        complaint = preflight.why_not_installed(error)
        if complaint is None:
            raise
        return _refuse(complaint)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        from models.terminal import let_go_of_stdout

        let_go_of_stdout()
        return NOBODY_READS


def _run(arguments: list[str]) -> int:
    complaint = preflight.why_not_this_python()
    if complaint:
        return _refuse(complaint)

    # Nothing of what is made while the program starts is garbage, and searching it takes a tenth of
    # that time. The window searches by its own timer.
    gc.disable()
    arguments = handed_over(arguments)
    _begin_to_speak(arguments)

    from models.window_command import window_options

    options = window_options(arguments)
    if options is None:
        gc.enable()
        from models import commands

        options = commands.build_parser().parse_args(arguments)
        if options.command is not None:
            return commands.run(arguments, _layout)
    complaint = preflight.why_no_window()
    if complaint:
        return _refuse(complaint)

    from models.at_start import load_models

    load_models()
    from ui.application import run_window

    return run_window(options)


def _begin_to_speak(arguments: list[str]) -> None:
    """Choose the language, before anything that speaks is imported.

    Without its catalog English is spoken. Within a process that began before, as tests have them,
    it stays as it is.
    """
    from models import speech
    from models.speech.choosing import language_for

    with suppress(speech.AlreadySpeaking, OSError):
        speech.begin(language_for(arguments))


def handed_over(arguments: list[str]) -> list[str]:
    """A desktop starts the program with nothing but what was opened: a logbook, or its file.

    It names it in full, so that no command is taken for a folder of that name; some desktops write
    it as an address.
    """
    if len(arguments) != 1:
        return arguments
    opened = Path(arguments[0])
    if arguments[0].startswith("file://"):
        from urllib.parse import unquote, urlsplit

        named = unquote(urlsplit(arguments[0]).path)
        # Of a drive of Windows the address has a slash before its letter.
        opened = Path(named.lstrip("/") if os.name == "nt" else named)
    if not opened.is_absolute():
        return arguments
    return ["--logbook", str(opened.parent if opened.name == "logbook.db" else opened)]


def _layout(paper: str) -> Layout:
    """What lays reports out on this paper, without a window."""
    from ui.reports.headless import layout_for

    return layout_for(paper)


def _have_streams() -> None:
    """Started with a closed stream, or by a desktop that gives none, Python has None for it."""
    if sys.stdout is None:
        sys.stdout = _nowhere()
    if sys.stderr is None:
        sys.stderr = _nowhere()


def _nowhere() -> TextIO:
    return Path(os.devnull).open("w", encoding="utf-8")


def _refuse(complaint: str) -> int:
    # Where nobody can be told, the exit code still says it.
    with suppress(OSError):
        print(complaint, file=sys.stderr)
    return CANNOT_DO


if __name__ == "__main__":
    raise SystemExit(main())
