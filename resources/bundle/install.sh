#!/bin/sh
# Makes the desktop of this user know Kypholog: menu, icon, and what opens logbooks.
# `install.sh --remove` takes that back. The folder of the program stays where it is, and so do
# logbooks and settings.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
share=${XDG_DATA_HOME:-$HOME/.local/share}
entry=$share/applications/kypholog.desktop
type=$share/mime/packages/kypholog.xml

refresh() {
    if command -v update-mime-database >/dev/null; then update-mime-database "$share/mime"; fi
    if command -v update-desktop-database >/dev/null; then
        update-desktop-database "$share/applications"
    fi
    if command -v gtk-update-icon-cache >/dev/null; then
        gtk-update-icon-cache -q -t "$share/icons/hicolor" || true
    fi
}

# What opens folders where nobody has said so; nothing where that cannot be asked.
opens_folders() { xdg-mime query default inode/directory 2>/dev/null || true; }

if [ "${1-}" = --remove ]; then
    rm -f "$entry" "$type" "$share"/icons/hicolor/*/apps/kypholog.png \
        "$share/icons/hicolor/scalable/apps/kypholog.svg"
    refresh
    echo "The desktop knows Kypholog no longer. Its folder $here can be deleted."
    exit
fi

if ! said=$("$here/kypholog" --version 2>&1); then
    echo "$said" >&2
    echo "Kypholog does not start on this system. $here/README.txt says what it needs." >&2
    exit 1
fi

before=$(opens_folders)
mkdir -p "$share/applications" "$share/mime/packages" "$share/icons"
cp -R "$here/share/icons/hicolor" "$share/icons/"
cp "$here/share/mime/packages/kypholog.xml" "$type"
# The desktop needs the whole path, and a backslash before what it would take for a sign of its own.
program=$(printf '%s' "$here/kypholog" | sed 's/["`$\\]/\\\\&/g; s/[&|\\]/\\&/g; s/%/%%/g')
sed "s|^Exec=kypholog|Exec=\"$program\"|" "$here/share/applications/kypholog.desktop" >"$entry"
refresh
# A program of the user goes before those of the system, but folders stay with what opened them.
if [ -n "$before" ] && [ "$(opens_folders)" = kypholog.desktop ]; then
    xdg-mime default "$before" inode/directory || true
fi
echo "Kypholog is in the menu now. \`$0 --remove\` takes it out again."
