# SPDX-License-Identifier: MIT
"""Pictures of each form in which a logbook keeps them, and cases that show them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache

import numpy as np
from PIL import ExifTags, Image

from models.case import Case, save_case
from models.images import store
from models.images.pixels import png
from models.images.reading import Read, read
from models.logbook import Logbook
from models.vocabulary import ImageKind, ImagePhase, Level
from tests.builders import a_case
from tests.radiographs import as_jpeg, as_png, lateral


@cache
def pictures() -> tuple[Read, ...]:
    """Gray of 16 bits, a JPEG file that is to be turned, and colors."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    colors = np.random.default_rng(3).integers(0, 255, (9, 12, 3), dtype=np.uint8)
    files = (as_png(lateral(30, 40)), as_jpeg(lateral(32, 24), exif=exif.tobytes()), png(colors))
    return tuple(read("picture", file) for file in files)


def put_all(logbook: Logbook) -> list[str]:
    """Store all of them; their names."""
    return [store.put(logbook, picture) for picture in pictures()]


def name_of(picture: Read) -> str:
    """The name of its content."""
    return hashlib.sha256(picture.picture.content).hexdigest()


def a_pictured_case(logbook: Logbook, code: str, shown: Sequence[Read] = ()) -> Case:
    """A case that is saved with these pictures, else with the first two."""
    case = a_case(code)
    for number, picture in enumerate(shown or pictures()[:2]):
        case.add_image(
            store.put(logbook, picture),
            phase=list(ImagePhase)[number],
            kind=ImageKind.FLUOROSCOPY,
            level=Level.T12,
            caption=f"No. {number}",
        )
    save_case(logbook, case)
    return case
