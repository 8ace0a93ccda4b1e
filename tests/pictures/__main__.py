# SPDX-License-Identifier: MIT
"""``make pictures``: a gallery of every page, in every language, light and dark, at 100 and 200 %.

It is ``build/pictures/index.html``. ``--language de`` draws one language only; "x-pseudo" is the
one whose words are longer by a third. Names of pages as arguments draw only these.
"""

from __future__ import annotations

import argparse
import subprocess
import sys

from models.speech import LANGUAGES, PSEUDO
from tests.pictures.gallery import FOLDER, write_index

CODES = (*LANGUAGES, PSEUDO)


def main() -> int:
    """Each language in a process of its own, because a process speaks one; 1 where one failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--language", choices=CODES, action="append", help="only this one")
    parser.add_argument("names", nargs="*", help="of pages")
    told = parser.parse_args()
    failed = 0
    for code in told.language or CODES:
        drawing = [sys.executable, "-m", "tests.pictures.drawing", "--language", code, *told.names]
        failed |= bool(subprocess.run(drawing, check=False).returncode)
        # After each, so that there is something to look at while the others are drawn.
        print(write_index(FOLDER, CODES))
    return failed


if __name__ == "__main__":
    raise SystemExit(main())
