#!/bin/bash
# The main line where there is no network at all, not even the machine's own loop.
set -euo pipefail
cd "$(dirname "$0")/../.."
play=${BUILD:-build}/bin/anlauf-play
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# As root or in a user namespace of one's own, as the machine allows.
if unshare -n true 2>/dev/null; then
    alone=(unshare -n)
elif unshare -r -n true 2>/dev/null; then
    alone=(unshare -r -n)
else
    echo "ok - the main line without a network # SKIP no network namespaces here"
    exit 0
fi

# An interface that is up would make the proof worthless.
if "${alone[@]}" grep -q -v -e '|' -e ' lo:' /proc/net/dev; then
    echo "not ok - there is no interface"
    exit 1
fi
echo "ok - there is no interface"
if "${alone[@]}" "$play" --out "$work" tests/screens/tour.play; then
    echo "ok - the main line without a network"
else
    echo "not ok - the main line without a network"
    exit 1
fi
