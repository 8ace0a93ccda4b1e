# SPDX-License-Identifier: MIT
"""Pixels to look at: decoded from what is stored, in several sizes, with a first window."""

from __future__ import annotations

import io
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageOps

from models.errors import LogbookDamaged
from models.images.picture import UNREADABLE, NoMemory
from models.speech import say

Array = npt.NDArray[np.uint8] | npt.NDArray[np.uint16]

THUMBNAIL = 256
"""The longer side of a thumbnail, in pixels."""

_SMALLEST = 512
_STRIP = 256
_DARKEST, _BRIGHTEST = 0.5, 99.5
_MOST_SAMPLES = 250_000


@dataclass(frozen=True, slots=True)
class Pixels:
    """A decoded picture.

    Attributes:
        sizes: the picture, then each time half as large; gray (height, width) of 8 or 16 bits, or
            color (height, width, 3) of 8 bits.
        low, high: the values that are shown black and white at first.
    """

    sizes: tuple[Array, ...]
    low: float
    high: float

    @property
    def width(self) -> int:
        """Width in pixels."""
        return int(self.sizes[0].shape[1])

    @property
    def height(self) -> int:
        """Height in pixels."""
        return int(self.sizes[0].shape[0])

    @property
    def size(self) -> int:
        """The memory that it takes, in bytes."""
        return sum(array.nbytes for array in self.sizes)

    @property
    def top(self) -> int:
        """The largest value that a pixel can have."""
        return int(np.iinfo(self.sizes[0].dtype).max)


def decode(content: bytes) -> Pixels:
    """The pixels of a stored image.

    Raises:
        LogbookDamaged: it cannot be decoded any more.
        NoMemory: it does not fit into the memory that is free.
    """
    try:
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as image:
            image.load()
            upright = ImageOps.exif_transpose(image)
            array = as_array(upright)
        return Pixels(_halved(array), *first_window(array))
    except MemoryError as error:
        raise NoMemory(say("This image")) from error
    except UNREADABLE as error:
        raise LogbookDamaged(
            say("A stored image cannot be read any more."),
            say("Check the logbook, and restore the last backup if it is damaged."),
        ) from error


def as_array(image: Image.Image) -> Array:
    """The pixels of an image whose mode is L, I;16 or anything that RGB can show."""
    if image.mode == "I;16":
        deep: Array = np.frombuffer(image.tobytes(), dtype="<u2").astype(np.uint16)
        return deep.reshape(image.height, image.width)
    plain = image if image.mode in ("L", "RGB") else image.convert("RGB")
    return np.asarray(plain, dtype=np.uint8)


def as_image(array: Array) -> Image.Image:
    """An image that holds these pixels and nothing else."""
    height, width = array.shape[:2]
    if array.dtype == np.uint16:
        return Image.frombytes("I;16", (width, height), array.astype("<u2").tobytes())
    mode = "RGB" if array.ndim == 3 else "L"
    return Image.frombytes(mode, (width, height), np.ascontiguousarray(array).tobytes())


def first_window(array: Array) -> tuple[float, float]:
    """What to show black and white: of 16 bits the range that is used, of 8 bits everything."""
    if array.dtype != np.uint16:
        return 0.0, 255.0
    step = max(1, int((array.size / _MOST_SAMPLES) ** 0.5))
    low, high = np.percentile(array[::step, ::step], (_DARKEST, _BRIGHTEST))
    return float(low), float(max(high, low + 1))


def png(array: Array) -> bytes:
    """The pixels as a PNG file, without loss and with nothing beside them."""
    file = io.BytesIO()
    # Noise hardly gets smaller with more effort, which large pictures take ten times longer for.
    as_image(array).save(file, "PNG", compress_level=1)
    return file.getvalue()


def thumbnail(array: Array) -> bytes:
    """A small picture for lists, as a JPEG file."""
    step = max(1, min(array.shape[:2]) // (2 * THUMBNAIL))
    small = array[::step, ::step]
    if small.dtype == np.uint16:
        low, high = first_window(array)
        shown = np.clip((small.astype(np.float64) - low) / (high - low), 0, 1)
        small = (shown * 255).astype(np.uint8)
    image = as_image(small)
    image.thumbnail((THUMBNAIL, THUMBNAIL))
    file = io.BytesIO()
    image.save(file, "JPEG", quality=85)
    return file.getvalue()


def _halved(array: Array) -> tuple[Array, ...]:
    sizes = [array]
    while max(sizes[-1].shape[:2]) > 2 * _SMALLEST and min(sizes[-1].shape[:2]) > 1:
        sizes.append(_half(sizes[-1]))
    return tuple(sizes)


def _half(array: Array) -> Array:
    """The mean of each two by two pixels; an odd row or column at the edge is left out."""
    height, width = (length // 2 * 2 for length in array.shape[:2])
    half: Array = np.empty((height // 2, width // 2, *array.shape[2:]), dtype=array.dtype)
    # In strips, because the sums take more room than the picture itself.
    for top in range(0, height, _STRIP):
        even = array[top : min(top + _STRIP, height), :width].astype(np.uint32)
        added = even[::2, ::2] + even[1::2, ::2] + even[::2, 1::2] + even[1::2, 1::2]
        half[top // 2 : (top + len(even)) // 2] = added // 4
    return half
