# SPDX-License-Identifier: MIT
"""What our statements call and PostgreSQL does not bring along; made once in each logbook."""

from __future__ import annotations

FUNCTIONS = (
    # The items of a JSON list, as SQLite's json_each tells them.
    """
    CREATE OR REPLACE FUNCTION listed(items text) RETURNS TABLE (value text)
    LANGUAGE sql IMMUTABLE ROWS 100 AS 'SELECT json_array_elements_text(items::json)'
    """,
    # What finds rows by words or tags, from the form in which ``models.engines.search`` writes it.
    r"""
    CREATE OR REPLACE FUNCTION asked(said text) RETURNS tsquery
    LANGUAGE sql IMMUTABLE AS $$
    SELECT replace(replace(replace(
        regexp_replace(
            regexp_replace(
                regexp_replace(said, '"([^"]*)"\*', '''\1'':*', 'g'), '"([^"]*)"', '''\1''', 'g'),
            '(:\*|'') ''', '\1 & ''', 'g'),
        ' AND ', ' & '), ' OR ', ' | '), ' NOT ', ' & !')::tsquery
    $$
    """,
    # What stands at a place in a JSON text, where it is a number.
    """
    CREATE OR REPLACE FUNCTION json_extract(said text, place text) RETURNS numeric
    LANGUAGE sql IMMUTABLE AS
    'SELECT (jsonb_path_query_first(said::jsonb, place::jsonpath) #>> ''{}'')::numeric'
    """,
    # The number of a full day, to be subtracted from that of another.
    """
    CREATE OR REPLACE FUNCTION julianday(said text) RETURNS double precision
    LANGUAGE sql IMMUTABLE AS
    'SELECT to_char(to_date(said, ''YYYY-MM-DD''), ''J'')::double precision'
    """,
    # Whether it holds for any of the rows, where SQLite takes the greatest of 0 and 1.
    """
    CREATE OR REPLACE AGGREGATE max(boolean) (SFUNC = boolor_statefunc, STYPE = boolean)
    """,
    # A number of a row that is its own while nobody changes it.
    """
    CREATE OR REPLACE FUNCTION row_place(at tid) RETURNS bigint
    LANGUAGE sql IMMUTABLE AS
    'SELECT (split_part(trim(at::text, ''()''), '','', 1)::bigint << 9)
        | split_part(trim(at::text, ''()''), '','', 2)::bigint'
    """,
    # The words of a text that has blanks between them, each as it stands.
    """
    CREATE OR REPLACE FUNCTION found_by(words text) RETURNS tsvector
    LANGUAGE sql IMMUTABLE AS
    'SELECT array_to_tsvector(array_remove(string_to_array(words, '' ''), ''''))'
    """,
)
