# A centre and a kiosk as real processes, for scripts: sourced, with $work a new folder.
# Everything that is started is ended by its own id.
bin=${BUILD:-build}/bin
facts=${BUILD:-build}/tests/sync/tool_facts
status=0
pids=

verdict() { # verdict NAME COMMAND...
    local name=$1
    shift
    if "$@" >"$work/out" 2>&1; then
        echo "ok - $name"
    else
        echo "not ok - $name"
        sed 's/^/# /' "$work/out" | tail -n 20
        status=1
    fi
}

give_up() {
    echo "not ok - $1"
    exit 1
}

end() { # end PID [SIGNAL]
    kill "-${2:-TERM}" "$1" 2>/dev/null || true
    wait "$1" 2>/dev/null || true
    pids=${pids/ $1 / }
}

end_all() {
    local pid
    for pid in $pids; do
        kill -KILL "$pid" 2>/dev/null || true
        wait "$pid" 2>/dev/null || true
    done
    rm -rf "$work"
}

# until_true SECONDS COMMAND...
until_true() {
    local end=$((SECONDS + $1))
    shift
    until "$@" >/dev/null 2>&1; do
        [ "$SECONDS" -lt "$end" ] || return 1
        sleep 0.05
    done
}

centre() { "$bin/anlauf-server" --data "$work/centre" "$@"; }

# A centre called "Haus"; its id in $haus.
make_centre() {
    local verein
    centre init && verein=$(centre organisation add "Verein am Brunnen") &&
        haus=$(centre centre add "$verein" "Haus am Brunnen")
}

# start_centre [OPTION...]: $centre_pid, and $url. The port stays the same from then on.
start_centre() {
    : >"$work/centre.log"
    "$bin/anlauf-server" --data "$work/centre" serve --listen "127.0.0.1:${port:-0}" "$@" \
        2>"$work/centre.log" &
    centre_pid=$!
    pids="$pids $centre_pid "
    until_true 10 grep -q listening "$work/centre.log" || return 1
    port=$(sed -n 's/.*at=127\.0\.0\.1:\([0-9]*\).*/\1/p' "$work/centre.log")
    url=http://127.0.0.1:$port
}

kiosk() { "$bin/anlauf-sync" --data "${kiosk:-$work/kiosk}" "$@"; }

# start_client: $client_pid; its log is $work/client.log.
start_client() {
    "$bin/anlauf-sync" --data "${kiosk:-$work/kiosk}" 2>>"$work/client.log" &
    client_pid=$!
    pids="$pids $client_pid "
}

code() { centre code "$haus" | sed -n 1p; }

# member NAME: of the kiosk's --status --json.
member() { kiosk --status --json | sed -E "s/.*\"$1\":\"?([^\",}]*).*/\1/"; }
lamp_is() { [ "$(member lamp)" = "$1" ]; }
trouble_is() { [ "$(member trouble)" = "$1" ]; }

kiosk_lines() { # number and hash of each fact
    sqlite3 "${kiosk:-$work/kiosk}/state.db" "SELECT seq, hex(hash) FROM event ORDER BY seq"
}
centre_lines() { # of all its kiosks, each once
    sqlite3 "$work/centre/centre.db" \
        "SELECT seq, hex(hash) FROM event WHERE again = 0 ORDER BY seq"
}
# What the kiosk wrote is what the centre has, each line once. For a centre of one kiosk.
nothing_lost() {
    kiosk_lines >"$work/ours" && centre_lines >"$work/theirs" && [ -s "$work/ours" ] &&
        diff "$work/ours" "$work/theirs" >"$work/lost" && return 0
    wc -l "$work/ours" "$work/theirs"
    head -n 5 "$work/lost"
    return 1
}
