# SPDX-License-Identifier: MIT
"""Takes everything out of a JPEG file that is not needed to show it; the pixels stay as they are.

Segments are told apart as in ITU-T T.81, Annex B.
"""

from __future__ import annotations

from collections.abc import Iterator

from models.images.picture import broken

_START, _END, _SCAN = 0xD8, 0xD9, 0xDA
_APP0, _APP1, _APP14, _COMMENT = 0xE0, 0xE1, 0xEE, 0xFE
_WITHOUT_LENGTH = frozenset((0x01, *range(0xD0, 0xD8)))
# Frame headers, tables, restart interval, number of lines, arithmetic conditioning.
_NEEDED = frozenset((*range(0xC0, 0xD0), 0xDB, 0xDC, 0xDD)) - {0xC8}
_JFIF = b"JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
_ADOBE_LENGTH = 12

Segment = tuple[int, bytes]
"""Marker and what follows it: the payload, for a scan with its compressed data."""


def stripped(name: str, content: bytes, orientation: int = 1) -> bytes:
    """The same picture with its tables and compressed data only.

    Args:
        name: how a refusal names the file.
        content: the file.
        orientation: the EXIF orientation, 1 to 8; other than 1 it is written down again, alone.

    Raises:
        NotAPicture: it is no whole JPEG file.
    """
    kept = [b"\xff\xd8"]
    if orientation != 1:
        kept.append(_segment(_APP1, _orientation_only(orientation)))
    for marker, payload in _segments(name, content):
        if marker == _APP0 and payload.startswith(b"JFIF\x00"):
            kept.append(_segment(_APP0, _JFIF))
        elif marker == _APP14 and payload.startswith(b"Adobe"):
            # How the colors are coded; without it they would come out wrong.
            kept.append(_segment(_APP14, payload[:_ADOBE_LENGTH]))
        elif marker == _SCAN:
            kept.append(bytes((0xFF, _SCAN)) + payload)
        elif marker in _NEEDED:
            kept.append(_segment(marker, payload))
    return b"".join((*kept, b"\xff\xd9"))


def found_in(name: str, content: bytes) -> list[str]:
    """Kinds of information beside the picture, as far as the segments tell.

    Raises:
        NotAPicture: it is no whole JPEG file.
    """
    found: dict[str, None] = {}
    for marker, payload in _segments(name, content):
        if marker == _COMMENT:
            found["comments"] = None
        elif marker == _APP1 and payload.startswith(b"Exif\x00"):
            found["camera data (EXIF)"] = None
        elif marker == _APP1 and payload.startswith(b"http"):
            found["description (XMP)"] = None
        elif marker == 0xED:
            found["description (IPTC)"] = None
        elif marker == 0xE2 and payload.startswith(b"ICC_PROFILE"):
            found["color profile"] = None
        elif _APP1 <= marker <= 0xEF and marker != _APP14:
            found["data of other programs"] = None
    if _end_of(name, content) < len(content):
        found["data after the picture"] = None
    return list(found)


def _segments(name: str, content: bytes) -> Iterator[Segment]:
    for marker, start, end in _spans(name, content):
        if marker != _END:
            yield marker, content[start:end]


def _end_of(name: str, content: bytes) -> int:
    return max(end for _, _, end in _spans(name, content))


def _spans(name: str, content: bytes) -> Iterator[tuple[int, int, int]]:
    """Marker, and where its payload begins and ends, up to the end of the picture."""
    if content[:2] != b"\xff\xd8":
        raise broken(name)
    at = 2
    while True:
        while content[at : at + 2] == b"\xff\xff":
            at += 1
        if at + 2 > len(content) or content[at] != 0xFF:
            raise broken(name)
        marker, at = content[at + 1], at + 2
        if marker == _END:
            yield _END, at, at
            return
        if marker in _WITHOUT_LENGTH:
            continue
        length = int.from_bytes(content[at : at + 2], "big")
        if length < 2 or at + length > len(content):
            raise broken(name)
        start, end = at + 2, at + length
        if marker == _SCAN:
            start, end = at, _end_of_scan(name, content, end)
        yield marker, start, end
        at = end


def _end_of_scan(name: str, content: bytes, at: int) -> int:
    """Where compressed data ends: at a marker that is neither stuffing nor a restart."""
    while (at := content.find(b"\xff", at)) >= 0 and at + 1 < len(content):
        follows = content[at + 1]
        if follows == 0xFF:
            at += 1
        elif follows == 0 or 0xD0 <= follows <= 0xD7:
            at += 2
        else:
            return at
    raise broken(name)


def _segment(marker: int, payload: bytes) -> bytes:
    return bytes((0xFF, marker)) + (len(payload) + 2).to_bytes(2, "big") + payload


def _orientation_only(orientation: int) -> bytes:
    """EXIF with one entry: tag 0x0112, one SHORT (TIFF 6.0, big-endian)."""
    entry = bytes.fromhex("0112 0003 00000001") + orientation.to_bytes(2, "big") + b"\x00\x00"
    return b"Exif\x00\x00MM\x00\x2a\x00\x00\x00\x08\x00\x01" + entry + b"\x00\x00\x00\x00"
