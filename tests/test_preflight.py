# SPDX-License-Identifier: MIT
"""Where no window can open, one message names the cure."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import PySide6
import pytest

from ui import preflight

ROOT = Path(__file__).parents[1]
QT = Path(PySide6.__file__).parent
NO_SERVER = ":9999"
on_linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="asks Linux's screens")


def a_system_without(*sonames: str) -> Callable[[str], object]:
    def load(soname: str) -> object:
        if soname in sonames:
            raise OSError(f"{soname}: cannot open shared object file: No such file or directory")
        return soname

    return load


def a_system_with(*tools: str) -> Callable[[str], object]:
    return lambda tool: tool if tool in tools else None


def run_main(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    screens = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    environment = {name: value for name, value in os.environ.items() if name not in screens}
    return subprocess.run(
        [sys.executable, "main.py", *arguments],
        cwd=ROOT,
        env=environment | variables,
        capture_output=True,
        text=True,
        check=False,
    )


def linked_with(*patterns: str) -> set[str]:
    """Return the system libraries that files of PySide6 name in their dynamic section."""
    names = {
        name.decode()
        for pattern in patterns
        for path in QT.glob(pattern)
        for name in re.findall(rb"\0(lib[\w.+-]+?\.so\.\d+)(?=\0)", path.read_bytes())
    }
    brought_along = ("libQt6", "libicu", "libpyside6", "libshiboken6")
    in_every_system = {"libc.so.6", "libm.so.6", "libgcc_s.so.1", "libpthread.so.0", "libdl.so.2"}
    return {name for name in names - in_every_system if not name.startswith(brought_along)}


@pytest.fixture
def x_server() -> Iterator[str]:
    """Return the address of something that listens where an X server would."""
    for number in range(20, 1000):
        try:
            server = socket.create_server(("127.0.0.1", 6000 + number))
        except OSError:
            continue
        with server:
            yield f"127.0.0.1:{number}.0"
        return


@pytest.fixture
def wayland(tmp_path: Path) -> Iterator[dict[str, str]]:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "w"))
        server.listen()
        yield {"WAYLAND_DISPLAY": "w", "XDG_RUNTIME_DIR": str(tmp_path)}


@on_linux
@pytest.mark.parametrize(
    ("screen", "reason"),
    [
        ({}, "neither DISPLAY nor WAYLAND_DISPLAY is set"),
        ({"DISPLAY": NO_SERVER}, f"no screen answers under DISPLAY={NO_SERVER}"),
        ({"DISPLAY": "nonsense"}, "no screen answers under DISPLAY=nonsense"),
        ({"WAYLAND_DISPLAY": "wayland-9"}, "no screen answers under WAYLAND_DISPLAY=wayland-9"),
        ({"QT_QPA_PLATFORM": "nonsense"}, "no screen answers under QT_QPA_PLATFORM=nonsense"),
    ],
)
def test_main_without_a_screen_says_the_cure_once_and_exits_with_2(
    screen: dict[str, str], reason: str
) -> None:
    done = run_main(**screen)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert reason in done.stderr.splitlines()[0]
    assert "xvfb-run" in done.stderr
    assert "QT_QPA_PLATFORM=offscreen" in done.stderr


def test_main_runs_a_command_without_a_screen() -> None:
    done = run_main("--help")
    assert done.returncode == 0
    assert "--logbook" in done.stdout
    assert done.stderr == ""


@on_linux
def test_an_x_server_that_answers_will_do(x_server: str) -> None:
    assert preflight.platforms_at_hand({"DISPLAY": x_server}) == ["xcb"]
    assert preflight.why_no_display({"DISPLAY": x_server}) is None


@on_linux
def test_a_wayland_compositor_that_answers_will_do(wayland: dict[str, str]) -> None:
    assert preflight.platforms_at_hand({**wayland, "DISPLAY": NO_SERVER}) == ["wayland"]
    assert preflight.platforms_at_hand({**wayland, "QT_QPA_PLATFORM": "wayland-egl"}) == ["wayland"]


@pytest.mark.parametrize("platform", ["offscreen", "minimal", "vnc", "vnc:size=800x600"])
def test_a_platform_without_a_screen_needs_none(platform: str) -> None:
    assert preflight.why_no_display({"QT_QPA_PLATFORM": platform}) is None


@on_linux
def test_a_platform_asked_for_in_vain_is_to_be_unset(x_server: str) -> None:
    complaint = preflight.why_no_display({"QT_QPA_PLATFORM": "wayland", "DISPLAY": x_server})
    assert complaint is not None
    assert "Unset QT_QPA_PLATFORM" in complaint


@on_linux
def test_qt_is_linked_with_no_system_library_that_is_not_looked_for() -> None:
    qt = {library.soname for library in preflight.QT_LIBRARIES}
    xcb = {library.soname for library in preflight.XCB_LIBRARIES}
    wayland = {library.soname for library in preflight.WAYLAND_LIBRARIES}
    modules = [f"Qt{name}.abi3.so" for name in ("Core", "Gui", "Widgets", "Svg")]
    libraries = [f"Qt/lib/libQt6{name}.so.6" for name in ("Core", "DBus", "Gui", "Widgets", "Svg")]
    plugins = ["Qt/plugins/platforms/libqoffscreen.so", "Qt/plugins/iconengines/libqsvgicon.so"]
    assert linked_with(*modules, *libraries, *plugins, "../shiboken6/*.so*") == qt
    needs_xcb = linked_with("Qt/plugins/platforms/libqxcb.so", "Qt/lib/libQt6XcbQpa.so.6")
    assert needs_xcb - qt == xcb
    needs_wayland = linked_with(
        "Qt/plugins/platforms/libqwayland.so", "Qt/lib/libQt6WaylandClient.so.6"
    )
    assert needs_wayland - qt == wayland


@pytest.mark.parametrize("library", preflight.needed_by("xcb"), ids=lambda library: library.soname)
def test_a_missing_library_is_named_with_its_package(library: preflight.SystemLibrary) -> None:
    load = a_system_without(library.soname)
    assert preflight.missing_libraries(preflight.needed_by("xcb"), load) == [library]
    on_debian = preflight.why_no_library(["xcb"], load, a_system_with("apt-get"))
    on_fedora = preflight.why_no_library(["xcb"], load, a_system_with("dnf"))
    assert on_debian is not None
    assert on_fedora is not None
    assert on_debian.endswith(
        f"libraries {library.soname}. Install them with `sudo apt-get install {library.debian}`."
    )
    assert on_fedora.endswith(f"`sudo dnf install {library.fedora}`.")


def test_a_library_that_only_misses_another_is_not_called_missing() -> None:
    def load(soname: str) -> object:
        if soname in ("libX11.so.6", "libxcb.so.1", "libxcb-randr.so.0"):
            raise OSError("libxcb.so.1: cannot open shared object file: No such file or directory")
        return soname

    complaint = preflight.why_no_library(["xcb"], load, a_system_with("apt-get"))
    assert complaint is not None
    assert complaint.endswith("libxcb.so.1. Install them with `sudo apt-get install libxcb1`.")


def test_all_missing_libraries_are_in_one_message_and_each_package_once() -> None:
    load = a_system_without("libglib-2.0.so.0", "libgthread-2.0.so.0", "libxcb-cursor.so.0")
    complaint = preflight.why_no_library(["xcb"], load, a_system_with("apt-get"))
    assert complaint is not None
    assert "libglib-2.0.so.0, libgthread-2.0.so.0, libxcb-cursor.so.0" in complaint
    assert "`sudo apt-get install libglib2.0-0 libxcb-cursor0`" in complaint


def test_on_another_distribution_both_commands_are_named() -> None:
    complaint = preflight.why_no_library(["xcb"], a_system_without("libEGL.so.1"), a_system_with())
    assert complaint is not None
    assert "apt-get install libegl1` or `sudo dnf install libglvnd-egl" in complaint


def test_one_complete_platform_will_do() -> None:
    load = a_system_without("libwayland-client.so.0")
    assert preflight.why_no_library(["wayland", "xcb"], load) is None
    assert preflight.why_no_library(["wayland"], load) is not None


def test_this_machine_can_run_qt_without_a_screen() -> None:
    assert preflight.why_no_window() is None


@pytest.mark.parametrize("version", [(3, 9), (3, 10, 13), (3, 15)])
def test_a_python_that_does_not_fit_is_refused(version: tuple[int, ...]) -> None:
    complaint = preflight.why_not_this_python(version)
    assert complaint is not None
    assert f"this is Python {version[0]}.{version[1]}." in complaint


@pytest.mark.parametrize("version", [(3, 11), (3, 14, 2)])
def test_a_python_that_fits_is_taken(version: tuple[int, ...]) -> None:
    assert preflight.why_not_this_python(version) is None


def test_the_pyside_that_miscounts_references_is_refused_where_it_does() -> None:
    complaint = preflight.why_not_this_pyside("6.12.0", (3, 11))
    assert complaint is not None
    assert "make .venv" in complaint
    assert preflight.why_not_this_pyside("6.12.0", (3, 12)) is None
    assert preflight.why_not_this_pyside("6.11.3", (3, 11)) is None
    assert preflight.why_not_this_pyside() is None


def test_a_package_that_is_not_installed_is_named_and_a_room_of_ours_is_a_bug() -> None:
    complaint = preflight.why_not_installed(ModuleNotFoundError(name="playhouse.migrations"))
    assert complaint is not None
    assert "package playhouse is not installed" in complaint
    assert preflight.why_not_installed(ModuleNotFoundError(name="models.commands")) is None
