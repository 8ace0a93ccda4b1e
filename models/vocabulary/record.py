# SPDX-License-Identifier: MIT
"""The record itself: answered or not, why missing, images, roles."""

from __future__ import annotations

from models.speech import say_in
from models.vocabulary.base import Vocabulary, abbreviate


class YesNo(Vocabulary, ordered=True):
    """An answered question. Not answered at all is no term but an empty field."""

    YES = "yes", "Yes", "y", "1", "true"
    NO = "no", "No", "n", "0", "false"
    UNKNOWN = "unknown", "Unknown", "u", "?"


class MissingReason(Vocabulary):
    """Why a field that was looked at holds no value."""

    NOT_RECORDED = "not_recorded", "Not recorded", "not stated", "NR", "NS"
    NOT_DONE = "not_done", "Not done"
    UNKNOWN = "unknown", "Unknown"
    DECLINED = "declined", "Declined"
    NOT_APPLICABLE = "not_applicable", "Not applicable", "n/a", "NA"


abbreviate(
    {
        MissingReason.NOT_RECORDED: say_in("Short", "Not rec."),
        MissingReason.NOT_APPLICABLE: "n/a",
    }
)


class AssessmentMissing(Vocabulary):
    """Why an assessment that was due has no score.

    Who was not reached is asked again until the window of the time point closes; see ``is_final``.
    """

    NOT_YET_DUE = "not_yet_due", "Not yet due"
    NOT_REACHED = "not_reached", "Not reached", "no answer"
    LAPSED = "lapsed", "Lapsed, not reached"
    DECLINED = "declined", "Declined", "refused"
    LOST = "lost", "Lost to follow-up", "LTFU"
    DIED = "died", "Died"
    MOVED = "moved", "Moved away"
    TOO_ILL = "too_ill", "Too ill"
    COGNITIVE = "cognitive", "Could not answer", "dementia"
    NOT_RECORDED = "not_recorded", "Not recorded", "not stated", "NR"

    @property
    def is_final(self) -> bool:
        """Whether nobody asks again for this time point, though its window may be open."""
        return self not in (AssessmentMissing.NOT_YET_DUE, AssessmentMissing.NOT_REACHED)


abbreviate(
    {
        AssessmentMissing.NOT_YET_DUE: say_in("Short", "Not yet due"),
        AssessmentMissing.LAPSED: say_in("Short", "Lapsed"),
        AssessmentMissing.LOST: say_in("Short", "Lost"),
        AssessmentMissing.COGNITIVE: say_in("Short", "Could not answer"),
    }
)


class ImagePhase(Vocabulary, ordered=True):
    """When an image was taken, seen from the procedure."""

    BEFORE = "before", "Before"
    DURING = "during", "During"
    AFTER = "after", "After"


class ImageKind(Vocabulary):
    """What made the image."""

    RADIOGRAPH = "radiograph", "Radiograph", "x-ray", "XR", "film"
    FLUOROSCOPY = "fluoroscopy", "Fluoroscopy", "fluoro"
    MRI = "mri", "MRI", "MR"
    CT = "ct", "CT"
    PHOTOGRAPH = "photograph", "Photograph", "photo"
    OTHER = "other", "Other"


class Role(Vocabulary, ordered=True):
    """What a user may do."""

    READER = "reader", "Reader"
    ENTRY = "entry", "Entry"
    ADMIN = "admin", "Administrator"
