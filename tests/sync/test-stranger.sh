#!/bin/bash
# A client in another language, written from sync/PROTOCOL.md alone, syncs with the server:
# enrolled by a code, cut in the middle of a line, and all it wrote is there exactly once.
set -euo pipefail
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
server=("${BUILD:-build}/bin/anlauf-server" --data "$work/data")
pid=
status=0

stop() {
    if [ -n "$pid" ]; then
        kill "$pid" 2>/dev/null || true
        wait "$pid" 2>/dev/null || true
    fi
    rm -rf "$work"
}
trap stop EXIT

# tell WHAT COMMAND …: one test line, with what the command printed if it failed.
tell() {
    local what=$1
    shift
    if "$@" >"$work/told" 2>&1; then
        echo "ok - $what"
    else
        echo "not ok - $what"
        sed 's/^/# /' "$work/told" | head -n 20
        status=1
    fi
}
member() { # of the line that the stranger printed
    node -p "JSON.parse(require('fs').readFileSync('$work/known'))[process.argv[1]]" "$1"
}
list_has() { # WHAT COUNT: so many lines, and as many ids
    "${server[@]}" list --json "$1" "$centre" >"$work/list"
    cat "$work/list" | head -n 3
    [ "$(wc -l <"$work/list")" = "$2" ] &&
        [ "$(grep -o '"\(id\|seq\)":[^,]*' "$work/list" | sort -u | wc -l)" = "$2" ]
}
kiosk_says() { "${server[@]}" list --json kiosks "$centre" | tee /dev/stderr | grep -q "$1"; }

"${server[@]}" init
organisation=$("${server[@]}" organisation add "Trägerverein")
centre=$("${server[@]}" centre add "$organisation" "Treff am Park")
"${server[@]}" import "$centre" assets/demo/offers.json >"$work/import"
timeout 60 "${server[@]}" serve --listen 127.0.0.1:0 >"$work/serve.log" 2>&1 &
pid=$!
for _ in $(seq 100); do
    url=http://$(grep -om1 '127\.0\.0\.1:[0-9]*' "$work/serve.log" || true)
    [ "$url" = http:// ] || break
    sleep 0.05
done

code=$("${server[@]}" code "$centre" --url "$url" | head -n 1)
stranger() { timeout 30 node tests/sync/stranger.js "$url" "$code" 60; }
tell "enrols, sends, is cut, goes on, reads the feed with its digest" \
    eval 'stranger >"$work/known"'
tell "58 wishes are there, each once" list_has wishes 58
tell "what is not understood is kept for staff" list_has parked 1
tell "it was told so" eval '[ "$(member verdicts)" = "[ '"'kind'"' ]" ]'
tell "60 events of one kiosk" kiosk_says "\"dev\":\"$(member dev)\".*\"events\":60"
tell "a code is good once" eval '! stranger'
tell "nothing was added by who was refused" list_has wishes 58
tell "the centre is whole" "${server[@]}" check
exit $status
