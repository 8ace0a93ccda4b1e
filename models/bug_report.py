# SPDX-License-Identifier: MIT
"""What is told of an error nobody foresaw: where it arose and in which versions, and no more.

The message of an error may quote what was entered, so that no message is ever told, neither here
nor in a log. Kinds, places in the program and versions hold nothing of a patient.
"""

from __future__ import annotations

import sqlite3
import traceback
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from models import VERSION
from models.quick import pattern

_PROGRAM = Path(__file__).parent.parent
_FILE = pattern(r'File "([^"]+)"')


def place_of(error: BaseException) -> str:
    """Kind and place of an error in one line, without its message."""
    frames = traceback.extract_tb(error.__traceback__)
    calls = " < ".join(f"{Path(f.filename).name}:{f.lineno} {f.name}" for f in reversed(frames))
    return f"{type(error).__name__} in {calls}"


def report_of(error: BaseException, facts: Iterable[str] = (), when: datetime | None = None) -> str:
    """A report on an error, of several lines, to be sent to those who build the program.

    Args:
        error: with what it came from.
        facts: lines on what was running, as versions of libraries.
        when: the time it arose, with its zone; now by default.
    """
    lines = [*_head(facts, when), *_kinds(error)]
    return "\n".join(lines) + "\n"


def report_of_crash(trace: str, facts: Iterable[str] = (), when: datetime | None = None) -> str:
    """A report on an end without warning, from what ``faulthandler`` wrote meanwhile."""
    shown = _FILE.sub(lambda found: f'File "{_short(found[1])}"', trace.strip())
    return "\n".join([*_head(facts, when), shown]) + "\n"


def _head(facts: Iterable[str], when: datetime | None) -> Iterator[str]:
    import platform

    system = f"{platform.system()} {platform.release()} {platform.machine()}"
    yield f"Kypholog {VERSION}"
    yield f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {system}"
    yield from facts
    yield f"{(when or datetime.now(UTC)).astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    yield ""


def _kinds(error: BaseException) -> Iterator[str]:
    """The error, then those that it came from."""
    seen: set[int] = set()
    shown: BaseException | None = error
    joint = ""
    while shown is not None and id(shown) not in seen:
        seen.add(id(shown))
        kind = type(shown)
        module = "" if kind.__module__ == "builtins" else f"{kind.__module__}."
        yield f"{joint}{module}{kind.__qualname__}"
        for frame in traceback.extract_tb(shown.__traceback__):
            yield f"  {_short(frame.filename)}:{frame.lineno} {frame.name}"
        joint = "from " if shown.__cause__ is not None else "while handling "
        shown = shown.__cause__ or shown.__context__


def _short(file: str) -> str:
    """A file within the program or a library; of others the name, for folders may name people."""
    path = Path(file)
    if path.is_relative_to(_PROGRAM / ".venv") or not path.is_relative_to(_PROGRAM):
        parts = path.parts
        if "site-packages" in parts:
            return "/".join(parts[parts.index("site-packages") + 1 :])
        return path.name
    return path.relative_to(_PROGRAM).as_posix()
