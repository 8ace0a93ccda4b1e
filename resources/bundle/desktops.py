# SPDX-License-Identifier: MIT
"""How the desktops come to know the program, its icon and the folders that it opens.

Linux has no type for a folder by its name, so Kypholog offers itself for every folder, and opens a
logbook when its file ``logbook.db`` is double-clicked. macOS shows ``Clinic.kypholog`` as one
document. Windows offers the program for folders, in the menu of the right mouse button.
"""

from __future__ import annotations

IDENTIFIER = "org.kypholog.Kypholog"
SUFFIX = "kypholog"
_TYPE = f"{IDENTIFIER}.logbook"

MAC_PROPERTIES: dict[str, object] = {
    "CFBundleDisplayName": "Kypholog",
    "NSHighResolutionCapable": True,
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
            "LSHandlerRank": "Owner",
            "LSItemContentTypes": [_TYPE],
        }
    ],
}
"""For the ``Info.plist`` of the application."""
