# SPDX-License-Identifier: MIT
"""Words of clinics for terms in languages other than English.

An import understands them, and no search offers them. A word that could mean two terms, such as D
for droite and for dorsal, is none: the person is asked.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TypeVar

from models.vocabulary import (
    AnalgesicLevel,
    Anesthesia,
    Approach,
    Asa,
    Diagnosis,
    EventKind,
    Guidance,
    Leakage,
    LeakLocation,
    PainScale,
    Position,
    PriorTreatmentKind,
    Sex,
    Side,
    Technique,
    Vocabulary,
    YesNo,
)

V = TypeVar("V", bound=Vocabulary)

_NO = "nee|nao|nie|yok|なし|无|없음|нет"
_YES = "sim|tak|var|あり|有|있음|да"
"""No and yes in Dutch, Portuguese, Polish, Turkish, Japanese, Chinese, Korean and Russian."""

_FALSE, _TRUE = "false|falsch|faux|falso", "true|wahr|vrai|verdadero|vero"
"""What spreadsheets write for boxes that were ticked or not."""

_WORDS: dict[Vocabulary, str] = {
    Diagnosis.HEMANGIOMA: "hamangiom|wirbelkorperhamangiom|hemangiome|hemangiome vertebral|angiome|"
    "angiome vertebral|hemangioma vertebral|angioma vertebral|emangioma|emangioma vertebrale",
    Diagnosis.OSTEOPOROTIC_FRACTURE: "osteoporotic|osteoporotic vertebral fracture|"
    "osteoporotic vertebral compression fracture|osteoporotisch|osteoporose|sinterungsfraktur|"
    "osteoporotische fraktur|osteoporotische sinterungsfraktur|osteoporotique|"
    "fracture osteoporotique|tassement osteoporotique|fracture tassement osteoporotique|"
    "osteoporotica|fractura osteoporotica|aplastamiento osteoporotico|frattura osteoporotica|"
    "osteoporosi",
    Diagnosis.TRAUMATIC_FRACTURE: "traumatic|traumatisch|traumatische fraktur|traumatique|"
    "fracture traumatique|tassement traumatique|traumatica|fractura traumatica|frattura traumatica",
    Diagnosis.FRACTURE_UNSPECIFIED: "fraktur|fractura|frattura",
    Diagnosis.METASTASIS: "metastase|metastasen|metastases|metastasi",
    Diagnosis.MYELOMA: "plasmozytom|multiples myelom|myelom|myelome|myelome multiple|mieloma|"
    "mieloma multiple|mieloma multiplo",
    Technique.BALLOON_KYPHOPLASTY: "kyfoplastiek|kyfoplastyka|kifoplasti|"
    "kyphoplastie|ballonkyphoplastie|ballon kyphoplastie|"
    "cyphoplastie|cyphoplastie par ballonnet|cyphoplastie par ballonnets|cifoplastia|"
    "cifoplastia con balon|cifoplastia con balones|cifoplastica|cifoplastica con palloncino",
    Technique.VERTEBROPLASTY: "vertebroplastiek|wertebroplastyka|vertebroplasti|"
    "vertebroplastie|vertebroplastia|vertebroplastica|cimentoplastie",
    Technique.SACROPLASTY: "sakroplastie|sacroplastie|sacroplastia|sacroplastica",
    Approach.TRANSPEDICULAR: "transpedikular|unipedikular|transpediculaire|unipediculaire|"
    "transpeduncolare|unipeduncolare|transpedicolare|monopedicular|monopeduncolare",
    Approach.EXTRAPEDICULAR: "extrapedikular|parapedikular|extrapediculaire|parapediculaire|"
    "extrapeduncolare|parapeduncolare",
    Approach.POSTEROLATERAL: "posterolaterale|postero laterale|postero lateral",
    Approach.ANTEROLATERAL: "anterolaterale|antero laterale|antero lateral",
    Approach.TRANSORAL: "transorale|transbuccal|transbuccale",
    Sex.FEMALE: "vrouw|vrouwelijk|kobieta|kadin|mulher|女|女性|여|여자|женскии|"
    "weiblich|weibl|frau|femme|feminin|mujer|femenino|femenina|donna|femmina|femminile",
    Sex.MALE: "mannelijk|mezczyzna|erkek|homem|男|男性|남|남자|мужскои|"
    "mannlich|mannl|maennlich|mann|homme|masculin|hombre|varon|masculino|masculina|"
    "uomo|maschio|maschile",
    Sex.OTHER: "divers|diverse|non binary|no binario|non binaire",
    Side.LEFT: "links|gauche|izquierda|izquierdo|izq|izda|sinistra|sinistro|sx",
    Side.RIGHT: "rechts|droite|droit|derecha|derecho|dcha|dcho|destra|destro|dx",
    Side.BILATERAL: "bilat|bds|beidseits|beidseitig|bilaterale|les deux|deux cotes|ambos|ambas|"
    "ambos lados|entrambi",
    Side.MIDLINE: "mittig|median|mediane|linea media|mediana",
    Leakage.NONE: f"nil|{_NO}|{_FALSE}|"
    "n|0|nein|kein|keine|keine leckage|non|aucune|aucune fuite|pas de fuite|"
    "sans fuite|absence de fuite|absente|ninguna|ninguno|sin fuga|no fuga|ausente|nessuna|nessuno|"
    "nessuna perdita|assente|no leak|no leakage",
    Leakage.PRESENT: f"{_YES}|{_TRUE}|"
    "y|1|ja|oui|si|leak|leckage|fuite|fuite de ciment|fuga|fuga de cemento|"
    "perdita|perdita di cemento|presente|vorhanden",
    Leakage.NOT_ASSESSED: "nicht beurteilt|nicht beurteilbar|non evalue|non evaluee|no evaluada|"
    "no valorada|non valutata|non valutato",
    LeakLocation.DISC_SUPERIOR: "disque superieur|disque sus jacent|disco superior|"
    "disco superiore|obere bandscheibe|bandscheibe oben",
    LeakLocation.DISC_INFERIOR: "disque inferieur|disque sous jacent|disco inferior|"
    "disco inferiore|untere bandscheibe|bandscheibe unten",
    LeakLocation.EPIDURAL: "epidurale|peridurale|intraspinal|spinalkanal|canal rachidien|"
    "canal vertebral|canale vertebrale|canal medular",
    LeakLocation.FORAMINAL: "foraminale|neuroforamen|foramen de conjugaison",
    LeakLocation.PARAVERTEBRAL_VEIN: "veine paravertebrale|vena paravertebral|"
    "vena paravertebrale|paravertebrale vene",
    LeakLocation.BASIVERTEBRAL_VEIN: "veine basivertebrale|vena basivertebral|"
    "vena basivertebrale|basivertebrale vene",
    LeakLocation.NEEDLE_TRACK: "stichkanal|trajet de l aiguille|trayecto de la aguja|"
    "tragitto dell ago",
    LeakLocation.PULMONARY: "lunge|pulmonal|poumon|pulmonaire|pulmon|pulmonar|polmone|polmonare",
    LeakLocation.PREVERTEBRAL: "prevertebrale",
    Anesthesia.LOCAL: "lokal|lokalanasthesie|locale|anesthesie locale|anestesia local|"
    "anestesia locale",
    Anesthesia.LOCAL_SEDATION: "la + sedierung|la mit sedierung|lokal + sedierung|"
    "lokalanasthesie + sedierung|lokalanasthesie mit sedierung|la + analgosedierung|"
    "local + sedacion|local con sedacion|locale + sedation|sedierung|"
    "analgosedierung|sedacion|sedazione|"
    "anesthesie locale et sedation|anestesia local y sedacion",
    Anesthesia.REGIONAL: "spinalanasthesie|rachianesthesie|raquidea|spinale",
    Anesthesia.GENERAL: "vollnarkose|allgemeinanasthesie|intubationsnarkose|itn|generale|"
    "anesthesie generale|anestesia general|anestesia generale",
    Guidance.FLUOROSCOPY: "durchleuchtung|c bogen|scopie|fluoroscopie|fluoroscopia|radioscopia|"
    "escopia",
    Guidance.CT: "scanner|tdm|tac|tc",
    EventKind.BLEEDING: "bleeding|haemorrhage|blutung|hamatom|nachblutung|hemorragia|sangrado|"
    "hematom",
    EventKind.INFECTION: "infektion|wundinfektion|wound infection|surgical site infection|"
    "infeccion|infeccion de herida|spondylodiscitis|spondylodiszitis|espondilodiscitis",
    EventKind.PNEUMOTHORAX: "neumotorax|hamothorax|hemotorax",
    EventKind.EMBOLISM_CEMENT: "pulmonary cement embolus|zementembolie|pulmonale zementembolie|"
    "embolia de cemento|embolia pulmonar de cemento",
    EventKind.RADICULAR_PAIN: "radikularer schmerz|radikulopathie|dolor radicular|radiculopatia",
    EventKind.FRACTURE_ADJACENT: "adjacent vertebral fracture|adjacent level fracture|"
    "anschlussfraktur|adjazente fraktur|fractura adyacente|fractura vertebral adyacente|avf",
    EventKind.REFRACTURE: "refraktur|refractura",
    EventKind.DEATH: "tod|verstorben|muerte|fallecimiento|exitus",
    EventKind.FRACTURE_RIB_PEDICLE: "rippenfraktur|pedikelfraktur|fractura costal",
    PriorTreatmentKind.ANALGESIC: "analgesics|analgesia|medications|nsaids|opioids|analgetika|"
    "schmerzmittel|medikamente|medikation|analgesico|analgesicos|medicacion|farmacos",
    PriorTreatmentKind.BRACE: "bracing|braces|orthese|korsett|mieder|corse|ortesis|faja",
    PriorTreatmentKind.PHYSICAL_THERAPY: "physiotherapie|krankengymnastik|fisioterapia|"
    "rehabilitacion|physical therapies",
    PriorTreatmentKind.SPINAL_INJECTION: "injections|infiltration|infiltrationen|infiltracion|"
    "infiltraciones",
    PriorTreatmentKind.RADIOTHERAPY: "radiation therapy|bestrahlung|strahlentherapie|radioterapia",
    PriorTreatmentKind.SURGERY: "operation|cirugia",
    PriorTreatmentKind.AUGMENTATION: "kyphoplastie|vertebroplastie|cifoplastia|vertebroplastia|"
    "previous vertebroplasty|previous kyphoplasty|prior vertebroplasty|prior kyphoplasty",
    PainScale.VAS_10: "vas 0 10|0 10|vas (0 10)|eva|eva 0 10|eva 10|eva cm",
    PainScale.VAS_100: "vas 0 100|0 100|vas (0 100)|eva 0 100|eva 100|eva mm",
    PainScale.NRS: "nrs 0 10|nprs",
    Position.PRONE: "bauchlage|bauch|prono|decubito prono|decubitus ventral|procubitus|prona",
    Position.SUPINE: "ruckenlage|rucken|supino|decubito supino|decubitus dorsal|supina",
    Position.LATERAL: "seitenlage|seite|decubito lateral|decubitus lateral|lateral decubitus",
    Asa.I: "i|asa i",
    Asa.II: "ii|asa ii",
    Asa.III: "iii|asa iii",
    Asa.IV: "iv|asa iv",
    Asa.V: "v|asa v",
    YesNo.YES: f"{_YES}|{_TRUE}|ja|oui|si",
    YesNo.NO: f"nil|{_NO}|{_FALSE}|nein|non|none|keine|aucun|aucune|ninguno|ninguna|nessuno|"
    "nessuna",
    YesNo.UNKNOWN: "unbekannt|inconnu|inconnue|desconocido|sconosciuto",
}


_ANALGESICS: dict[Vocabulary, str] = {
    AnalgesicLevel.NONE: "keine|kein|nein|ninguno|ninguna|aucun|nessuno|nessuna",
    AnalgesicLevel.NON_OPIOID: "nsar|nsaids|aine|ains|fans|metamizol|novalgin|nicht opioid|"
    "no opioide|non opioide",
}
"""Apart, because terms with the same code are one key: 1 is a class of the ASA too."""


@lru_cache(4096)
def bare(cell: str) -> str:
    """A cell in small letters, without accents, dashes, apostrophes and needless blanks."""
    text = unicodedata.normalize("NFKD", cell.casefold())
    kept = (" " if sign in "-'\u2019" else sign for sign in text if not unicodedata.combining(sign))
    return " ".join("".join(kept).split())


_TERMS = {
    (type(term), word if word.isascii() else bare(word)): term
    for term, words in (*_WORDS.items(), *_ANALGESICS.items())
    for word in words.split("|")
}


def word_meant_by(vocabulary: type[V], cell: str) -> V | None:
    """The term that a word of another language names, or None; its accents do not count."""
    word = bare(cell)
    found = _TERMS.get((vocabulary, word)) or vocabulary.meant_by(word)
    return found if isinstance(found, vocabulary) else None
