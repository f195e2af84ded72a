#!/bin/bash
# The kiosk's screens, the client and a centre as they run: coming to the centre at the
# staff's door, a place at once, a line that goes and comes back, the lock.
set -euo pipefail
cd "$(dirname "$0")/../.."

# Called back from the play: test-door.sh STEP.
step() {
    case $1 in
    confirmed) until_true 10 confirmed ;;
    stop) kill -STOP "$(cat "$work/centre.pid")" ;;
    start) cp "$work/out" "$work/out-play"
kill -CONT "$(cat "$work/centre.pid")" ;;
    revoke)
        dev=$(centre list --json kiosks | sed -E 's/.*"(dev|id)":"([^"]*)".*/\2/' | head -n 1)
        centre kiosk revoke "$haus" "$dev"
        ;;
    esac
}
confirmed() { centre list --json wishes | grep '"N01"' | grep -q '"state":"confirmed"'; }

# The ten bytes of a code as it is typed, for grep -P.
bytes_of() { # CODE
    local symbols=0123456789ABCDEFGHJKMNPQRSTVWXYZ bits=0 held=0 left i
    for ((i = 0; i < ${#1}; i++)); do
        left=${symbols%%"${1:i:1}"*}
        [ "${1:i:1}" = - ] && continue
        bits=$((bits << 5 | ${#left})) held=$((held + 5))
        if [ $held -ge 8 ]; then
            held=$((held - 8))
            printf '\\x%02x' $((bits >> held & 255))
            bits=$((bits & (1 << held) - 1))
        fi
    done
}
# Neither as people type it nor as a scanner reads it nor as bytes. What SQLite wrote last it
# overwrites by and by (-wal); by then the code has long been used.
code_is_gone() {
    local left
    left=$(grep -rlai --exclude=*-wal -e "$code" -e "${code//-/}" -e "$qr" "$work/kiosk" "$work/centre" \
        "$work/out-play" "$work"/*.log
        LC_ALL=C grep -rlaP --exclude=*-wal "$(bytes_of "$code")" "$work/kiosk" "$work/centre" "$work"/*.log) || true
    [ -z "$left" ] || { echo "in $left" && return 1; }
}

if [ $# -gt 0 ]; then
    . tests/sync/centre.sh
    step "$1" >>"$work/steps" 2>&1
    exit
fi

work=$(mktemp -d)
. tests/sync/centre.sh
trap end_all EXIT
trap 'exit 130' INT TERM
cat >"$work/one.json" <<'END'
[{"code": "N01", "title": "Beete umgraben", "text": "Du lockerst die Erde im Beet. Jemand ist da.",
  "field": "F03", "district": "Mitte", "place": "Gartentor", "weekday": 3, "start": "16:00",
  "end": "17:00", "hours": 1.0, "cents_per_hour": 1000, "places": 2, "min_age": 13,
  "after_full_time_schooling": false, "site_kind": "nonprofit", "work_kind": "garden",
  "adult_present": true, "at_once": true}]
END
make_centre >/dev/null || give_up "the centre is made"
centre import "$haus" assets/demo/offers.json >/dev/null || give_up "jobs are posted"
centre import "$haus" "$work/one.json" >/dev/null || give_up "a job at once is posted"
start_centre || give_up "the centre starts"
echo "$centre_pid" >"$work/centre.pid"
: >"$work/steps"
mkdir "$work/kiosk" "$work/shots"
centre code "$haus" --url "$url" >"$work/codes"
code=$(sed -n 1p "$work/codes") qr=$(sed -n 2p "$work/codes")
sed "s|@URL@|$url|g; s|@QR@|$qr|g" tests/sync/door.play >"$work/door.play"
start_client
export work haus url port RUN="tests/sync/test-door.sh"
verdict "from the staff's door to the lock, without a restart" \
    "$bin/anlauf-play" --data "$work/kiosk" --out "$work/shots" \
    --clock "$(date -d '1 minute' +%Y-%m-%dT%H:%M)" "$work/door.play"
kill -CONT "$centre_pid" 2>/dev/null || true
verdict "the code is nowhere any more" code_is_gone
[ "$status" -eq 0 ] || tail -n 20 "$work/steps" "$work/client.log" "$work/centre.log" | sed 's/^/# /'
exit $status
