#!/bin/bash
# Bad lines between kiosk and centre: late, narrow, cut, flapping, with wrong bits. On each of
# them all arrives within a bound, once, and nothing wrong is stored. The bounds are for a slow
# machine under load; `make bench` has the figures.
set -euo pipefail
cd "$(dirname "$0")/../.."
work=$(mktemp -d -p /dev/shm 2>/dev/null || mktemp -d) # where syncs cost nothing
. tests/sync/kiosks.sh
trap end_all EXIT
trap 'exit 130' INT TERM

# over NAME FACTS SECONDS COUNT OPTION...: facts up and an offer down over the line as it is
# told. COUNT: what of the proxy's counts must not be 0, so that the line was as bad as it says.
over() {
    local name=$1 facts_more=$2 seconds=$3 count=$4 began
    shift 4
    end "$proxy_pid"
    write one "$facts_more" unfit || give_up "facts are written"
    start_proxy "$@" --counts "$work/counts" || give_up "the proxy starts"
    offers=$((offers + 1))
    offer "N$offers" || give_up "a job is posted"
    began=$(date +%s%N)
    start one
    verdict "$name: $facts_more facts are there within $seconds s" \
        until_true "$seconds" all_there one
    verdict "$name: a job is here" until_true "$seconds" has_offer "N$offers"
    echo "# $name: $((($(date +%s%N) - began) / 1000000)) ms"
    end "$pid"
    end "$proxy_pid"
    verdict "$name: the line was so ($(tr -d '{}"' <"$work/counts"))" grep -q "\"$count\":[1-9]" \
        "$work/counts"
    verdict "$name: nothing lost, nothing twice, chains equal" equal one
}
offer() {
    cat >"$work/one.json" <<END_OF_OFFER
[{"code": "$1", "title": "Beete umgraben", "text": "Du lockerst die Erde im Beet.",
  "field": "F03", "district": "Mitte", "place": "Gartentor", "weekday": 3, "start": "16:00",
  "end": "17:00", "hours": 1.0, "cents_per_hour": 1000, "places": 2, "min_age": 13,
  "after_full_time_schooling": false, "site_kind": "nonprofit", "work_kind": "garden",
  "load_kg": 3, "walk_minutes": 5, "adult_present": true}]
END_OF_OFFER
    centre import "$haus" "$work/one.json" >/dev/null
}
has_offer() {
    [ "$(sqlite3 "$work/one/feed.db" "SELECT count(*) FROM offer WHERE code = '$1'")" = 1 ]
}

make_centre >/dev/null || give_up "the centre is made"
start_centre || give_up "the centre starts"
start_proxy || give_up "the proxy starts"
join one 1 || give_up "a kiosk"
offers=10

over "200 ms round trip" 2000 15 there --delay 200
over "4 kB/s" 300 25 there --rate 4000
over "cut every 900 bytes" 2000 30 cut --cut 900
over "cut every 7 kB, late, flapping" 700 60 flapped --cut 7000 --flap 400/300 --delay 60
over "flapping 600/400" 5000 30 flapped --flap 600/400 --rate 60000
# A wrong bit in a length lets one side wait 20 s for the rest.
over "a wrong bit in each 20 kB" 3000 45 bits --corrupt 20000
verdict "the centre's data is whole" [ "$(centre check)" = ok ]
exit $status
