# SPDX-License-Identifier: MIT
"""Where a folder lies is read off the table of mounts, and off the names of folders that sync."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.drive import LOCAL, MOUNTS, Drive, Kind, drive_of, mounts_told

_TABLE = """\
/dev/sda1 / ext4 rw,relatime 0 0
nas:/export /mnt/nas nfs4 rw,vers=4.2 0 0
//nas/clinic /mnt/the\\040clinic cifs rw 0 0
eva@nas:/data /mnt/far fuse.sshfs rw 0 0
share /mnt/share 9p rw 0 0
/dev/sdb1 /mnt/nas/stick ext4 rw 0 0
/dev/sdc1 /mnt/ntfs fuseblk rw 0 0
clinic /mnt/other fuse.glusterfs rw 0 0
"""


@pytest.fixture
def mounted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = tmp_path / "mounts"
    table.write_text(_TABLE)
    monkeypatch.setenv(MOUNTS, str(table))


@pytest.mark.usefixtures("mounted")
@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("/mnt/nas/Clinic.kypholog", Drive(Kind.NETWORK, "NFS")),
        ("/mnt/the clinic/Clinic.kypholog", Drive(Kind.NETWORK, "SMB")),
        ("/mnt/far/Clinic.kypholog", Drive(Kind.NETWORK, "SSHFS")),
        ("/mnt/share/Clinic.kypholog", Drive(Kind.NETWORK, "9p")),
        ("/mnt/other/Clinic.kypholog", Drive(Kind.NETWORK, "glusterfs")),
        ("/mnt/nas/stick/Clinic.kypholog", LOCAL),
        ("/mnt/nasty/Clinic.kypholog", LOCAL),
        ("/mnt/ntfs/Clinic.kypholog", LOCAL),
        ("/home/eva/Dropbox (Clinic)/Clinic.kypholog", Drive(Kind.SYNCED, "Dropbox")),
        ("/home/eva/OneDrive - Clinic/Clinic.kypholog", Drive(Kind.SYNCED, "OneDrive")),
        (
            "/Users/eva/Library/Mobile Documents/com~apple~CloudDocs/Clinic.kypholog",
            Drive(Kind.SYNCED, "iCloud Drive"),
        ),
        (
            "/Users/eva/Library/CloudStorage/GoogleDrive-eva@clinic.org/My Drive/C.kypholog",
            Drive(Kind.SYNCED, "Google Drive"),
        ),
        ("/home/eva/Nextcloud/Clinic.kypholog", Drive(Kind.SYNCED, "Nextcloud")),
        ("/home/eva/dropboxes/Clinic.kypholog", LOCAL),
        ("/home/eva/Toolbox/Clinic.kypholog", LOCAL),
    ],
)
def test_a_place_is_told_by_its_mount_or_its_name(place: str, expected: Drive) -> None:
    assert drive_of(Path(place)) == expected


def test_a_folder_that_a_program_marked_is_synced(tmp_path: Path) -> None:
    assert drive_of(tmp_path / "Clinic.kypholog") == LOCAL
    (tmp_path / ".stfolder").mkdir()
    assert drive_of(tmp_path / "Clinic.kypholog") == Drive(Kind.SYNCED, "Syncthing")


def test_without_a_table_of_mounts_a_place_is_local(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(MOUNTS, str(tmp_path / "none"))
    assert drive_of(Path("/mnt/nas/Clinic.kypholog")) == LOCAL


def test_what_the_program_of_macos_prints_is_understood() -> None:
    told = (
        "/dev/disk3s1 on / (apfs, sealed, local)\n"
        "//eva@nas/data on /Volumes/the data (smbfs, nodev, nosuid)\n"
        "map auto_home on /System/Volumes/Data/home (autofs, automounted)\n"
    )
    assert list(mounts_told(told))[1] == ("/Volumes/the data", "smbfs")
