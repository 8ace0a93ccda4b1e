# SPDX-License-Identifier: MIT
"""How the patient does: time points, pain scales and outcomes in words."""

from __future__ import annotations

from models.speech import say, say_in
from models.vocabulary.base import Vocabulary, abbreviate


class TimePoint(Vocabulary, ordered=True):
    """Planned assessments, and the follow-up whose date nobody wrote down."""

    BASELINE = "baseline", "Before", "pre", "baseline", "before"
    H24 = "24h", "24 hours", "24 h", "day 1", "1d", "1 d"
    W1 = "1w", "1 week", "1 wk", "7 d"
    M1 = "1m", "1 month", "1 mo", "30 d"
    M3 = "3m", "3 months", "3 mo", "90 d"
    M6 = "6m", "6 months", "6 mo"
    M12 = "12m", "12 months", "12 mo", "1 year", "1y"
    M24 = "24m", "24 months", "24 mo", "2 years", "2y"
    LATER = "later", "Later than 24 months"
    UNDATED = "undated", "Follow-up, date not stated"

    @property
    def short(self) -> str:
        """Such as "1 mo" for the planned visits after the procedure, else the label."""
        return _TIMEPOINT_SHORT.get(self, self.label)


abbreviate(
    {
        TimePoint.LATER: say_in("Short", "> 24 months"),
        TimePoint.UNDATED: say_in("Short", "No date"),
    }
)


_TIMEPOINT_SHORT = {
    TimePoint.H24: say("24 h"),
    TimePoint.W1: say("1 wk"),
    TimePoint.M1: say("1 mo"),
    TimePoint.M3: say("3 mo"),
    TimePoint.M6: say("6 mo"),
    TimePoint.M12: say("12 mo"),
    TimePoint.M24: say("24 mo"),
}


class Respondent(Vocabulary):
    """Who answered."""

    PATIENT = "patient", "Patient", "pt", "self"
    PROXY = "proxy", "Proxy", "family", "relative", "carer"
    CLINICIAN = "clinician", "Clinician", "doctor", "nurse"


class AssessmentMode(Vocabulary):
    """How the question was put."""

    IN_PERSON = "in_person", "In person", "visit", "clinic"
    PHONE = "phone", "Phone", "telephone", "call"
    PAPER = "paper", "Paper", "post", "mail"
    WEB = "web", "Web", "online", "email"


class PainScale(Vocabulary):
    """Pain scales. Scores of different scales are never mixed.

    Earlier labels, with a hyphen, are understood: files that were exported hold them.
    """

    NRS = "nrs_0_10", "NRS 0–10", "NRS 0-10", "NRS", "NRS-11"
    VAS_10 = "vas_0_10", "VAS 0–10", "VAS 0-10", "VAS", "VAS cm", "VAS 10", "VAS10"
    VAS_100 = "vas_0_100", "VAS 0–100 mm", "VAS 0-100 mm", "VAS mm", "VAS 100", "VAS100"
    VERBAL = "verbal", "Verbal or other scale", "VRS"

    @property
    def maximum(self) -> float | None:
        """Top of the scale, or None where the assessment states its own."""
        return {PainScale.NRS: 10.0, PainScale.VAS_10: 10.0, PainScale.VAS_100: 100.0}.get(self)

    @property
    def step(self) -> float | None:
        """Smallest difference the scale can hold, or None where it is not fixed."""
        return {PainScale.NRS: 1.0, PainScale.VAS_10: 0.1, PainScale.VAS_100: 1.0}.get(self)


abbreviate(
    {
        PainScale.VERBAL: say_in("Short", "Verbal, other"),
    }
)


class PainContext(Vocabulary):
    """Which pain was asked for."""

    AVERAGE = "average", "On average"
    WORST = "worst", "Worst"
    NOW = "now", "Now"
    REST = "rest", "At rest"
    ACTIVITY = "activity", "With activity"


class PainSite(Vocabulary):
    """Where the pain was asked for."""

    BACK = "back", "Back"
    LEG = "leg", "Leg"
    NECK = "neck", "Neck"


class Work(Vocabulary):
    """Return to work or to one's usual activities."""

    RETURNED = "returned", "Returned to previous activities"
    PARTLY = "partly", "Returned in part"
    NOT_RETURNED = "not_returned", "Not returned"
    NOT_WORKING = "not_working", "Not working before"


abbreviate(
    {
        Work.RETURNED: say_in("Short", "Returned"),
        Work.PARTLY: say_in("Short", "In part"),
        Work.NOT_RETURNED: say_in("Short", "Not returned"),
        Work.NOT_WORKING: say_in("Short", "Not working"),
    }
)


class GlobalOutcome(Vocabulary, ordered=True):
    """The result in words where no number was given."""

    RESOLVED = "resolved", "Resolved", "pain free", "totally resolved", "pain-free", "painless"
    IMPROVED = "improved", "Improved", "better"
    UNCHANGED = "unchanged", "Unchanged", "same"
    WORSE = "worse", "Worse"


abbreviate(
    {
        GlobalOutcome.RESOLVED: say_in("Short", "Resolved"),
        GlobalOutcome.UNCHANGED: say_in("Short", "Unchanged"),
    }
)


class Pgic(Vocabulary, ordered=True):
    """Patient global impression of change."""

    VERY_MUCH_IMPROVED = "1", "1 very much improved"
    MUCH_IMPROVED = "2", "2 much improved"
    MINIMALLY_IMPROVED = "3", "3 minimally improved"
    NO_CHANGE = "4", "4 no change"
    MINIMALLY_WORSE = "5", "5 minimally worse"
    MUCH_WORSE = "6", "6 much worse"
    VERY_MUCH_WORSE = "7", "7 very much worse"


abbreviate(
    {
        Pgic.VERY_MUCH_IMPROVED: say_in("Short", "1 very much"),
        Pgic.MINIMALLY_IMPROVED: say_in("Short", "3 minimally"),
        Pgic.MINIMALLY_WORSE: say_in("Short", "5 min. worse"),
        Pgic.VERY_MUCH_WORSE: say_in("Short", "7 v. much worse"),
    }
)
