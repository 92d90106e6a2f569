#!/bin/sh
# Stands in for the AppImage runtime in test builds: unpacks the file system behind it, starts what is in it, and takes
# it away again. A real runtime mounts it instead. `skip` is the length of this file.
skip=1024
set -e
APPIMAGE=$(readlink -f "$0")
APPDIR=$(mktemp -d "${TMPDIR:-/tmp}/counterfoil-appimage-XXXXXX")
export APPIMAGE APPDIR
trap 'rm -rf "$APPDIR"' EXIT
unsquashfs -quiet -no-progress -force -offset "$skip" -dest "$APPDIR" "$APPIMAGE" >/dev/null
# What is started in the background would read nothing.
exec 3<&0
"$APPDIR/AppRun" "$@" <&3 3<&- &
child=$!
trap 'kill -TERM "$child" 2>/dev/null' TERM INT HUP
code=0
wait "$child" || code=$?
# A signal ends the waiting, not the program: it has still to close its till.
while kill -0 "$child" 2>/dev/null; do wait "$child" || code=$?; done
exit "$code"
