# SPDX-License-Identifier: MIT
"""Files become pictures, or are refused in a sentence that names them."""

from __future__ import annotations

import contextlib
import io
import random
import struct
import subprocess
import sys
import tracemalloc
import zlib
from pathlib import Path

import numpy as np
import pydicom
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from pydicom.dataset import Dataset

from models.images.picture import MOST_BYTES, NotAPicture
from models.images.pixels import Pixels, decode
from models.images.reading import Read, read, read_file
from models.vocabulary import ImageKind
from tests.models.images.planted import FILES, SMALL
from tests.radiographs import as_compressed_dicom, as_dicom, as_jpeg, as_png, as_tiff, dicom_bytes

ROOT = Path(__file__).parents[3]


def pixels(kept: Read) -> Pixels:
    return decode(kept.picture.content)


def refusal(name: str, content: bytes) -> str:
    with pytest.raises(NotAPicture) as refused:
        read(name, content)
    assert name in refused.value.message
    assert refused.value.cure
    return refused.value.message


@pytest.mark.parametrize("make", [as_png, as_tiff, as_dicom])
def test_sixteen_bits_stay_sixteen_bits(make: object) -> None:
    kept = pixels(read("scan", make(SMALL)))  # type: ignore[operator]
    assert np.array_equal(kept.sizes[0], SMALL)
    assert 0 < kept.low < kept.high < 4096


def test_content_and_not_the_name_says_what_a_file_is() -> None:
    assert pixels(read("scan.dcm", as_jpeg(SMALL))).width == SMALL.shape[1]


def test_a_file_of_400_mb_is_refused_without_being_read(tmp_path: Path) -> None:
    file = tmp_path / "run.dcm"
    with file.open("wb") as large:
        large.truncate(400 * 1024**2)
    with pytest.raises(NotAPicture, match=r"400 MB.*largest file.*100 MB"):
        read_file(file)
    assert MOST_BYTES == 100 * 1024**2


def test_a_picture_that_unpacks_to_too_much_is_refused_by_its_header() -> None:
    header = struct.pack(">IIBBBBB", 30_000, 30_000, 1, 0, 0, 0, 0)
    chunk = b"IHDR" + header
    content = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk
    content += struct.pack(">I", zlib.crc32(chunk)) + b"\x00\x00\x00\x00IDAT" + bytes(20)
    assert "pixels" in refusal("bomb.png", content)
    assert "pixels" in refusal("large.dcm", as_dicom(SMALL, Rows=30_000, Columns=30_000))


def deflated(data: Dataset) -> bytes:
    """A data set as a file whose elements are packed whole (PS3.5, A.5)."""
    data.file_meta.TransferSyntaxUID = pydicom.uid.DeflatedExplicitVRLittleEndian
    file = io.BytesIO()
    pydicom.dcmwrite(file, data, enforce_file_format=True)
    return file.getvalue()


def test_a_deflated_dicom_is_read() -> None:
    data = pydicom.dcmread(io.BytesIO(as_dicom(SMALL)))
    assert np.array_equal(pixels(read("packed.dcm", deflated(data))).sizes[0], SMALL)


def test_a_deflated_dicom_that_unpacks_to_too_much_is_refused_before_it_is_unpacked() -> None:
    data = pydicom.dcmread(io.BytesIO(as_dicom(SMALL)))
    data.add_new(0x00091001, "OB", bytes(2 * MOST_BYTES))
    content = deflated(data)
    assert len(content) < MOST_BYTES / 100
    tracemalloc.start()
    assert "unpacks to more than 100 MB" in refusal("bomb.dcm", content)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 20 * 1024**2


@pytest.mark.skipif(sys.platform != "linux", reason="memory can be limited there")
@pytest.mark.parametrize("kind", ["png", "dcm"])
def test_a_picture_that_does_not_fit_into_memory_becomes_a_sentence(
    tmp_path: Path, kind: str
) -> None:
    file = tmp_path / f"large.{kind}"
    large = np.zeros((7_900, 7_900), np.uint16)
    file.write_bytes(as_png(large) if kind == "png" else as_dicom(large[:, :6_000]))
    script = (
        "import resource, sys\n"
        "from pathlib import Path\n"
        "from models.images import dicom, picture, reading\n"
        "used = int(Path('/proc/self/statm').read_text().split()[0]) * resource.getpagesize()\n"
        "size = Path(sys.argv[1]).stat().st_size\n"
        "limit = used + size + 40 * 1024**2\n"
        "resource.setrlimit(resource.RLIMIT_AS, (limit, limit))\n"
        "try:\n"
        "    reading.read_file(Path(sys.argv[1]))\n"
        "except picture.NoMemory as error:\n"
        "    print(error)\n"
    )
    command = [sys.executable, "-c", script, str(file)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.stdout.startswith(f"large.{kind} needs more memory than is free."), done.stderr


def test_what_is_no_picture_is_refused(tmp_path: Path) -> None:
    assert "not a picture" in refusal("letter.jpg", b"Dear colleague, " * 20)
    assert "empty" in refusal("nothing.png", b"")
    report = Dataset()
    report.SOPClassUID = report.SOPInstanceUID = "1.2.840.10008.5.1.4.1.1.88.11"
    assert "without a picture" in refusal("report.dcm", dicom_bytes(report))
    with pytest.raises(NotAPicture, match=r"gone.png cannot be read"):
        read_file(tmp_path / "gone.png")


@pytest.mark.parametrize("file", FILES)
@given(share=st.floats(0.02, 0.9))
def test_a_file_that_was_cut_off_is_refused_or_whole(file: str, share: float) -> None:
    content = FILES[file]("Maria Musterfrau")
    try:
        kept = read(file, content[: int(len(content) * share)])
    except NotAPicture:
        return
    assert np.array_equal(pixels(kept).sizes[0], pixels(read(file, content)).sizes[0])


@pytest.mark.parametrize("file", FILES)
@given(damage=st.lists(st.tuples(st.floats(0.01, 0.99), st.integers(0, 255)), max_size=8))
def test_damage_anywhere_is_refused_in_a_sentence_or_does_no_harm(
    file: str, damage: list[tuple[float, int]]
) -> None:
    content = bytearray(FILES[file]("Maria Musterfrau"))
    for place, value in damage:
        content[int(place * len(content))] = value
    with contextlib.suppress(NotAPicture):
        assert pixels(read(file, bytes(content))).width


@given(content=st.binary(max_size=300), start=st.sampled_from((b"", b"\xff\xd8\xff", b"II*\x00",
       b"\x89PNG\r\n\x1a\n", bytes(128) + b"DICM", b"\x08\x00\x05\x00CS")))  # fmt: skip
def test_no_file_of_whatever_content_breaks_the_reader(content: bytes, start: bytes) -> None:
    with pytest.raises(NotAPicture):
        read("any", start + content)


def test_a_truncated_dicom_is_refused() -> None:
    assert "ends too early" in refusal("cut.dcm", as_dicom(SMALL)[:-2000])


def test_of_several_frames_the_middle_or_the_chosen_one_is_taken_and_said() -> None:
    frames = np.stack([SMALL + 100 * number for number in range(5)])
    middle = read("run.dcm", as_dicom(frames))
    assert middle.picture.notes == ("run.dcm holds 5 frames; frame 3 was taken.",)
    assert np.array_equal(pixels(middle).sizes[0], frames[2])
    chosen = read("run.dcm", as_dicom(frames, RepresentativeFrameNumber=5))
    assert np.array_equal(pixels(chosen).sizes[0], frames[4])


def test_of_several_pages_the_first_is_taken_and_said() -> None:
    file = io.BytesIO()
    pages = [Image.new("L", (9, 9), shade) for shade in (10, 20, 30)]
    pages[0].save(file, "TIFF", save_all=True, append_images=pages[1:])
    kept = read("scans.tif", file.getvalue())
    assert kept.picture.notes == ("scans.tif holds 3 pictures; the first was taken.",)
    assert pixels(kept).sizes[0].max() == 10


def test_monochrome1_is_turned_so_that_bone_is_bright() -> None:
    kept = read("scan.dcm", as_dicom(SMALL, PhotometricInterpretation="MONOCHROME1"))
    assert np.array_equal(pixels(kept).sizes[0], 4095 - SMALL)


def test_slope_and_intercept_are_applied() -> None:
    kept = read("ct.dcm", as_dicom(SMALL, "CT", RescaleSlope="2", RescaleIntercept="-1024"))
    assert np.array_equal(pixels(kept).sizes[0], 2 * (SMALL - SMALL.min()))


def test_signed_values_and_bits_above_the_picture_come_out_right() -> None:
    signed = SMALL.astype(np.int16) - 2048
    kept = pixels(read("mr.dcm", as_dicom(signed, "MR", PixelRepresentation=1)))
    assert np.array_equal(kept.sizes[0], signed - signed.min())
    overlaid = SMALL | 0x8000
    assert np.array_equal(pixels(read("old.dcm", as_dicom(overlaid))).sizes[0], SMALL)


@pytest.mark.parametrize(
    ("modality", "kind"),
    [
        ("XA", ImageKind.FLUOROSCOPY),
        ("RF", ImageKind.FLUOROSCOPY),
        ("MR", ImageKind.MRI),
        ("CT", ImageKind.CT),
        ("DX", ImageKind.RADIOGRAPH),
        ("US", None),
    ],
)
def test_the_modality_proposes_a_kind(modality: str, kind: ImageKind | None) -> None:
    assert read("scan.dcm", as_dicom(SMALL, modality)).picture.kind is kind


@pytest.mark.parametrize(
    "said",
    [{"BurnedInAnnotation": "YES"}, {"SOPClassUID": "1.2.840.10008.5.1.4.1.1.7"}],
)
def test_names_that_may_be_burned_in_are_warned_of(said: dict[str, str]) -> None:
    (note,) = read("shot.dcm", as_dicom(SMALL, **said)).picture.notes
    assert "burned into" in note


@pytest.mark.parametrize(
    "syntax", ["JPEGLosslessProcess14_1", "JPEGLSLossless", "JPEG2000Lossless"]
)
def test_compressed_dicom_is_read_without_loss(syntax: str, tmp_path: Path) -> None:
    pytest.importorskip("gdcm")
    content = as_compressed_dicom(SMALL, syntax, tmp_path / "xa.dcm")
    assert np.array_equal(pixels(read("xa.dcm", content)).sizes[0], SMALL)


def test_lossy_jpeg_of_12_bits_is_read_with_all_its_bits(tmp_path: Path) -> None:
    pytest.importorskip("gdcm")
    deep = SMALL.astype(np.uint16) % 4096
    content = as_compressed_dicom(deep, "JPEGExtendedProcess2_4", tmp_path / "xa.dcm")
    found = pixels(read("xa.dcm", content)).sizes[0]
    assert found.dtype == np.uint16
    # gdcm writes the best quality, so that a value is off by what rounding makes of it.
    assert np.abs(found.astype(int) - deep).max() <= 2


def test_lossy_jpeg_of_12_bits_by_another_program_has_the_values_that_others_read() -> None:
    pytest.importorskip("gdcm")
    file = Path(pydicom.__file__).parent / "data" / "test_files" / "JPEG-lossy.dcm"
    found = pixels(read_file(file)).sizes[0]
    # What pydicom's own tests hold of this file, read with libjpeg.
    assert (found[420, 140], found[230, 120]) == (244, 95)


def test_compressed_dicom_is_read_where_python_buffers_what_it_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # It does so unless told otherwise, and whoever runs the tests may have told it.
    monkeypatch.delenv("PYTHONUNBUFFERED", raising=False)
    pytest.importorskip("gdcm")
    content = as_compressed_dicom(SMALL, "JPEGLosslessProcess14_1", tmp_path / "xa.dcm")
    assert np.array_equal(pixels(read("xa.dcm", content)).sizes[0], SMALL)


@pytest.mark.parametrize("seed", range(6))
def test_a_damaged_compressed_dicom_is_refused_or_read_and_never_ends_the_program(
    seed: int, tmp_path: Path
) -> None:
    pytest.importorskip("gdcm")
    content = bytearray(as_compressed_dicom(SMALL, "JPEGLosslessProcess14_1", tmp_path / "xa.dcm"))
    chance = random.Random(seed)
    for _ in range(12):
        content[chance.randrange(len(content) // 2, len(content))] = chance.randrange(256)
    try:
        read("xa.dcm", bytes(content))
    except NotAPicture as refused:
        told = refused.message
    else:
        told = "xa.dcm was read"
    assert told.startswith("xa.dcm")


def test_a_compression_that_cannot_be_read_is_named_with_the_cure() -> None:
    content = as_dicom(SMALL).replace(
        b"1.2.840.10008.1.2.1\x00", b"1.2.840.10008.1.2.4.100\x00"[:20]
    )
    with pytest.raises(NotAPicture) as refused:
        read("film.dcm", content)
    assert "without compression" in refused.value.cure or "damaged" in refused.value.message


def test_color_and_transparency() -> None:
    file = io.BytesIO()
    Image.new("RGBA", (8, 8), (200, 10, 10, 0)).save(file, "PNG")
    assert pixels(read("logo.png", file.getvalue())).sizes[0].min() == 255
    file = io.BytesIO()
    Image.new("CMYK", (8, 8), (0, 255, 255, 0)).save(file, "JPEG")
    assert pixels(read("print.jpg", file.getvalue())).sizes[0].shape == (8, 8, 3)
