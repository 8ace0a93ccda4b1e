# SPDX-License-Identifier: MIT
"""Pictures that look a little like radiographs of a spine, and say on them that they are not."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pydicom
from PIL import Image, ImageDraw, ImageFilter
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import UID, ExplicitVRLittleEndian, generate_uid

from models.case import Case, save_case
from models.images import store
from models.images.reading import read
from models.logbook import Logbook
from models.vocabulary import ImageKind, ImagePhase, Level
from tests.builders import a_case

MARK = "SYNTHETIC"
XRAY_ANGIOGRAPHY = UID("1.2.840.10008.5.1.4.1.1.12.1")


def lateral(
    width: int = 480,
    height: int = 640,
    *,
    collapse: float = 0.0,
    cement: bool = False,
    seed: int = 1,
) -> npt.NDArray[np.uint16]:
    """A column of vertebral bodies from the side, 12 bits a pixel, bone bright.

    Args:
        width: in pixels.
        height: in pixels.
        collapse: how much of its anterior height the middle body has lost, 0 to 1.
        cement: whether the middle body holds a bright filling.
        seed: of the noise.
    """
    image = Image.new("L", (width, height), 40)
    draw = ImageDraw.Draw(image)
    step, wide = height / 5, width * 0.36
    for number in range(-1, 6):
        top = number * step + step * 0.12
        bottom = top + step * 0.72
        left = width * (0.34 + 0.03 * ((number - 2) ** 2) / 4)
        lost = collapse * step * 0.6 if number == 2 else 0
        body = [(left, top + lost), (left + wide, top), (left + wide, bottom), (left, bottom)]
        draw.polygon(body, fill=128, outline=196, width=max(2, width // 120))
        back = left + wide
        draw.ellipse((back + wide * 0.1, top, back + wide * 0.5, bottom), fill=86)
        draw.line((back, top + step * 0.25, back + wide * 0.9, bottom), fill=104, width=width // 22)
        if cement and number == 2:
            inner = (left + wide * 0.2, top + lost * 0.6 + step * 0.16, back - wide * 0.25)
            draw.ellipse((*inner[:2], inner[2], bottom - step * 0.1), fill=236)
    image = image.filter(ImageFilter.GaussianBlur(width / 90))
    image = Image.blend(image, _soft_tissue(width, height), 0.25)
    draw = ImageDraw.Draw(image)
    draw.text((width * 0.04, height * 0.02), MARK, fill=220, font_size=max(10, width // 18))
    noise = np.random.default_rng(seed).normal(0, 26, (height, width))
    return np.clip(np.asarray(image, dtype=np.float64) * 12 + 200 + noise, 0, 4095).astype(
        np.uint16
    )


def _soft_tissue(width: int, height: int) -> Image.Image:
    """Brighter towards the middle of the body, and uneven."""
    across = np.exp(-(((np.arange(width) / width - 0.55) / 0.3) ** 2)) * 150
    rough = np.random.default_rng(0).normal(0, 40, (height // 8 + 1, width // 8 + 1))
    rough = np.repeat(np.repeat(rough, 8, axis=0), 8, axis=1)[:height, :width]
    shade = np.clip(40 + across[None, :] + rough, 0, 255).astype(np.uint8)
    return Image.fromarray(shade).filter(ImageFilter.GaussianBlur(width / 60))


def as_jpeg(pixels: npt.NDArray[np.uint16], **saved: object) -> bytes:
    """The picture as a JPEG file; ``saved`` as Pillow's ``save`` takes it."""
    return _file(Image.fromarray((pixels >> 4).astype(np.uint8)), "JPEG", **saved)


def as_png(pixels: npt.NDArray[np.uint16], **saved: object) -> bytes:
    """The picture as a PNG file of 16 bits."""
    return _file(Image.fromarray(pixels), "PNG", **saved)


def as_tiff(pixels: npt.NDArray[np.uint16], **saved: object) -> bytes:
    """The picture as a TIFF file of 16 bits."""
    return _file(Image.fromarray(pixels), "TIFF", **saved)


def as_dicom(pixels: npt.NDArray[np.generic], modality: str = "XA", **elements: object) -> bytes:
    """The picture as a DICOM file without compression; ``elements`` by their keywords.

    A third axis in front counts frames.
    """
    data = Dataset()
    data.SOPClassUID, data.SOPInstanceUID = XRAY_ANGIOGRAPHY, generate_uid()
    data.Modality = modality
    data.Rows, data.Columns = pixels.shape[-2:]
    data.SamplesPerPixel, data.PhotometricInterpretation = 1, "MONOCHROME2"
    data.BitsAllocated = pixels.dtype.itemsize * 8
    data.BitsStored = 12 if pixels.dtype.itemsize == 2 else 8
    data.HighBit = data.BitsStored - 1
    data.PixelRepresentation = 0
    if pixels.ndim == 3:
        data.NumberOfFrames = len(pixels)
    data.PixelData = pixels.tobytes()
    for keyword, value in elements.items():
        setattr(data, keyword, value)
    return dicom_bytes(data)


def as_compressed_dicom(pixels: npt.NDArray[np.generic], syntax: str, file: Path) -> bytes:
    """The same, compressed by gdcm as it names the ``syntax``; ``file`` is written on the way."""
    import gdcm

    file.write_bytes(as_dicom(pixels))
    reader = gdcm.ImageReader()
    reader.SetFileName(str(file))
    assert reader.Read()
    change = gdcm.ImageChangeTransferSyntax()
    change.SetTransferSyntax(gdcm.TransferSyntax(getattr(gdcm.TransferSyntax, syntax)))
    change.SetInput(reader.GetImage())
    assert change.Change()
    writer = gdcm.ImageWriter()
    writer.SetFileName(str(file))
    writer.SetFile(reader.GetFile())
    writer.SetImage(change.GetOutput())
    assert writer.Write()
    return file.read_bytes()


def dicom_bytes(data: Dataset) -> bytes:
    """The data set as a file."""
    data.file_meta = FileMetaDataset()
    data.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    data.file_meta.MediaStorageSOPClassUID = data.SOPClassUID
    data.file_meta.MediaStorageSOPInstanceUID = data.SOPInstanceUID
    file = io.BytesIO()
    pydicom.dcmwrite(file, data, enforce_file_format=True)
    return file.getvalue()


def case_with_images(
    logbook: Logbook, code: str = "P-1", size: tuple[int, int] = (480, 640)
) -> Case:
    """A stored case with three images: before, during and after."""
    case = a_case(code)
    for phase, collapse in zip(ImagePhase, (0.5, 0.4, 0.2), strict=True):
        cement = phase is not ImagePhase.BEFORE
        pixels = lateral(*size, collapse=collapse, cement=cement, seed=round(collapse * 10))
        case.add_image(
            store.put(logbook, read("scan.dcm", as_dicom(pixels))),
            phase=phase,
            kind=ImageKind.FLUOROSCOPY,
            level=Level.T12,
            caption="Lateral view",
        )
    save_case(logbook, case)
    return case


def _file(image: Image.Image, format_: str, **saved: object) -> bytes:
    file = io.BytesIO()
    image.save(file, format_, **saved)
    return file.getvalue()
