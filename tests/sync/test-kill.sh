#!/bin/bash
# Two kiosks and the centre are ended by force again and again, at any moment, while 10,000
# facts go up: afterwards each line of each kiosk is at the centre, once.
set -euo pipefail
cd "$(dirname "$0")/../.."
work=$(mktemp -d -p /dev/shm 2>/dev/null || mktemp -d) # where syncs cost nothing
. tests/sync/kiosks.sh
trap end_all EXIT
trap 'exit 130' INT TERM

turns=20
each=$((5000 / turns))
moment() { sleep "0.$(printf %03d $((RANDOM % ${1:-120})))"; }

make_centre >/dev/null || give_up "the centre is made"
start_centre || give_up "the centre starts"
join one 1 || give_up "a kiosk"
join two 1 unfit || give_up "another kiosk"

ahead=0
between=0
for _ in $(seq $turns); do
    before=$(ask_centre "SELECT count(*) FROM event")
    write one "$each" &
    writer_one=$! pids="$pids $! "
    write two "$each" unfit &
    writer_two=$! pids="$pids $! "
    start one
    client_one=$pid
    start two
    client_two=$pid
    moment 300
    end "$client_one" KILL
    moment
    end "$centre_pid" KILL
    moment
    end "$client_two" KILL
    not_ahead one two || ahead=$((ahead + 1))
    start_centre || give_up "the centre starts after it was killed"
    [ "$(ask_centre "SELECT count(*) FROM event")" -le "$before" ] || between=$((between + 1))
    start one
    client_one=$pid
    start two
    client_two=$pid
    moment 200
    not_ahead one two || ahead=$((ahead + 1))
    end "$client_two" KILL
    end "$client_one" KILL
    wait "$writer_one" "$writer_two" || give_up "facts are written"
done
verdict "nothing was acknowledged before the centre had it" [ "$ahead" -eq 0 ]
verdict "something went up before most of the kills ($between of $turns)" \
    [ "$between" -ge $((turns / 2)) ]
written=$(($(number one written) + $(number two written)))
verdict "10,000 facts ($written)" [ "$written" -ge 10000 ]
start one
start two
verdict "both go on" until_true 20 all_there one two
verdict "nothing lost, nothing twice, chains equal" equal one two
verdict "each fact once" [ "$(ask_centre "SELECT count(*) FROM event WHERE again = 0")" = \
    "$(($(number one written) + $(number two written)))" ]
verdict "the centre's data is whole" [ "$(centre check)" = ok ]
exit $status
