# SPDX-License-Identifier: MIT
"""What the codes of a column mean, where its heading says so: "Sex (1 = male, 2 = female)"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from models.importing.mapping import ColumnUse
from models.importing.synonyms import term_meant_by
from models.importing.targets import targets
from models.importing.values import is_vocabulary

_IN_BRACKETS = re.compile(r"[(\[\uff08]([^)\]\uff09]*[=:][^)\]\uff09]*)[)\]\uff09]")
_PAIR = re.compile(
    r"\s*([^\W_]{1,3})\s*[=:]\s*([^,;/|=:]+?)\s*(?:[,;/|]|$|(?=\s[^\W_]{1,3}\s*[=:]))"
)
_FEWEST = 2


def terms_of_headings(uses: Iterable[ColumnUse]) -> dict[str, dict[str, str]]:
    """The terms of codes by the target of their column; only where all of a legend is known."""
    found = {use.target: legend for use in uses if use.target and (legend := _legend(use))}
    return {target: legend for target, legend in found.items() if legend}


def _legend(use: ColumnUse) -> dict[str, str]:
    vocabulary = is_vocabulary(targets()[use.target])
    told = _IN_BRACKETS.search(use.column) if vocabulary is not None else None
    if vocabulary is None or told is None:
        return {}
    pairs = [*_PAIR.finditer(told[1])]
    terms = {pair[1].casefold(): term_meant_by(vocabulary, pair[2]) for pair in pairs}
    is_whole = "".join(pair[0] for pair in pairs) == told[1]
    is_clear = len({*terms.values()}) == len(pairs) >= _FEWEST and None not in terms.values()
    if not (is_whole and is_clear):
        return {}
    return {code: term.value for code, term in terms.items() if term is not None}
