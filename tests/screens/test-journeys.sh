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

go() { # go NAME SCRIPT OPTIONS...
    local name=$1 script=$2
    shift 2
    if "$play" "$@" --out "$work/$name" "$script" 2>"$work/err"; then
        echo "ok - $name"
    else
        echo "not ok - $name"
        sed 's/^/# /' "$work/err"
        status=1
    fi
}

for script in tests/screens/*.play; do
    go "$(basename "$script" .play)" "$script" $(options_of "$script")
done
# What a small or upright display keeps on screens of its own can be reached too.
for size in 640x400 800x480 720x1280 1080x1920; do
    go "tour at $size" tests/screens/tour.play --size $size
done
exit $status
