# SPDX-License-Identifier: MIT
"""A logbook in which every page has something to show. All of it is invented."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from models.bulk import save_many
from models.case import Case, bin_case, load_case, save_case
from models.drafts import draft_of, keep
from models.filters import save_filter
from models.images import store
from models.images.reading import read
from models.logbook import Logbook
from models.partial_date import PartialDate
from models.query import parse
from models.sample import make_cases
from models.schema import PatientIdentity, SavedFilter
from models.vocabulary import (
    ExtraVertebra,
    ImageKind,
    ImagePhase,
    KyphosisMethod,
    Leakage,
    LeakDetection,
    LeakLocation,
    Level,
    MeasureModality,
    PainScale,
    Technique,
    YesNo,
)
from tests.builders import a_case, add_score, store_names
from tests.radiographs import as_dicom, lateral

HEIGHTS = {
    "anterior_before_mm": 15.0,
    "anterior_after_mm": 20.5,
    "middle_before_mm": 14.0,
    "middle_after_mm": 19.0,
    "posterior_before_mm": 24.0,
    "posterior_after_mm": 24.0,
    "cranial_anterior_mm": 25.0,
    "caudal_anterior_mm": 26.0,
    "kyphosis_before_deg": 14.0,
    "kyphosis_after_deg": 8.0,
}
SIX = (Level.T7, Level.T8, Level.T11, Level.T12, Level.L1, Level.L2)
NOW = datetime(2026, 1, 20, 10, 30)
"""When the pictures are taken, as far as visits are due."""

DAYS = (126, 122, 55, 50, 242, 47, 120, 44, 28, 30, 88, 25, 7, 2, 181, 340)
TECHNIQUES = (Technique.VERTEBROPLASTY, Technique.BALLOON_KYPHOPLASTY)
_SCORED_AFTER = 60
PHASES = ((ImagePhase.BEFORE, 0.5), (ImagePhase.DURING, 0.4), (ImagePhase.AFTER, 0.2))


@dataclass(frozen=True, slots=True)
class Shown:
    """Ids of the cases that scenes are about.

    Attributes:
        rich: the second case of a patient: leaks, heights, images, several scales, findings.
        six: a case of six levels.
        alike: two cases that may be of one patient.
        renamed: a case whose patient was given a name, and another, before names were hidden.
    """

    rich: str
    six: str
    alike: tuple[str, str]
    renamed: str


def fill(logbook: Logbook, synthetic: int) -> Shown:
    """Fill a logbook, with so many synthetic cases besides those of the scenes."""
    save_many(logbook, _with_lots(make_cases(synthetic, seed=1)))
    to_ring(logbook)
    earlier = a_case(
        "KYP-0412", Level.L1, on="2024-05-02", before=9, after=3, after_on="2024-06-03"
    )
    save_case(logbook, earlier)
    rich = _rich(logbook, load_case(logbook, earlier.id))
    six = a_case("KYP-0600", *SIX, on="2025-11-10")
    save_case(logbook, six)
    alike = tuple(_store(logbook, code) for code in ("KYP-0731", "KYP-731"))
    _put_in_bin(logbook)
    _keep_drafts(logbook)
    _name_filters(logbook)
    return Shown(rich.id, six.id, (alike[0], alike[1]), _rename(logbook, "KYP-0810"))


def _with_lots(cases: Iterable[Case]) -> Iterator[Case]:
    """The cases with the cement that was used, of a few lots."""
    for place, case in enumerate(cases):
        case.procedure.cement_product = "Example cement"
        case.procedure.cement_lot = f"KX-{2400 + place % 7}"
        yield case


def to_ring(logbook: Logbook, days: Sequence[int] = DAYS) -> None:
    """Patients to be rung, some of them overdue: operated so many days before ``NOW``."""
    for place, ago in enumerate(days):
        on = (NOW.date() - timedelta(ago)).isoformat()
        scale = (PainScale.NRS, PainScale.NRS, PainScale.VAS_100)[place % 3]
        case = a_case(
            f"P-{1250 + 2 * place}",
            SIX[place % len(SIX)],
            on=on,
            before=80 if scale is PainScale.VAS_100 else 8,
            after=None,
            scale=scale,
            technique=TECHNIQUES[place % len(TECHNIQUES)],
        )
        if ago > _SCORED_AFTER:
            score = (20, 25) if scale is PainScale.VAS_100 else 3
            scored_on = (NOW.date() - timedelta(ago - 31)).isoformat()
            add_score(case, score, scored_on, scale=scale)
        save_case(logbook, case)


def _rich(logbook: Logbook, earlier: Case) -> Case:
    case = a_case(
        "", Level.L3, Level.T12, on="2025-11-20", before=8, after=2, after_on="2025-11-22", age=14
    )
    case.patient = earlier.patient
    case.procedure.patient = earlier.patient
    level = case.levels[0]
    level.leakage = Leakage.PRESENT
    for place, symptomatic in (
        (LeakLocation.DISC_SUPERIOR, YesNo.NO),
        (LeakLocation.EPIDURAL, YesNo.YES),
    ):
        case.add_leak(level, location=place, symptomatic=symptomatic, detected_by=LeakDetection.CT)
    for name, value in HEIGHTS.items():
        setattr(level, name, value)
    for day, anterior, middle in (("2025-11-24", 20.0, 18.5), ("2025-11-26", 18.2, None)):
        case.add_later_measure(
            level,
            measured_on=PartialDate(day),
            anterior_mm=anterior,
            middle_mm=middle,
            kyphosis_deg=10.5,
            kyphosis_method=KyphosisMethod.MONOSEGMENTAL,
            measure_modality=MeasureModality.CT,
        )
    level.measure_modality = MeasureModality.STANDING_FILM
    case.patient.extra_vertebrae = (ExtraVertebra.L6,)
    case.procedure.lung_cement = Leakage.NONE
    case.procedure.lung_cement_assessed_by = (LeakDetection.CHEST_CT,)
    add_score(case, (70, 75), "2025-12-20", scale=PainScale.VAS_100)
    _add_images(logbook, case)
    save_case(logbook, case)
    level.cement_ml = 18
    level.explained = {"cement_ml": "Large lesion, filled as planned"}
    level.kyphosis_method = KyphosisMethod.MONOSEGMENTAL
    save_case(logbook, case, "Copied from the operation note")
    return case


def _add_images(logbook: Logbook, case: Case) -> None:
    for number, (phase, collapse) in enumerate(PHASES, 1):
        cement = phase is not ImagePhase.BEFORE
        pixels = lateral(collapse=collapse, cement=cement, seed=number)
        case.add_image(
            store.put(logbook, read("scan.dcm", as_dicom(pixels))),
            phase=phase,
            kind=ImageKind.FLUOROSCOPY,
            level=Level.L3,
            caption="Lateral view",
        )


def _store(logbook: Logbook, code: str) -> str:
    case = a_case(code, Level.T11, on="2025-10-02")
    case.patient.birth_date = PartialDate("1950-03-14")
    save_case(logbook, case)
    return case.id


def _rename(logbook: Logbook, code: str) -> str:
    case = a_case(code, Level.L2, on="2025-07-14")
    case.identity = PatientIdentity(patient=case.patient.id, full_name="Ann Example")
    save_case(store_names(logbook), case)
    case.identity.full_name, case.identity.record_number = "Ann Exampel", "4711"
    save_case(logbook, case, "Name and number from the letter of referral")
    store_names(logbook, on=False)
    return case.id


def _put_in_bin(logbook: Logbook) -> None:
    for code, reason in (
        ("KYP-0090", "Entered twice: KYP-0089 is the same procedure, with the score after it"),
        ("KYP-0091", "A trial of the program"),
    ):
        case = a_case(code, Level.T10, Level.L2, on="2025-02-03")
        save_case(logbook, case)
        bin_case(logbook, case.id, reason)


def _keep_drafts(logbook: Logbook) -> None:
    for code, levels in (("KYP-0902", (Level.T12, Level.L1)), ("KYP-0903", SIX)):
        keep(logbook, draft_of(a_case(code, *levels, after=None)))


def _name_filters(logbook: Logbook) -> None:
    for name, text in (
        ("Leaks at the junction", "leak:yes level:T10-L2"),
        ("Hemangioma, pain before at least 7", "diagnosis:hemangioma pain:>=7"),
        ("To be completed", "-complete -synthetic"),
    ):
        save_filter(logbook, name, parse(text))
    with logbook.transaction():
        SavedFilter.insert(name="Robot", query="robot:yes").execute(logbook.database)
