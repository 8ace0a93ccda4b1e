# SPDX-License-Identifier: MIT
"""Updates the catalogs: ``make translations``. Says what is left to translate."""

from __future__ import annotations

from resources.translations.catalogs import (
    FOLDER,
    LANGUAGES,
    faults,
    mo_of,
    po_of,
    template,
    untranslated,
    updated,
)


def main() -> int:
    """Write the catalogs; 1 where a translation does not fit its string."""
    source = template()
    found = 0
    for language in LANGUAGES:
        catalog = updated(language, source)
        (FOLDER / f"{language}.po").write_bytes(po_of(catalog))
        (FOLDER / f"{language}.mo").write_bytes(mo_of(catalog))
        print(f"{language}: {len(catalog):,} strings, {len(untranslated(catalog)):,} to translate")
        for fault in faults(catalog):
            found += 1
            print(f"{language}: {fault}")
    return int(found > 0)


if __name__ == "__main__":
    raise SystemExit(main())
