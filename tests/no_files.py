# SPDX-License-Identifier: MIT
"""What can lie in the place of a file and is none: a named pipe, a socket, a device, a folder."""

from __future__ import annotations

import os
import shutil
import socket
import sys
from pathlib import Path

import pytest

KINDS = ("pipe", "socket", "device", "folder")
needs_kinds = pytest.mark.skipif(sys.platform == "win32", reason="Windows has none of these")


def lay(path: Path, kind: str) -> Path:
    """Put one in the place of whatever is there."""
    if path.is_dir():
        shutil.rmtree(path)
    path.unlink(missing_ok=True)
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "socket":
        # The name of a socket may be no longer than some hundred bytes.
        here = Path.cwd()
        os.chdir(path.parent)
        try:
            with socket.socket(socket.AF_UNIX) as made:
                made.bind(path.name)
        finally:
            os.chdir(here)
    elif kind == "device":
        path.symlink_to("/dev/zero")
    else:
        path.mkdir()
    return path
