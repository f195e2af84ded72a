#!/bin/sh
# Opens the kiosk on demo data, with its client and its centre, in a folder that is thrown
# away at the end. With no display it plays the tour, and a round over the centre.
set -eu
build=${BUILD:-build}
if [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    echo "No display here, so the tour is played instead."
    "$(dirname "$0")/run-tour.sh" "$build/tour"
    echo "Then centre, client and kiosk together:"
    exec tests/sync/test-run.sh
fi
data=$(mktemp -d)
server= client=
end() {
    for pid in $client $server; do
        kill "$pid" 2>/dev/null || true
        wait "$pid" 2>/dev/null || true
    done
    rm -rf "$data"
}
trap end EXIT
trap 'exit 130' INT TERM

centre() { "$build/bin/anlauf-server" --data "$data/centre" "$@"; }
centre init >/dev/null
verein=$(centre organisation add "Verein im Brunnenviertel")
haus=$(centre centre add "$verein" "Blitzjobs im Brunnenviertel")
centre import "$haus" assets/demo/offers.json
"$build/bin/anlauf-server" --data "$data/centre" serve --listen 127.0.0.1:0 2>"$data/centre.log" &
server=$!
tries=0
until grep -q listening "$data/centre.log"; do
    tries=$((tries + 1))
    [ "$tries" -lt 100 ] || { cat "$data/centre.log" && exit 1; }
    sleep 0.1
done

"$build/bin/anlauf-play" --data "$data/kiosk" --out "$data/first" \
    --clock "$(date +%Y-%m-%dT%H:%M)" image/demo.play
"$build/bin/anlauf-sync" --data "$data/kiosk" --enrol "$(centre code "$haus" | sed -n 2p)"
"$build/bin/anlauf-sync" --data "$data/kiosk" --once
"$build/bin/anlauf-sync" --data "$data/kiosk" 2>"$data/client.log" &
client=$!
mkdir "$data/slips"
echo "Slips lie in $data/slips until the kiosk is closed. The centre, from another terminal:"
echo "  $build/bin/anlauf-server --data $data/centre list wishes"
echo "  $build/bin/anlauf-server --data $data/centre wish confirm $haus WISH"
"$build/bin/anlauf" --data "$data/kiosk" --centre "Blitzjobs im Brunnenviertel" \
    --printer "dir:$data/slips" "$@"
