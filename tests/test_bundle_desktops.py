# SPDX-License-Identifier: MIT
"""What the desktops are told of the program.

Windows and macOS are not at hand, so of what they are told the form is checked.
"""

from __future__ import annotations

import plistlib
import shutil
import subprocess
from pathlib import Path

import pytest

from models import VERSION
from resources.bundle.desktops import MAC_PROPERTIES, SUFFIX, windows_version

BUNDLE = Path(__file__).parents[1] / "resources" / "bundle"
FOR_FOLDERS = "[MIME Cache]\ninode/directory={};\n"
REFRESH = f"""#!/bin/sh
printf '{FOR_FOLDERS.format("kypholog.desktop")}' >"$1/mimeinfo.cache"
"""
"""What update-desktop-database leaves, which is not everywhere where tests run."""


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
    said = (BUNDLE / "install.cmd").read_bytes()
    lines = said.decode("ascii").split("\r\n")
    assert b"\n" not in said.replace(b"\r\n", b"")
    removal = lines.index('if /i "%~1"=="--remove" (')
    taken_back = "\n".join(lines[removal : lines.index(")", removal)])
    assert all(f'"%{place}%"' in taken_back for place in ("entry", "link"))
    assert all('"%entry%' in line for line in lines if line.startswith("reg add"))
    assert any(f"*.{SUFFIX}" in line for line in lines)


@pytest.mark.skipif(shutil.which("xdg-mime") is None, reason="asks a desktop of Linux")
def test_folders_are_still_opened_by_what_opened_them(tmp_path: Path) -> None:
    folder, tools, data = (tmp_path / name for name in ("kypholog", "tools", "data"))
    for made in (folder / "share/icons/hicolor", folder / "share/applications", tools):
        made.mkdir(parents=True)
    (folder / "share/mime/packages").mkdir(parents=True)
    shutil.copy(BUNDLE / "install.sh", folder)
    shutil.copy(BUNDLE / "kypholog.desktop", folder / "share/applications")
    shutil.copy(BUNDLE / "kypholog.xml", folder / "share/mime/packages")
    scripts = {folder / "kypholog": "#!/bin/sh\n", tools / "update-desktop-database": REFRESH}
    for file, script in scripts.items():
        file.write_text(script, encoding="utf-8")
        file.chmod(0o755)
    (data / "applications").mkdir(parents=True)
    entry = (
        "[Desktop Entry]\nType=Application\nName=Files\nExec=true %U\nMimeType=inode/directory;\n"
    )
    (data / "applications" / "files.desktop").write_text(entry, encoding="utf-8")
    cache = FOR_FOLDERS.format("files.desktop")
    (data / "applications" / "mimeinfo.cache").write_text(cache, encoding="utf-8")
    environment = {
        "PATH": f"{tools}:/usr/bin:/bin",
        "HOME": str(tmp_path),
        "XDG_DATA_DIRS": str(data),
    }

    def said(*command: str) -> str:
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
        return done.stdout.strip()

    asked = ("xdg-mime", "query", "default", "inode/directory")
    assert said(*asked) == "files.desktop"
    said("sh", str(folder / "install.sh"))
    assert said(*asked) == "files.desktop"
    offered = (tmp_path / ".local/share/applications/mimeinfo.cache").read_text(encoding="utf-8")
    assert "kypholog.desktop" in offered
