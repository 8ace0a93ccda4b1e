# SPDX-License-Identifier: MIT
"""Images of a case. The content is stored once, however often it is used."""

from __future__ import annotations

import peewee

from models.fields import Stamp, TermField, Words
from models.schema.base import Row
from models.schema.procedure import Procedure
from models.vocabulary import ImageKind, ImagePhase, Level


class ImageContent(peewee.Model):
    """The bytes of an image, found by their SHA-256."""

    sha256 = peewee.CharField(64, primary_key=True)
    media_type = peewee.TextField()
    content = peewee.BlobField()
    thumbnail = peewee.BlobField(null=True)

    class Meta:
        """Named like every other table."""

        legacy_table_names = False


class Image(Row):
    """One image of a case."""

    procedure = peewee.ForeignKeyField(Procedure, backref="images", on_delete="CASCADE")
    content_id: str
    content = peewee.ForeignKeyField(ImageContent, backref="uses", on_delete="RESTRICT")
    added_at = Stamp()
    phase = TermField("Phase", ImagePhase, core=True)
    kind = TermField("Kind", ImageKind)
    level = TermField("Level", Level)
    caption = Words("Caption")
