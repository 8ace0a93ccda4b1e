# SPDX-License-Identifier: MIT
"""What is asked of a case as a whole: worked out from several rows, or told by none of them."""

from __future__ import annotations

from dataclasses import replace

from models.query.field import DUE, IMPORT, Kind, QueryField, Value
from models.schema import TreatedLevel
from models.speech import say
from models.vocabulary import REGIONS, AssessmentMissing, Leakage, YesNo

UNANSWERED = "unanswered"
"""The code of a leakage that was not answered at every level, which is not the same as none."""

FOLLOW_UP = (
    Value(DUE, say("Due")),
    Value("overdue", say("Overdue"), ("late",)),
    Value("in_window", say("In window"), (say("on time"),)),
    Value("upcoming", say("Upcoming")),
    Value("complete", say("Complete")),
    Value("ended", say("Ended"), ("closed",)),
    Value("moved", AssessmentMissing.MOVED.label),
    Value("lost", AssessmentMissing.LOST.label),
    Value("died", AssessmentMissing.DIED.label, ("dead",)),
    Value("undated", say("No day of the procedure")),
)
"""How the follow-up of a case can stand. ``DUE`` is one of the two behind it."""

_YES_NO = (Value.of(YesNo.YES), Value.of(YesNo.NO))

_REGIONS = tuple(
    Value(region, f"{shown[:1].upper()}{shown[1:]}") for region, shown in REGIONS.items()
)

_LEAK = TreatedLevel._meta.fields["leakage"]

_SCORE = say(
    "A number such as 7 or >=7 is compared with scores on scales of 0 to 10 (NRS and "
    "VAS), and never with another scale. A range counts as a whole: 0-1 is at most 1 "
    "and not at most 0. Words such as resolved meet no number."
)

_SCORE_MM = say(
    "Compared with scores on the VAS of 0 to 100 mm only. A range counts as a whole, "
    "and words meet no number."
)

_CHANGE = say(
    "Latest score minus score before, where both stand on the same scale; less than 0 "
    "is better. Of ranges, every possible change has to meet the number."
)


def whole_fields() -> tuple[QueryField, ...]:
    """The fields, those that are asked for most first."""
    return (*_levels(), *_pain(), *_state())


def _levels() -> tuple[QueryField, ...]:
    leak = QueryField(
        name="leak",
        label=_LEAK.label,
        kind=Kind.TERMS,
        help=say(
            "yes where cement left any level; no where every level was answered so; "
            "not_assessed where nobody looked at one and none leaked; unanswered where a "
            "level has no answer and none leaked."
        ),
        example="leak:yes",
        aliases=("leakage", "leaks"),
        values=(*map(Value.of, Leakage), Value(UNANSWERED, say("Not answered"))),
        part=say("Treated level"),
        is_common=True,
    )
    region = QueryField(
        name="region",
        label=say("Region"),
        kind=Kind.TERMS,
        help=say("Region of the spine of any treated level."),
        example="region:thoracic",
        values=_REGIONS,
        part=say("Treated level"),
        can_be_missing=False,
        is_common=True,
    )
    levels = QueryField(
        name="levels",
        label=say("Number of levels"),
        kind=Kind.NUMBER,
        help=say("How many levels were treated."),
        example="levels:>=2",
        can_be_missing=False,
        is_common=True,
        is_whole=True,
    )
    cement = QueryField(
        name="cement",
        label=say("Cement of the case"),
        kind=Kind.NUMBER,
        help=say("Sum over all levels; for one level, ask level_cement."),
        example="cement:>8",
        aliases=("cement_ml",),
        unit="mL",
        is_common=True,
    )
    gain = QueryField(
        name="gain",
        label=say("Height gain"),
        kind=Kind.NUMBER,
        help=say(
            "The greatest gain over the levels, measured or reported. A reported range "
            "such as 3-5 mm counts as a whole."
        ),
        example="gain:>=3",
        aliases=("height_gain",),
        unit="mm",
        is_common=True,
    )
    return (leak, region, levels, cement, gain)


def _pain() -> tuple[QueryField, ...]:
    def score(
        name: str, label: str, example: str, help_text: str, top: int, *aliases: str, low: int = 0
    ) -> QueryField:
        is_mm = top > 10
        return QueryField(
            name=name,
            label=label,
            kind=Kind.NUMBER,
            help=help_text,
            example=example,
            aliases=aliases,
            unit="mm" if is_mm else "",
            part=say("Pain"),
            can_be_missing=not is_mm,
            is_common=not is_mm,
            limits=(low, top),
        )

    return (
        score("pain", say("Pain before"), "pain:>=7", _SCORE, 10, "pain_before", "baseline"),
        score("latest", say("Latest pain"), "latest:<=3", _SCORE, 10, "pain_latest", "pain_after"),
        score("change", say("Change of pain"), "change:<=-2", _CHANGE, 10, "delta", low=-10),
        score("pain_mm", say("Pain before, VAS mm"), "pain_mm:>=70", _SCORE_MM, 100),
        score("latest_mm", say("Latest pain, VAS mm"), "latest_mm:<=30", _SCORE_MM, 100),
        score(
            "change_mm", say("Change of pain, VAS mm"), "change_mm:<=-20", _CHANGE, 100, low=-100
        ),
    )


def _state() -> tuple[QueryField, ...]:
    def flag(name: str, label: str, help_text: str, *, bare: bool = True) -> QueryField:
        return QueryField(
            name=name,
            label=label,
            kind=Kind.TERMS,
            help=help_text,
            example=name if bare else f"{name}:yes",
            values=_YES_NO,
            is_flag=bare,
            can_be_missing=False,
            is_common=True,
        )

    follow_up = QueryField(
        name="followup",
        label=say("Follow-up"),
        kind=Kind.TERMS,
        help=say(
            "How the case stands in the visit plan today: due for a visit, which is "
            "overdue or in its window; upcoming before the next one; complete when every "
            "visit was answered. It ended where not every visit was answered and none can "
            "be had any more."
        ),
        example="followup:overdue",
        aliases=("fu", "follow_up"),
        values=FOLLOW_UP,
        part=say("Follow-up"),
        can_be_missing=False,
        is_common=True,
    )

    def presence(name: str, label: str, help_text: str, *aliases: str) -> QueryField:
        return QueryField(
            name=name,
            label=label,
            kind=Kind.FIELDS,
            help=help_text,
            example=f"{name}:pain",
            aliases=aliases,
            can_be_missing=False,
            is_common=True,
        )

    imported = QueryField(
        name=IMPORT,
        label=say("Import"),
        kind=Kind.NUMBER,
        help=say(
            "The case was entered by an import, or it or its patient was changed by one; "
            "the number is that of the import in the audit, and import:>0 is any of them."
        ),
        example="import:>0",
        aliases=("imported",),
        can_be_missing=False,
        is_whole=True,
    )
    return (
        follow_up,
        imported,
        flag("complete", say("Complete"), say("Every core field of the case is answered.")),
        flag("synthetic", say("Synthetic"), say("A generated case, made to try the program.")),
        replace(
            flag(
                "locked",
                say("Locked"),
                say("The case was signed off, and changes only by an amendment."),
            ),
            is_common=False,
        ),
        flag("images", say("Images"), say("The case has images."), bare=False),
        presence("has", say("Has"), say("The field holds something in the case.")),
        presence("missing", say("Missing"), say("The field holds nothing in the case."), "lacks"),
    )
