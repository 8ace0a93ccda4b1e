# SPDX-License-Identifier: MIT
"""What clinics call the columns of their tables, in the spelling of ``spelled.plain_name``.

Names and labels of the fields are not repeated here. Words for terms stand in ``words``.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import TypeVar

from models.importing.targets import CASE, LEVEL, PAIN_SCALE, PATIENT_CODE, PERFORMED_ON
from models.importing.words import bare, word_meant_by
from models.vocabulary import (
    Approach,
    Diagnosis,
    Leakage,
    LeakLocation,
    Sex,
    Side,
    Vocabulary,
    YesNo,
)

V = TypeVar("V", bound=Vocabulary)

_BY_TARGET: dict[str, str] = {
    CASE: "case|case no|case number|case nr|fall nr|fallnr|fall|"
    "eingriff nr|procedure id|procedure no|session",
    PATIENT_CODE: "patient|patient id|patient no|patient number|patient nr|study id|subject|"
    "subject id|pid|code|id|pat id|patienten nr|pat nr|pat no|patientennummer|patienten id|"
    "patientennr|patnr|pat nummer|patient id nr|paciente|no paciente|n paciente|codigo|"
    "codigo paciente|codigo de paciente|numero de paciente|no patient|n patient|code patient|"
    "numero patient|numero de patient|"
    "paziente|codice paziente|codice|id paciente|id paziente|n paziente|patient code|"
    "pat|"
    "subj|subj id|subject no|subject code",
    "patient.sex": "gender|m f|geschlecht|sexe|sexo|sesso",
    "patient.birth_date": "dob|date of birth|birthdate|born|geburtsdatum|geb datum|geb|"
    "geburtstag|year of birth|yob|fecha de nacimiento|fecha nacimiento|date de naissance|"
    "data di nascita|"
    "birth|birthday|ddn|nacimiento",
    "patient.died_on": "todesdatum|date of death|death date|deceased on",
    "patient.consent_registry": "consent|registry consent",
    "patient_identity.full_name": "patient name|full name|last name|surname|nachname|patientenname|"
    "nombre y apellidos|apellidos y nombre|nom et prenom|nom prenom|"
    "nome e cognome|cognome e nome|name vorname|nachname vorname",
    "patient_identity.record_number": "mrn|medical record number|hospital number|"
    "medical record no|fallnummer|"
    "historia clinica|nhc|numero de historia|numero de historia clinica|"
    "no historia|n historia|no historia clinica",
    "procedure.age_at_procedure": "age|age years|age at surgery|age at treatment|alter|edad|eta",
    PERFORMED_ON: "procedure date|date of procedure|surgery date|date of surgery|op date|opdate|"
    "operation date|treatment date|date of treatment|performed|op datum|datum|"
    "eingriffsdatum|op tag|fecha|fecha de cirugia|fecha cirugia|fecha de la cirugia|"
    "fecha de intervencion|fecha intervencion|fecha de procedimiento|fecha procedimiento|"
    "date d intervention|date intervention|date operation|data intervento|"
    "dos|date of service|datum op|datum der op|datum eingriff|"
    "proc dt|proc date|procedure dt|op zeitpunkt|op am|operiert am|eingriff am",
    "procedure.operator": "surgeon|physician|doctor|performed by|interventionalist|operateur|arzt|"
    "cirujano|operador|chirurgien|operatore|"
    "medico|medecin|radiologue",
    "procedure.supervisor": "attending|consultant|oberarzt",
    "procedure.anesthesia": "anaesthesia|anaesthetic|anesthetic|narkose|"
    "anasthesie|anesthesie|anestesia",
    "procedure.guidance": "imaging|image guidance|bildgebung|guidage|guia|guida",
    "procedure.fluoro_time_s": "fluoro time|fluoro seconds|fluoroscopy s|screening time|"
    "durchleuchtungszeit|durchleuchtung|dl zeit|temps de scopie|duree de scopie|"
    "tiempo de escopia|tiempo de fluoroscopia|tiempo fluoroscopia|tempo di scopia|"
    "tempo di fluoroscopia",
    "procedure.kap_gycm2": "kap|dap|dose area product|kerma area product|"
    "dosisflachenprodukt|flachendosisprodukt|dfp|pds|produit dose surface|"
    "producto dosis area|prodotto dose area",
    "procedure.air_kerma_mgy": "air kerma|kerma",
    "procedure.minutes": "duration|op time|procedure time|operation time|"
    "duration min|op dauer|dauer",
    "procedure.height_cm": "body height|patient height|korpergrosse|taille|talla|estatura|statura",
    "procedure.weight_kg": "weight|gewicht|korpergewicht|poids|peso",
    "procedure.asa_class": "asa",
    "procedure.any_complication": "complication|complications|"
    "komplikation|komplikationen|complicaciones|complicanze",
    "procedure.notes": "note|notes|comment|comments|remarks|bemerkung|bemerkungen|kommentar|"
    "notas|observaciones|comentarios|remarques|"
    "note|commentaires|commentaire|observations|osservazioni|"
    "bem|obs",
    "procedure.blood_loss_ml": "blood loss|ebl",
    "procedure.conservative_weeks": "conservative treatment weeks",
    LEVEL: "vertebra|vertebral level|spinal level|treated level|segment|hohe|"
    "wirbel|wirbelkorper|level treated|nivel|niveau|livello|vertebre|"
    "levels|levels treated|treated levels|levels tx|level s|vertebrae|wirbelhohe|etage|etages|"
    "niveaux|niveles|livelli|lvl|lev|treated vertebra|vertebra treated|vertebrae treated|"
    "treated vertebrae|index level|fracture level|fractured level|fractured vertebra|"
    "level of fracture|behandelter wirbel|behandelte hohe|frakturhohe|vertebra tratada|"
    "nivel tratado|nivel de fractura|vertebre traitee|niveau traite|vertebra trattata",
    "treated_level.technique": "procedure|procedure type|treatment|type of procedure|operation|"
    "intervention|verfahren|tecnica|procedimiento",
    "treated_level.approach": "access|route|zugang|abordaje|voie d abord|accesso|voie",
    "treated_level.side": "laterality|seite|lado|lateralidad|cote|lato",
    "treated_level.cement_ml": "cement volume|cement vol|cement amount|pmma|pmma ml|volume ml|"
    "zement|zement ml|cement total|cemento|cemento ml|volumen cemento|volumen de cemento|ciment|"
    "ciment ml|volume ciment|volume cemento|"
    "total cement|total cement ml|total cement volume|zement gesamt|gesamtzement|"
    "cemento total|ciment total|cemento totale|volume di cemento|volume de ciment|"
    "quantite de ciment|zementmenge|zementvolumen",
    "treated_level.cement_left_ml": "cement l|zement links|zement li|ciment gauche|"
    "cemento izquierdo|cemento izq|cemento sinistra|cemento sx",
    "treated_level.cement_right_ml": "cement r|zement rechts|zement re|ciment droit|ciment droite|"
    "cemento derecho|cemento dcho|cemento destra|cemento dx",
    "treated_level.of_class": "of|of classification|of klassifikation|of grad",
    "treated_level.cement_type": "cement kind|cement used|"
    "zement typ|type de ciment|tipo de cemento|tipo di cemento",
    "treated_level.diagnosis": "dx|indication|etiology|aetiology|pathology|diagnose|indikation|"
    "diagnostico|diagnostic|diagnosi|etiologia|"
    "indicacion|indication operatoire|indicazione|etiologie|atiologie",
    "treated_level.diagnosis_basis": "diagnosis basis|basis of diagnosis",
    "treated_level.leakage": "leak|cement leak|cement leakage|extravasation|cement extravasation|"
    "leckage|zementleckage|zementaustritt|extravasat|fuga|fuga de cemento|fuite|"
    "fuite de ciment|perdita di cemento|"
    "leck|leckagen",
    "leak.location": "leak location|leakage location|leak site|leakage site|location of leak|"
    "leak locations|leakage locations|"
    "lokalisation leckage|leckage lokalisation|localisation fuite|"
    "localisation de la fuite|localizacion fuga|localizacion de la fuga|sede perdita",
    "treated_level.lesion_size_mm": "lesion size|size mm",
    "treated_level.lesion_description": "lesion site in vertebra|lesion description",
    "treated_level.marrow_edema": "edema|oedema|bone marrow edema|marrow oedema",
    "treated_level.needle_gauge": "gauge|needle size|nadel|aiguille|aguja|ago",
    "treated_level.height_gain": "height gain|height restoration|height gain mm|height restored|"
    "hohengewinn|gain de hauteur|ganancia de altura",
    "treated_level.height_gain_low_mm": "height change mm low",
    "treated_level.height_gain_high_mm": "height change mm high",
    "treated_level.height_gain_words": "height change text",
    "treated_level.neuro_status": "neurologic deficit|neurological status|neuro|neuro deficit",
    PAIN_SCALE: "scale|pain scale",
}

_ELSEWHERE: dict[str, str] = {
    PATIENT_CODE: "nr pacjenta|id pacjenta|patientnr|patientnummer|id do paciente|hasta no|"
    "患者id|病历号|住院号|등록번호|номер карты",
    "patient_identity.record_number": "uhid|hospital no|hospital nr|hosp no|nhs number|nhs no|ipp|"
    "prontuario|expediente|protokol no|mrd no|ip no",
    PERFORMED_ON: "date of op|date of operation|op dt|data da cirurgia|data cirurgia|"
    "data do procedimento|data da intervencao|datum ingreep|ingreepdatum|operatiedatum|"
    "datum operatie|data zabiegu|data operacji|ameliyat tarihi|islem tarihi|"
    "手術日|手术日期|수술일|дата операции",
    "patient.sex": "geschl|geslacht|plec|płec|cinsiyet|性別|性别|성별|пол",
    "patient.birth_date": "data de nascimento|geboortedatum|data urodzenia|dogum tarihi",
    "procedure.age_at_procedure": "idade|leeftijd|wiek|yas|年齢|年龄|나이|возраст",
    "procedure.operator": "cirurgiao|operateur arts|lekarz|operator zabiegu|cerrah",
    LEVEL: "poziom|seviye|wervel|椎体|节段|уровень",
    "treated_level.technique": "tecnica cirurgica|ingreep|zabieg|islem|op verfahren|geste|"
    "procedura|"
    "術式|术式|수술명|операция",
    "treated_level.approach": "via de acesso|toegang|dostep",
    "treated_level.cement_ml": "cimento|volume de cimento|cimento ml|cementvolume|"
    "objetosc cementu|cimento total|骨水泥量|セメント量|시멘트|"
    "цемент",
    "treated_level.leakage": "extravasamento|vazamento|lekkage|cementlekkage|wyciek|kacak|austritt|"
    "perdita|漏出|渗漏|누출|утечка",
    "procedure.notes": "remark|uwagi|opmerkingen|observacoes|aciklama|備考|备注",
}
"""The same in Portuguese, Dutch, Polish, Turkish, Japanese, Chinese, Korean and Russian."""

SYNONYMS = {
    name: target
    for known in (_BY_TARGET, _ELSEWHERE)
    for target, names in known.items()
    for name in names.split("|")
}
"""Target by each plain name."""

_BOTH_PEDICLES = frozenset(
    {"bipedicular", "bipedikular", "bipediculaire", "bipeduncolare", "bipedicolare"}
)


_BESIDE: dict[tuple[type[Vocabulary], str], Sequence[str]] = {
    # Spanish tables say hombre or varón and mujer, others man and woman.
    (Sex, "m"): ("h", "v"),
    (YesNo, "-"): ("+",),
    (Leakage, "-"): ("+",),
}
"""What a cell means is open where another one stands in the same column."""

MARKS = frozenset(mark for marks in _BESIDE.values() for mark in marks)
"""The cells that leave open what others of their column mean."""

_FRACTURES = (
    Diagnosis.OSTEOPOROTIC_FRACTURE,
    Diagnosis.TRAUMATIC_FRACTURE,
    Diagnosis.FRACTURE_UNSPECIFIED,
)
_CAUSE_OPEN = (
    "vcf|compression fracture|kompressionsfraktur|wirbelkorperfraktur|tassement|"
    "tassement vertebral|fracture tassement|fracture vertebrale|aplastamiento|"
    "fractura por compresion|fractura vertebral|frattura da compressione|frattura vertebrale|crollo"
)
_DISC_OPEN = (
    "intradiscal|intradiskal|intradiscale|disc|disk|discal|discale|disque|disco|bandscheibe|"
    "intervertebral"
)
_OPEN: dict[tuple[type[Vocabulary], str], Sequence[Vocabulary]] = {
    (type(several[0]), word): several
    for several, words in (
        (_FRACTURES, _CAUSE_OPEN),
        ((LeakLocation.DISC_SUPERIOR, LeakLocation.DISC_INFERIOR), _DISC_OPEN),
        (
            (LeakLocation.PARAVERTEBRAL_TISSUE, LeakLocation.PARAVERTEBRAL_VEIN),
            "paravertebral|paravertebrale",
        ),
        (
            (LeakLocation.PARAVERTEBRAL_VEIN, LeakLocation.BASIVERTEBRAL_VEIN),
            "venous|venos|veneux|veineuse|veine|venosa|venoso|vena",
        ),
    )
    for word in words.split("|")
}
"""Words that can mean several terms, though one of them answers to it in a search."""


NO_CODES = frozenset({"n/a", "#n/a", "null", "nan", "dito", "ditto", "idem", "ídem"})
"""What says that there is no code of a patient, or the same as above."""


NOTHING = frozenset(
    (
        *("", "-", "\u2013", ".", "na", "n/a", "#n/a", "null", "nan", "none recorded", "n.a."),
        *("not available", "not recorded", "k.a.", "k. a.", "keine angabe", "n.v.t.", "s/d"),
        *("sin dato", "sin datos", "non renseign\u00e9", "brak danych"),
    )
)
"""Cells that say nothing, wherever no text is kept."""


def is_no_code(cell: str) -> bool:
    """Whether a cell that should tell a patient says "none", or "the same as above"."""
    return cell.casefold() in NO_CODES or not any(map(str.isalnum, cell))


def has_marks(vocabulary: type[Vocabulary]) -> bool:
    """Whether cells of ``MARKS`` change what others of the column mean."""
    return any(vocabulary is of for of, _ in _BESIDE)


def beside(vocabulary: type[Vocabulary], cell: str, marks: Set[str]) -> str:
    """The cell of the column by which it is open what this one means; ""."""
    others = _BESIDE.get((vocabulary, cell.casefold()), ())
    return next((mark for mark in others if mark in marks), "")


def meant_by_several(vocabulary: type[Vocabulary], cell: str) -> Sequence[Vocabulary]:
    """The terms between which a person has to choose; () for a word that means one at most."""
    return _OPEN.get((vocabulary, bare(cell)), ())


def term_meant_by(vocabulary: type[V], cell: str) -> V | None:
    """The term that a cell of somebody else's table names, or None."""
    # A point behind a word cuts it short: "li.", "weibl.".
    short = cell.strip().casefold().rstrip(".")
    found = (
        vocabulary.meant_by(cell) or vocabulary.meant_by(short) or word_meant_by(vocabulary, short)
    )
    # A code may be written out, such as "osteoporotic fracture" for osteoporotic_fracture.
    found = found or vocabulary.meant_by("_".join(cell.split()))
    return found if isinstance(found, vocabulary) else None


def approach_and_side(cell: str) -> tuple[Approach, Side] | None:
    """What "bipedicular", "transped. bds." or "unipedicular left" say of both; None for others."""
    if bare(cell) in _BOTH_PEDICLES:
        return Approach.TRANSPEDICULAR, Side.BILATERAL
    words = cell.replace(",", " ").split()
    for said, others in ((words[-1:], words[:-1]), (words[:1], words[1:])):
        side = term_meant_by(Side, "".join(said)) if others else None
        rest = " ".join(others)
        if side is not None and bare(rest) not in _BOTH_PEDICLES:
            approach = term_meant_by(Approach, rest)
            return None if approach is None else (approach, side)
    return None
