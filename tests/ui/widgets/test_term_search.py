# SPDX-License-Identifier: MIT
"""The likeliest term comes first; of equally likely ones that which was used last."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.vocabulary import (
    AdjunctKind,
    AnalgesicLevel,
    Anesthesia,
    Approach,
    CementType,
    Diagnosis,
    DiagnosisBasis,
    DurationUnit,
    EventKind,
    Guidance,
    LeakDetection,
    LeakLocation,
    LesionExtent,
    Level,
    NeuroStatus,
    PainScale,
    PriorTreatmentKind,
    Side,
    Technique,
    Vocabulary,
)
from ui.widgets.term_search import matching

VP, BKP, MESH = Technique.VERTEBROPLASTY, Technique.BALLOON_KYPHOPLASTY, Technique.MESH_CONTAINER


def test_for_no_text_the_used_terms_come_first_and_none_is_lost() -> None:
    found = matching(Technique, "", [MESH, VP])
    assert found[:2] == [MESH, VP]
    assert found[2:] == [term for term in Technique if term not in (MESH, VP)]


def test_use_does_not_outweigh_what_was_typed() -> None:
    assert matching(Technique, "bkp", [VP])[0] is BKP


def test_use_decides_between_equally_likely_terms() -> None:
    remote = EventKind.FRACTURE_REMOTE
    assert matching(EventKind, "new fracture")[0] is EventKind.FRACTURE_ADJACENT
    assert matching(EventKind, "new fracture", [remote])[0] is remote


@given(st.text(max_size=6), st.lists(st.sampled_from(list(Technique)), unique=True, max_size=5))
def test_use_changes_the_order_and_never_what_is_found(text: str, used: list[Technique]) -> None:
    assert set(matching(Technique, text, used)) == set(matching(Technique, text))


def test_lists_whose_order_means_something_say_so() -> None:
    ordered = {v.__name__ for v in Vocabulary.__subclasses__() if v.is_ordered}
    assert {Level.__name__, "Genant", "Asa", "TimePoint", "YesNo", "Sir", "Cirse"} <= ordered
    assert "Technique" not in ordered


AS_TYPED = [
    ("bkp kypho pkp kyphon", Technique.BALLOON_KYPHOPLASTY),
    ("vp pvp ptvp vertebro", Technique.VERTEBROPLASTY),
    ("spinejack sj kiva stent vbs", Technique.MECHANICAL_IMPLANT),
    ("sacro sp", Technique.SACROPLASTY),
    ("cvp cerv", Technique.CERVICAL_VERTEBROPLASTY),
    ("pediculo lamino", Technique.PEDICULOPLASTY),
    ("rfk rf", Technique.RF_KYPHOPLASTY),
    ("tp transped bipedicular", Approach.TRANSPEDICULAR),
    ("extraped parapedicular costo", Approach.EXTRAPEDICULAR),
    ("al anterolat", Approach.ANTEROLATERAL),
    ("smith open", Approach.OPEN_ANTERIOR),
    ("long la", Approach.SACRAL_LONG_AXIS),
    ("rt r", Side.RIGHT),
    ("mac sedation sed", Anesthesia.LOCAL_SEDATION),
    ("ga lma tiva intubation", Anesthesia.GENERAL),
    ("c-arm carm fl x-ray xray", Guidance.FLUOROSCOPY),
    ("o-arm oarm cbct", Guidance.CONE_BEAM),
    ("etoh alcohol", AdjunctKind.ETHANOL),
    ("xrt rt radiation", AdjunctKind.RADIOTHERAPY),
    ("tae embo embolisation", AdjunctKind.EMBOLIZATION),
    ("bx", AdjunctKind.BIOPSY),
    ("rfa rf", AdjunctKind.RADIOFREQUENCY),
    ("scs dcs stim", AdjunctKind.SPINAL_CORD_STIMULATOR),
    ("screws fusion", AdjunctKind.FIXATION),
    ("esi mbb tpi", AdjunctKind.INJECTION),
    ("nsaid opioid meds med", PriorTreatmentKind.ANALGESIC),
    ("tlso corset", PriorTreatmentKind.BRACE),
    ("pt physio", PriorTreatmentKind.PHYSICAL_THERAPY),
    ("esi tfesi", PriorTreatmentKind.EPIDURAL_STEROID),
    ("mbb facet", PriorTreatmentKind.FACET_OR_MBB),
    ("tpi trigger", PriorTreatmentKind.TRIGGER_POINT),
    ("rt xrt", PriorTreatmentKind.RADIOTHERAPY),
    ("etoh", PriorTreatmentKind.ETHANOL),
    ("vp bkp kyphoplasty", PriorTreatmentKind.AUGMENTATION),
    ("rhizotomy rfa", PriorTreatmentKind.RADIOFREQUENCY),
    ("pe pce", EventKind.EMBOLISM_CEMENT),
    ("ptx pneumo htx", EventKind.PNEUMOTHORAX),
    ("radiculopathy", EventKind.RADICULAR_PAIN),
    ("flare", EventKind.PAIN_FLARE),
    ("discitis abscess", EventKind.INFECTION),
    ("bcis allergy", EventKind.CEMENT_REACTION),
    ("adj", EventKind.FRACTURE_ADJACENT),
    ("died", EventKind.DEATH),
    ("vh angioma", Diagnosis.HEMANGIOMA),
    ("ovcf osteoporosis", Diagnosis.OSTEOPOROTIC_FRACTURE),
    ("fx", Diagnosis.FRACTURE_UNSPECIFIED),
    ("mets met", Diagnosis.METASTASIS),
    ("mm", Diagnosis.MYELOMA),
    ("bx path", DiagnosisBasis.BIOPSY),
    ("xr x-ray xray film", DiagnosisBasis.RADIOGRAPH),
    ("hv high", CementType.PMMA_HIGH),
    ("no none intact normal", NeuroStatus.NONE),
    ("nsaid tylenol acetaminophen", AnalgesicLevel.NON_OPIOID),
    ("no none 0", AnalgesicLevel.NONE),
    ("pe", LeakLocation.PULMONARY),
    ("disk disc", LeakLocation.DISC_SUPERIOR),
    ("ivc", LeakLocation.GREAT_VESSEL),
    ("ctpa", LeakDetection.CHEST_CT),
    ("vas100", PainScale.VAS_100),
    ("yr yrs", DurationUnit.YEARS),
    ("wks w", DurationUnit.WEEKS),
    ("epi epidural extraosseous", LesionExtent.EPIDURAL),
    ("para", LesionExtent.PARAVERTEBRAL),
    ("both", LesionExtent.BOTH),
]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [(word, meant) for words, meant in AS_TYPED for word in words.split()],
)
def test_a_term_is_found_by_the_abbreviation_that_clinics_use(
    typed: str, meant: Vocabulary
) -> None:
    assert matching(type(meant), typed)[0] is meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("adjacent fracture", EventKind.FRACTURE_ADJACENT),
        ("cement pulm", EventKind.EMBOLISM_CEMENT),
        ("perm weakness", EventKind.DEFICIT_PERMANENT),
        ("branch median", PriorTreatmentKind.FACET_OR_MBB),
        ("steroid epi", PriorTreatmentKind.EPIDURAL_STEROID),
    ],
)
def test_words_are_found_in_any_order_and_by_their_beginnings(
    typed: str, meant: Vocabulary
) -> None:
    assert matching(type(meant), typed)[0] is meant


def test_a_plain_name_comes_before_longer_ones_that_begin_the_same() -> None:
    assert matching(LesionExtent, "epi") == [LesionExtent.EPIDURAL, LesionExtent.BOTH]


def test_two_letters_in_the_middle_of_a_word_mean_nothing() -> None:
    assert PriorTreatmentKind.BRACE not in matching(PriorTreatmentKind, "rt")
    assert matching(EventKind, "mi") == []
    assert matching(PriorTreatmentKind, "orthosi") == [PriorTreatmentKind.BRACE]
