# SPDX-License-Identifier: MIT
"""What names a person does not reach the logbook, wherever it stood in the file."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from models.case import save_case
from models.images import store
from models.images.picture import JPEG, PNG
from models.images.pixels import decode
from models.images.reading import Read, read
from models.schema import AuditEntry
from tests.builders import a_case
from tests.fresh import new_logbook
from tests.models.images.planted import FILES, SMALL
from tests.radiographs import as_jpeg

NAMES = st.text(st.characters(min_codepoint=65, max_codepoint=122), min_size=8, max_size=40)


def everything(kept: Read) -> bytes:
    said = "\n".join((*kept.picture.removed, *kept.picture.notes))
    return kept.picture.content + kept.thumbnail + said.encode()


@pytest.mark.parametrize("file", FILES)
@given(name=NAMES)
def test_no_planted_name_is_in_what_is_kept_or_told(file: str, name: str) -> None:
    content = FILES[file](name)
    assert name.encode() in content or file.endswith("png")
    kept = everything(read(file, content))
    assert name.encode() not in kept
    for encoding in ("utf-16-le", "utf-16-be"):
        assert name.encode(encoding) not in kept


@pytest.mark.parametrize("file", FILES)
def test_what_is_kept_has_pixels_and_nothing_beside_them(file: str) -> None:
    picture = read(file, FILES[file]("Maria Musterfrau")).picture
    with Image.open(io.BytesIO(picture.content)) as image:
        image.load()
        assert not {"comment", "icc_profile", "xmp", "photoshop"} & set(image.info)
        assert not getattr(image, "text", {})
        assert set(image.getexif()) <= {0x0112}
    assert picture.media_type == (JPEG if file.endswith("jpg") else PNG)
    assert not read("again", picture.content).picture.removed or file.endswith("jpg")


def test_neither_logbook_nor_audit_has_a_planted_name(tmp_path: Path) -> None:
    logbook = new_logbook(tmp_path / "Clinic.kypholog")
    case = a_case("P-1")
    for file, make in FILES.items():
        case.add_image(store.put(logbook, read(file, make("QzMusterfrauZq"))))
    save_case(logbook, case)
    with logbook.session():
        told = list(AuditEntry.select(AuditEntry.changes).tuples().execute(logbook.database))
    logbook.close()
    assert case.images[0].content_id in str(told)
    stored = b"".join(file.read_bytes() for file in logbook.folder.iterdir())
    assert b"QzMusterfrauZq" not in stored + str(told).encode()


def test_the_user_is_told_what_kinds_of_information_went() -> None:
    told = {
        file: read(file, make("Maria Musterfrau")).picture.removed for file, make in FILES.items()
    }
    said = "comments camera data (EXIF) description (XMP) description (IPTC) color profile"
    assert set(told["scan.jpg"]) >= {"place (GPS)", "data after the picture"}
    assert all(what in said for what in told["scan.jpg"][:5])
    assert {"text", "description (XMP)", "data of other programs"} <= {*told["scan.png"]}
    assert {"text", "name of the author", "copyright"} <= {*told["scan.tif"]}
    assert told["scan.dcm"][:3] == ("patient name", "patient ID", "birth date")
    assert {"names of staff", "hospital", "private data of the manufacturer"} <= {*told["scan.dcm"]}


def test_a_jpeg_keeps_its_compressed_pixels_and_its_orientation() -> None:
    content = FILES["scan.jpg"]("Maria Musterfrau")
    kept = read("scan.jpg", content).picture.content
    with Image.open(io.BytesIO(content)) as before, Image.open(io.BytesIO(kept)) as after:
        assert np.array_equal(np.asarray(before), np.asarray(after))
        assert after.getexif().get(0x0112) == 6
    assert (decode(kept).width, decode(kept).height) == (64, 48)


def test_a_jpeg_without_anything_beside_it_is_told_to_have_nothing() -> None:
    assert read("scan.jpg", as_jpeg(SMALL)).picture.removed == ()
