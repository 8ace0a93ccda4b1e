# SPDX-License-Identifier: MIT
"""Draws the icon in every size a desktop asks for, from ``resources/icons/kypholog.svg``.

That is ``kypholog-16.png`` to ``kypholog-512.png``, ``kypholog.ico`` for Windows and
``kypholog.icns`` for macOS.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

SOURCE = Path(__file__).parents[1] / "icons" / "kypholog.svg"
SIZES = (16, 22, 24, 32, 48, 64, 96, 128, 256, 512)
"""In pixels; freedesktop's icon themes have a folder for each."""

_GROUND, _MARGIN = 240, 8
"""Sides of the drawing's ground, and what is left around it, in the units of the drawing."""

_WINDOWS = (16, 24, 32, 48, 64, 128, 256)
_MAC = (16, 32, 64, 128, 256, 512, 1024)


@contextmanager
def with_qt() -> Iterator[None]:
    """Qt draws pictures only while an application is there; it needs no screen."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QGuiApplication.instance() or QGuiApplication([])
    yield
    del app


def draw(folder: Path) -> list[Path]:
    """Write all of them; the files.

    Raises:
        OSError: the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    renderer = QSvgRenderer(str(SOURCE))
    drawn = {size: _drawn(renderer, size, folder) for size in {*SIZES, *_WINDOWS, *_MAC}}
    images = {size: Image.open(file) for size, file in drawn.items()}
    windows, mac = folder / "kypholog.ico", folder / "kypholog.icns"
    images[256].save(
        windows,
        sizes=[(size, size) for size in _WINDOWS],
        append_images=[images[size] for size in _WINDOWS[:-1]],
    )
    images[1024].save(mac, append_images=[images[size] for size in _MAC[:-1]])
    return [*(drawn[size] for size in sorted(drawn)), windows, mac]


def margin_in(size: int) -> int:
    """Pixels around the ground of an icon of this size; one of 16 needs all of them."""
    return round(size * _MARGIN / (_GROUND + 2 * _MARGIN))


def _drawn(renderer: QSvgRenderer, size: int, folder: Path) -> Path:
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.setViewBox(_view(size))
    renderer.render(painter)
    painter.end()
    file = folder / f"kypholog-{size}.png"
    if not image.save(str(file)):
        raise OSError(f"{file} cannot be written.")
    return file


def _view(size: int) -> QRectF:
    """What of the drawing to show for the ground to end with whole pixels, not blurred."""
    margin = margin_in(size)
    unit = (size - 2 * margin) / _GROUND
    return QRectF(_MARGIN - margin / unit, _MARGIN - margin / unit, size / unit, size / unit)
