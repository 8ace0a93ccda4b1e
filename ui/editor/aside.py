# SPDX-License-Identifier: MIT
"""What stands in the form and belongs to no row of the case yet, by name. No Qt."""

from __future__ import annotations

from collections.abc import Mapping

from models.schema import Assessment, TreatedLevel

Aside = Mapping[str, str]
"""The text of each such box that says something the case does not."""

LEVEL = TreatedLevel.level.name
"""The box in which levels are added."""

SCALE, TOP = Assessment.pain_scale.name, Assessment.pain_scale_max.name
"""The pain scale of the scores to come, and its top."""
