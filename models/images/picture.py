# SPDX-License-Identifier: MIT
"""What comes of a file that was handed in, and how a file that cannot be taken is refused."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass

from models.errors import LogbookError
from models.speech import say
from models.vocabulary import ImageKind

MOST_BYTES = 100 * 1024 * 1024
"""The largest file that is taken."""
MOST_PIXELS = 64_000_000
"""The largest picture that is taken, in width times height."""

UNREADABLE = (
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)
"""What the libraries raise, as random damage to files has shown, on a file that is broken."""

JPEG = "image/jpeg"
PNG = "image/png"


class NotAPicture(LogbookError):
    """A file cannot become an image of a case; the sentence names it."""


class NoMemory(NotAPicture):
    """A picture does not fit into the memory that is free now; it may later."""

    def __init__(self, name: str) -> None:
        super().__init__(
            say("{name} needs more memory than is free.", name=name),
            say("Close other programs and try again, or export it smaller."),
        )


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that names nobody outside its pixels.

    Attributes:
        media_type: ``PNG`` or ``JPEG``.
        content: the file as it is to be stored.
        removed: kinds of information that were taken off ("patient name"), never their values.
        notes: what else the user should know, in full sentences.
        kind: what made the image, where the file said so: a proposal.
    """

    media_type: str
    content: bytes
    removed: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    kind: ImageKind | None = None


def refuse_size(name: str, size: int) -> None:
    """Refuse a file by its size in bytes, before it is read.

    Raises:
        NotAPicture: it is empty, or larger than ``MOST_BYTES``.
    """
    if size == 0:
        raise NotAPicture(
            say("{name} is empty.", name=name), say("Copy it again from where it came.")
        )
    if size > MOST_BYTES:
        raise NotAPicture(
            say(
                "{name} has {size:,.0f} MB, and the largest file that is taken has "
                "{most_bytes} MB.",
                name=name,
                size=size / 1024**2,
                most_bytes=MOST_BYTES // 1024**2,
            ),
            say("Export a single picture of the series, or a smaller one."),
        )


def refuse_unpacked(name: str, size: int) -> None:
    """Refuse a packed file by the size in bytes that it unpacks to.

    Raises:
        NotAPicture: that is more than ``MOST_BYTES``.
    """
    if size > MOST_BYTES:
        raise NotAPicture(
            say(
                "{name} unpacks to more than {most_bytes} MB.",
                name=name,
                most_bytes=MOST_BYTES // 1024**2,
            ),
            say("Export a single picture of the series, or a smaller one."),
        )


def refuse_pixels(name: str, width: int, height: int) -> None:
    """Refuse a picture by its size in pixels, before it is decoded.

    Raises:
        NotAPicture: it has no pixels, or more than ``MOST_PIXELS``.
    """
    if width < 1 or height < 1:
        raise NotAPicture(say("{name} holds no pixels.", name=name), say("Export it again."))
    if width * height > MOST_PIXELS:
        raise NotAPicture(
            say(
                "{name} has {width:,} × {height:,} pixels, and the largest picture that is "
                "taken has {most_pixels} million.",
                name=name,
                width=width,
                height=height,
                most_pixels=MOST_PIXELS // 1000000,
            ),
            say("Export it smaller, or only the part that matters."),
        )


def broken(name: str) -> NotAPicture:
    """The refusal of a file that begins like a picture and does not go on like one."""
    return NotAPicture(
        say("{name} is damaged or ends too early.", name=name),
        say("Copy or export it again from where it came."),
    )
