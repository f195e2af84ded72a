#!/bin/sh
# Measures the kiosk and, in the same run, a browser kiosk with a like page; README.md
# beside this file says how. One line a figure: name, value, limit, ok or MISSED; the same
# as JSON in $BUILD/bench.json. Exit code 1 if a figure is missed.
set -eu

BUILD=${BUILD:-build}
ROUNDS=${ROUNDS:-9}
HERE=$(cd "$(dirname "$0")" && pwd)
KIOSK=$BUILD/bin/anlauf
BENCH=$BUILD/tests/bench
JSON=$BUILD/bench.json
SCREEN=1280x800
# Rows of the start screen above the line with the clock.
ROWS_STILL=730
# On the disk that the program is built on, so that its syncs are real.
work=$(cd "$BUILD" && mktemp -d "$PWD/bench.XXXXXX")
xvfb= kiosk= browser=
missed=0 lines=
. "$HERE/tell.sh"

clean_up() {
    end $kiosk $browser $xvfb
    rm -rf "$work"
}
trap clean_up EXIT
trap 'exit 1' INT TERM

# ---- the display ---------------------------------------------------------------------

open_display() {
    mkdir "$work/screen"
    mkfifo "$work/number"
    Xvfb -displayfd 3 -screen 0 ${SCREEN}x24 -nocursor -noreset -nolisten tcp \
        -fbdir "$work/screen" 3>"$work/number" >"$work/xvfb.log" 2>&1 &
    xvfb=$!
    read -r number <"$work/number"
    export DISPLAY=":$number"
}

# The same start of a browser kiosk as on a device: its profile exists, nothing is fetched.
make_browser() {
    cat >"$work/browser" <<END
#!/bin/sh
exec chromium --kiosk --no-sandbox --disable-gpu --disable-quic --no-first-run \\
    --disable-background-networking --disable-component-update --disable-sync \\
    --disable-features=Translate --window-position=0,0 --window-size=1280,800 \\
    --user-data-dir="$work/profile" "file://$HERE/page.html" 2>/dev/null
END
    chmod +x "$work/browser"
}

# ---- start ---------------------------------------------------------------------------

measure_start() {
    timeout 150 "$BENCH/bench_start" "$work/screen/Xvfb_screen0" "$ROUNDS" $ROWS_STILL \
        -- "$KIOSK" --data "$work/data" --speech none -- "$work/browser" >"$work/start" ||
        fail "the start could not be measured"
    ours=$(awk 'NR == 1 { print $1 }' "$work/start")
    theirs=$(awk 'NR == 2 { print $1 }' "$work/start")
    tell start_ms "$ours" max 40
    tell start_fastest_ms "$(awk 'NR == 1 { print $2 }' "$work/start")" -
    tell start_browser_ms "$theirs" -
    tell start_times_faster "$(ratio "$theirs" "$ours")" min 10
}

count_start() {
    timeout -s TERM 8 valgrind --tool=callgrind --callgrind-out-file=/dev/null \
        "$KIOSK" --data "$work/data" --speech none >"$work/grind" 2>&1 || true
    tell start_instructions "$(awk '/Collected/ { print $4 }' "$work/grind")" -
}

# ---- memory and rest -----------------------------------------------------------------

tree_of() {
    echo "$1"
    for child in $(cat /proc/"$1"/task/*/children 2>/dev/null); do
        tree_of "$child"
    done
}

# Proportional set size in KiB, of a process and all that it started.
pss_of() {
    for pid in $(tree_of "$1"); do
        cat "/proc/$pid/smaps_rollup" 2>/dev/null || true
    done | awk '/^Pss:/ { sum += $2 } END { print sum }'
}

await() {
    for _ in $(seq 100); do
        ! grep -q "$1" "$work/speech" 2>/dev/null || return 0
        sleep 0.1
    done
    fail "the kiosk did not say: $1"
}

tap() {
    xdotool mousemove "$1" "$2" click 1
}

# To the cards for 13 to 14 year olds; what is spoken tells where we are.
open_offers() {
    "$KIOSK" --data "$work/data" --speech "text:$work/speech" &
    kiosk=$!
    await Hallo
    tap 400 280
    await 'Wie alt'
    tap 486 430
    await 'Jobs für dich'
    sleep 2
}

# How often the threads of the kiosk went to sleep: as often as they woke. $1: which.
naps() {
    cat /proc/"$kiosk"/task/$1/status | awk '/^voluntary/ { sum += $2 } END { print sum }'
}

measure_rest() {
    all=$(naps '*')
    main=$(naps "$kiosk")
    sleep 10
    tell idle_wakeups_per_s "$(ratio $(($(naps '*') - all)) 10)" max 2
    # Only the main thread draws, and it does not unless it wakes.
    tell idle_redraws_in_10_s $(($(naps "$kiosk") - main)) max 0
}

measure_memory() {
    open_offers
    ours=$(pss_of $kiosk)
    measure_rest
    end $kiosk
    kiosk=
    "$work/browser" &
    browser=$!
    sleep 5
    theirs=$(pss_of $browser)
    end $browser
    browser=
    tell memory_mib "$(ratio "$ours" 1024)" max 20
    tell memory_browser_mib "$(ratio "$theirs" 1024)" -
    tell memory_times_smaller "$(ratio "$theirs" "$ours")" min 19
}

# ---- pictures ------------------------------------------------------------------------

# Instructions of so many series of rounds.
count_rounds() {
    valgrind --tool=callgrind --callgrind-out-file=/dev/null --collect-atstart=no \
        '--toggle-collect=measured*' "$BENCH/bench_frame" "$1" "$2" 2>&1 |
        awk '/Collected/ { print $4 }'
}

# What one more round costs once everything is warm. There are five series.
count_each() {
    few=$(count_rounds "$1" 4)
    many=$(count_rounds "$1" 24)
    echo $(((many - few) / 100))
}

measure_pictures() {
    tell changed_card_instructions "$(count_each card)" max 2000000
    "$BENCH/bench_frame" card 1000 >"$work/card"
    tell changed_card_p99_ms "$(word p99_ms <"$work/card")" max 1
    tell changed_card_p99_cpu_ms "$(word p99_cpu_ms <"$work/card")" max 1
    tell full_redraw_instructions "$(count_each full)" max 6000000
    "$BENCH/bench_frame" full 200 >"$work/full"
    tell full_redraw_median_ms "$(word median_ms <"$work/full")" -
}

# ---- the rest ------------------------------------------------------------------------

# A program whose lines are NAME ns=TIME limit_ns=TIME …, 0 where nothing is asked.
tell_each() {
    "$BENCH/$1" >"$work/each" || true
    while read -r name rest; do
        ms=$(echo "$rest" | word ns | awk '{ printf "%.4f", $1 / 1e6 }')
        limit_ms=$(echo "$rest" | word limit_ns | awk '$1 > 0 { print $1 / 1e6 }')
        tell "${name}_ms" "$ms" ${limit_ms:+max} ${limit_ms:--}
    done <"$work/each"
}

measure_parts() {
    tell touch_while_committing_p99_ms \
        "$("$BENCH/bench_touch" | awk 'NF { printf "%.3f", $2 / 1e6 }')" max 4
    tell_each bench_slip
    tell_each bench_seal
    tell_each bench_sheet
    "$BENCH/bench_store" "$work" >"$work/store"
    for what in commit open; do
        tell store_${what}_median_ms "$(sed -n "s/^store $what: p50 \([0-9.]*\).*/\1/p" \
            "$work/store")" -
    done
    strip -o "$work/anlauf" "$KIOSK"
    tell program_kib $(($(wc -c <"$work/anlauf") / 1024)) -
}

awk -v cores="$(nproc)" '$1 > cores / 2 {
    print "load average " $1 " on " cores " cores: what is in milliseconds is doubtful" }' \
    /proc/loadavg >&2
"$KIOSK" --data "$work/data" import assets/demo/offers.json >/dev/null
open_display
make_browser
measure_start
measure_memory
count_start
measure_pictures
measure_parts
printf '[\n%s\n]\n' "$lines" >"$JSON"
exit $missed
