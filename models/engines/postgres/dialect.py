# SPDX-License-Identifier: MIT
"""Says a statement of ours in the words of PostgreSQL.

The statements of the program are written once, in the SQL that SQLite and PostgreSQL have in
common, with a question mark for every value. What they do not have in common is little, and each
piece of it has its rule here. Text between quotes is never touched.
"""

from __future__ import annotations

import re
from functools import lru_cache

_PIECES = re.compile(r"""('(?:[^']|'')*'|"(?:[^"]|"")*")|([^'"]+)""")
_MOST = 2_000
"""Of statements remembered: the program has some hundred, and filters make more."""

_RENAMED = {
    "ifnull": "coalesce",
    "printf": "format",
    "instr": "strpos",
    "json_each": "listed",
    "char": "chr",
}
_CALLS = re.compile(rf"\b({'|'.join(_RENAMED)})(?=\s*\()", re.IGNORECASE)
_WORDS = (
    (re.compile(r"\browid\b"), "number"),
    # Without quotes it is whoever asks.
    (re.compile(r"\buser\b"), '"user"'),
    (re.compile(r"\bIN \(\)"), "IN (NULL)"),
    (re.compile(r"\bLIMIT -1\b"), "LIMIT ALL"),
)
NOTHING_IS_EMPTY = "nullif(?, '')"
"""Takes an empty text for nothing, on the way to SQLite; psycopg takes None."""
_LATEST = re.compile(
    r"SELECT (\w+), ([\w, ]+), MAX\((\w+)\) FROM (.*) GROUP BY \1 ORDER BY \1\s*$", re.DOTALL
)
_MARKS_OF_NOTHING = (NOTHING_IS_EMPTY, "nullif(?, char(0))")
_ORDER = re.compile(r"\bORDER BY\b")
_END = re.compile(r"\b(LIMIT|ROWS|RANGE|GROUPS|FOR|UNION|INTERSECT|EXCEPT)\b")
_CROSSED = re.compile(r'\bCROSS JOIN (?=(?:"\w+"|\w+)(?:\([^()]*\))?(?: \w+)? ON\b)')
"""A join in SQLite's own order, which the server may choose."""
_AGGREGATES = re.compile(r"\b(json_group_array|group_concat)\s*\(", re.IGNORECASE)
_MARKS = re.compile(r"'(?:[^']|'')*'|[(),]")
_UNINDEXED = re.compile(r"(?<=[\s(])\+(?=[a-z_])")
"""Keeps SQLite from going by the index of a column; the server would guess worse for it."""
_INDEX = re.compile(r"^(CREATE INDEX .* ON \S+ )\(([^()]*)\)$", re.DOTALL)
_KEY = re.compile(r'\s*(?:"?\w+"?\.)?"?(?:number|id)"?(?:\s+(?:ASC|DESC))?\s*', re.IGNORECASE)
"""A column that is never empty, so that the order of a primary key is good for it."""
_WITHIN = re.compile(r"\b(?:FROM|JOIN) *\((?=\s*(?:SELECT|WITH|VALUES)\b)")
_NAMED = re.compile(r'\s*(?:AS\b|[a-z_"])')
"""Names are in small letters or in quotes, everything else is in capitals."""
_MATCH = re.compile(r"\b(case_search\w*) MATCH %s")


@lru_cache(maxsize=_MOST)
def in_postgres(sql: str) -> str:
    """The statement ``sql``, which marks its values by ``?``, as psycopg wants it."""
    for mark in _MARKS_OF_NOTHING:
        sql = sql.replace(mark, "?")
    # SQLite fills the other columns from the row that has the maximum.
    sql = _LATEST.sub(r"SELECT DISTINCT ON (\1) \1, \2, \3 FROM \4 ORDER BY \1, \3 DESC", sql)
    said = "".join(
        quoted.replace("%", "%%") if quoted else _said(other)
        for quoted, other in _PIECES.findall(sql)
    )
    said = _INDEX.sub(_indexed, _CROSSED.sub("JOIN ", said))
    return _ordered(_aggregated(_named(said)))


def _said(piece: str) -> str:
    """A piece of a statement with nothing quoted in it."""
    piece = _UNINDEXED.sub("", piece.replace("%", "%%").replace("?", "%s"))
    piece = _CALLS.sub(lambda found: _RENAMED[found[1].lower()], piece)
    for what, instead in _WORDS:
        piece = what.sub(instead, piece)
    return _MATCH.sub(r"\1.found_by @@ asked(%s)", piece)


def _named(sql: str) -> str:
    """The statement with a name for each question within another, as servers before 16 want it."""
    ends = [_closing(sql, found.end()) for found in _WITHIN.finditer(sql)]
    for number, end in sorted(enumerate(ends), key=lambda one: -one[1]):
        if not _NAMED.match(sql, end + 1):
            sql = f"{sql[: end + 1]} AS within_{number}{sql[end + 1 :]}"
    return sql


def _aggregated(sql: str) -> str:
    """The statement with what gathers many rows into one text."""
    while found := _AGGREGATES.search(sql):
        end = _closing(sql, found.end())
        inner = sql[found.end() : end]
        if found[1].lower() == "group_concat":
            (*_, comma) = (mark for mark in _MARKS.finditer(inner) if mark[0] == ",")
            first, between = inner[: comma.start()], inner[comma.end() :].strip()
            said = f"string_agg(({first})::text, {between})"
        else:
            said = f"coalesce(json_agg({inner})::text, '[]')"
        sql = f"{sql[: found.start()]}{said}{sql[end + 1 :]}"
    return sql


def _closing(sql: str, start: int) -> int:
    """Where the bracket closes that was opened before ``start``."""
    depth = 1
    for found in _MARKS.finditer(sql[start:]):
        depth += {"(": 1, ")": -1}.get(found[0], 0)
        if not depth:
            return start + found.start()
    raise ValueError("a statement has a bracket that is never closed")


def _ordered(sql: str) -> str:
    """The statement with nothing before everything in every order, as SQLite has it."""
    done, at = "", 0
    while found := _ORDER.search(sql, at):
        done += sql[at : found.end()]
        terms, at = _terms(sql, found.end())
        done += ",".join(_placed(term) for term in terms)
    return done + sql[at:]


def _terms(sql: str, start: int) -> tuple[list[str], int]:
    """What is ordered by from ``start`` on, and where that ends."""
    terms: list[str] = []
    depth, begin = 0, start
    for found in re.finditer(r"'(?:[^']|'')*'|\"[^\"]*\"|[(),]|\b[A-Z]+\b", sql[start:]):
        mark, at = found[0], start + found.start()
        if mark == "(":
            depth += 1
        elif depth and mark == ")":
            depth -= 1
        elif not depth and (mark == ")" or _END.fullmatch(mark)):
            return [*terms, sql[begin:at]], at
        elif not depth and mark == ",":
            terms.append(sql[begin:at])
            begin = at + 1
    return [*terms, sql[begin:]], len(sql)


def _indexed(made: re.Match[str]) -> str:
    """What makes an index, in the order in which lists are asked for, from either end."""
    return f"{made[1]}({', '.join(_placed(column.strip()) for column in made[2].split(','))})"


def _placed(term: str) -> str:
    said = term.rstrip()
    if _KEY.fullmatch(term) or said.upper().endswith(("FIRST", "LAST")):
        return term
    place = "LAST" if said.upper().endswith("DESC") else "FIRST"
    return f"{said} NULLS {place}{term[len(said) :]}"
