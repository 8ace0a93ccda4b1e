# SPDX-License-Identifier: MIT
"""Words of other languages for terms."""

from __future__ import annotations

import pytest

from models.importing.synonyms import meant_by_several, term_meant_by
from models.vocabulary import (
    Approach,
    Diagnosis,
    Leakage,
    LeakLocation,
    Sex,
    Side,
    Technique,
    Vocabulary,
    YesNo,
)


@pytest.mark.parametrize(
    ("term", "words"),
    [
        (YesNo.YES, "oui Sí sì si ja"),
        (YesNo.NO, "non no nein ninguna nessuna"),
        (Sex.FEMALE, "femme Mujer donna femmina"),
        (Sex.MALE, "homme varón uomo maennlich"),
        (Side.LEFT, "gauche izquierda sinistra izq. sx"),
        (Side.RIGHT, "droite derecha destra dcha. dx"),
        (Side.BILATERAL, "bilatéral bilaterale ambos"),
        (Technique.BALLOON_KYPHOPLASTY, "cyphoplastie cifoplastia cifoplastica"),
        (Technique.VERTEBROPLASTY, "vertébroplastie vertebroplastía vertebroplastica"),
        (Approach.TRANSPEDICULAR, "transpédiculaire transpeduncolare transpedikulär"),
        (Approach.EXTRAPEDICULAR, "extrapédiculaire parapeduncolare"),
        (Diagnosis.HEMANGIOMA, "hémangiome hemangioma emangioma Hämangiom"),
        (Diagnosis.METASTASIS, "métastase metástasis metastasi"),
        (Diagnosis.MYELOMA, "myélome mieloma"),
        (Leakage.NONE, "aucune ninguna nessuna"),
        (Leakage.PRESENT, "fuite fuga perdita"),
        (LeakLocation.EPIDURAL, "épidurale epidurale"),
    ],
)
def test_words_of_other_languages_are_known(term: Vocabulary, words: str) -> None:
    assert [term_meant_by(type(term), word) for word in words.split()] == [term] * len(
        words.split()
    )


@pytest.mark.parametrize("cell", ["tassement vertébral", "fractura por compresión", "Disque"])
def test_words_of_other_languages_that_mean_several_terms_are_asked(cell: str) -> None:
    vocabulary = LeakLocation if cell == "Disque" else Diagnosis
    assert len(meant_by_several(vocabulary, cell)) > 1
    assert term_meant_by(vocabulary, cell) is None
