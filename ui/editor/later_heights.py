# SPDX-License-Identifier: MIT
"""What a level lost again after the procedure, in words: after less later, wall by wall."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from models.heights import kyphosis_since, lost_since, wedge_since
from models.numbers import show_number
from models.schema import LaterMeasure, Row, TreatedLevel
from models.speech import begun_small, lowered, say
from ui.editor.case_rows import Subject
from ui.editor.gain import UNDEFINED, signed

_SEPARATOR = "  ·  "


def told_since(subject: Subject, row: Row) -> str:
    """The loss at each wall and how the angles grew; "" where nothing was measured."""
    level = subject.level
    if level is None or not isinstance(row, LaterMeasure) or not _is_measured(row):
        return ""
    lost = {
        wall.shown: UNDEFINED if loss is None else say("{loss} mm", loss=show_number(loss))
        for wall, loss in lost_since(level, row).items()
    }
    walls = ", ".join(f"{wall} {loss}" for wall, loss in lost.items())
    told = _tr("Lost since the procedure (after − later): {walls}").format(walls=walls)
    said = []
    for field, turned in (
        (LaterMeasure.wedge_deg, wedge_since(level, row)),
        (LaterMeasure.kyphosis_deg, kyphosis_since(level, row)),
    ):
        if turned is not None:
            said.append(f"{lowered(field.label)} {signed(turned)}°")
    if _is_otherwise(level, row):
        said.append(
            _tr("measured on {modality} at the procedure").format(modality=_modality(level))
        )
    return "\n".join(filter(None, (told, _SEPARATOR.join(said))))


def _is_measured(row: LaterMeasure) -> bool:
    named = (field.name for field in type(row).clinical_fields())
    return any(getattr(row, name) is not None for name in named if name.endswith(("_mm", "_deg")))


def _is_otherwise(level: TreatedLevel, row: LaterMeasure) -> bool:
    """Whether it was measured in another posture or on other images, which changes the height."""
    was, now = level.measure_modality, row.measure_modality
    return was is not None and now is not None and was is not now


def _modality(level: TreatedLevel) -> str:
    return begun_small(level.measure_modality.label)


def _tr(text: str) -> str:
    return QCoreApplication.translate("heights", text)
