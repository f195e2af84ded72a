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
    start) kill -CONT "$(cat "$work/centre.pid")" ;;
    revoke)
        dev=$(centre list kiosks | sed -E 's/.*"(dev|id)":"([^"]*)".*/\2/' | head -n 1)
        centre kiosk revoke "$haus" "$dev"
        ;;
    esac
}
confirmed() { centre list wishes | grep '"N01"' | grep -q '"state":"confirmed"'; }

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
qr=$(centre code "$haus" --url "$url" | sed -n 2p)
sed "s|@URL@|$url|g; s|@QR@|$qr|g" tests/sync/door.play >"$work/door.play"
start_client
export work haus url port RUN="tests/sync/test-door.sh"
verdict "from the staff's door to the lock, without a restart" \
    "$bin/anlauf-play" --data "$work/kiosk" --out "$work/shots" \
    --clock "$(date -d '1 minute' +%Y-%m-%dT%H:%M)" "$work/door.play"
kill -CONT "$centre_pid" 2>/dev/null || true
[ "$status" -eq 0 ] || tail -n 20 "$work/steps" "$work/client.log" "$work/centre.log" | sed 's/^/# /'
exit $status
