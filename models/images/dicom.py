# SPDX-License-Identifier: MIT
"""The picture in a DICOM file, and what else the file holds. Loads pydicom; import it late.

Tags and their meaning as in DICOM PS3.3 and PS3.6.
"""

from __future__ import annotations

import io
import logging
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

import numpy as np
import numpy.typing as npt
import pydicom
from PIL.Image import DecompressionBombError
from pydicom.dataelem import DataElement
from pydicom.dataset import Dataset
from pydicom.errors import BytesLengthException, InvalidDicomError
from pydicom.filereader import read_dataset
from pydicom.pixels.decoders.base import get_decoder
from pydicom.pixels.processing import apply_color_lut, apply_modality_lut
from pydicom.pixels.utils import pixel_array
from pydicom.uid import DeflatedExplicitVRLittleEndian

from models.images import apart
from models.images.picture import (
    MOST_BYTES,
    UNREADABLE,
    NotAPicture,
    broken,
    refuse_pixels,
    refuse_unpacked,
)
from models.images.pixels import Array
from models.speech import say
from models.vocabulary import ImageKind

# pydicom quotes values in its warnings, and a value may be a name. Those of its modules that log
# under a name of their own are not silenced with it: what they say ends here.
_said_by_pydicom = logging.getLogger("pydicom")
_said_by_pydicom.disabled = True
_said_by_pydicom.propagate = False
pydicom.config.settings.reading_validation_mode = pydicom.config.IGNORE

_BROKEN = (*UNREADABLE, InvalidDicomError, BytesLengthException, DecompressionBombError)
_PREAMBLE, _DICM = 128, b"DICM"
_PIECE = 1024**2
_KINDS = {
    "XA": ImageKind.FLUOROSCOPY,
    "RF": ImageKind.FLUOROSCOPY,
    "MR": ImageKind.MRI,
    "CT": ImageKind.CT,
    "CR": ImageKind.RADIOGRAPH,
    "DX": ImageKind.RADIOGRAPH,
    "XC": ImageKind.PHOTOGRAPH,
}
_VALUE_WORDS = ("RescaleSlope", "RescaleIntercept", "ModalityLUTSequence")
_SECONDARY_CAPTURE = "1.2.840.10008.5.1.4.1.1.7"
_MADE_FROM_SCREENS = frozenset({"SC", "OT"})

# In the order in which the user is told.
_PATIENT_NAME, _PATIENT_ID, _BIRTH = say("patient name"), say("patient ID"), say("birth date")
_PERSON, _CONTACT, _STAFF = (
    say("sex, age and build"),
    say("address and telephone"),
    say("names of staff"),
)
_HOSPITAL, _NUMBERS, _DATES = (
    say("hospital"),
    say("examination numbers"),
    say("dates and times"),
)
_WORDS, _DEVICE, _UIDS = say("descriptions"), say("device"), say("UIDs")
_OVERLAYS, _PRIVATE = say("overlay graphics"), say("private data of the manufacturer")
_ORDER = (
    _PATIENT_NAME, _PATIENT_ID, _BIRTH, _PERSON, _CONTACT, _STAFF, _HOSPITAL, _NUMBERS, _DATES,
    _WORDS, _DEVICE, _UIDS, _OVERLAYS, _PRIVATE,
)  # fmt: skip
_BY_KEYWORD = {
    "PatientName": _PATIENT_NAME,
    "OtherPatientNames": _PATIENT_NAME,
    "PatientBirthName": _PATIENT_NAME,
    "PatientMotherBirthName": _PATIENT_NAME,
    "PatientID": _PATIENT_ID,
    "OtherPatientIDs": _PATIENT_ID,
    "IssuerOfPatientID": _PATIENT_ID,
    "PatientBirthDate": _BIRTH,
    "PatientBirthTime": _BIRTH,
    "PatientSex": _PERSON,
    "PatientAge": _PERSON,
    "PatientSize": _PERSON,
    "PatientWeight": _PERSON,
    "PatientAddress": _CONTACT,
    "PatientTelephoneNumbers": _CONTACT,
    "InstitutionName": _HOSPITAL,
    "InstitutionAddress": _HOSPITAL,
    "InstitutionalDepartmentName": _HOSPITAL,
    "AccessionNumber": _NUMBERS,
    "StudyID": _NUMBERS,
    "StationName": _DEVICE,
    "DeviceSerialNumber": _DEVICE,
}
_BY_VR = {
    "PN": _STAFF,
    "DA": _DATES,
    "TM": _DATES,
    "DT": _DATES,
    "UI": _UIDS,
    "LO": _WORDS,
    "LT": _WORDS,
    "ST": _WORDS,
    "UT": _WORDS,
}


@dataclass(frozen=True, slots=True)
class DicomPicture:
    """The pixels of one frame, and what is to be told of the file."""

    pixels: Array
    removed: tuple[str, ...]
    notes: tuple[str, ...]
    kind: ImageKind | None


def read(name: str, content: bytes) -> DicomPicture:
    """The picture in the DICOM file ``content``; ``name`` is how a refusal names it.

    Of several frames the one is taken that the file calls representative, else the middle one,
    and a note says so.

    Raises:
        NotAPicture: there is no picture in it, or none that can be read.
    """
    try:
        _refuse_what_unpacks_to_too_much(name, content)
        data = pydicom.dcmread(io.BytesIO(content), force=True)
        _refuse_what_cannot_be_read(name, data)
        frames = int(data.get("NumberOfFrames") or 1)
        frame = _frame(data, frames)
        pixels = _pixels(data, content, frame)
        removed = _told(data)
    except _BROKEN as error:
        raise broken(name) from error
    notes = []
    if frames > 1:
        notes.append(
            say(
                "{name} holds {frames} frames; frame {frame} was taken.",
                name=name,
                frames=frames,
                frame=frame + 1,
            )
        )
    if _may_show_names(data):
        notes.append(
            say(
                "Names may be burned into the picture of {name}: look at it, and remove it if so.",
                name=name,
            )
        )
    kind = _KINDS.get(str(data.get("Modality", "")))
    return DicomPicture(pixels, removed, tuple(notes), kind)


def _refuse_what_unpacks_to_too_much(name: str, content: bytes) -> None:
    """A deflated file (PS3.5, A.5) is unpacked whole as soon as it is opened."""
    file = io.BytesIO(content)
    file.seek(_PREAMBLE + len(_DICM) if content[_PREAMBLE:].startswith(_DICM) else 0)
    head = read_dataset(
        file, is_implicit_VR=False, is_little_endian=True, stop_when=lambda tag, *_: tag.group != 2
    )
    if head.get("TransferSyntaxUID") == DeflatedExplicitVRLittleEndian:
        unpacking, packed, size = zlib.decompressobj(-zlib.MAX_WBITS), file.read(), 0
        while packed and size <= MOST_BYTES:
            size += len(unpacking.decompress(packed, _PIECE))
            packed = unpacking.unconsumed_tail
        refuse_unpacked(name, size)


def _refuse_what_cannot_be_read(name: str, data: Dataset) -> None:
    if "PixelData" not in data:
        if not any(word in data for word in ("SOPClassUID", "Modality")):
            raise broken(name)
        raise NotAPicture(
            say(
                "{name} is a DICOM file without a picture, such as a report or an index.", name=name
            ),
            say("Choose the file of the picture itself."),
        )
    refuse_pixels(name, int(data.Columns), int(data.Rows))
    syntax = data.file_meta.get("TransferSyntaxUID") if hasattr(data, "file_meta") else None
    if syntax is None:
        data.ensure_file_meta()
        data.file_meta.TransferSyntaxUID = pydicom.uid.ImplicitVRLittleEndian
        return
    try:
        can_read = get_decoder(syntax).is_available
    except NotImplementedError:
        can_read = False
    if not can_read:
        raise NotAPicture(
            say(
                "{name} is compressed in a way that Kypholog cannot read ({uid}).",
                name=name,
                uid=pydicom.uid.UID(syntax).name,
            ),
            say("Export it without compression (Explicit VR Little Endian), or as PNG."),
        )


def _frame(data: Dataset, frames: int) -> int:
    chosen = int(data.get("RepresentativeFrameNumber") or 0)
    return chosen - 1 if 1 <= chosen <= frames else (frames - 1) // 2


def _pixels(data: Dataset, content: bytes, frame: int) -> Array:
    raw = _decoded(data, content, frame)
    photometric = str(data.PhotometricInterpretation)
    if photometric == "PALETTE COLOR":
        raw = apply_color_lut(raw, data)
    if raw.ndim == 3:
        return _color(raw, 16 if photometric == "PALETTE COLOR" else int(data.BitsStored))
    return _gray(data, raw, inverted=photometric == "MONOCHROME1")


def _decoded(data: Dataset, content: bytes, frame: int) -> npt.NDArray[np.generic]:
    syntax = data.file_meta.TransferSyntaxUID
    if not syntax.is_compressed:
        return pixel_array(data, index=frame)
    known = get_decoder(syntax).available_plugins
    for plugin in known:
        if plugin != apart.PLUGIN:
            try:
                return pixel_array(data, index=frame, decoding_plugin=plugin)
            except _BROKEN:
                if apart.PLUGIN not in known:
                    raise
    return apart.decoded_apart(content, frame)


def _color(raw: npt.NDArray[np.generic], bits: int) -> Array:
    if raw.dtype == np.uint8:
        return cast("Array", raw)
    return (raw.astype(np.uint32) >> max(bits - 8, 0)).astype(np.uint8)


def _gray(data: Dataset, raw: npt.NDArray[np.generic], *, inverted: bool) -> Array:
    """Gray values as 8 or 16 bits without a sign, dark to bright."""
    stored = int(data.BitsStored)
    own = _within_bits(data, raw.astype(np.int64))
    is_plain = own.min() >= 0 and not any(word in data for word in _VALUE_WORDS)
    if is_plain and not inverted and stored <= 16:
        return own.astype(np.uint8) if stored <= 8 else own.astype(np.uint16)
    values = np.asarray(apply_modality_lut(own, data), dtype=np.float64)
    changed = not np.array_equal(values, own)
    low, high = float(values.min()), float(values.max())
    bottom = low if changed or low < 0 else 0.0
    top = high if changed or low < 0 else float(2**stored - 1)
    shifted = top - values if inverted else values - bottom
    span = top - bottom
    if span > 65535:
        shifted *= 65535 / span
    if stored <= 8 and span <= 255:
        return np.rint(shifted).astype(np.uint8)
    if 0 < span < 255:
        # Scaled to less than a step a value: spread out, so that nothing is rounded away.
        shifted *= 4095 / span
    return np.rint(shifted).astype(np.uint16)


def _within_bits(data: Dataset, raw: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """The stored bits alone: older files keep overlays in the bits above."""
    bits = int(data.BitsStored)
    own: npt.NDArray[np.int64] = raw & (2**bits - 1)
    if int(data.get("PixelRepresentation") or 0) == 1:
        own -= 2**bits * (own >= 2 ** (bits - 1))
    return own


def _may_show_names(data: Dataset) -> bool:
    return (
        str(data.get("BurnedInAnnotation", "")).upper() == "YES"
        or str(data.get("SOPClassUID", "")).startswith(_SECONDARY_CAPTURE)
        or str(data.get("Modality", "")) in _MADE_FROM_SCREENS
    )


def _told(data: Dataset) -> tuple[str, ...]:
    """Kinds of information in the file that are not its pixels."""
    found = {_what(element) for element in _elements(data)}
    return tuple(what for what in _ORDER if what in found)


def _elements(data: Dataset) -> Iterator[DataElement]:
    for element in data:
        if element.VR == "SQ":
            for item in element.value:
                yield from _elements(item)
        if element.VR != "SQ" or element.tag.is_private:
            yield element


def _what(element: DataElement) -> str:
    if element.is_empty:
        return ""
    if element.tag.is_private:
        return _PRIVATE
    if 0x6000 <= element.tag.group <= 0x60FF:
        return _OVERLAYS
    return _BY_KEYWORD.get(element.keyword) or _BY_VR.get(str(element.VR), "")
