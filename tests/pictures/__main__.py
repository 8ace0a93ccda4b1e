# SPDX-License-Identifier: MIT
"""``make pictures``: a gallery of every page, in every language, light and dark, at 100 and 200 %.

It is ``build/pictures/index.html``. ``--language de`` draws one language only; "x-pseudo" is the
one whose words are longer by a third. Names of pages as arguments draw only these.

``--cut`` draws nothing, and looks instead at every word of every page, in every language and size
of the text, on a small and on a wide screen, for what is cut off.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Sequence

from models.speech import LANGUAGES, PSEUDO
from tests.pictures.gallery import FOLDER, write_index

CODES = (*LANGUAGES, PSEUDO)
SIZES = (0.8, 1.0, 1.5, 2.0)


def main() -> int:
    """Each language in a process of its own, because a process speaks one; 1 where one failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--language", choices=CODES, action="append", help="only this one")
    parser.add_argument("names", nargs="*", help="of pages")
    parser.add_argument("--cut", action="store_true", help="look for what is cut off")
    told = parser.parse_args()
    failed = 0
    if told.cut:
        return sum(_cut(code, told.names) for code in told.language or CODES)
    for code in told.language or CODES:
        drawing = [sys.executable, "-m", "tests.pictures.drawing", "--language", code, *told.names]
        failed |= bool(subprocess.run(drawing, check=False).returncode)
        # After each, so that there is something to look at while the others are drawn.
        print(write_index(FOLDER, CODES))
    return failed


def _cut(code: str, names: Sequence[str]) -> int:
    """Print what is cut off in a language, at every size of the text; whether anything is."""
    failed = False
    for scale in SIZES:
        walk = ["-m", "tests.pictures.spoken", "--all", "--language", code, "--scale", str(scale)]
        done = subprocess.run(
            [sys.executable, *walk, *names], check=False, stdout=subprocess.PIPE, encoding="utf-8"
        )
        failed |= bool(done.returncode)
        for one in map(json.loads, done.stdout.splitlines()):
            for said in (*one.get("fails", ()), *one["lacks"]):
                failed = True
                print(f"{code}, {scale:.0%}, {one['scene']}: {said}", flush=True)
    return int(failed)


if __name__ == "__main__":
    raise SystemExit(main())
