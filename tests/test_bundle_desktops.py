# SPDX-License-Identifier: MIT
"""What Windows and macOS are told of the program; neither is at hand here, so forms are checked."""

from __future__ import annotations

import plistlib
from pathlib import Path

from models import VERSION
from resources.bundle.desktops import MAC_PROPERTIES, SUFFIX, windows_version

INSTALL = Path(__file__).parents[1] / "resources" / "bundle" / "install.cmd"


def test_windows_is_told_name_and_version_in_the_form_that_pyinstaller_reads() -> None:
    made: dict[str, object] = {}
    names = ("StringFileInfo", "StringTable", "VarFileInfo", "VarStruct", "VSVersionInfo")
    known: dict[str, object] = {name: lambda *_, **__: None for name in names}
    known["StringStruct"] = made.__setitem__
    known["FixedFileInfo"] = lambda **fixed: made.update(fixed)
    eval(windows_version("kypholog-command", VERSION), known)
    assert made["FileVersion"] == made["ProductVersion"] == VERSION
    assert made["OriginalFilename"] == "kypholog-command.exe"
    numbers = made["filevers"]
    assert isinstance(numbers, tuple)
    assert len(numbers) == 4
    assert ".".join(map(str, numbers)).startswith(VERSION)


def test_a_mac_shows_a_logbook_as_one_document_with_its_icon() -> None:
    read = plistlib.loads(plistlib.dumps(MAC_PROPERTIES))
    (kind,), (opened,) = read["UTExportedTypeDeclarations"], read["CFBundleDocumentTypes"]
    assert kind["UTTypeTagSpecification"]["public.filename-extension"] == [SUFFIX]
    assert opened["LSItemContentTypes"] == [kind["UTTypeIdentifier"]]
    assert opened["CFBundleTypeIconFile"] == "kypholog.icns"


def test_the_script_for_windows_takes_back_all_that_it_makes() -> None:
    said = INSTALL.read_bytes()
    lines = said.decode("ascii").split("\r\n")
    assert b"\n" not in said.replace(b"\r\n", b"")
    removal = lines.index('if /i "%~1"=="--remove" (')
    taken_back = "\n".join(lines[removal : lines.index(")", removal)])
    assert all(f'"%{place}%"' in taken_back for place in ("entry", "link"))
    assert all('"%entry%' in line for line in lines if line.startswith("reg add"))
    assert any(f"*.{SUFFIX}" in line for line in lines)
