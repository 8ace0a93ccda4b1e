# SPDX-License-Identifier: MIT
"""Which 8-bit or East Asian encoding makes words of the bytes of a text.

Such a file does not say how it is written. Each encoding is tried: in the right one, the letters
with accents of every word belong to the alphabet of one language, no sign stands within a word,
and the signs of Chinese, Japanese or Korean are common ones. Where several readings pass, the
commonest is taken and the others are told.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import NamedTuple

_ALPHABETS: dict[str, dict[str, str]] = {
    "cp1252": {
        "de": "äöüß",
        "fr": "éèêëàâçîïôûùœÿ",
        "es": "áéíóúñüïº\u00aa",
        "pt": "ãõáéíóúâêôçàüº\u00aa",
        "it": "àèéìòùº\u00aa",
        "nl": "ëïéèüöó",
        "nordic": "åäöøæéü",
        "ca": "àéèíïóòúüç",
        "is": "áðéíóúýþæö",
    },
    "cp1250": {
        "pl": "ąćęłńóśźż",
        "cs": "áčďéěíňóřšťúůýž",
        "sk": "áäčďéíľňóôšťúýž",
        "hu": "áéíóöőúüű",
        "ro": "ăâîşţ",
        "hr": "čćđšž",
        "de": "äöüß",
    },
    "cp1254": {"tr": "çğıöşüâî"},
    "cp1251": {
        "ru": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
    },
    "cp1255": {"he": "אבגדהוזחטיךכלםמןנסעףפץצקרשת"},
    "cp1256": {"ar": "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيپچژگ"},
    "cp1253": {"el": "αβγδεζηθικλμνξοπρστυφχψωςάέήίόύώϊϋΐΰ"},
}
_ALPHABETS["mac-roman"] = _ALPHABETS["cp850"] = _ALPHABETS["cp1252"]
_ALPHABETS["koi8-u"] = _ALPHABETS["cp1251"]

_NOT_LATIN = frozenset({"cp1251", "koi8-u", "cp1253", "cp1255", "cp1256"})
_WITH_VOWELS = frozenset({"cp1251", "koi8-u", "cp1253"})
_VOWELS = frozenset("аеёиоуыэюяєіїαεηιουωάέήίόύώϊϋ")
_COMMON = {
    # Lead bytes of the signs that are commonly used: of kana and the first level of each standard.
    "cp949": ((0xB0, 0xC8),),
    "cp932": ((0x82, 0x83), (0x88, 0x97)),
    "gb18030": ((0xB0, 0xD7),),
    "big5": ((0xA4, 0xC6),),
    "euc-jp": ((0xA4, 0xA5), (0xB0, 0xCF)),
}
_KANA = re.compile("[\u3041-\u30fa]")
_LIKELY = (
    *("cp1252", "cp1254", "cp1250", "cp1251", "koi8-u", "cp1253", "mac-roman", "cp850"),
    *("cp1255", "cp1256"),
)
_OLD = frozenset({"mac-roman", "cp850"})
_WORD = re.compile(r"[^\W\d_]+")
_SIGN_WITHIN = re.compile(
    "[^\\W\\d_][\u00a1-\u00a9\u00ac\u00af\u00b4\u00b8\u00bc-\u00bf\u02c7-\u02dd\u2020\u2021]"
    "|[^\\W\\d_][^\\w\\s\x00-\x7f\u2018\u2019\u2010-\u2014\u00b7\u00ad](?=[^\\W\\d_])"
    "|(?<!\\w)[^\\w\\s\x00-\x7f\u2018\u201a\u201c\u201e\u00ab\u00b5\u00bf\u00a1\u2010-\u2014\u2039\u2022\u00a7\u00b0](?=[^\\W\\d_])"
)
_WELL = 0.95
_SHARE_OF_LANGUAGE = 0.8
_SHARE_OF_VOWELS = 0.25
_EAST_ASIAN_AT_LEAST = 0.85
_UTF_7 = re.compile(rb"\+[A-Za-z0-9+/]{3,}-")
_JAPANESE_MAIL = b"\x1b$"
_NO_SIGNS = frozenset({"Cc", "Co", "Cn"})
_LINES = frozenset("\t\r\n")


@dataclass(frozen=True, slots=True)
class Readings:
    """How a text may be written.

    Attributes:
        best: the encoding by which all is words; "" for none.
        others: further ones by which it is too, and reads otherwise.
    """

    best: str = ""
    others: tuple[str, ...] = ()


class _Share(NamedTuple):
    """How well words read.

    Attributes:
        words: the share of them that can be words.
        of_language: the share of them that one language has.
        is_rare: it is Icelandic, whose letters are those of Turkish in another encoding.
        has_words: any word has a letter beyond ASCII, and not only signs are.
    """

    words: float
    of_language: float
    is_rare: bool = False
    has_words: bool = True


def readings(text: bytes) -> Readings:
    """The encodings by which the bytes are words."""
    decoded = dict(_decoded(text, [*_LIKELY, *_COMMON]))
    shares = {name: _words_well(decoded[name], name) for name in _LIKELY if name in decoded}
    passed = _in_order([name for name, share in shares.items() if share.words >= _WELL], shares)
    # Capitals of Western words, such as those of "MÄRZ", are common signs of Chinese, too; signs of
    # Chinese are no Western words.
    if not passed:
        passed = [
            name
            for name in _COMMON
            if name in decoded and _is_east_asian(text, decoded[name], name)
        ]
    if "cp949" in passed:
        # Only one hangul in three is a common sign of Chinese, too, and seldom are all of a text.
        passed = ["cp949"]
    if not passed:
        return Readings()
    best, seen, others = passed[0], {decoded[passed[0]]}, list[str]()
    of_language = shares[best].of_language if best in shares else 0.0
    for name in passed[1:]:
        is_likely = best not in shares or (
            shares[name].of_language >= of_language
            and shares[name].has_words
            and shares[best].has_words
        )
        # Hardly a file of today is from DOS or an old Macintosh.
        is_likely = is_likely and not (best.startswith("cp125") and name in _OLD)
        if is_likely and decoded[name] not in seen:
            seen.add(decoded[name])
            others.append(name)
    return Readings(best, tuple(others))


def written_in_ascii(sample: bytes) -> str:
    """The encoding that writes other letters by those of ASCII; "" for mere ASCII."""
    if _JAPANESE_MAIL in sample:
        return "iso2022-jp"
    found = _UTF_7.findall(sample)
    with suppress(UnicodeDecodeError):
        if found and all(one.decode("utf-7").isalpha() for one in found):
            return "utf-7"
    return ""


def guessed(text: bytes, encodings: Iterable[str]) -> list[str]:
    """What charset-normalizer takes the text for, which knows more languages; the likelier first.

    On files of few words it takes Western ones for others, so it is asked last.
    """
    from charset_normalizer import from_bytes

    known = {codecs.lookup(name).name: name for name in encodings}
    found = from_bytes(text, cp_isolation=list(known))
    names = [codecs.lookup(match.encoding).name for match in found]
    return [known[name] for name in names if name in known][:2]


def words_shown(text: bytes, encoding: str, most: int = 4) -> str:
    """Some words with letters beyond ASCII, as they read in an encoding; "" where none can be."""
    try:
        decoded = text.decode(encoding)
    except UnicodeDecodeError:
        return ""
    words = (word for word in _WORD.findall(decoded) if not word.isascii())
    return ", ".join([*dict.fromkeys(words)][:most])


def _decoded(text: bytes, encodings: Sequence[str]) -> Iterator[tuple[str, str]]:
    for name in encodings:
        try:
            decoded = text.decode(name)
        except UnicodeDecodeError:
            continue
        if not any(
            unicodedata.category(sign) in ("Cc", "Co", "Cn") for sign in {*decoded} - _LINES
        ):
            yield name, decoded


def _words_well(decoded: str, encoding: str) -> _Share:
    """The share of words that can be words, and of those that one language has alone."""
    # A letter alone may be anything, such as a mark in a table.
    words = [word for word in _WORD.findall(decoded) if len(word) > 1 and not word.isascii()]
    bad = len(_SIGN_WITHIN.findall(decoded))
    if not words:
        return _Share(0.0 if bad else 1.0, 1.0, has_words=False)
    languages = {name: frozenset(said) for name, said in _ALPHABETS[encoding].items()}
    of_language = dict.fromkeys(languages, 0)
    good = 0
    for word in words:
        if not _is_shaped(word, encoding):
            continue
        beyond = {sign for sign in word.casefold() if not sign.isascii()} - {"\u00b5", "\u0307"}
        found = [name for name, letters in languages.items() if beyond <= letters]
        good += bool(found)
        for name in found:
            of_language[name] += 1
    if encoding in _WITH_VOWELS and _vowels_in(words) < _SHARE_OF_VOWELS:
        return _Share(0.0, 0.0)
    most = max(of_language, key=lambda name: of_language[name])
    return _Share(good / (len(words) + bad), of_language[most] / len(words), most == "is")


def _is_shaped(word: str, encoding: str) -> bool:
    """Whether capitals and letters of the word stand as in words."""
    is_capital_within = any(sign.isupper() and not sign.isascii() for sign in word[1:])
    if is_capital_within and not word.isupper():
        return False
    latin = [sign.isascii() for sign in word]
    if encoding in _NOT_LATIN:
        return not any(latin)
    return any(latin)


def _vowels_in(words: Sequence[str]) -> float:
    letters = "".join(words).casefold()
    return sum(sign in _VOWELS for sign in letters) / max(len(letters), 1)


def _in_order(passed: Sequence[str], shares: dict[str, _Share]) -> list[str]:
    """The likelier first; what one language has alone before what takes several."""

    def place(name: str) -> tuple[bool, bool, int]:
        share = shares[name]
        return share.of_language < _SHARE_OF_LANGUAGE, share.is_rare, _LIKELY.index(name)

    return sorted(passed, key=place)


def _is_east_asian(text: bytes, decoded: str, encoding: str) -> bool:
    """Whether nearly all of what is not ASCII are common signs of two bytes."""
    common = every = at = 0
    while at < len(text):
        if text[at] < 0x80:
            at += 1
            continue
        every += 1
        common += any(first <= text[at] <= last for first, last in _COMMON[encoding])
        at += 2
    if not every or common < _EAST_ASIAN_AT_LEAST * every:
        return False
    if encoding == "gb18030" and _KANA.search(decoded):
        return False
    is_only_common = encoding == "cp949" or (encoding == "euc-jp" and not _KANA.search(decoded))
    return not is_only_common or common == every
