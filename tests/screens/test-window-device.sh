#!/bin/bash
# The window on every size and way of hanging, and how it comes and goes.
set -euo pipefail
cd "$(dirname "$0")/../.."
. tests/screens/window/display.sh
. tests/screens/window/replay.sh
pictures=$build/window-device
mkdir -p "$pictures"
rm -f "$pictures"/*.png
declare -A codes=()
shots=0

offers_in() {
    mkdir -p "$work/$1"
    "$bin/anlauf" --data "$work/$1/data" import assets/demo/offers.json >"$work/$1/log"
}

# One played way per size; the hanging only turns pixels and touches.
hangs() { # SIZE ROTATE
    local name=$1-$2
    size_of "$1" "$2"
    display_open "$device"
    offers_in "$name"
    check "$name opens" kiosk_open "$name" --size "$1" --rotate "$2"
    check "$name is played" plays "$name" tests/screens/window/browse.play --size "$1"
    check "$name shows what was played, touch by touch" replays "$name"
    check "$name ends" kiosk_end TERM
    display_close
}

window_of_kiosk() {
    xdotool search --name '^Anlauf$' | tail -n 1
}

closes() {
    display_open 1280x800
    offers_in close
    kiosk_open close --size 800x480
    node tests/screens/window/close-window.js "$DISPLAY" "$(window_of_kiosk)"
    check "closing the window ends it with 0" kiosk_end none
    display_close
}

# Two kiosks on one folder: a second one must not break the first.
doubles() {
    local first
    display_open 1280x800
    offers_in double
    kiosk_open double --size 800x480
    first=$kiosk
    check "a second kiosk on the folder works" kiosk_open double --size 800x480
    check "and ends" kiosk_end TERM
    kiosk=$first
    check "and the first one goes on" kill -0 "$kiosk"
    check "and ends too" kiosk_end TERM
    check "and the store is whole" test "$(echo 'PRAGMA integrity_check;' |
        sqlite3 "$here/data/state.db")" = ok
    display_close
}

ends_with() { # CODE WORDS COMMAND…
    local code=$1 words=$2 result=0
    shift 2
    "$@" >"$work/out" 2>"$work/err" || result=$?
    [ "$result" -eq "$code" ] && grep -q -e "$words" "$work/err" && return 0
    sed "s/^/# $result: /" "$work/err"
    return 1
}

without_display() {
    offers_in blind
    check "no display: exit code 3 and a word" ends_with 3 "no window" \
        env -u DISPLAY -u WAYLAND_DISPLAY "$bin/anlauf" --data "$work/blind/data"
    check "a wrong setting: exit code 2 and its name" ends_with 2 "--rotate" \
        "$bin/anlauf" --data "$work/blind/data" --rotate 45
}

for size in 800x480 1280x800 1920x1080 720x1280; do
    hangs "$size" 0
done
for rotate in 90 180 270; do
    hangs 800x480 "$rotate"
done
closes
doubles
without_display
exit $status
