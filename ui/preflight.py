# SPDX-License-Identifier: MIT
"""Says in one message why no window can open here, before Qt finds out and aborts.

Never imports Qt when it is itself imported, unlike every other room of ui/.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import socket
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

OLDEST_PYTHON = (3, 11)
# PySide6 6.11 has no build for a newer one.
NEWEST_PYTHON = (3, 14)
_IS_BUNDLED = bool(getattr(sys, "frozen", False))
_SETUP = (
    "Unpack the archive of Kypholog anew, whole"
    if _IS_BUNDLED
    else "Run `make .venv` and start Kypholog with `make run`; "
    "README.md has the same in two lines for pip and for Windows"
)
_PROGRAM, _RUN = ("kypholog", "kypholog") if _IS_BUNDLED else ("python main.py", "make run")


@dataclass(frozen=True)
class SystemLibrary:
    """A shared library that Qt loads from the system, and the packages that bring it."""

    soname: str
    debian: str
    fedora: str


# What PySide6 6.11's QtCore, QtGui, QtWidgets and QtSvg and its offscreen plugin are linked with.
QT_LIBRARIES = (
    SystemLibrary("libEGL.so.1", "libegl1", "libglvnd-egl"),
    SystemLibrary("libGL.so.1", "libgl1", "libglvnd-glx"),
    SystemLibrary("libX11.so.6", "libx11-6", "libX11"),
    SystemLibrary("libdbus-1.so.3", "libdbus-1-3", "dbus-libs"),
    SystemLibrary("libfontconfig.so.1", "libfontconfig1", "fontconfig"),
    SystemLibrary("libfreetype.so.6", "libfreetype6", "freetype"),
    SystemLibrary("libglib-2.0.so.0", "libglib2.0-0", "glib2"),
    SystemLibrary("libgthread-2.0.so.0", "libglib2.0-0", "glib2"),
    SystemLibrary("libstdc++.so.6", "libstdc++6", "libstdc++"),
    SystemLibrary("libxkbcommon.so.0", "libxkbcommon0", "libxkbcommon"),
    SystemLibrary("libz.so.1", "zlib1g", "zlib"),
    SystemLibrary("libzstd.so.1", "libzstd1", "libzstd"),
)
XCB_LIBRARIES = (
    SystemLibrary("libX11-xcb.so.1", "libx11-xcb1", "libX11-xcb"),
    SystemLibrary("libxcb.so.1", "libxcb1", "libxcb"),
    SystemLibrary("libxcb-cursor.so.0", "libxcb-cursor0", "xcb-util-cursor"),
    SystemLibrary("libxcb-icccm.so.4", "libxcb-icccm4", "xcb-util-wm"),
    SystemLibrary("libxcb-image.so.0", "libxcb-image0", "xcb-util-image"),
    SystemLibrary("libxcb-keysyms.so.1", "libxcb-keysyms1", "xcb-util-keysyms"),
    SystemLibrary("libxcb-randr.so.0", "libxcb-randr0", "libxcb"),
    SystemLibrary("libxcb-render.so.0", "libxcb-render0", "libxcb"),
    SystemLibrary("libxcb-render-util.so.0", "libxcb-render-util0", "xcb-util-renderutil"),
    SystemLibrary("libxcb-shape.so.0", "libxcb-shape0", "libxcb"),
    SystemLibrary("libxcb-shm.so.0", "libxcb-shm0", "libxcb"),
    SystemLibrary("libxcb-sync.so.1", "libxcb-sync1", "libxcb"),
    SystemLibrary("libxcb-util.so.1", "libxcb-util1", "xcb-util"),
    SystemLibrary("libxcb-xfixes.so.0", "libxcb-xfixes0", "libxcb"),
    SystemLibrary("libxcb-xkb.so.1", "libxcb-xkb1", "libxcb"),
    SystemLibrary("libxkbcommon-x11.so.0", "libxkbcommon-x11-0", "libxkbcommon-x11"),
)
WAYLAND_LIBRARIES = (
    SystemLibrary("libwayland-client.so.0", "libwayland-client0", "libwayland-client"),
    SystemLibrary("libwayland-cursor.so.0", "libwayland-cursor0", "libwayland-cursor"),
)
_SCREENLESS = ("offscreen", "minimal", "minimalegl", "vnc", "linuxfb", "eglfs", "vkkhrdisplay")
_PLATFORM_LIBRARIES = {"xcb": XCB_LIBRARIES, "wayland": WAYLAND_LIBRARIES}


def why_no_window() -> str | None:
    """Return what hinders a window on this machine and what cures it, or None when nothing does."""
    too_old = why_not_this_python()
    if too_old:
        return too_old
    complaints = [why_not_this_pyside()]
    if sys.platform.startswith("linux"):
        platforms = platforms_at_hand(os.environ)
        complaints += [why_no_display(os.environ), why_no_library(platforms or ["xcb"])]
    return "\n".join(filter(None, complaints)) or None


def why_not_this_python(version: tuple[int, ...] = sys.version_info[:2]) -> str | None:
    """Return a sentence when this Python is too old or too new for the program."""
    if OLDEST_PYTHON <= version[:2] <= NEWEST_PYTHON:
        return None
    oldest, newest, found = (
        ".".join(map(str, numbers[:2])) for numbers in (OLDEST_PYTHON, NEWEST_PYTHON, version)
    )
    return (
        f"Kypholog runs on Python {oldest} to {newest}, and this is Python {found}. Install one of "
        f"those and run `make .venv PYTHON=python{newest}`."
    )


def why_not_installed(error: ModuleNotFoundError) -> str | None:
    """Return a sentence when `error` is about a package that was not installed, else None."""
    package = (error.name or "").partition(".")[0]
    if package in ("", "models", "ui"):
        return None
    return f"The Python package {package} is not installed here. {_SETUP}."


def why_not_this_pyside(
    version: str | None = None, python: tuple[int, ...] = sys.version_info[:2]
) -> str | None:
    """Return a sentence when PySide6 is absent or is the release that miscounts references.

    `version` is PySide6's, and is looked up when it is not given.
    """
    if version is None:
        try:
            import PySide6
        except ImportError as error:
            return f"PySide6, which draws the window, cannot be loaded ({error}). {_SETUP}."
        version = PySide6.__version__
    if python[:2] >= (3, 12) or not version.startswith("6.12.0"):
        return None
    return (
        f"PySide6 {version} loses a reference to None with every call on Python 3.11 and would end "
        f"Kypholog within minutes. {_SETUP}."
    )


def why_no_display(environment: Mapping[str, str]) -> str | None:
    """Return a sentence when there is no screen to open a window on, for Linux."""
    if platforms_at_hand(environment):
        return None
    settings = [
        f"{name}={environment[name]}"
        for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY")
        if environment.get(name)
    ]
    reason = (
        f"no screen answers under {' and '.join(settings)}"
        if settings
        else "there is no screen, for neither DISPLAY nor WAYLAND_DISPLAY is set"
    )
    unset = "unset QT_QPA_PLATFORM, or " if environment.get("QT_QPA_PLATFORM") else ""
    cure = (
        f"{unset}start Kypholog on a desktop, or on a virtual screen with `xvfb-run -a {_RUN}`, "
        "or set QT_QPA_PLATFORM=offscreen to do without. The commands that "
        f"`{_PROGRAM} --help` lists need no screen."
    )
    return f"No window can open: {reason}. {cure[0].upper()}{cure[1:]}"


def platforms_at_hand(environment: Mapping[str, str]) -> list[str]:
    """Return the Qt platforms that can start here, for Linux: "wayland", "xcb" or a screenless one.

    QT_QPA_PLATFORM narrows the choice, as it does for Qt.
    """
    reachable = {
        "wayland": lambda: _wayland_answers(environment),
        "xcb": lambda: _x_server_answers(environment.get("DISPLAY", "")),
    }
    asked = environment.get("QT_QPA_PLATFORM", "").split(";")
    names = [choice.partition(":")[0] for choice in asked if choice] or list(reachable)
    # The Wayland plugin also answers to longer names, such as wayland-egl.
    names = ["wayland" if name.startswith("wayland") else name for name in names]
    return [name for name in names if name in _SCREENLESS or reachable.get(name, bool)()]


def needed_by(platform: str) -> tuple[SystemLibrary, ...]:
    """Return the system libraries that Qt needs to run on one of its platforms."""
    return QT_LIBRARIES + _PLATFORM_LIBRARIES.get(platform, ())


def missing_libraries(
    needed: Iterable[SystemLibrary], load: Callable[[str], object] = ctypes.CDLL
) -> list[SystemLibrary]:
    """Return those of the `needed` libraries that `load` raises OSError for.

    Where one cannot be loaded for want of another that is needed as well, it is the other.
    """
    known = {library.soname: library for library in needed}
    missing: dict[SystemLibrary, None] = {}
    for soname, library in known.items():
        try:
            load(soname)
        except OSError as error:
            # The loader's sentence begins with the file that is not there.
            missing[known.get(str(error).partition(":")[0], library)] = None
    return list(missing)


def why_no_library(
    platforms: Iterable[str],
    load: Callable[[str], object] = ctypes.CDLL,
    which: Callable[[str], object] = shutil.which,
) -> str | None:
    """Return the missing libraries and the command that installs them, or None when all are there.

    Qt falls back from one of its `platforms` to the next, so that one complete platform will do.
    """
    lacking = [missing_libraries(needed_by(platform), load) for platform in platforms]
    missing = min(lacking, key=lambda libraries: len(libraries))
    if not missing:
        return None
    commands = {
        "apt-get": f"sudo apt-get install {_listed(library.debian for library in missing)}",
        "dnf": f"sudo dnf install {_listed(library.fedora for library in missing)}",
    }
    fitting = [command for tool, command in commands.items() if which(tool)]
    return (
        "No window can open: Qt does not find the system libraries "
        f"{', '.join(library.soname for library in missing)}. "
        f"Install them with `{'` or `'.join(fitting or commands.values())}`."
    )


def _listed(packages: Iterable[str]) -> str:
    return " ".join(dict.fromkeys(packages))


def _wayland_answers(environment: Mapping[str, str]) -> bool:
    name = environment.get("WAYLAND_DISPLAY")
    if not name:
        return False
    return _socket_answers(str(Path(environment.get("XDG_RUNTIME_DIR", "/"), name)))


def _x_server_answers(display: str) -> bool:
    """Tell whether an X server listens at `display`, written [HOST]:NUMBER[.SCREEN]."""
    host, _, screen = display.rpartition(":")
    number = screen.partition(".")[0]
    if not number.isdecimal():
        return False
    if host.endswith("unix") or not host:
        local = f"/tmp/.X11-unix/X{number}"
        # Linux servers also listen under the same name in the abstract namespace.
        return _socket_answers(local) or _socket_answers(f"\0{local}")
    try:
        socket.create_connection((host.strip("[]"), 6000 + int(number)), timeout=2).close()
    except (OSError, OverflowError):
        return False
    return True


def _socket_answers(path: str) -> bool:
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(2)
        try:
            connection.connect(path)
        except OSError:
            return False
    return True


if __name__ == "__main__":
    raise SystemExit(why_no_window())
