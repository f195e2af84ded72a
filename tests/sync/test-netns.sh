#!/bin/bash
# Kiosk and centre on two machines, which are network namespaces, with a cable between them
# that is pulled out and put in again, loses packets, is narrow, leads nowhere.
set -euo pipefail
cd "$(dirname "$0")/../.."
work=$(mktemp -d -p /dev/shm 2>/dev/null || mktemp -d) # where syncs cost nothing
. tests/sync/kiosks.sh

here=anlauf-kiosk-$$
there=anlauf-centre-$$
take_down() {
    end_all
    ip netns delete "$here" 2>/dev/null || true
    ip netns delete "$there" 2>/dev/null || true
}
trap take_down EXIT
trap 'exit 130' INT TERM

if ! capabilities=$(sed -n 's/^CapEff:\t*//p' /proc/self/status) ||
    [ $((0x$capabilities >> 12 & 1)) -eq 0 ] || [ $((0x$capabilities >> 21 & 1)) -eq 0 ]; then
    echo "ok - a cable between kiosk and centre # SKIP not allowed to make networks here"
    exit 0
fi
in_centre() { ip netns exec "$there" "$@"; }

# ---- two machines and a cable -----------------------------------------------------------
set_up() {
    ip netns add "$here" && ip netns add "$there" &&
        ip -n "$here" link add eth0 type veth peer name eth0 netns "$there" &&
        ip -n "$here" address add 10.77.0.1/24 dev eth0 &&
        ip -n "$there" address add 10.77.0.2/24 dev eth0 &&
        ip -n "$here" link set lo up && ip -n "$there" link set lo up &&
        ip -n "$here" link set eth0 up && ip -n "$there" link set eth0 up
}
cable() { ip -n "$there" link set eth0 "$1"; } # out or in at the other end: down, up
serve_there() {
    : >"$work/centre.log"
    ip netns exec "$there" "$bin/anlauf-server" --data "$work/centre" serve --tls \
        --listen "10.77.0.2:${port:-0}" 2>"$work/centre.log" &
    centre_pid=$!
    pids="$pids $centre_pid "
    until_true 10 grep -q listening "$work/centre.log" || return 1
    port=$(sed -n 's/.*at=10\.77\.0\.2:\([0-9]*\).*/\1/p' "$work/centre.log")
    url=https://10.77.0.2:$port
}
of() {
    local name=$1
    shift
    ip netns exec "$here" "$bin/anlauf-sync" --data "$work/$name" "$@"
}
start() {
    ip netns exec "$here" "$bin/anlauf-sync" --data "$work/$1" 2>>"$work/$1.log" &
    pid=$!
    pids="$pids $pid "
}

# The next try is far off: it tries with growing pauses, and one of more than 3.2 s has just
# ended, so the next has at least 5.6 s.
tries() { sed -n 's/^voluntary_ctxt_switches:\t*//p' "/proc/$pid/status"; }
now_ms() { echo $(($(date +%s%N) / 1000000)); }
long_pause() {
    local last since now limit=$((SECONDS + 40))
    last=$(tries)
    since=$(now_ms)
    while [ "$SECONDS" -lt "$limit" ]; do
        if [ "$(tries)" != "$last" ]; then
            now=$(now_ms)
            [ $((now - since)) -lt 3200 ] || return 0
            last=$(tries)
            since=$now
        fi
        sleep 0.02
    done
    return 1
}

set_up || {
    echo "not ok - two machines and a cable"
    exit 1
}
make_centre >/dev/null || give_up "the centre is made"
centre tls make >/dev/null 2>&1 || give_up "a TLS key is made"
serve_there || give_up "the centre starts"
join one 20 unfit || give_up "a kiosk"
start one
verdict "over the cable" until_true 10 all_there one

# ---- the kiosk's network goes and comes -------------------------------------------------
ip -n "$here" link set eth0 down
write one 1 unfit
verdict "without a network it tries less and less often" long_pause
verdict "and it is safe here, which is no trouble" [ "$(number one lamp)" = here ]
began=$(now_ms)
ip -n "$here" link set eth0 up
verdict "the network is back" until_true 20 all_there one
took=$(($(now_ms) - began))
verdict "it noticed and did not wait for its next try ($took ms)" [ "$took" -lt 4000 ]

# ---- the cable is pulled out, and nobody says so ----------------------------------------
cable down
write one 5 unfit
sleep 2
verdict "nothing goes over a cable that is out" [ "$(number one lamp)" = here ]
cable up
began=$(now_ms)
verdict "the cable is in again" until_true 25 all_there one
echo "# after $(($(now_ms) - began)) ms"

# ---- packets are lost -------------------------------------------------------------------
in_centre nft -f - <<'RULES' || give_up "packets are lost"
table inet loss {
    chain there { type filter hook input priority 0; numgen random mod 100 < 10 counter drop; }
    chain back { type filter hook output priority 0; numgen random mod 100 < 10 counter drop; }
}
RULES
write one 1500 unfit
verdict "one packet in ten is lost" until_true 40 all_there one
verdict "really" [ "$(in_centre nft list ruleset | grep -c 'counter packets [1-9]')" -ge 1 ]
in_centre nft flush ruleset

# ---- a narrow line ----------------------------------------------------------------------
tc -n "$here" qdisc add dev eth0 root tbf rate 64kbit burst 1600 latency 400ms
write one 500 unfit
verdict "64 kbit/s" until_true 40 all_there one
tc -n "$here" qdisc delete dev eth0 root
end "$pid"

# ---- nobody there -----------------------------------------------------------------------
ip -n "$there" address delete 10.77.0.2/24 dev eth0
write one 3 unfit
rc=0
of one --once >"$work/once" 2>&1 || rc=$?
verdict "nobody has that address: no line (code $rc)" [ "$rc" -eq 4 ]
verdict "which is no trouble ($(tail -n 1 "$work/once"))" [ "$(number one trouble)" = none ]
ip -n "$there" address add 10.77.0.2/24 dev eth0
start one
verdict "until somebody has it again" until_true 20 all_there one
end "$pid"
verdict "nothing lost, nothing twice, chains equal" equal one
verdict "the centre's data is whole" [ "$(centre check)" = ok ]
exit $status
