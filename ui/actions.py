# SPDX-License-Identifier: MIT
"""Every action of the menus with its text and shortcut, in one table."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from models.quick import dataclass
from models.speech import say
from ui.menus import CASE, EDIT, FILE, HELP, TOOLS, VIEW, tr
from ui.permits import guard


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One action.

    Attributes:
        name: by which code asks for it.
        text: as the menu shows it, with its mnemonic.
        shortcut: a standard key or a key sequence; "" for none.
        needs_logbook: disabled while no logbook is open.
        checkable: one of the looks, of which one is marked.
        also: other words by which somebody looks for it.
    """

    name: str
    text: str
    shortcut: str | QKeySequence.StandardKey = ""
    needs_logbook: bool = True
    checkable: bool = False
    also: tuple[str, ...] = ()


_Std = QKeySequence.StandardKey

ACTIONS = (
    ActionSpec("new_logbook", say("New &logbook…"), needs_logbook=False, also=("create",)),
    ActionSpec("open_logbook", say("&Open logbook…"), _Std.Open, needs_logbook=False),
    ActionSpec(
        "open_server",
        say("Open on a &server…"),
        needs_logbook=False,
        also=("postgresql", "database", "connect"),
    ),
    ActionSpec("import", say("&Import…"), "Ctrl+Shift+I", also=("csv", "excel", "load")),
    ActionSpec("merge_logbook", say("Mer&ge another logbook…"), also=("combine",)),
    ActionSpec(
        "export",
        say("&Export…"),
        "Ctrl+Shift+E",
        also=("csv", "redcap", "fhir", say("data package"), "de-identify"),
    ),
    ActionSpec("print", say("&Print…"), _Std.Print),
    ActionSpec(
        "report",
        say("&Report…"),
        "Ctrl+Shift+R",
        also=("pdf", say("case series"), say("yearly review")),
    ),
    ActionSpec("backups", say("&Backups…"), "Ctrl+Shift+B", also=("restore", say("safety copy"))),
    ActionSpec("lock", say("Loc&k"), "Ctrl+L", also=("hide",)),
    ActionSpec("close_logbook", say("&Close logbook"), also=(say("sign out"),)),
    ActionSpec("quit", say("&Quit"), _Std.Quit, needs_logbook=False, also=("exit", "leave")),
    ActionSpec("undo", say("&Undo"), _Std.Undo, needs_logbook=False),
    ActionSpec("redo", say("&Redo"), _Std.Redo, needs_logbook=False),
    ActionSpec("cut", say("Cu&t"), _Std.Cut, needs_logbook=False),
    ActionSpec("copy", say("&Copy"), _Std.Copy, needs_logbook=False),
    ActionSpec("paste", say("&Paste"), _Std.Paste, needs_logbook=False),
    ActionSpec("find", say("&Find…"), _Std.Find, also=("search", "filter")),
    ActionSpec("new_case", say("&New case"), _Std.New, also=(say("add procedure"), "enter")),
    ActionSpec("edit_case", say("&Edit case"), "Ctrl+E", also=("open", "change")),
    ActionSpec(
        "next_case", say("New case of this &patient"), "Ctrl+Shift+N", also=(say("same patient"),)
    ),
    ActionSpec("copy_case", say("&Copy case"), "Ctrl+Shift+D", also=("duplicate",)),
    ActionSpec(
        "add_score", say("Add &follow-up score"), "Ctrl+Shift+F", also=("pain", "vas", "nrs")
    ),
    ActionSpec("drafts", say("&Drafts…")),
    ActionSpec("case_history", say("&History…"), "Ctrl+H", also=("versions", "changes")),
    ActionSpec("bin", say("&Bin…"), also=("deleted", "trash")),
    ActionSpec(
        "sign_off", say("Si&gn off…"), "Ctrl+Shift+G", also=(say("close case"), say("lock case"))
    ),
    ActionSpec("unlock", say("Unloc&k…"), also=("amend",)),
    ActionSpec("save_case", say("&Save"), _Std.Save),
    ActionSpec("save_and_new", say("Save and ne&w"), "Ctrl+Shift+Return"),
    ActionSpec("close_editor", say("C&lose the editor"), _Std.Close, also=("back", "leave")),
    ActionSpec("merge_patients", say("&Merge patients…"), also=(say("same person"), "duplicates")),
    ActionSpec("show_cases", say("&Cases"), "Ctrl+1"),
    ActionSpec("show_followup", say("&Follow-up"), "Ctrl+2", also=("due", "overdue", "calls")),
    ActionSpec("show_outcomes", say("&Outcomes"), "Ctrl+3", also=("pain", "charts", "responders")),
    ActionSpec(
        "show_safety", say("Saf&ety"), "Ctrl+4", also=("leakage", say("adverse events"), "cusum")
    ),
    ActionSpec("show_literature", say("Li&terature"), "Ctrl+5", also=(say("published rates"),)),
    ActionSpec(
        "case_or_patient", say("Case or whole &patient"), "Ctrl+Shift+P", also=("timeline",)
    ),
    ActionSpec("sort_cases", say("Sort cases &by…"), "Ctrl+Shift+O", also=("order",)),
    ActionSpec("columns", say("Colu&mns…"), "Ctrl+Shift+L"),
    ActionSpec("refresh", say("&Refresh"), _Std.Refresh, also=("reload",)),
    ActionSpec(
        "theme_system",
        say("As the s&ystem"),
        needs_logbook=False,
        checkable=True,
        also=("appearance", "theme"),
    ),
    ActionSpec(
        "theme_light",
        say("&Light"),
        needs_logbook=False,
        checkable=True,
        also=("appearance", "theme", "bright"),
    ),
    ActionSpec(
        "theme_dark",
        say("&Dark"),
        needs_logbook=False,
        checkable=True,
        also=("appearance", "theme", "night"),
    ),
    ActionSpec(
        "larger",
        say("L&arger text"),
        _Std.ZoomIn,
        needs_logbook=False,
        also=(say("zoom in"), "font"),
    ),
    ActionSpec(
        "smaller",
        say("&Smaller text"),
        _Std.ZoomOut,
        needs_logbook=False,
        also=(say("zoom out"), "font"),
    ),
    ActionSpec(
        "normal_size",
        say("&Normal text size"),
        "Ctrl+0",
        needs_logbook=False,
        also=("zoom", "100 %"),
    ),
    ActionSpec("verify", say("&Check the logbook…"), also=("integrity", "damage")),
    ActionSpec(
        "audit_trail", say("&Audit trail…"), "Ctrl+Shift+A", also=(say("who changed"), "log")
    ),
    ActionSpec("visit_plan", say("Visit &plan…"), also=(say("time points"), "schedule")),
    ActionSpec(
        "switch_user", say("S&witch user…"), "Ctrl+Shift+K", also=(say("sign in"), say("log in"))
    ),
    ActionSpec("change_password", say("&My password…"), also=("credentials",)),
    ActionSpec("users", say("&Users…"), also=("accounts", "roles")),
    ActionSpec("encrypt", say("&Encrypt this logbook…"), also=("password", "protect")),
    ActionSpec("plain_copies", say("Earlier c&opies…")),
    ActionSpec("recovery_key", say("New &recovery key…"), also=(say("lost password"),)),
    ActionSpec("change_key", say("Change the &key…")),
    ActionSpec(
        "settings",
        say("&Settings…"),
        "Ctrl+,",
        needs_logbook=False,
        also=("preferences", "options", "configure"),
    ),
    ActionSpec(
        "example",
        say("Open the &example logbook"),
        needs_logbook=False,
        also=("demo", "sample", "hemangioma"),
    ),
    ActionSpec(
        "find_command", say("Find a &command…"), "Ctrl+K", needs_logbook=False, also=("palette",)
    ),
    ActionSpec(
        "help",
        say("&Help pages"),
        _Std.HelpContents,
        needs_logbook=False,
        also=("manual", "documentation"),
    ),
    ActionSpec(
        "tour",
        say("Take the &tour"),
        needs_logbook=False,
        also=("introduction", say("first steps")),
    ),
    ActionSpec(
        "shortcuts", say("&Keyboard shortcuts"), "Ctrl+/", needs_logbook=False, also=("keys",)
    ),
    ActionSpec("about", say("&About Kypholog"), needs_logbook=False, also=("version", "licenses")),
)

SEPARATOR = ""
RECENT = "recent"
"""Where the menu of recent logbooks goes."""

MENUS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        FILE,
        (
            "new_logbook",
            "open_logbook",
            "open_server",
            RECENT,
            SEPARATOR,
            "import",
            "merge_logbook",
            "export",
            "print",
            "report",
            SEPARATOR,
            "backups",
            SEPARATOR,
            "lock",
            "close_logbook",
            "quit",
        ),
    ),
    (EDIT, ("undo", "redo", SEPARATOR, "cut", "copy", "paste", SEPARATOR, "find")),
    (
        CASE,
        (
            "new_case",
            "next_case",
            "copy_case",
            SEPARATOR,
            "edit_case",
            "add_score",
            "case_history",
            "sign_off",
            "unlock",
            SEPARATOR,
            "save_case",
            "save_and_new",
            "close_editor",
            SEPARATOR,
            "drafts",
            "bin",
            "merge_patients",
        ),
    ),
    (
        VIEW,
        (
            "show_cases",
            "show_followup",
            "show_outcomes",
            "show_safety",
            "show_literature",
            SEPARATOR,
            "sort_cases",
            "columns",
            "case_or_patient",
            "refresh",
            SEPARATOR,
            "theme_system",
            "theme_light",
            "theme_dark",
            SEPARATOR,
            "larger",
            "smaller",
            "normal_size",
        ),
    ),
    (
        TOOLS,
        (
            "verify",
            "audit_trail",
            SEPARATOR,
            "visit_plan",
            "settings",
            SEPARATOR,
            "switch_user",
            "change_password",
            "users",
            SEPARATOR,
            "encrypt",
            "plain_copies",
            "recovery_key",
            "change_key",
        ),
    ),
    (
        HELP,
        ("help", "find_command", SEPARATOR, "tour", "example", SEPARATOR, "shortcuts", "about"),
    ),
)

Handlers = Mapping[str, Callable[[], object]]


_REDO = ("Ctrl+Shift+Z", "Ctrl+Y")
_CLOSE = "Ctrl+W"


def make_actions(parent: QWidget, handlers: Handlers) -> dict[str, QAction]:
    """The actions of the table, each wired to the handler of its name.

    Raises:
        KeyError: an action has no handler, or a handler no action.
    """
    if unknown := set(handlers) - {spec.name for spec in ACTIONS}:
        raise KeyError(f"no such action: {', '.join(sorted(unknown))}")
    made: dict[str, QAction] = {}
    looks = QActionGroup(parent)
    for spec in ACTIONS:
        action = QAction(tr(spec.text), parent)
        action.setObjectName(spec.name)
        action.setCheckable(spec.checkable)
        if spec.checkable:
            looks.addAction(action)
        if spec.shortcut:
            action.setShortcuts(_keys(spec.shortcut))
        action.triggered.connect(_without_argument(handlers[spec.name]))
        guard(action, spec.name)
        made[spec.name] = action
    return made


def fill_menus(bar: QMenuBar, actions: Mapping[str, QAction], recent: QMenu) -> None:
    """Put the actions into the menus, which ``menus`` has made; ``recent`` is that of logbooks."""
    for title, (_title, names) in zip(bar.actions(), MENUS, strict=True):
        menu = title.menu()
        assert isinstance(menu, QMenu)
        for name in names:
            if name == SEPARATOR:
                menu.addSeparator()
            elif name == RECENT:
                menu.addMenu(recent)
            else:
                menu.addAction(actions[name])


def _keys(shortcut: str | QKeySequence.StandardKey) -> list[QKeySequence]:
    if isinstance(shortcut, str):
        return [QKeySequence(shortcut)]
    keys = QKeySequence.keyBindings(shortcut)
    if shortcut is _Std.Redo:
        # One hand knows the one, the other the other, whatever the desktop says.
        keys += [key for key in map(QKeySequence, _REDO) if key not in keys]
    if shortcut is _Std.Close:
        # The help names this one, whichever the desktop has first.
        keys = [QKeySequence(_CLOSE), *(key for key in keys if key != QKeySequence(_CLOSE))]
    return keys


def _without_argument(handler: Callable[[], object]) -> Callable[[bool], None]:
    def call(_checked: bool = False) -> None:
        handler()

    return call
