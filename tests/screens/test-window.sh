#!/bin/bash
# The main line in a real window with real X input: by hand and by keys only.
# Pictures of every screen lie in build/window afterwards.
set -euo pipefail
cd "$(dirname "$0")/../.."
. tests/screens/window/display.sh
. tests/screens/window/replay.sh
. tests/screens/window/keys.sh
pictures=$build/window
mkdir -p "$pictures"
rm -f "$pictures"/*.png
declare -A codes=()
shots=0

prepare() { # NAME: offers and one of the staff
    mkdir -p "$work/$1"
    "$bin/anlauf" --data "$work/$1/data" import assets/demo/offers.json >"$work/$1/log"
    codes[TEAM]=$(echo 4711 | "$bin/anlauf" --data "$work/$1/data" staff add Eule)
}

# Kinds of the log, without how often somebody signed in.
kinds() {
    "$bin/anlauf" --data "$here/data" events | sed -n 's/.*"kind":"\([^"]*\)".*/\1/p'
}

expected_kinds() {
    tr "\n" " " <tests/screens/window/main.kinds
}

has_kinds() {
    kinds >"$here/kinds"
    [ "$(tr '\n' ' ' <"$here/kinds")" = "$*" ] && return 0
    echo "# the log has: $(tr '\n' ' ' <"$here/kinds")"
    return 1
}

# What is said while something is under way may come or not.
lasting_words() {
    grep -v -e "Moment …" -e "wird gedruckt" "$1" | sort -u
}

same_words() {
    diff <(lasting_words "$here/play/speech.txt") <(lasting_words "$here/speech.txt") \
        >"$here/words" && return 0
    sed 's/^/# /' "$here/words"
    return 1
}

has_papers() { # COUNT: each as picture and as bytes
    [ "$(find "$here/slips" -name '*.png' | wc -l)" -eq "$1" ] &&
        [ "$(find "$here/slips" -name '*.escpos' -size +100c | wc -l)" -eq "$1" ]
}

slip_holds() {
    paper_code >"$here/code"
    "$bin/anlauf" --data "$here/data" verify "$(cat "$here/code")" >"$here/verified"
}

all_different() { # no screen of the journey looks like the one before it
    [ "$(md5sum "$pictures"/[0-9]*.png | cut -d ' ' -f 1 | uniq | wc -l)" -eq "$shots" ]
}

quiet() {
    sed "s/^/# /" "$here/err"
    test ! -s "$here/err"
}

by_hand() {
    prepare hand
    size_of 1280x800 0
    { echo "set TEAM ${codes[TEAM]}"; cat tests/screens/window/main.play; } >"$work/main.play"
    check "the way is played" plays hand "$work/main.play" --size 1280x800
    check "the window opens" kiosk_open hand --size 1280x800
    check "each touch shows the played picture" replays hand
    check "the same words are spoken" same_words
    check "two papers, as picture and bytes" has_papers 2
    check "the slip's code is verified" slip_holds
    check "no two screens in a row are alike" all_different
    check "a signal ends it well" kiosk_end TERM
    check "the log tells it in order" has_kinds "$(expected_kinds)"
    check "nothing was complained of" quiet
}

display_open 1280x800
by_hand
by_keys
exit $status
