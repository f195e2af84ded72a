#!/bin/bash
# Plays every tests/screens/*.play on the real program, each with data of its own.
set -euo pipefail
cd "$(dirname "$0")/../.."
play=${BUILD:-build}/bin/anlauf-play
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
status=0

# Line 1 may carry options: "# play: --size 800x480 --rotate 90"
options_of() {
    sed -n '1s/^# play: //p' "$1"
}

for script in tests/screens/*.play; do
    name=$(basename "$script" .play)
    if "$play" $(options_of "$script") --out "$work/$name" "$script" 2>"$work/err"; then
        echo "ok - $name"
    else
        echo "not ok - $name"
        sed 's/^/# /' "$work/err"
        status=1
    fi
done
exit $status
