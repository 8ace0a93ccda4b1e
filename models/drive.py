# SPDX-License-Identifier: MIT
"""Where a folder lies: on a disk of this computer, on a network drive, or where a program syncs it.

Several programs may use a logbook at once because they share memory beside it, and two computers
share none. What a program copies to a cloud meanwhile may be half of a change.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from contextlib import suppress
from enum import StrEnum
from pathlib import Path, PurePath

from models.quick import dataclass, pattern

MOUNTS = "KYPHOLOG_MOUNTS"
"""Names a file that is read instead of the system's table of mounts: where that is kept elsewhere,
and for trying out what the program does on a network drive."""

_TABLE = Path("/proc/self/mounts")
_MAC_MOUNT = "/sbin/mount"
_REMOTE_DRIVE = 4  # GetDriveTypeW: DRIVE_REMOTE

_NETWORKS = {
    **dict.fromkeys(("nfs", "nfs4"), "NFS"),
    **dict.fromkeys(("cifs", "smb", "smb2", "smb3", "smbfs"), "SMB"),
    **dict.fromkeys(("webdav", "davfs", "fuse.davfs2"), "WebDAV"),
    **dict.fromkeys(("afpfs", "afs", "ncpfs", "coda", "ceph", "lustre", "gpfs"), ""),
    **dict.fromkeys(("beegfs", "glusterfs", "fuse.glusterfs", "fuse.ceph", "fuse.s3fs"), ""),
    **dict.fromkeys(("fuse.sshfs", "macfuse.sshfs", "osxfuse.sshfs"), "SSHFS"),
    **dict.fromkeys(("fuse.rclone", "fuse.google-drive-ocamlfuse", "fuse.onedriver"), ""),
    **dict.fromkeys(("fuse.gvfsd-fuse", "fuse.kio-fuse", "fuse.smbnetfs"), ""),
    **dict.fromkeys(("9p", "virtiofs", "vboxsf", "vmhgfs", "fuse.vmhgfs-fuse", "prl_fs"), ""),
}
"""Kinds of file systems that other computers see too; "" where the kind says more than a name."""

_SYNCED = (
    (pattern(r"dropbox( \(.*\))?", re.I), "Dropbox"),
    (pattern(r"onedrive( ?-.*)?", re.I), "OneDrive"),
    (pattern(r"icloud ?drive|com~apple~clouddocs|mobile documents", re.I), "iCloud Drive"),
    (pattern(r"google ?drive(-.*)?|drivefs", re.I), "Google Drive"),
    (pattern(r"nextcloud\d*|owncloud", re.I), "Nextcloud"),
    (pattern(r"box( sync|-box)?", re.I), "Box"),
    (pattern(r"pcloud ?drive", re.I), "pCloud"),
)
_MARKS = ((".dropbox", "Dropbox"), (".stfolder", "Syncthing"), (".nextcloudsync.log", "Nextcloud"))


class Kind(StrEnum):
    """What sort of place a folder is in."""

    LOCAL = "local"
    NETWORK = "network"
    SYNCED = "synced"


@dataclass(frozen=True, slots=True)
class Drive:
    """A place for folders.

    Attributes:
        name: of the file system or of the program that syncs; "" for a local disk.
    """

    kind: Kind
    name: str = ""

    @property
    def is_shared(self) -> bool:
        """Whether other computers may see the folder too."""
        return self.kind is not Kind.LOCAL


LOCAL = Drive(Kind.LOCAL)


def drive_of(folder: Path) -> Drive:
    """Where a folder lies; a place that cannot be told counts as local."""
    place = _in_full(folder)
    if _is_remote_on_windows(place):
        return Drive(Kind.NETWORK, "SMB")
    kind = _file_system(place)
    if kind in _NETWORKS:
        return Drive(Kind.NETWORK, _NETWORKS[kind] or kind.removeprefix("fuse."))
    name = _synced_by(place)
    return Drive(Kind.SYNCED, name) if name else LOCAL


def _in_full(folder: Path) -> Path:
    try:
        return folder.resolve()
    except (OSError, RuntimeError):
        return folder.absolute()


def _file_system(place: Path) -> str:
    """The kind of the file system whose mount holds the place; the last of those that match."""
    parts, found, depth = place.parts, "", -1
    for where, kind in _mounts():
        inside = PurePath(where).parts
        if len(inside) >= depth and parts[: len(inside)] == inside:
            found, depth = kind, len(inside)
    return found


def _mounts() -> Iterator[tuple[str, str]]:
    """Where something is mounted, and its kind."""
    named = os.environ.get(MOUNTS)
    if named is None and sys.platform == "darwin":
        yield from _mounts_of_mac()
        return
    with suppress(OSError):
        text = Path(named or _TABLE).read_text("utf-8", "replace")
        for line in text.splitlines():
            device, _, rest = line.partition(" ")
            where, _, rest = rest.partition(" ")
            if device and where:
                yield _unescaped(where), rest.partition(" ")[0]


def _mounts_of_mac() -> Iterator[tuple[str, str]]:
    import subprocess

    with suppress(OSError, subprocess.SubprocessError):
        told = subprocess.run([_MAC_MOUNT], capture_output=True, text=True, timeout=5, check=True)
        yield from mounts_told(told.stdout)


def mounts_told(text: str) -> Iterator[tuple[str, str]]:
    """What ``mount`` prints on macOS: ``//eva@nas/data on /Volumes/data (smbfs, nodev)``."""
    for line in text.splitlines():
        if found := re.fullmatch(r".+? on (/.*) \(([^,)]+).*\)", line):
            yield found[1], found[2]


def _unescaped(where: str) -> str:
    r"""The table writes a space as ``\040``."""
    return re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), where)


def _is_remote_on_windows(place: Path) -> bool:
    if sys.platform == "win32":
        import ctypes

        kernel = ctypes.windll.kernel32
        is_share = place.drive.startswith("\\\\")
        return is_share or kernel.GetDriveTypeW(place.anchor) == _REMOTE_DRIVE
    return False


def _synced_by(place: Path) -> str:
    for part in place.parts:
        for names, program in _SYNCED:
            if names.fullmatch(part):
                return program
    for above in place.parents:
        for mark, program in _MARKS:
            with suppress(OSError):
                if (above / mark).exists() and above != Path.home():
                    return program
    return ""
