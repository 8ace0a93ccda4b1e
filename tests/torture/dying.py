# SPDX-License-Identifier: MIT
"""Lets a child do some work and kills it, at a system call or after a time that chance chose.

The child says over a pipe what it has got done. Dying at a system call is exact: on Linux the child
is traced, and SIGKILL reaches it before the n-th call is carried out, whoever makes it, the engine
too. Elsewhere, and for every other kill, a moment is drawn from the time that the work takes.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass

from models.errors import LogbookError

Tell = Callable[[str], None]
Work = Callable[[Tell], None]
Watch = Callable[[int], tuple[int, int]]
"""Follows a child to its end, which it may bring about; how many system calls it had made, and its
status then."""

REFUSED, BROKEN = "refused: ", "broken: "
_TRACE_ME, _SYSCALL, _SET_OPTIONS = 0, 24, 0x4200
_OPTIONS = 0x00100001
"""System calls are told from signals, and the child dies with whoever traces it."""
_STOPPED_IN_CALL = signal.SIGTRAP | 0x80


@dataclass(frozen=True, slots=True)
class Death:
    """How a child ended.

    Attributes:
        told: what it had got done, in order.
        was_killed: not if it came to its end first.
        calls: how many system calls it had made, where that was counted.
        refusal: the sentence with which the program refused; "" for none.
    """

    told: tuple[str, ...]
    was_killed: bool
    calls: int = 0
    refusal: str = ""


class Broken(AssertionError):
    """The child raised what is no sentence for people."""


def run(work: Work, watch: Watch | None = None, begin: Callable[[], None] | None = None) -> Death:
    """Do the work in a child.

    Args:
        work: is given what tells of a step that is done.
        watch: decides on the end of the child; None lets it come to its own.
        begin: is called in the child before the work, to make its life harder.

    Raises:
        Broken: the work raised something else than a ``LogbookError``.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _live(work, writing, begin, is_traced=isinstance(watch, AtCall))
    os.close(writing)
    calls, status = watch(child) if watch is not None else (0, os.waitpid(child, 0)[1])
    with os.fdopen(reading, "rb") as stream:
        said = stream.read().decode().split("\n")[:-1]
    was_killed = os.WIFSIGNALED(status)
    broken = next((one for one in said if one.startswith(BROKEN)), "")
    if broken or not (was_killed or os.WEXITSTATUS(status) == 0):
        raise Broken(broken.removeprefix(BROKEN).replace("\\n", "\n") or f"Ended with {status}.")
    if was_killed and os.WTERMSIG(status) != signal.SIGKILL:
        raise Broken(f"It died of signal {os.WTERMSIG(status)}.")
    refusal = next((one.removeprefix(REFUSED) for one in said if one.startswith(REFUSED)), "")
    told = tuple(one for one in said if not one.startswith(REFUSED))
    return Death(told, was_killed, calls, refusal)


def _live(work: Work, writing: int, begin: Callable[[], None] | None, *, is_traced: bool) -> None:
    """The life of the child; it never returns."""

    def tell(said: str) -> None:
        os.write(writing, f"{said}\n".encode())

    code = 0
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        for stream in (1, 2):
            os.dup2(nowhere, stream)
        if is_traced:
            _libc().ptrace(_TRACE_ME, 0, 0, 0)
            os.kill(os.getpid(), signal.SIGSTOP)
        if begin is not None:
            begin()
        work(tell)
    except LogbookError as error:
        tell(REFUSED + str(error).replace("\n", " "))
    except BaseException:  # noqa: BLE001 - whatever it is, the parent has to hear of it
        tell(BROKEN + traceback.format_exc().replace("\n", "\\n"))
        code = 3
    os._exit(code)


def _libc() -> ctypes.CDLL:
    libc = ctypes.CDLL(None, use_errno=True)
    libc.ptrace.argtypes = [ctypes.c_long] * 4
    libc.ptrace.restype = ctypes.c_long
    return libc


class AtCall:
    """Kills before the n-th system call is carried out; 0 lets all of them be counted."""

    def __init__(self, n: int) -> None:
        self._n = n

    def __call__(self, child: int) -> tuple[int, int]:
        """Follow the child to its end."""
        libc, stops, passed_on = _libc(), 0, 0
        os.waitpid(child, 0)
        libc.ptrace(_SET_OPTIONS, child, 0, _OPTIONS)
        while True:
            libc.ptrace(_SYSCALL, child, 0, passed_on)
            _, status = os.waitpid(child, 0)
            if not os.WIFSTOPPED(status):
                return (stops + 1) // 2, status
            passed_on = os.WSTOPSIG(status)
            if passed_on != _STOPPED_IN_CALL:
                continue
            # Each call stops twice: before it is carried out, and afterwards.
            passed_on, stops = 0, stops + 1
            if self._n and stops == 2 * self._n - 1:
                os.kill(child, signal.SIGKILL)
                return self._n, os.waitpid(child, 0)[1]


class After:
    """Kills after so many seconds."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds

    def __call__(self, child: int) -> tuple[int, int]:
        """Wait, and kill."""
        time.sleep(self._seconds)
        os.kill(child, signal.SIGKILL)
        return 0, os.waitpid(child, 0)[1]


def can_trace() -> bool:
    """Whether a child can be followed from one system call to the next here."""
    if sys.platform != "linux":
        return False
    try:
        return run(lambda tell: tell("here"), AtCall(0)).calls > 0
    except (OSError, AttributeError):
        return False
