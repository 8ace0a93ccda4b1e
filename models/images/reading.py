# SPDX-License-Identifier: MIT
"""From the bytes of a file, or from a picture on the clipboard, to one that names nobody.

What a file is, its content tells and not its name. The result holds the pixels and nothing else:
as PNG without loss; of a JPEG file the compressed data stay as they are.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import ExifTags, Image, ImageOps

from models.disk import content_of, refuse_no_file
from models.images import jpeg
from models.images.picture import (
    JPEG,
    PNG,
    UNREADABLE,
    NoMemory,
    NotAPicture,
    Picture,
    broken,
    refuse_pixels,
    refuse_size,
)
from models.images.pixels import Array, as_array, png, thumbnail
from models.speech import say

PATTERNS = ("*.png", "*.jpg", "*.jpeg", "*.tif", "*.tiff", "*.dcm", "*.dicom")
"""How such files are usually called, for the dialog that chooses them."""

_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
_TIFF = (b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+")
_DICM, _BARE_DICOM = b"DICM", (b"\x02\x00", b"\x08\x00")
_PREAMBLE = 128
_PHOTOMETRIC, _MIN_IS_WHITE = 262, 0
_TEXT_CHUNKS = (b"tEXt", b"zTXt", b"iTXt")
_CHUNKS = {
    **dict.fromkeys(_TEXT_CHUNKS, "text"),
    b"eXIf": say("camera data (EXIF)"),
    b"iCCP": say("color profile"),
    b"tIME": say("dates and times"),
}
_PLAIN_CHUNKS = frozenset(
    b"IHDR PLTE IDAT IEND gAMA cHRM sRGB sBIT pHYs bKGD tRNS hIST sPLT".split()
)
_PIXELS_ONLY = frozenset(b"IHDR IDAT IEND".split())
_COLOR_TYPE_AT, _GRAY, _RGB = 25, 0, 2
_TAGS = {
    269: "text",
    270: "text",
    285: "text",
    305: "software",
    306: say("dates and times"),
    315: say("name of the author"),
    316: "software",
    700: say("description (XMP)"),
    33432: "copyright",
    33723: say("description (IPTC)"),
    34377: say("data of other programs"),
    34665: say("camera data (EXIF)"),
    34675: say("color profile"),
    34853: say("place (GPS)"),
}
_FIRST_PRIVATE_TAG = 32768


@dataclass(frozen=True, slots=True)
class Read:
    """A picture, and a thumbnail of it as a JPEG file."""

    picture: Picture
    thumbnail: bytes


def read_file(path: Path) -> Read:
    """The picture in a file.

    Raises:
        NotAPicture: it cannot be read, is too large, or is no picture; the sentence names it.
    """
    try:
        refuse_no_file(path)
        refuse_size(path.name, path.stat().st_size)
        content = content_of(path)
    except MemoryError as error:
        raise NoMemory(path.name) from error
    except OSError as error:
        raise NotAPicture(
            say("{path} cannot be read: {reason}.", path=path.name, reason=error.strerror),
            say("Check that the file is there and that you may read it."),
        ) from error
    return read(path.name, content)


def read(name: str, content: bytes) -> Read:
    """The picture in ``content``; ``name`` is how a refusal names it.

    Raises:
        NotAPicture: it is too large, damaged, or no picture.
        NoMemory: it does not fit into the memory that is free.
    """
    return _checked(name, content, _read)


def read_kept(name: str, content: bytes) -> Read:
    """A picture as a logbook keeps it, in ``content``, which stays byte for byte what it is.

    So it keeps the name that its checksum gives it. It is checked as any other.

    Raises:
        NotAPicture: it is too large, damaged, no picture, or holds more than pixels.
        NoMemory: it does not fit into the memory that is free.
    """
    return _checked(name, content, _read_kept)


def _checked(name: str, content: bytes, how: Callable[[str, bytes], Read]) -> Read:
    refuse_size(name, len(content))
    with warnings.catch_warnings():
        # Libraries quote in their warnings what they stumbled over, and that may be a name.
        warnings.simplefilter("ignore")
        try:
            return how(name, content)
        except MemoryError as error:
            raise NoMemory(name) from error


@contextmanager
def _refusing(name: str) -> Iterator[None]:
    """Say in words what is wrong with a file."""
    try:
        yield
    except Image.DecompressionBombError as error:
        raise NotAPicture(
            say("{name} unpacks to far more pixels than a medical picture has.", name=name),
            say("Export it smaller, or only the part that matters."),
        ) from error
    except UNREADABLE as error:
        raise broken(name) from error


def _read(name: str, content: bytes) -> Read:
    with _refusing(name):
        if content.startswith(_JPEG):
            return _read_jpeg(name, content)
        if content.startswith(_PNG):
            return _read_plain(name, content, "PNG", _in_png(content))
        if content.startswith(_TIFF):
            return _read_plain(name, content, "TIFF", [])
    if content[_PREAMBLE : _PREAMBLE + 4] == _DICM or content.startswith(_BARE_DICOM):
        return _read_dicom(name, content)
    raise NotAPicture(
        say("{name} is not a picture in one of the formats PNG, JPEG, TIFF and DICOM.", name=name),
        say("Export it in one of these, or copy the picture and paste it here."),
    )


def _read_kept(name: str, content: bytes) -> Read:
    with _refusing(name):
        if content.startswith(_JPEG):
            found = _read_jpeg(name, content)
            is_bare = found.picture.content == content
        elif content.startswith(_PNG):
            found = _read_kept_png(name, content)
            is_bare = _is_bare_png(content)
        else:
            raise NotAPicture(
                say("{name} is no picture as a logbook keeps it: neither PNG nor JPEG.", name=name),
                say("Take it from where it came."),
            )
    if not is_bare:
        raise NotAPicture(
            say("{name} holds more than pixels, and that could name somebody.", name=name),
            say("Add the picture to the case by hand: then everything else is taken off."),
        )
    return found


def _read_kept_png(name: str, content: bytes) -> Read:
    with Image.open(io.BytesIO(content), formats=("PNG",)) as image:
        refuse_pixels(name, *image.size)
        image.load()
        return Read(Picture(PNG, content), thumbnail(as_array(image)))


def _read_jpeg(name: str, content: bytes) -> Read:
    with Image.open(io.BytesIO(content), formats=("JPEG",)) as image:
        refuse_pixels(name, *image.size)
        image.load()
        removed = [*jpeg.found_in(name, content), *_in_exif(image)]
        orientation = image.getexif().get(ExifTags.Base.Orientation, 1)
        array = as_array(ImageOps.exif_transpose(image))
        is_plain = image.mode in ("L", "RGB")
    if is_plain:
        known = orientation if orientation in range(1, 9) else 1
        kept = Picture(JPEG, jpeg.stripped(name, content, known), tuple(removed))
    else:
        kept = Picture(PNG, png(array), tuple(removed))
    return Read(kept, thumbnail(array))


def _read_plain(name: str, content: bytes, format_: str, removed: list[str]) -> Read:
    with Image.open(io.BytesIO(content), formats=(format_,)) as image:
        refuse_pixels(name, *image.size)
        image.load()
        notes = []
        pages = getattr(image, "n_frames", 1)
        if pages > 1:
            notes.append(
                say("{name} holds {pages} pictures; the first was taken.", name=name, pages=pages)
            )
        if format_ == "TIFF":
            removed = _in_tiff(image)
        array = _upright(image)
        if image.mode in ("I", "F"):
            notes.append(say("The values of {name} were fitted into 16 bits.", name=name))
    told = tuple(dict.fromkeys(removed))
    return Read(Picture(PNG, png(array), told, tuple(notes)), thumbnail(array))


def _read_dicom(name: str, content: bytes) -> Read:
    # pydicom takes long to load, and most pictures come without it.
    from models.images import dicom

    found = dicom.read(name, content)
    kept = Picture(PNG, png(found.pixels), found.removed, found.notes, found.kind)
    return Read(kept, thumbnail(found.pixels))


def _upright(original: Image.Image) -> Array:
    """The pixels as they are meant to be seen, in one of the forms that are kept."""
    is_negative = getattr(original, "tag_v2", {}).get(_PHOTOMETRIC) == _MIN_IS_WHITE
    image = ImageOps.exif_transpose(original)
    mode = image.mode
    if mode.startswith("I;16"):
        order = ">u2" if mode.endswith("B") else "<u2"
        deep: Array = np.frombuffer(image.tobytes(), dtype=order).astype(np.uint16)
        deep = deep.reshape(image.height, image.width)
        return 65535 - deep if is_negative else deep
    if mode in ("I", "F"):
        return _fitted(image)
    if image.has_transparency_data:
        # What is hidden under transparent parts could be anything.
        white = Image.new("RGBA", image.size, "white")
        return as_array(Image.alpha_composite(white, image.convert("RGBA")).convert("RGB"))
    return as_array(image.convert("L" if mode in ("1", "L") else "RGB"))


def _fitted(image: Image.Image) -> Array:
    """Whole numbers of 32 bits, or fractions, as 16 bits."""
    values = np.nan_to_num(np.asarray(image, dtype=np.float64), posinf=0, neginf=0)
    low, high = float(values.min()), float(values.max())
    if image.mode == "I" and low >= 0 and high <= 65535:
        return values.astype(np.uint16)
    return np.rint((values - low) * (65535 / max(high - low, 1e-300))).astype(np.uint16)


def _in_exif(image: Image.Image) -> Iterator[str]:
    exif = image.getexif()
    if exif.get_ifd(ExifTags.IFD.GPSInfo):
        yield say("place (GPS)")
    if exif.get_ifd(ExifTags.IFD.IFD1):
        yield say("embedded thumbnail")


def _in_tiff(image: Image.Image) -> list[str]:
    found = []
    for tag in getattr(image, "tag_v2", {}):
        if tag in _TAGS:
            found.append(_TAGS[tag])
        elif tag >= _FIRST_PRIVATE_TAG:
            found.append(say("data of other programs"))
    return found


def _in_png(content: bytes) -> list[str]:
    """Kinds of information in the chunks beside the picture (PNG, third edition, 5.3)."""
    found, chunks = [], list(_chunks(content))
    for kind, at, _ in chunks:
        if kind not in _PLAIN_CHUNKS:
            is_xmp = content.startswith(b"XML:com.adobe.xmp", at + 8)
            said = _CHUNKS.get(kind, say("data of other programs"))
            found.append(say("description (XMP)") if is_xmp else said)
    if chunks and chunks[-1][2] < len(content):
        found.append(say("data after the picture"))
    return found


def _is_bare_png(content: bytes) -> bool:
    """Whether it is gray or colored pixels, none of them transparent, and nothing else."""
    chunks = list(_chunks(content))
    return (
        {kind for kind, _, _ in chunks} == _PIXELS_ONLY
        and chunks[-1][2] == len(content)
        and content[_COLOR_TYPE_AT] in (_GRAY, _RGB)
    )


def _chunks(content: bytes) -> Iterator[tuple[bytes, int, int]]:
    """What a chunk of a PNG file is, and where it begins and ends."""
    at = len(_PNG)
    while at + 8 <= len(content):
        length, kind = int.from_bytes(content[at : at + 4], "big"), content[at + 4 : at + 8]
        yield kind, at, at + length + 12
        at += length + 12
        if kind == b"IEND":
            break
