# Several kiosks of one centre as real processes, for scripts: sourced, with $work a new
# folder. A kiosk has a name; it lives in $work/NAME, $work/NAME.dev says which device of the
# centre it is. What they wrote and what the centre has is compared line by line.
. tests/sync/centre.sh

of() { # of NAME OPTION...: that kiosk's anlauf-sync
    local name=$1
    shift
    "$bin/anlauf-sync" --data "$work/$name" "$@"
}
write() { "$facts" "$work/$1" "$2" 0 ${3:+"$3"} >/dev/null; } # write NAME COUNT [KIND]
number() { of "$1" --status --json | sed -E "s/.*\"$2\":\"?([^\",}]*).*/\1/"; }
lamp() { [ "$(number "$1" lamp)" = "$2" ]; } # lamp NAME WORD
ask_store() { sqlite3 -cmd ".timeout 10000" "$work/$1/state.db" "$2"; }
ask_centre() { sqlite3 -cmd ".timeout 10000" "$work/centre/centre.db" "$1"; }
device() { cat "$work/$1.dev"; }

# join NAME COUNT [KIND]: a kiosk with so many facts, enrolled at $url.
join() {
    write "$@" && of "$1" --enrol "$(code)" --server "$url" >/dev/null &&
        ask_centre "SELECT hex(id) FROM device ORDER BY enrolled_ms DESC LIMIT 1" >"$work/$1.dev"
}

# start NAME: its client; the process is in $pid, its log in $work/NAME.log.
start() {
    "$bin/anlauf-sync" --data "$work/$1" 2>>"$work/$1.log" &
    pid=$!
    pids="$pids $pid "
}

# ---- what is where ----------------------------------------------------------------------

lines_here() { ask_store "$1" "SELECT seq, hex(hash) FROM event ORDER BY seq"; }
lines_there() { # each once, whatever logs it stood in
    ask_centre "SELECT seq, hex(hash) FROM event WHERE dev = x'$(device "$1")' AND again = 0
        ORDER BY seq"
}
head_here() { ask_store "$1" "SELECT epoch, start, seq, hex(head) FROM receipt
    ORDER BY epoch DESC LIMIT 1"; }
head_there() { ask_centre "SELECT epoch, start, seq, hex(head) FROM log
    WHERE dev = x'$(device "$1")' ORDER BY epoch DESC LIMIT 1"; }

same() { # same WHAT HERE THERE: two texts
    [ -n "$2" ] && [ "$2" = "$3" ] && return 0
    echo "$1 differ:"
    diff <(echo "$2") <(echo "$3") | head -n 6
    return 1
}

# equal NAME...: nothing lost, nothing twice, nothing else, all of it acknowledged.
equal() {
    local name
    for name; do
        same "$name: lines" "$(lines_here "$name")" "$(lines_there "$name")" &&
            same "$name: heads" "$(head_here "$name")" "$(head_there "$name")" &&
            same "$name: receipts" "$(number "$name" acked)" "$(number "$name" written)" ||
            return 1
    done
}
# Never more acknowledged than the centre has, whenever it is looked at: the kiosk first.
not_ahead() {
    local name acked
    for name; do
        acked=$(number "$name" acked) &&
            [ "$acked" -le "$(ask_centre "SELECT coalesce(max(seq), 0) FROM event
                WHERE dev = x'$(device "$name")'")" ] || return 1
    done
}
all_there() { # all_there NAME...: acknowledged, says the kiosk
    local name
    for name; do
        [ "$(number "$name" acked)" = "$(number "$name" written)" ] || return 1
    done
}

# ---- lines ------------------------------------------------------------------------------

# start_proxy OPTION...: a bad line to the centre; $proxy_pid, and $url is its address, which
# stays the same from then on.
start_proxy() {
    : >"$work/proxy.log"
    "${BUILD:-build}/tests/sync/tool_faultproxy" --to "127.0.0.1:$port" \
        --listen "127.0.0.1:${proxy_port:-0}" --seconds 120 "$@" >"$work/proxy.log" 2>&1 &
    proxy_pid=$!
    pids="$pids $proxy_pid "
    until_true 10 grep -q listening "$work/proxy.log" || return 1
    proxy_port=$(sed -n 's/^listening 127\.0\.0\.1://p' "$work/proxy.log")
    url=http://127.0.0.1:$proxy_port
}
