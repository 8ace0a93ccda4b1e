# SPDX-License-Identifier: MIT
"""Brightness and contrast of an image, as radiologists set them: window and level. No Qt."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

LIMIT = 100
_STEPS_A_DOUBLING = 25


@dataclass(frozen=True, slots=True)
class Tone:
    """How values become shades. 0 is what the image begins with; each goes from -100 to 100."""

    brightness: int = 0
    contrast: int = 0
    inverted: bool = False

    def moved(self, brightness: float, contrast: float) -> Tone:
        """Brighter and of more contrast by so much, within the limits."""
        return replace(
            self,
            brightness=_within(self.brightness + brightness),
            contrast=_within(self.contrast + contrast),
        )

    def window(self, low: float, high: float) -> tuple[float, float]:
        """The values that are shown black and white, where untouched these are ``low``, ``high``.

        25 steps of contrast halve the width; 100 steps of brightness move by one whole width.
        """
        width = (high - low) * 2 ** (-self.contrast / _STEPS_A_DOUBLING)
        middle = (low + high) / 2 - self.brightness / LIMIT * (high - low)
        return middle - width / 2, middle + width / 2


def shades(tone: Tone, low: float, high: float, top: int) -> npt.NDArray[np.uint8]:
    """The shade (0 to 255) of every value from 0 to ``top``."""
    black, white = tone.window(low, high)
    values = (np.arange(top + 1) - black) * (255 / max(white - black, 1e-9))
    shown = np.rint(np.clip(values, 0, 255)).astype(np.uint8)
    return 255 - shown if tone.inverted else shown


def _within(value: float) -> int:
    return round(min(max(value, -LIMIT), LIMIT))
