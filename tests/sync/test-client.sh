#!/bin/bash
# anlauf-sync against a running centre: enrolment, lamp, a centre that goes and comes back,
# wrong keys, ends by force at any moment, an older backup, a stick.
set -euo pipefail
cd "$(dirname "$0")/../.."
work=$(mktemp -d -p /dev/shm 2>/dev/null || mktemp -d) # where syncs cost nothing
. tests/sync/centre.sh
trap end_all EXIT
trap 'exit 130' INT TERM

exits() { # exits CODE COMMAND...
    local wanted=$1 got=0
    shift
    "$@" || got=$?
    [ "$got" -eq "$wanted" ] || { echo "ended with $got, not $wanted" && return 1; }
}
put() { "$facts" "${kiosk:-$work/kiosk}" "$1" "${RANDOM}" unfit >/dev/null; }
all_sent() { [ "$(member written)" = "$(member acked)" ]; }
says() { # says WORDS COMMAND...
    local words=$1
    shift
    "$@" 2>&1 | tee "$work/said" | grep -qF -- "$words" || { cat "$work/said" && return 1; }
}

make_centre >/dev/null || give_up "the centre is made"
start_centre || give_up "the centre starts"

# ---- enrolment
verdict "no folder: code 3" exits 3 kiosk --status
put 20
verdict "belongs to no centre" exits 1 kiosk --once
verdict "the lamp is off" lamp_is none
verdict "a wrong letter" exits 2 kiosk --enrol 7K3M-QX2P-0000-000U --server "$url"
verdict "no server" exits 2 kiosk --enrol 7K3M-QX2P-0000-0000
verdict "no URL" exits 2 kiosk --enrol 7K3M-QX2P-0000-0000 --server ftp://127.0.0.1
verdict "an unknown code is refused" exits 1 kiosk --enrol 7K3M-QX2P-0000-0000 --server "$url"
first=$(code)
verdict "enrolled" says "Haus am Brunnen, Verein am Brunnen" \
    kiosk --enrol "$first" --server "$url"
kiosk=$work/other
put 1
verdict "a code is good once" exits 1 kiosk --enrol "$first" --server "$url"
text=$(centre code "$haus" | sed -n 2p)
verdict "another server than the code's" exits 4 kiosk --enrol "$text" --server http://127.0.0.1:9
unset kiosk

# ---- what is safe where
verdict "safe here" lamp_is here
verdict "one exchange" kiosk --once
verdict "safe at the centre" lamp_is centre
verdict "in words" says "safe at the centre" kiosk --status
verdict "nothing lost, nothing twice" nothing_lost
put 3
verdict "again safe here" lamp_is here
end "$centre_pid"
verdict "no line: code 4" exits 4 kiosk --once
verdict "still safe here" lamp_is here
verdict "offline is no trouble" trouble_is none

# ---- one that stays
start_client
sleep 0.3
verdict "only one in a folder" exits 1 kiosk --once
start_centre || give_up "the centre starts again"
verdict "found when it is back" until_true 10 lamp_is centre
put 1
verdict "a fact goes at once, though a poll is open" until_true 2 all_sent
before=$(awk '/^voluntary_ctxt/ { print $2 }' "/proc/$client_pid/status")
sleep 2
after=$(awk '/^voluntary_ctxt/ { print $2 }' "/proc/$client_pid/status")
verdict "nothing wakes it while nothing happens" [ "$((after - before))" -le 2 ]
began=$(date +%s%N)
end "$client_pid"
took=$((($(date +%s%N) - began) / 1000000))
verdict "asked to end, it ends at once ($took ms)" [ "$took" -lt 500 ]
verdict "its log: a line for each change" [ "$(wc -l <"$work/client.log")" -le 8 ]

# ---- wrong keys
sqlite3 "$work/kiosk/state.db" "CREATE TABLE right AS SELECT server FROM centre;
    UPDATE centre SET server = randomblob(32)"
verdict "not the server of the enrolment: code 1" exits 1 kiosk --once
verdict "needs help" lamp_is help
verdict "and says why" trouble_is server
sqlite3 "$work/kiosk/state.db" "UPDATE centre SET server = (SELECT server FROM right);
    DROP TABLE right"
verdict "the right one mends it" kiosk --once
verdict "no trouble any more" trouble_is none

# ---- ends by force, at any moment, on both sides, while the kiosk writes
put 2500
put 2500 &
writer=$!
for turn in $(seq 1 14); do
    start_client
    sleep "0.0$((RANDOM % 9 + 1))"
    if [ $((turn % 2)) -eq 0 ]; then
        end "$centre_pid" KILL
        sleep 0.02
        start_centre || give_up "the centre starts after it was killed"
    fi
    sleep "0.0$((RANDOM % 9))"
    end "$client_pid" KILL
done
wait "$writer"
verdict "goes on after all of that" kiosk --once
verdict "killed 14 times: nothing lost, nothing twice" nothing_lost
verdict "the centre's database is sound" centre check

# ---- an older backup
centre backup "$work/backup.db" >/dev/null
put 50
kiosk --once
end "$centre_pid"
centre restore "$work/backup.db" >/dev/null
start_centre || give_up "the centre starts from its backup"
verdict "put back from a backup" kiosk --once
verdict "what it had lost is there again" nothing_lost
verdict "and safe at the centre" lamp_is centre

# ---- a stick
put 30
end "$centre_pid"
verdict "onto a stick" kiosk --export "$work/up.parcel"
verdict "nobody reads it on the way" bash -c "! grep -q offer.unfit '$work/up.parcel'"
verdict "read in at the centre" centre parcel "$work/up.parcel" "$work/down.parcel"
verdict "once more does no harm" centre parcel "$work/up.parcel" "$work/down2.parcel"
verdict "still safe here" lamp_is here
head -c 200 "$work/down.parcel" >"$work/half.parcel"
verdict "half a file is refused" exits 1 kiosk --import "$work/half.parcel"
verdict "the wrong way round is refused" exits 1 kiosk --import "$work/up.parcel"
verdict "the answer is read in" kiosk --import "$work/down.parcel"
verdict "safe at the centre without a line" lamp_is centre
verdict "late and twice does no harm" kiosk --import "$work/down2.parcel"
verdict "still safe at the centre" lamp_is centre
verdict "all of it is there" nothing_lost

# ---- TLS with a pin
centre tls make >/dev/null 2>&1 || give_up "a TLS key is made"
start_centre --tls || give_up "the centre starts with TLS"
kiosk=$work/pinned
put 3
verdict "enrolled over TLS" kiosk --enrol "$(centre code "$haus" | sed -n 2p)"
verdict "over TLS" kiosk --once
end "$centre_pid"
find "$work/centre" -name '*tls*' -delete
centre tls make >/dev/null 2>&1 || give_up "another TLS key is made"
start_centre --tls || give_up "the centre starts with another TLS key"
put 1
verdict "another TLS key: code 1" exits 1 kiosk --once
verdict "which is said" trouble_is server
verdict "nothing was told to it" lamp_is help
exit $status
