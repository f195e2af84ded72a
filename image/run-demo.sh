#!/bin/sh
# Opens the kiosk on demo data in a folder that is thrown away at the end.
# With no display it plays the tour instead.
set -eu
build=${BUILD:-build}
if [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    echo "No display here, so the tour is played instead."
    exec "$(dirname "$0")/run-tour.sh" "$build/tour"
fi
data=$(mktemp -d)
trap 'rm -rf "$data"' EXIT
trap 'exit 130' INT TERM
"$build/bin/anlauf" --data "$data/kiosk" import assets/demo/offers.json
"$build/bin/anlauf-play" --data "$data/kiosk" --out "$data/first" \
    --clock "$(date +%Y-%m-%dT%H:%M)" image/demo.play
mkdir "$data/slips"
echo "Slips lie in $data/slips until the kiosk is closed."
"$build/bin/anlauf" --data "$data/kiosk" --centre "Blitzjobs im Brunnenviertel" \
    --printer "dir:$data/slips" "$@"
