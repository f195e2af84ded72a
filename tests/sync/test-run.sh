#!/bin/bash
# Centre, client and kiosk together: a job posted at the running centre appears on the
# running kiosk, a wish of the kiosk at the centre, the centre's answer on the kiosk.
set -euo pipefail
cd "$(dirname "$0")/../.."

# Called back from the play: test-run.sh STEP.
step() {
    case $1 in
    enrol) kiosk --enrol "$(code)" --server "$url" ;;
    post) centre import "$haus" "$work/one.json" ;;
    confirm)
        until_true 10 asked
        wish=$(asked | sed -E 's/.*"wish":"([^"]*)".*|.*"id":"([^"]*)".*/\1\2/' | head -n 1)
        centre wish confirm "$haus" "$wish"
        ;;
    esac
}
asked() { centre list --json wishes | grep '"state":"asked"'; }

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
[{"code": "N01", "title": "Beete umgraben", "text": "Du lockerst die Erde im Beet. Der Spaten ist klein. Jemand ist da.",
  "field": "F03", "district": "Mitte", "place": "Gartentor", "weekday": 3, "start": "16:00",
  "end": "17:00", "hours": 1.0, "cents_per_hour": 1000, "places": 2, "min_age": 13,
  "after_full_time_schooling": false, "site_kind": "nonprofit", "work_kind": "garden",
  "load_kg": 3, "walk_minutes": 5, "adult_present": true}]
END
make_centre >/dev/null || give_up "the centre is made"
centre import "$haus" assets/demo/offers.json >/dev/null || give_up "jobs are posted"
start_centre || give_up "the centre starts"
mkdir "$work/kiosk" "$work/shots"
start_client
export work haus url port RUN="tests/sync/test-run.sh"
verdict "a job comes, a wish goes, its answer comes, without a restart" \
    "$bin/anlauf-play" --data "$work/kiosk" --out "$work/shots" \
    --clock "$(date +%Y-%m-%dT%H:%M)" tests/sync/round.play
verdict "all of it is safe at the centre" until_true 5 lamp_is centre
if command -v sqlite3 >/dev/null; then # `make run` does without
    verdict "nothing lost, nothing twice" nothing_lost
fi
[ "$status" -eq 0 ] || sed 's/^/# /' "$work/steps" "$work/client.log" "$work/centre.log"
exit $status
