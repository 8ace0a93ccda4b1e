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
    phase = TermField(
        "Phase",
        ImagePhase,
        core=True,
        help="When it was taken, seen from the procedure. The viewer holds an image against one "
        "from the other side of the procedure.",
    )
    kind = TermField(
        "Kind",
        ImageKind,
        help="What made the image. On a film heights measure differently than in CT, and leaks are"
        " missed that CT shows.",
    )
    level = TermField(
        "Level",
        Level,
        help="Vertebra that it shows; empty for an overview of several. The viewer compares images"
        " of one level first.",
    )
    caption = Words(
        "Caption",
        help="What is to be seen, in a sentence, as below a figure. Name nobody in it: it is shown"
        " with the image.",
    )
