#!/bin/bash
# A full disk at either end: nothing is acknowledged that is not stored, nothing stops for
# good, and with room again all arrives.
set -euo pipefail
cd "$(dirname "$0")/../.."
work=$(mktemp -d -p /dev/shm 2>/dev/null || mktemp -d) # where syncs cost nothing
. tests/sync/kiosks.sh

take_down() {
    local pid
    for pid in $pids; do
        end "$pid" KILL
    done
    umount "$work/one" "$work/centre" 2>/dev/null || true
    rm -rf "$work"
}
trap take_down EXIT
trap 'exit 130' INT TERM

mkdir "$work/one" "$work/centre"
if ! mount -t tmpfs -o size=60m tmpfs "$work/one" 2>/dev/null ||
    ! mount -t tmpfs -o size=60m tmpfs "$work/centre" 2>/dev/null; then
    echo "ok - full disks # SKIP no folder of a few megabytes can be mounted here"
    exit 0
fi
room() { # room NAME KB: what is left there from now on
    until_true 5 shrink "$@" # it may just be growing
}
shrink() { mount -o remount,size=$(($(du -sk "$work/$1" | cut -f1) + $2))k "$work/$1"; }
plenty() { mount -o remount,size=60m "$work/$1"; }
jobs() { # jobs COUNT: a file of so many, with as much text as there may be
    local i words
    words=$(printf 'Du lockerst die Erde. %.0s' 1 2 3 4 5 6 7 8 9 10 11 12)
    for i in $(seq "$1"); do
        printf '%s{"code": "N%03d", "title": "Beete umgraben", "text": "%s", "field": "F03",
            "district": "Mitte", "place": "Gartentor", "weekday": 3, "start": "16:00",
            "end": "17:00", "hours": 1.0, "cents_per_hour": 1000, "places": 2, "min_age": 13,
            "after_full_time_schooling": false, "site_kind": "nonprofit", "load_kg": 3,
            "work_kind": "garden", "walk_minutes": 5, "adult_present": true}\n' \
            "$([ "$i" -eq 1 ] && echo '[' || echo ',')" "$i" "${words% }"
    done
    echo ']'
}
jobs_here() { sqlite3 "$work/one/feed.db" "SELECT count(*) FROM offer"; }
all_jobs() { [ "$(jobs_here)" -eq 400 ]; }
log_says() { grep -qF -- "$1" "$work/one.log"; }

make_centre >/dev/null || give_up "the centre is made"
start_centre || give_up "the centre starts"
join one 1 || give_up "a kiosk"
of one --once || give_up "the kiosk syncs"

# ---- the centre's disk is full while facts come up --------------------------------------
write one 3000
room centre 700
start one
verdict "the centre's disk is full: it says so" until_true 20 log_says "busy or away"
ahead=0
for _ in 1 2 3 4 5 6 7 8; do
    not_ahead one || ahead=$((ahead + 1))
    sleep 0.2
done
verdict "nothing is acknowledged that is not stored" [ "$ahead" -eq 0 ]
verdict "and not all is ($(number one acked) of $(number one written))" lamp one here
verdict "it is no trouble of the kiosk's" [ "$(number one trouble)" = none ]
plenty centre
verdict "with room again all arrives" until_true 30 all_there one
end "$pid"
verdict "nothing lost, nothing twice, chains equal" equal one
verdict "the centre's data is whole" [ "$(centre check)" = ok ]

# ---- it is ended by force while its disk is full ----------------------------------------
write one 9000 # more than the write-ahead log has room for already
room centre 700
: >"$work/one.log"
start one
verdict "full again" until_true 20 log_says "busy or away"
end "$centre_pid" KILL
plenty centre
start_centre || give_up "the centre starts after it was killed with a full disk"
verdict "killed meanwhile, with room again all arrives" until_true 30 all_there one
end "$pid"
verdict "nothing lost, nothing twice, chains equal" equal one

# ---- the kiosk's disk is full while the feed comes down ---------------------------------
jobs 400 >"$work/jobs.json"
: >"$work/one.log"
start one
verdict "before" until_true 10 log_says current
room one 0
centre import "$haus" "$work/jobs.json" >/dev/null || give_up "jobs are posted"
verdict "the kiosk's disk is full: it says so" until_true 20 log_says help
verdict "half a page is none" [ "$(jobs_here)" -eq 0 ]
plenty one
end "$pid"
verdict "with room again" of one --once
verdict "all jobs are here" all_jobs
verdict "no trouble any more" [ "$(number one trouble)" = none ]

# ---- the kiosk's disk is full when the acknowledgement comes ----------------------------
end "$centre_pid"
write one 2000
: >"$work/one.log"
start one
verdict "no line" until_true 10 log_says "no line"
acked=$(number one acked)
room one 0
start_centre || give_up "the centre starts"
verdict "the receipt cannot be written" until_true 20 log_says "cannot be written"
verdict "the centre has more than the kiosk knows" \
    [ "$(lines_there one | wc -l)" -gt "$(number one acked)" ]
verdict "which has only what it wrote down" [ "$(number one acked)" -ge "$acked" ]
plenty one
end "$pid"
verdict "with room again" of one --once
verdict "nothing lost, nothing twice, chains equal" equal one
verdict "the centre's data is whole" [ "$(centre check)" = ok ]
exit $status
