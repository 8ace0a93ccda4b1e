# SPDX-License-Identifier: MIT
"""What a statement becomes on its way to a server."""

from __future__ import annotations

import pytest

pytest.importorskip("psycopg")

from models.engines.postgres.dialect import in_postgres


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("SELECT a FROM t WHERE b = ?", "SELECT a FROM t WHERE b = %s"),
        ("SELECT '100 %?' FROM t", "SELECT '100 %%?' FROM t"),
        ('SELECT "a?" FROM t', 'SELECT "a?" FROM t'),
        ("SELECT 5 % 3", "SELECT 5 %% 3"),
        ("INSERT INTO t VALUES (nullif(?, ''))", "INSERT INTO t VALUES (%s)"),
        ("INSERT INTO t VALUES (nullif(?, char(0)))", "INSERT INTO t VALUES (%s)"),
        ("SELECT value FROM json_each(?)", "SELECT value FROM listed(%s)"),
        (
            "SELECT json_group_array(a) FROM (SELECT a FROM t)",
            "SELECT coalesce(json_agg(a)::text, '[]') FROM (SELECT a FROM t) AS within_0",
        ),
        (
            "SELECT group_concat(1000 + a, ',') FROM t",
            "SELECT string_agg((1000 + a)::text, ',') FROM t",
        ),
        (
            "SELECT r.a FROM (SELECT a FROM t) x CROSS JOIN r ON r.a = x.a",
            "SELECT r.a FROM (SELECT a FROM t) x JOIN r ON r.a = x.a",
        ),
        (
            "SELECT a FROM s CROSS JOIN r WHERE s.b = 1",
            "SELECT a FROM s CROSS JOIN r WHERE s.b = 1",
        ),
        (
            "SELECT r.a FROM r WHERE +r.b = 0 AND (+c + 1 > 2)",
            "SELECT r.a FROM r WHERE r.b = 0 AND (c + 1 > 2)",
        ),
        (
            "SELECT a FROM (SELECT a FROM (SELECT ')' AS a) EXCEPT SELECT b FROM t) WHERE a > 1",
            "SELECT a FROM (SELECT a FROM (SELECT ')' AS a) AS within_1 EXCEPT SELECT b FROM t)"
            " AS within_0 WHERE a > 1",
        ),
        ("SELECT a FROM t WHERE b IN ()", "SELECT a FROM t WHERE b IN (NULL)"),
        ("SELECT at, user FROM t, session_user", 'SELECT at, "user" FROM t, session_user'),
        ("SELECT a FROM t LIMIT -1", "SELECT a FROM t LIMIT ALL"),
        (
            "SELECT rowid AS number FROM case_search WHERE case_search MATCH ?",
            "SELECT number AS number FROM case_search WHERE case_search.found_by @@ asked(%s)",
        ),
        (
            "SELECT k, v, MAX(n) FROM t WHERE v <> '' GROUP BY k ORDER BY k",
            "SELECT DISTINCT ON (k) k, v, n FROM t WHERE v <> '' "
            "ORDER BY k NULLS FIRST, n DESC NULLS LAST",
        ),
    ],
)
def test_a_statement_is_said_in_the_words_of_the_server(ours: str, theirs: str) -> None:
    assert in_postgres(ours) == theirs


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("ORDER BY a", "ORDER BY a NULLS FIRST"),
        ("ORDER BY a ASC, b DESC LIMIT 5", "ORDER BY a ASC NULLS FIRST, b DESC NULLS LAST LIMIT 5"),
        ("ORDER BY a NULLS LAST, b", "ORDER BY a NULLS LAST, b NULLS FIRST"),
        ("ORDER BY max(a, b), c", "ORDER BY max(a, b) NULLS FIRST, c NULLS FIRST"),
        ("ORDER BY 'x, y'", "ORDER BY 'x, y' NULLS FIRST"),
        ('ORDER BY a DESC, r.number DESC, "id"', 'ORDER BY a DESC NULLS LAST, r.number DESC, "id"'),
        (
            'CREATE INDEX IF NOT EXISTS "i" ON "t" ("a", "number")',
            'CREATE INDEX IF NOT EXISTS "i" ON "t" ("a" NULLS FIRST, "number")',
        ),
        (
            "(SELECT a FROM t ORDER BY a) UNION ALL (SELECT b FROM t ORDER BY b DESC)",
            "(SELECT a FROM t ORDER BY a NULLS FIRST) UNION ALL "
            "(SELECT b FROM t ORDER BY b DESC NULLS LAST)",
        ),
    ],
)
def test_nothing_stands_before_everything(ours: str, theirs: str) -> None:
    assert in_postgres(ours) == theirs
