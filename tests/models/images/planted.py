# SPDX-License-Identifier: MIT
"""Files with a name planted wherever their format has room for one."""

from __future__ import annotations

import io
from collections.abc import Callable

import numpy as np
from PIL import Image, PngImagePlugin, TiffImagePlugin
from pydicom.dataset import Dataset

from tests.radiographs import as_dicom, as_jpeg, as_png, as_tiff, lateral

SMALL = lateral(48, 64)


def _exif(name: str) -> Image.Exif:
    exif = Image.Exif()
    exif[0x010E], exif[0x013B], exif[0x8298] = name, name, name
    exif[0x0112] = 6
    exif.get_ifd(0x8769)[0x9286] = name.encode()
    exif.get_ifd(0x8825)[0x001D] = name
    return exif


def _segment(marker: int, payload: bytes) -> bytes:
    return bytes((0xFF, marker)) + (len(payload) + 2).to_bytes(2, "big") + payload


def jpeg(name: str) -> bytes:
    """EXIF, XMP, IPTC, comments (also between scans), color profile, a thumbnail, and a tail."""
    content = as_jpeg(
        SMALL,
        exif=_exif(name),
        comment=name.encode(),
        xmp=b"<x:xmpmeta>" + name.encode() + b"</x:xmpmeta>",
        icc_profile=b"profile of " + name.encode(),
        progressive=True,
    )
    planted = _segment(0xED, b"Photoshop 3.0\x008BIM" + name.encode())
    comment = _segment(0xFE, name.encode())
    last_scan = content.rindex(b"\xff\xda")
    between = content[:last_scan] + comment + content[last_scan:]
    return between[:2] + planted + between[2:] + name.encode()


def png(name: str) -> bytes:
    """Text chunks of each kind, EXIF, color profile, a private chunk, and a tail."""
    info = PngImagePlugin.PngInfo()
    info.add_text("Patient", name)
    info.add_text("Packed", name, zip=True)
    info.add_itxt("XML:com.adobe.xmp", name)
    info.add(b"prIv", name.encode())
    info.add(b"tEXt", b"Late\x00" + name.encode(), after_idat=True)
    return as_png(SMALL, pnginfo=info, exif=_exif(name), icc_profile=name.encode()) + name.encode()


def tiff(name: str) -> bytes:
    """Tags for text, XMP, IPTC, Photoshop, and private ones."""
    tags = TiffImagePlugin.ImageFileDirectory_v2()
    for number in (269, 270, 285, 305, 315, 316, 33432):
        tags[number] = name
    for number in (700, 33723, 34377, 65000):
        tags.tagtype[number] = 7
        tags[number] = name.encode()
    return as_tiff(SMALL, tiffinfo=tags) + name.encode()


def dicom(name: str) -> bytes:
    """Person names, words, private elements, nested sequences, preamble, overlays, unused bits."""
    item, inner = Dataset(), Dataset()
    inner.PersonName = name
    inner.add_new(0x00110010, "LO", "MAKER")
    inner.add_new(0x00111001, "LO", name)
    item.RequestedProcedureDescription = name
    item.PersonIdentificationCodeSequence = [inner]
    frames = np.stack([SMALL, SMALL, SMALL])
    content = as_dicom(
        frames,
        PatientName=name,
        PatientID=name,
        PatientBirthDate="19401224",
        PatientAddress=name,
        InstitutionName=name,
        OperatorsName=name,
        StudyDescription=name,
        ImageComments=name,
        RequestAttributesSequence=[item],
    )
    return name.encode()[:128].ljust(128, b"\x00") + content[128:]


def pasted(name: str) -> bytes:
    """A palette picture with transparency, as a browser hands it over."""
    info = PngImagePlugin.PngInfo()
    info.add_text("Title", name)
    image = Image.new("P", (20, 30), 3)
    file = io.BytesIO()
    image.save(file, "PNG", pnginfo=info, transparency=3)
    return file.getvalue()


FILES: dict[str, Callable[[str], bytes]] = {
    "scan.jpg": jpeg,
    "scan.png": png,
    "scan.tif": tiff,
    "scan.dcm": dicom,
    "pasted.png": pasted,
}
