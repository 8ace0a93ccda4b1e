# SPDX-License-Identifier: MIT
"""The case list is sorted by any column, and what a case is found by lies in a table of its own.

Both are worked out of the record, so they are filled when the logbook catches up. The search index
takes another form and is made when the logbook is opened.
"""

from __future__ import annotations

from peewee import Database, DoubleField, IntegerField, Model, TextField
from playhouse.migrate import SchemaMigrator

COLUMNS = {
    "patient_order": TextField,
    "sex_rank": IntegerField,
    "operator_order": TextField,
    "technique_rank": IntegerField,
    "diagnosis_rank": IntegerField,
    "leakage_rank": IntegerField,
    "before_scale": IntegerField,
    "latest_scale": IntegerField,
    "change_scale": IntegerField,
    "change_low": DoubleField,
    "change_high": DoubleField,
}

SORTED_BY = (
    ("patient_order",),
    ("age",),
    ("sex_rank",),
    ("technique_rank",),
    ("diagnosis_rank",),
    ("cement_ml",),
    ("leakage_rank",),
    ("gain_low_mm", "gain_high_mm"),
    ("before_scale", "pain_before_low", "pain_before_high"),
    ("latest_scale", "pain_latest_low", "pain_latest_high"),
    ("change_scale", "change_low", "change_high"),
    ("operator_order",),
    ("complete",),
)


class CaseFoundBy(Model):
    """As it was when this migration was written."""

    number = IntegerField(primary_key=True)
    words = TextField()
    tags = TextField()
    patient = TextField(null=True, index=True)
    operator = TextField(null=True, index=True)
    supervisor = TextField(null=True, index=True)
    product = TextField(null=True, index=True)
    lot = TextField(null=True, index=True)

    class Meta:
        """Named like every other table."""

        table_name = "case_found_by"
        legacy_table_names = False


def up(migrator: SchemaMigrator, database: Database) -> None:
    """Add the columns with their indexes, and the table; let go of the search index."""
    migrator.migrate(
        *(migrator.add_column("case_row", name, kind(null=True)) for name, kind in COLUMNS.items()),
        migrator.drop_index("case_row", "case_row_deleted_patient_code_number"),
        *(migrator.add_index("case_row", ("deleted", *names, "number")) for names in SORTED_BY),
    )
    with database.bind_ctx([CaseFoundBy]):
        database.create_tables([CaseFoundBy])
    for name in ("case_search", "case_search_names"):
        database.execute_sql(f"DROP TABLE IF EXISTS {name}")
