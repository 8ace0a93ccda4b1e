# SPDX-License-Identifier: MIT
"""The files that somebody drags over the window, or has copied in a file manager."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData

TABLE_ENDINGS = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".zip")
"""Of files that may hold cases to import; what is in them decides later."""


def dropped_files(data: QMimeData) -> list[Path]:
    """The files of this machine among what is dragged; nothing for anything else."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
