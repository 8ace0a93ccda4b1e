# SPDX-License-Identifier: MIT
"""The command ``copy``: a whole logbook from a folder to a server, or back."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from typing import TYPE_CHECKING

from models.speech import numerals, say, say_n
from models.terminal import answer, begun, progress_shown

if TYPE_CHECKING:
    from models.address import Place
    from models.logbook import Logbook
    from models.moving import Copied


def add_copy(add: Callable[..., argparse.ArgumentParser]) -> argparse.ArgumentParser:
    """Declare the command."""
    about = say("copy a logbook to a server, or from a server into a folder")
    parser = add(
        "copy",
        help=about,
        description=say(
            "{begun}. The copy is proven row by row before it is kept, and what is copied "
            "stays as it is.",
            begun=begun(about),
        ),
    )
    parser.add_argument("--from", dest="source", metavar="PLACE", required=True)
    parser.add_argument("--to", dest="target", metavar="PLACE", required=True)
    parser.add_argument("--json", action="store_true", help=say("print one JSON document"))
    parser.set_defaults(work=_copy)
    return parser


def _copy(options: argparse.Namespace) -> int:
    from models.moving import copy_logbook
    from models.opening import opened, place_named

    source, target = place_named(options.source), place_named(options.target)
    with opened(source, options) as one:
        other = _new(target, options)
        try:
            with progress_shown("rows") as progress:
                copied = copy_logbook(one, other, progress)
        except BaseException:
            _unmake(other)
            raise
        finally:
            other.close()
    answer(_json(source, target, copied) if options.json else _text(source, target, copied))
    return 0


def _new(place: Place, options: argparse.Namespace) -> Logbook:
    from models.address import Address
    from models.logbook import Logbook

    if isinstance(place, Address):
        from models.served import create
        from models.signing import server_password

        return create(place, server_password(place, options))
    return Logbook.create(place)


def _unmake(logbook: Logbook) -> None:
    if logbook.has_files:
        logbook.discard(remove_folder=True)


def _text(source: Place, target: Place, copied: list[Copied]) -> str:
    told = [
        numerals(
            "{table:<18}{rows:>10,}  {sha256}",
            table=table.table,
            rows=table.rows,
            sha256=table.sha256[:16],
        )
        for table in copied
    ]
    rows = sum(table.rows for table in copied)
    return "\n".join(
        [
            *told,
            say(
                "Copied {rows} from {source} to {target}; count and content of every table "
                "are the same.",
                rows=say_n("{n:,} row", "{n:,} rows", rows),
                source=source,
                target=target,
            ),
        ]
    )


def _json(source: Place, target: Place, copied: list[Copied]) -> str:
    tables = {table.table: {"rows": table.rows, "sha256": table.sha256} for table in copied}
    return json.dumps({"from": str(source), "to": str(target), "tables": tables}, indent=2)
