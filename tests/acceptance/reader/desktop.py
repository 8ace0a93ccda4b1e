# SPDX-License-Identifier: MIT
"""A desktop of its own: a screen, a bus, the bus of accessibility, and the program on it.

Everything is started anew and ended again. None of it is seen by the desktop of whoever runs the
tests, and none is seen from there.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.acceptance.reader.accessible import REGISTRY, Accessible, until
from tests.acceptance.reader.bus import Bus

ROOT = Path(__file__).parents[3]
SIZE = "1280x720x24"
_BUS = ("org.a11y.Bus", "/org/a11y/bus")
_SERVICES = ("usr/share", "usr/local/share")
_SERVICE = "dbus-1/services/org.a11y.Bus.service"


def what_is_missing() -> str:
    """What of it this machine does not have; "" where everything is there."""
    missing = [name for name in ("Xvfb", "dbus-daemon") if shutil.which(name) is None]
    if not any(Path("/", share, _SERVICE).exists() for share in _SERVICES):
        missing.append("at-spi2-core")
    return " and ".join(missing)


@contextmanager
def program(logbook: Path) -> Iterator[Accessible]:
    """The program with a logbook, as a screen reader finds it."""
    with ExitStack() as ends:
        # The name of a socket may be no longer than 108 bytes.
        place = Path(ends.enter_context(tempfile.TemporaryDirectory(prefix="kypholog-")))
        place.chmod(0o700)
        told, tell = os.pipe()
        screen = ["Xvfb", "-displayfd", str(tell), "-screen", "0", SIZE, "-nolisten", "tcp"]
        ends.enter_context(_running(screen, {}, keeping=tell))
        os.close(tell)
        world = {"XDG_RUNTIME_DIR": str(place), "DISPLAY": f":{_first_line(told)}"}
        told, tell = os.pipe()
        bus = ["dbus-daemon", "--session", "--nofork", "--nopidfile", f"--print-address={tell}"]
        ends.enter_context(_running(bus, world, keeping=tell))
        os.close(tell)
        world["DBUS_SESSION_BUS_ADDRESS"] = _first_line(told)
        session = Bus(world["DBUS_SESSION_BUS_ADDRESS"])
        ends.callback(session.close)
        reader = Bus(str(session.call(_BUS, "org.a11y.Bus", "GetAddress")))
        ends.callback(reader.close)
        registry = Accessible(reader, REGISTRY)
        before = registry.children()
        world |= {"QT_QPA_PLATFORM": "xcb", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}
        ours = [sys.executable, str(ROOT / "main.py"), "--logbook", str(logbook)]
        ends.enter_context(_running(ours, world))
        found = until(lambda: next(iter(registry.children()[len(before) :]), None), "program")
        yield found


@contextmanager
def _running(
    command: list[str], world: dict[str, str], keeping: int | None = None
) -> Iterator[None]:
    """A process with whatever it starts, ended at the end."""
    child = subprocess.Popen(
        command,
        env={**os.environ, **world},
        cwd=ROOT,
        pass_fds=() if keeping is None else (keeping,),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield
    finally:
        os.killpg(child.pid, signal.SIGTERM)
        child.wait()


def _first_line(told: int) -> str:
    with os.fdopen(told) as pipe:
        return pipe.readline().strip()
