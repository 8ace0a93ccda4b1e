# SPDX-License-Identifier: MIT
"""How the desktops come to know the program, its icon and the folders that it opens.

Linux has no type for a folder by its name, so Kypholog offers itself for every folder, and opens a
logbook when its file ``logbook.db`` is double-clicked. macOS shows ``Clinic.kypholog`` as one
document. Windows offers the program for folders of that name, in the menu of the right mouse
button, once ``install.cmd`` was run.
"""

from __future__ import annotations

import re

IDENTIFIER = "org.kypholog.Kypholog"
SUFFIX = "kypholog"
_TYPE = f"{IDENTIFIER}.logbook"

MAC_PROPERTIES: dict[str, object] = {
    "CFBundleDisplayName": "Kypholog",
    "NSHighResolutionCapable": True,
    "LSApplicationCategoryType": "public.app-category.medical",
    "UTExportedTypeDeclarations": [
        {
            "UTTypeIdentifier": _TYPE,
            "UTTypeDescription": "Kypholog logbook",
            # A folder that the Finder shows as one document.
            "UTTypeConformsTo": ["com.apple.package"],
            "UTTypeTagSpecification": {"public.filename-extension": [SUFFIX]},
        }
    ],
    "CFBundleDocumentTypes": [
        {
            "CFBundleTypeName": "Kypholog logbook",
            "CFBundleTypeRole": "Editor",
            "CFBundleTypeIconFile": "kypholog.icns",
            "LSHandlerRank": "Owner",
            "LSItemContentTypes": [_TYPE],
        }
    ],
}
"""For the ``Info.plist`` of the application."""

_WINDOWS_VERSION = """\
VSVersionInfo(
  ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}, fileType=0x1, OS=0x40004),
  kids=[
    StringFileInfo([StringTable("040904B0", [
      StringStruct("CompanyName", "Kypholog"),
      StringStruct("FileDescription", "Case log for vertebral augmentation"),
      StringStruct("FileVersion", "{version}"),
      StringStruct("InternalName", "kypholog"),
      StringStruct("OriginalFilename", "{name}.exe"),
      StringStruct("ProductName", "Kypholog"),
      StringStruct("ProductVersion", "{version}"),
    ])]),
    VarFileInfo([VarStruct("Translation", [0x0409, 0x04B0])]),
  ],
)
"""


def windows_version(name: str, version: str) -> str:
    """What Explorer tells of a program in its properties, as PyInstaller reads it from a file.

    Args:
        name: of the program, without its ending.
        version: such as "0.1.0"; Windows has four numbers, and the missing ones are 0.
    """
    found = [int(number) for number in re.findall(r"\d+", version)[:4]]
    numbers = tuple(found + [0] * (4 - len(found)))
    return _WINDOWS_VERSION.format(numbers=numbers, version=version, name=name)
