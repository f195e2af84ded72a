#!/bin/bash
# Measures the sync and, in the same run, PouchDB replicating to pouchdb-server; README.md
# in the folder above says how. One line a figure, as run-bench.sh; the same as JSON in
# $BUILD/bench-sync.json. Exit code 1 if a figure is missed. Everything is on loopback.
set -euo pipefail
cd "$(dirname "$0")/../../.."
BUILD=${BUILD:-build}
ROUNDS=${ROUNDS:-3}
EVENTS=10000
PARTS=${PARTS:-upload syncs instructions one bad storm simulator}
HERE=tests/bench/sync
BIN=$BUILD/bin
TOOLS=$BUILD/tests/sync
JSON=$BUILD/bench-sync.json
missed=0 lines=
work=$(cd "$BUILD" && mktemp -d "$PWD/bench-sync.XXXXXX")
started=()
. tests/bench/tell.sh

clean_up() {
    end "${started[@]}"
    rm -rf "$work"
}
trap clean_up EXIT
trap 'exit 1' INT TERM

# ---- processes -----------------------------------------------------------------------

start() { # start LOG COMMAND...: leaves its number in $pid
    local log=$1
    shift
    "$@" >"$log" 2>&1 &
    pid=$!
    started+=("$pid")
}

stop() {
    end "$1"
    local rest=() p
    for p in "${started[@]}"; do
        [ "$p" = "$1" ] || rest+=("$p")
    done
    started=("${rest[@]}")
}

await() { # await WHAT COMMAND...: until it succeeds, ten seconds
    local what=$1
    shift
    for _ in $(seq 200); do
        if "$@" >/dev/null 2>&1; then
            return 0
        fi
        sleep 0.05
    done
    fail "$what"
}

listens() {
    (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

free_port() {
    node -e 'const s = require("net").createServer().listen(0, "127.0.0.1",
        () => { console.log(s.address().port); s.close(); })'
}

now_ms() {
    date +%s%3N
}

whole() {
    awk '{ printf "%.0f\n", $1 }'
}

median() {
    sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'
}

high_water_mib() { # of a process
    awk '/^VmHWM/ { printf "%.1f\n", $2 / 1024 }' "/proc/$1/status"
}

# ---- ours ----------------------------------------------------------------------------

# A centre with one kiosk that has EVENTS facts. Kiosks meet the server through a proxy
# that counts and, if asked, spoils; its port is what the kiosk knows.
make_ours() {
    near=$(free_port) far=$(free_port)
    "$TOOLS/tool_facts" "$work/kiosk" $EVENTS 1 days >/dev/null
    "$BIN/anlauf-server" --data "$work/centre" init >/dev/null
    organisation=$("$BIN/anlauf-server" --data "$work/centre" organisation add Messung | first_word)
    centre=$("$BIN/anlauf-server" --data "$work/centre" centre add "$organisation" Messung | first_word)
    code=$("$BIN/anlauf-server" --data "$work/centre" code "$centre" --url "http://127.0.0.1:$near" |
        grep -oE 'ANE[0-9A-Z]+' | head -n 1)
    serve "$work/centre"
    proxy
    "$BIN/anlauf-sync" --data "$work/kiosk" --enrol "$code" >/dev/null
    stop "$proxy"
    stop "$server"
}

first_word() {
    awk 'NR == 1 { print $1 }'
}

serve() { # serve DATA
    start "$work/server.log" "$BIN/anlauf-server" --data "$1" serve --listen "127.0.0.1:$far"
    server=$pid
    await "the server does not listen" listens "$far"
}

proxy() { # proxy OPTIONS...
    rm -f "$work/counts"
    start "$work/proxy.log" "$TOOLS/tool_faultproxy" --listen "127.0.0.1:$near" \
        --to "127.0.0.1:$far" --seconds 120 --counts "$work/counts" "$@"
    proxy=$pid
    await "the proxy does not listen" grep -q listening "$work/proxy.log"
}

# All bytes of both ways since the proxy began.
proxy_bytes() {
    rm -f "$work/counts"
    kill -USR1 "$proxy"
    await "no counts" test -s "$work/counts"
    node -e 'const c = JSON.parse(require("fs").readFileSync(process.argv[1]));
        console.log(c.there + c.back)' "$work/counts"
}

fresh_ours() {
    rm -rf "$work/k" "$work/c"
    cp -r "$work/kiosk" "$work/k"
    cp -r "$work/centre" "$work/c"
}

acked() { # all facts of the kiosk are at the centre
    "$BIN/anlauf-sync" --data "$work/k" --status --json |
        node -e 'const s = JSON.parse(require("fs").readFileSync(0)); process.exit(s.lamp === "centre" ? 0 : 1)'
}

# ---- the peer ------------------------------------------------------------------------

install_peer() {
    if [ ! -d "$HERE/node_modules/pouchdb-server" ]; then
        (cd "$HERE" && npm ci --ignore-scripts --silent --no-audit --no-fund) \
            >"$work/npm.log" 2>&1 || fail "no peer: $(tail -n 1 "$work/npm.log")"
    fi
}

make_peer() {
    "$BIN/anlauf" --data "$work/kiosk" events | awk -v n=$EVENTS 'NR <= n' >"$work/events"
    node "$HERE/peer.js" fill "$work/local" "$work/events"
}

serve_peer() { # serve_peer FOLDER
    mkdir -p "$1"
    # It writes a log file where it stands.
    start "$work/peer.log" env -C "$1" node \
        "$PWD/$HERE/node_modules/pouchdb-server/bin/pouchdb-server" \
        --host 127.0.0.1 --port "$far" --dir "$1" --no-stdout-logs --config "$1/config.json"
    peer=$pid
    await "the peer's server does not listen" listens "$far"
}

fresh_peer() {
    rm -rf "$work/l" "$work/p"
    cp -r "$work/local" "$work/l"
}

push_peer() { # push_peer BATCH [SECONDS]: prints written= ms=
    timeout "${2:-120}" node "$HERE/peer.js" push "$work/l" "http://127.0.0.1:$near/test" "$1"
}

# ---- many facts ----------------------------------------------------------------------

# From the start of the process until the kiosk has the last receipt; as the peer only
# pushes, the feed that comes down beside it is told on its own.
upload_ours() {
    fresh_ours
    serve "$work/c"
    proxy
    local begun once
    begun=$(now_ms)
    "$BIN/anlauf-sync" --data "$work/k" --once >"$work/once.log" 2>&1 &
    once=$!
    "$TOOLS/tool_facts" "$work/k" 0 0 wait >/dev/null
    echo $(($(now_ms) - begun)) >>"$work/ours_ms"
    wait "$once" || fail "$(tail -n 1 "$work/once.log")"
    echo $(($(now_ms) - begun)) >>"$work/ours_once_ms"
    proxy_bytes >>"$work/ours_bytes"
    high_water_mib "$server" >>"$work/ours_mib"
    stop "$proxy"
    stop "$server"
}

upload_peer() {
    fresh_peer
    serve_peer "$work/p"
    proxy
    push_peer 500 >"$work/pushed"
    word ms <"$work/pushed" | whole >>"$work/peer_ms"
    proxy_bytes >>"$work/peer_bytes"
    high_water_mib "$peer" >>"$work/peer_mib"
    stop "$proxy"
    stop "$peer"
}

per_event() {
    awk -v b="$1" -v n="$EVENTS" 'BEGIN { printf "%.1f", b / n }'
}

measure_upload() {
    rm -f "$work"/{ours,peer}_*
    for _ in $(seq "$ROUNDS"); do
        upload_ours
        upload_peer
    done
    local ours peer
    ours=$(median <"$work/ours_ms") peer=$(median <"$work/peer_ms")
    tell upload_10k_ms "$ours" -
    tell upload_and_feed_10k_ms "$(median <"$work/ours_once_ms")" -
    tell upload_peer_10k_ms "$peer" -
    tell upload_times_faster "$(ratio "$peer" "$ours")" min 20
    ours=$(per_event "$(median <"$work/ours_bytes")")
    peer=$(per_event "$(median <"$work/peer_bytes")")
    tell bytes_per_event "$ours" max 40
    tell bytes_per_event_peer "$peer" -
    tell bytes_times_fewer "$(ratio "$peer" "$ours")" min 8
    tell upload_server_mib "$(median <"$work/ours_mib")" -
    tell upload_server_peer_mib "$(median <"$work/peer_mib")" -
}

# By strace: syncs of the disk between a batch and its answer; an answer that came before
# any is early.
measure_syncs() {
    fresh_ours
    serve "$work/c"
    proxy
    start "$work/strace.log" strace -f -s 16 -e trace=fsync,fdatasync,recvfrom,sendto \
        -o "$work/syncs" -p "$server"
    local strace=$pid
    await "strace is not there" grep -q attached "$work/strace.log"
    "$BIN/anlauf-sync" --data "$work/k" --once >"$work/once.log" 2>&1 ||
        fail "$(tail -n 1 "$work/once.log")"
    stop "$strace"
    awk '/recvfrom\(.*"POST \/v1\/log/ { asked = 1; batches++; since = 0 }
        /(fsync|fdatasync).* = 0/ { syncs++; since++ }
        /sendto\(.*"HTTP\/1.1 200/ && asked { early += since == 0; asked = 0 }
        END { print "batches=" batches + 0 " syncs=" syncs + 0 " early=" early + 0 }' \
        "$work/syncs" >"$work/synced"
    tell syncs_batches "$(word batches <"$work/synced")" -
    tell syncs_per_batch "$(ratio "$(word syncs <"$work/synced")" \
        "$(word batches <"$work/synced")")" min 1
    tell answers_before_sync "$(word early <"$work/synced")" max 0
    stop "$proxy"
    stop "$server"
}

# What is timed above as instructions, which do not mind who else is at work.
counted() { # counted WHAT: the sum that callgrind told in its log
    sed -n 's/.*Collected : //p' "$work/$1.log" | awk -v n="$EVENTS" '{ printf "%.0f", $1 / n }'
}

measure_instructions() {
    fresh_ours
    start "$work/counted_server.log" valgrind --tool=callgrind --callgrind-out-file=/dev/null \
        "$BIN/anlauf-server" --data "$work/c" serve --listen "127.0.0.1:$near"
    server=$pid
    await "the server does not listen" grep -q listening "$work/counted_server.log"
    valgrind --tool=callgrind --callgrind-out-file=/dev/null \
        "$BIN/anlauf-sync" --data "$work/k" --once >"$work/counted_client.log" 2>&1 ||
        fail "$(tail -n 1 "$work/counted_client.log")"
    stop "$server"
    tell instructions_per_event_server "$(counted counted_server)" -
    tell instructions_per_event_client "$(counted counted_client)" -
}

# ---- one fact ------------------------------------------------------------------------

one_ours() {
    "$TOOLS/tool_facts" "$work/k" 1 0 wait | word ms >>"$work/one_ms"
}

measure_one() {
    fresh_ours
    serve "$work/c"
    proxy --delay 100
    start "$work/client.log" "$BIN/anlauf-sync" --data "$work/k"
    local client=$pid before
    await "the log did not arrive" acked
    sleep 2
    rm -f "$work/one_ms" "$work/one_bytes"
    for _ in $(seq "$ROUNDS"); do
        before=$(proxy_bytes)
        one_ours
        sleep 1
        echo $(($(proxy_bytes) - before)) >>"$work/one_bytes"
    done
    stop "$client"
    stop "$proxy"
    stop "$server"
    measure_one_peer
}

measure_one_peer() {
    fresh_peer
    serve_peer "$work/p"
    proxy --delay 100
    push_peer 2000 >/dev/null
    rm -f "$work/peer_one_ms" "$work/peer_one_bytes"
    for _ in $(seq "$ROUNDS"); do
        local before
        before=$(proxy_bytes)
        node "$HERE/peer.js" add "$work/l"
        push_peer 500 | word ms | whole >>"$work/peer_one_ms"
        echo $(($(proxy_bytes) - before)) >>"$work/peer_one_bytes"
    done
    stop "$proxy"
    stop "$peer"
    local ours peer_one
    ours=$(median <"$work/one_ms") peer_one=$(median <"$work/peer_one_ms")
    tell one_event_ms "$ours" -
    tell one_event_peer_ms "$peer_one" -
    tell one_event_times_faster "$(ratio "$peer_one" "$ours")" min 5
    ours=$(median <"$work/one_bytes") peer_one=$(median <"$work/peer_one_bytes")
    tell one_event_bytes "$ours" -
    tell one_event_peer_bytes "$peer_one" -
    tell one_event_times_fewer "$(ratio "$peer_one" "$ours")" min 10
}

# ---- bad lines -----------------------------------------------------------------------

# bad_line NAME PROXY-OPTIONS...: how long until all is at the centre; what the peer has
# after 20 s.
bad_line() {
    local name=$1 client begun spent
    shift
    fresh_ours
    serve "$work/c"
    proxy "$@"
    begun=$(now_ms)
    start "$work/client.log" "$BIN/anlauf-sync" --data "$work/k"
    client=$pid
    "$TOOLS/tool_facts" "$work/k" 0 0 wait >/dev/null || true
    spent=$(($(now_ms) - begun))
    stop "$client"
    stop "$proxy"
    stop "$server"
    tell "${name}_10k_ms" "$spent" max 5000
    fresh_peer
    serve_peer "$work/p"
    proxy "$@"
    push_peer 500 20 >/dev/null 2>&1 || true
    tell "${name}_peer_stored" "$(curl -s "http://127.0.0.1:$far/test" |
        grep -oE '"doc_count":[0-9]+' | grep -oE '[0-9]+' || echo 0)" max 0
    stop "$proxy"
    stop "$peer"
}

measure_bad() {
    bad_line cut_900 --cut 900
    bad_line flap_600_400 --flap 600/400 --delay 100
}

# ---- many kiosks ---------------------------------------------------------------------

# storm NAME KIOSKS EVENTS OPEN [tls]: leaves ms, p99 and the server's memory.
storm() {
    local scheme=http options=(--per-address 0)
    rm -rf "$work/storm"
    "$TOOLS/tool_load" prepare "$work/storm" "$1"
    if [ "${4:-}" = tls ]; then
        "$BIN/anlauf-server" --data "$work/storm" tls make >/dev/null
        scheme=https
        options+=(--tls)
    fi
    start "$work/storm.log" "$BIN/anlauf-server" --data "$work/storm" serve \
        --listen "127.0.0.1:$far" "${options[@]}"
    server=$pid
    await "the server does not listen" listens "$far"
    timeout 120 "$TOOLS/tool_load" run "$scheme://127.0.0.1:$far" "$1" "$2" "$3" >"$work/load" ||
        fail "the storm failed: $(tail -n 1 "$work/load")"
    storm_mib=$(high_water_mib "$server")
    stop "$server"
}

measure_storm() {
    storm 64 500 64
    tell busy_64_server_mib "$storm_mib" max 32
    storm 1000 500 256 tls
    tell outage_1000_ms "$(word ms <"$work/load")" max 10000
    tell outage_1000_p99_ms "$(word p99_ms <"$work/load")" -
    tell outage_1000_server_mib "$storm_mib" max 128
}

# ---- the simulator -------------------------------------------------------------------

# In processor time, so that what else runs here hardly counts. A seed is as long as its
# dice say (tests/sync/README.md): so the steps are told too.
measure_simulator() {
    "$TOOLS/tool_sim" --seeds 1-600 >"$work/simulator" ||
        fail "a seed failed: $(head -n 1 "$work/simulator")"
    tell simulator_seeds_minute "$(sed -n 's/.*: \([0-9]*\) seeds, .*/\1/p' "$work/simulator")" \
        min 3000
    tell simulator_steps_minute "$(sed -n 's/.* seeds, \([0-9]*\) steps.*/\1/p' "$work/simulator")" -
}

awk -v cores="$(nproc)" '$1 > cores / 2 {
    print "load average " $1 " on " cores " cores: what is in milliseconds is doubtful" }' \
    /proc/loadavg >&2
install_peer
make_ours
make_peer
for part in $PARTS; do
    "measure_$part"
done
printf '[\n%s\n]\n' "$lines" >"$JSON"
exit $missed
