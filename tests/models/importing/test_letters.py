# SPDX-License-Identifier: MIT
"""In which letters a file is written: recognized where its words decide it, and else asked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from models import commands
from models.importing.letters import readings
from models.importing.opening import questions_of
from models.importing.reading import CsvTable
from models.importing.recognizing import recognize
from models.logbook import Logbook
from tests.fresh import named
from tests.models.importing.conftest import WriteFile

# ruff: noqa: RUF001
HELP = Path(__file__).parents[3] / "resources" / "help"
TABLES = {
    "de": "Pat.;Datum;Geschl.;Höhe\n1;04.03.2024;männl.;BWK 12\n",
    "capitals": "PAT;MONAT;DIAGNOSE\n1;MÄRZ;HÄMANGIOM\n2;MÄRZ;MÜLLER\n",
    "fr": "N°;Date d'opération;Sexe;Âge;Étage\n1;04/03/2024;F;72;D12\n",
    "es": "Nº;Fecha cirugía;Sexo;Años;Técnica\n1;04/03/2024;M;72;Cifoplastia\n",
    "pl": "Nr;Data zabiegu;Płeć;Lekarz\n1;04.03.2024;K;Wójcik Łukasz\n",
    "cs": "Pacient;Věk;Etáž;Výkon\n1;72;Th12;žena\n",
    "hu": "Beteg;Dátum;Nem;Műtét\n1;2024.03.04;nő;Kyphoplastica\n",
    "tr": "Protokol;Cinsiyet;Yaş;İşlem;Çimento (ml)\n1;K;72;Kifoplasti;4,5\n",
    "ru": "Номер карты;Дата операции;Пол;Возраст\n1;04.03.2024;Ж;72\n",
    "uk": "Номер;Дата операції;Стать;Вік\n1;04.03.2024;Ж;72\n",
    "el": "Κωδικός;Ημερομηνία;Φύλο;Ηλικία\n1;04/03/2024;Θ;72\n",
    "ja": "患者ID,手術日,性別,セメント量\n1,2024/03/04,女,4.5\n",
    "zh": "病历号,手术日期,性别,年龄\n1,2024-03-04,女,72岁\n",
    "tw": "病歷號,手術日期,性別,年齡\n1,2024-03-04,女,72\n",
    "ko": "등록번호,수술일,성별,나이\n1,2024-03-04,여,72\n",
    "en": "Patient;Date;Operator\n1;04/03/2024;O\u2019Neill \u2013 12°\n",
}
WRITTEN = [
    *(("de", code) for code in ("cp1252", "mac-roman", "cp850", "utf-16-le", "utf-16-be", "utf-7")),
    ("capitals", "cp1252"),
    *(("fr", code) for code in ("cp1252", "mac-roman")),
    *(("es", code) for code in ("cp1252", "mac-roman", "cp850")),
    *(("en", code) for code in ("cp1252", "mac-roman")),
    *(("pl", "cp1250"), ("cs", "cp1250"), ("hu", "cp1250"), ("tr", "cp1254"), ("el", "cp1253")),
    *(("ru", code) for code in ("cp1251", "koi8-r", "utf-16-le")),
    *(("uk", code) for code in ("cp1251", "koi8-u")),
    *(("ja", code) for code in ("cp932", "euc-jp", "iso2022-jp", "utf-16-le", "utf-16-be")),
    *(("zh", code) for code in ("gb18030", "utf-16-le")),
    *(("tw", "big5"), ("ko", "cp949")),
]


@pytest.mark.parametrize(("language", "encoding"), WRITTEN)
def test_what_words_decide(file: WriteFile, language: str, encoding: str) -> None:
    text = TABLES[language]
    found = recognize(file(text.encode(encoding)))
    assert text.encode(encoding).decode(found.encoding) == text
    assert found.others == ()


@pytest.mark.parametrize("language", ["de", "es"])
@pytest.mark.parametrize("in_capitals", [False, True])
def test_ordinary_western_text_is_never_taken_for_another(language: str, in_capitals: bool) -> None:
    """Any run of words of the help, however short, comes out as it was."""
    pages = (HELP / language).glob("*.md")
    words = " ".join(page.read_text("utf-8") for page in sorted(pages)).split()
    for first in range(0, len(words) - 40, 97):
        text = " ".join(words[first : first + 4 + first % 37])
        text = (text.upper() if in_capitals else text).encode("cp1252", "ignore").decode("cp1252")
        if not text.isascii():
            found = readings(text.encode("cp1252"))
            assert text.encode("cp1252").decode(found.best) == text, found


def test_letters_of_two_languages_are_asked_with_the_words_of_each(file: WriteFile) -> None:
    table = CsvTable(file("Hasta;Doktor\n1;Yılmaz Ağaoğlu\n2;Şahin\n".encode("cp1254")))
    (asked,) = questions_of(table)
    assert asked == (
        "The file does not tell how its letters are written. They read Yılmaz, Ağaoğlu, Şahin in "
        "Windows Turkish (cp1254); Yýlmaz, Aðaoðlu, Þahin in Windows Western (cp1252). The first "
        "is taken: choose another encoding if the words look wrong."
    )
    assert questions_of(CsvTable(table.file, "cp1254")) == []


def test_letters_that_are_words_in_nothing_are_asked(file: WriteFile) -> None:
    text = "Номер;Дата\n1;04.03.2024;\n".encode("mac-cyrillic")
    (asked,) = questions_of(CsvTable(file(text)))
    assert asked.startswith("The file does not tell how its letters are written. They read ")


def test_each_encoding_is_offered_with_the_words_as_they_read_in_it(file: WriteFile) -> None:
    found = recognize(file(TABLES["pl"].encode("cp1250")))
    assert found.told_in("cp1250").endswith(": Płeć, Wójcik")
    assert found.told_in("cp1252").endswith("Wójcik")
    assert found.told_in("cp932") == "Japanese (Shift JIS)"


def test_the_command_asks_too(
    logbook: Logbook, file: WriteFile, capsys: pytest.CaptureFixture[str]
) -> None:
    source = file("ID;Level;Operator\n1;L1;Yılmaz\n2;L2;Şahin\n".encode("cp1254"))
    words = ["--logbook", named(logbook), "import", str(source), "--dry-run", "--json"]
    commands.run(words)
    assert "how its letters are written" in json.loads(capsys.readouterr().out)["questions"][0]
    commands.run([*words[:-1], "--encoding", "cp1254"])
    assert "how its letters are written" not in capsys.readouterr().out
