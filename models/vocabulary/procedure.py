# SPDX-License-Identifier: MIT
"""What is done: technique, approach, cement and how heights are measured."""

from __future__ import annotations

from models.speech import say, say_in
from models.vocabulary.base import Vocabulary, abbreviate


class Technique(Vocabulary):
    """How the level is augmented."""

    BALLOON_KYPHOPLASTY = (
        "balloon_kyphoplasty",
        "Balloon kyphoplasty",
        "BKP",
        "kyphoplasty",
        "kypho",
        "PKP",
        "KP",
        "balloon-assisted kyphoplasty",
        "Kyphon",
    )
    VERTEBROPLASTY = (
        "vertebroplasty",
        "Vertebroplasty",
        "VP",
        "PVP",
        "vertebro",
        "PTVP",
        "cementoplasty",
    )
    MECHANICAL_IMPLANT = (
        "mechanical_implant",
        "Mechanical implant",
        "SpineJack",
        "SJ",
        "Kiva",
        "vertebral body stent",
        "VBS",
        "OsseoFix",
        "vertebral stenting",
    )
    SACROPLASTY = "sacroplasty", "Sacroplasty", "SP"
    SACROPLASTY_BALLOON = (
        "sacroplasty_balloon",
        "Sacroplasty with balloon",
        "balloon sacroplasty",
        "BSP",
        "sacral kyphoplasty",
    )
    PEDICULOPLASTY = "pediculoplasty", "Pediculoplasty or laminoplasty", "laminoplasty", "PDP"
    CERVICAL_VERTEBROPLASTY = "cervical_vertebroplasty", "Cervical vertebroplasty", "CVP"
    RF_KYPHOPLASTY = (
        "rf_kyphoplasty",
        "Radiofrequency kyphoplasty",
        "RFK",
        "RF vertebral augmentation",
        "StabiliT",
    )
    MESH_CONTAINER = "mesh_container", "Mesh container", "vesselplasty", "OptiMesh", "Vessel-X"

    @property
    def uses_balloon(self) -> bool:
        """True where a balloon belongs to the technique."""
        return self in (Technique.BALLOON_KYPHOPLASTY, Technique.SACROPLASTY_BALLOON)

    @property
    def short(self) -> str:
        """As in the papers: kyphoplasty without an addition is the one with balloons."""
        return _TECHNIQUE_SHORT.get(self, self.label)

    @property
    def in_text(self) -> str:
        """The short form, with every word in full."""
        return say("Balloon sacroplasty") if self is Technique.SACROPLASTY_BALLOON else self.short


_TECHNIQUE_SHORT = {
    Technique.BALLOON_KYPHOPLASTY: say("Kyphoplasty"),
    Technique.MECHANICAL_IMPLANT: say("Implant"),
    Technique.SACROPLASTY_BALLOON: say("Balloon sacropl."),
    Technique.PEDICULOPLASTY: say("Pediculoplasty"),
    Technique.CERVICAL_VERTEBROPLASTY: say("Cervical VP"),
    Technique.RF_KYPHOPLASTY: say("RF kyphoplasty"),
}

# As in the tables of the papers.
abbreviate(
    {
        Technique.BALLOON_KYPHOPLASTY: "BKP",
        Technique.VERTEBROPLASTY: "VP",
        Technique.SACROPLASTY: "SP",
        Technique.SACROPLASTY_BALLOON: "BSP",
        Technique.PEDICULOPLASTY: "PDP",
        Technique.CERVICAL_VERTEBROPLASTY: "CVP",
        Technique.RF_KYPHOPLASTY: "RFK",
        Technique.MESH_CONTAINER: say_in("Short", "Mesh"),
    }
)


class Anesthesia(Vocabulary):
    """Anesthesia."""

    LOCAL = "local", "Local", "LA", "local anesthesia"
    LOCAL_SEDATION = (
        "local_sedation",
        "Local with sedation",
        "sedation",
        "conscious sedation",
        "IV sedation",
        "MAC",
        "monitored anesthesia care",
        "propofol",
    )
    REGIONAL = "regional", "Regional", "spinal", "epidural"
    GENERAL = (
        "general",
        "General",
        "GA",
        "general anesthesia",
        "LMA",
        "laryngeal mask",
        "TIVA",
        "ETT",
        "intubation",
    )


abbreviate(
    {
        Anesthesia.LOCAL_SEDATION: say_in("Short", "Local + sedation"),
        Anesthesia.GENERAL: say_in("Short", "General"),
    }
)


class Guidance(Vocabulary):
    """Imaging that guides the needle."""

    FLUOROSCOPY = "fluoroscopy", "Fluoroscopy", "fluoro", "C-arm", "XR", "x-ray"
    FLUOROSCOPY_BIPLANE = "fluoroscopy_biplane", "Fluoroscopy, biplane", "biplane"
    CT = "ct", "CT"
    CT_FLUOROSCOPY = "ct_fluoroscopy", "CT with fluoroscopy", "CTF", "CT fluoroscopy"
    CONE_BEAM = "cone_beam", "Cone-beam CT", "CBCT", "O-arm", "DynaCT"
    NAVIGATION = "navigation", "Navigation or robot", "robot"


abbreviate(
    {
        Guidance.FLUOROSCOPY_BIPLANE: say_in("Short", "Biplane"),
        Guidance.CT_FLUOROSCOPY: say_in("Short", "CT + fluoroscopy"),
        Guidance.NAVIGATION: say_in("Short", "Navigation, robot"),
    }
)


class Position(Vocabulary):
    """Position on the table."""

    PRONE = "prone", "Prone"
    SUPINE = "supine", "Supine"
    LATERAL = "lateral", "Lateral"


class AdjunctKind(Vocabulary):
    """What was done together with the augmentation."""

    ETHANOL = "ethanol", "Ethanol injection", "alcohol", "EtOH", "ethanol ablation"
    PHENOL = "phenol", "Phenol injection"
    EMBOLIZATION = "embolization", "Transarterial embolization", "TAE", "embolisation"
    RADIOFREQUENCY = "radiofrequency", "Radiofrequency ablation", "RFA", "RF ablation"
    RADIOTHERAPY = "radiotherapy", "Radiotherapy", "XRT", "RT", "radiation", "irradiation", "SBRT"
    DECOMPRESSION = "decompression", "Laminectomy or other decompression", "laminectomy"
    FIXATION = "fixation", "Fixation", "pedicle screws", "fusion", "PPSF"
    BIOPSY = "biopsy", "Biopsy", "Bx"
    SPINAL_CORD_STIMULATOR = (
        "spinal_cord_stimulator",
        "Spinal cord stimulator",
        "SCS",
        "dorsal column stimulator",
        "dorsal column nerve stimulator",
        "DCS",
    )
    INJECTION = (
        "injection",
        "Spinal or trigger point injection",
        "ESI",
        "MBB",
        "facet",
        "TPI",
        "trigger point",
        "epidural steroid",
    )
    OTHER_SURGERY = "other_surgery", "Other surgery"
    OTHER = "other", "Other"


abbreviate(
    {
        AdjunctKind.PHENOL: say_in("Short", "Phenol"),
        AdjunctKind.DECOMPRESSION: say_in("Short", "Decompression"),
        AdjunctKind.INJECTION: say_in("Short", "Injection"),
        AdjunctKind.ETHANOL: say_in("Short", "Ethanol"),
        AdjunctKind.EMBOLIZATION: say_in("Short", "Embolization"),
        AdjunctKind.RADIOFREQUENCY: say_in("Short", "Radiofrequency"),
        AdjunctKind.SPINAL_CORD_STIMULATOR: say_in("Short", "Cord stimulator"),
    }
)


class Discharge(Vocabulary):
    """Stay after the procedure."""

    SAME_DAY = "same_day", "Same day", "outpatient", "day case"
    WITHIN_24H = "within_24h", "Within 24 hours", "overnight"
    ADMITTED = "admitted", "Admitted", "inpatient"


abbreviate(
    {
        Discharge.WITHIN_24H: say_in("Short", "Within 24 h"),
    }
)


class Approach(Vocabulary):
    """Way of the needle; which are open depends on the region."""

    TRANSPEDICULAR = (
        "transpedicular",
        "Transpedicular",
        "TP",
        "transped",
        "unipedicular",
        "bipedicular",
    )
    EXTRAPEDICULAR = (
        "extrapedicular",
        "Extrapedicular or parapedicular",
        "parapedicular",
        "costotransverse",
        "costovertebral",
        "EP",
    )
    POSTEROLATERAL = "posterolateral", "Posterolateral", "PL"
    TRANSCORPOREAL = "transcorporeal", "Transcorporeal or transdiscal", "transdiscal"
    ANTEROLATERAL = "anterolateral", "Anterolateral", "AL"
    TRANSORAL = "transoral", "Transoral"
    OPEN_ANTERIOR = "open_anterior", "Open anterior", "Smith-Robinson"
    POSTERIOR = "posterior", "Posterior"
    SACRAL_LONG_AXIS = "sacral_long_axis", "Sacral, long axis", "long axis", "LA"
    SACRAL_SHORT_AXIS = "sacral_short_axis", "Sacral, short axis", "short axis", "SA"
    TRANSILIAC = "transiliac", "Transiliac", "TI"
    INTERPEDICULAR = "interpedicular", "Interpedicular"
    ANTERIOR_OBLIQUE = "anterior_oblique", "Anterior oblique"
    DIRECT_PEDICLE_LAMINA = (
        "direct_pedicle_lamina",
        "Direct into pedicle or lamina",
        "translaminar",
        "direct pedicle",
        "direct lamina",
    )
    OTHER = "other", "Other"
    NOT_STATED = "not_stated", "Not stated"

    @property
    def regions(self) -> frozenset[str]:
        """Regions where the approach is possible (names as in ``Level.region``)."""
        return _APPROACH_REGIONS.get(self, frozenset({"cervical", "thoracic", "lumbar", "sacral"}))


abbreviate(
    {
        Approach.EXTRAPEDICULAR: say_in("Short", "Extrapedicular"),
        Approach.TRANSCORPOREAL: say_in("Short", "Transcorporeal"),
        Approach.SACRAL_LONG_AXIS: say_in("Short", "Long axis"),
        Approach.SACRAL_SHORT_AXIS: say_in("Short", "Short axis"),
        Approach.DIRECT_PEDICLE_LAMINA: say_in("Short", "Pedicle, lamina"),
    }
)


_TRUNK = frozenset({"thoracic", "lumbar"})
_NECK = frozenset({"cervical"})
_SACRUM = frozenset({"sacral"})
_APPROACH_REGIONS = {
    Approach.TRANSPEDICULAR: _TRUNK | _NECK | _SACRUM,
    Approach.EXTRAPEDICULAR: _TRUNK,
    Approach.POSTEROLATERAL: _TRUNK,
    Approach.TRANSCORPOREAL: _TRUNK,
    Approach.ANTEROLATERAL: _NECK,
    Approach.TRANSORAL: _NECK,
    Approach.OPEN_ANTERIOR: _NECK,
    Approach.POSTERIOR: _NECK | _SACRUM,
    Approach.SACRAL_LONG_AXIS: _SACRUM,
    Approach.SACRAL_SHORT_AXIS: _SACRUM,
    Approach.TRANSILIAC: _SACRUM,
    Approach.INTERPEDICULAR: _SACRUM,
    Approach.ANTERIOR_OBLIQUE: _SACRUM,
}


class PressureUnit(Vocabulary):
    """Unit of balloon pressure. 1 atm is 14.696 psi, 1 bar is 14.504 psi."""

    PSI = "psi", "psi"
    BAR = "bar", "bar"
    ATM = "atm", "atm"


class CementType(Vocabulary):
    """Kind of cement."""

    PMMA_LOW = "pmma_low", "PMMA, low viscosity", "LV", "low viscosity"
    PMMA_HIGH = "pmma_high", "PMMA, high viscosity", "HV", "high viscosity"
    PMMA = "pmma", "PMMA, viscosity not stated"
    PMMA_ANTIBIOTIC = "pmma_antibiotic", "PMMA with antibiotic", "gentamicin", "tobramycin"
    CALCIUM_PHOSPHATE = "calcium_phosphate", "Calcium phosphate", "CPC", "CaP"
    COMPOSITE = "composite", "Composite", "Cortoss"
    OTHER = "other", "Other"


abbreviate(
    {
        CementType.PMMA_LOW: say_in("Short", "PMMA, low visc."),
        CementType.PMMA_HIGH: say_in("Short", "PMMA, high visc."),
        CementType.PMMA: "PMMA",
        CementType.PMMA_ANTIBIOTIC: say_in("Short", "PMMA + antibiotic"),
        CementType.CALCIUM_PHOSPHATE: say_in("Short", "Ca phosphate"),
    }
)


class Fill(Vocabulary, ordered=True):
    """Where the cement came to lie."""

    UNILATERAL = "unilateral", "Unilateral"
    CROSSES_MIDLINE = "crosses_midline", "Crosses the midline"
    BILATERAL = "bilateral", "Bilateral"


abbreviate(
    {
        Fill.CROSSES_MIDLINE: say_in("Short", "Crosses midline"),
    }
)


class EndplateContact(Vocabulary, ordered=True):
    """Endplates that the cement reaches."""

    BOTH = "both", "Both"
    ONE = "one", "One"
    NONE = "none", "None"


class MeasureModality(Vocabulary):
    """Picture on which heights and angles were measured."""

    STANDING_FILM = "standing_film", "Standing film"
    PRONE_FLUOROSCOPY = "prone_fluoroscopy", "Prone fluoroscopy"
    SUPINE_FLUOROSCOPY = "supine_fluoroscopy", "Supine fluoroscopy"
    CT = "ct", "CT"


# How the patient stood or lay.
abbreviate(
    {
        MeasureModality.STANDING_FILM: say("Standing"),
        MeasureModality.PRONE_FLUOROSCOPY: say_in("Short", "Prone"),
        MeasureModality.SUPINE_FLUOROSCOPY: say_in("Short", "Supine"),
    }
)


class KyphosisMethod(Vocabulary):
    """Between which endplates the kyphotic angle was measured."""

    VERTEBRAL = "vertebral", "Vertebral"
    MONOSEGMENTAL = "monosegmental", "Monosegmental"
    BISEGMENTAL = "bisegmental", "Bisegmental"


abbreviate(
    {
        KyphosisMethod.MONOSEGMENTAL: say("Monoseg."),
        KyphosisMethod.BISEGMENTAL: say("Biseg."),
    }
)
