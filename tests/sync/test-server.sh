#!/bin/bash
# anlauf-server as a process: every sub-command, waiting pages, the end, backups, two at once
# on one folder, a full disk. What strangers send is in test-hostile.sh.
set -euo pipefail
cd "$(dirname "$0")/../.."
. tests/sync/server/bed.sh

member() { # member NAME: of the JSON lines on the standard input, one a line
    sed -nE "s/.*\"$1\":\"?([^\",}]*).*/\1/p"
}

# ---- sub-commands -------------------------------------------------------------------------

same "without data: exit code" "$(code_of desk list --json centres)" 3
same "no sub-command: exit code" "$(code_of desk)" 2
same "unknown sub-command: exit code" "$(code_of desk centre sell)" 2
same "a word too many: exit code" "$(code_of desk check now)" 2
same "an option too many: exit code" "$(code_of desk check --fast)" 2
while read -r first second _; do
    words=("$first")
    [[ -z $second || $second == [A-Z\[]* ]] || words+=("$second")
    verdict "${words[*]} --help" "$(desk "${words[@]}" --help 2>&1 | grep -q '^usage' || echo none)"
done < <(desk --help | sed -n 's/^  anlauf-server //p')

found
desk init >/dev/null
same "init twice keeps the keys" "$(desk list --json centres | member id)" "$centre"
same "the data folder is only its owner's" "$(stat -c %a "$data" "$data/centre.db" | tr '\n' ' ')" \
    "700 600 "
staff=$(desk staff add "${centre:0:8}" Lotse)
same "ids may be short" "$(desk list --json staff "${centre:0:6}" | member id)" "$staff"
same "five characters are none: exit code" "$(code_of desk list --json staff "${centre:0:5}")" 1
same "an unknown id: exit code" "$(code_of desk code 0123456789ABCDEFGHJKMNPQRS)" 1
same "for people: names, short ids" \
    "$(desk list staff | tr -s ' ' | sed -E 's/ [0-9-]+ [0-9:]+ *$//')" \
    "$(printf 'centre id alias at\n%.8s %.8s Lotse' "$centre" "$staff")"
same "for people: not the centre they named" "$(desk list staff "$centre" | sed -n 's/ .*//p;q')" id
same "for people: nothing there" "$(desk list tasks)" "no tasks"
same "for programs: nothing there" "$(desk list --json tasks)" ""
same "no such list: exit code" "$(code_of desk list people)" 2
printf 'seven words for a test\n' |
    "${BUILD:-build}/bin/anlauf" centre-key make "$work/seal" >"$work/said" 2>&1
same "the seal is the file that is made for kiosks" "$(code_of desk centre seal "$centre" "$work/seal.pub")" 0
same "the secret half is refused: exit code" "$(code_of desk centre seal "$centre" "$work/seal")" 2
same "the seal may be typed" "$(code_of desk centre seal "$centre" "$(printf '%064d' 7)")" 0
same "a seal that is no key: exit code" "$(code_of desk centre seal "$centre" zz)" 2
verdict "offers are in" "$([ "$(desk list --json offers "$centre" | wc -l)" -gt 5 ] || echo few)"
same "the same offers again" "$(desk import "$centre" assets/demo/offers.json | cut -d, -f1)" \
    "0 added"
echo '[{"code": 7}]' >"$work/bad.json"
same "a bad file: exit code" "$(code_of desk import "$centre" "$work/bad.json")" 1
verdict "a bad file: its line is named" "$(grep -q 'bad.json:1' "$work/said" || cat "$work/said")"
desk code "$centre" --url https://centre.example --qr "$work/qr.png" >"$work/code"
same "the code's QR picture" "$(zbarimg --quiet --raw "$work/qr.png" 2>/dev/null)" \
    "$(sed -n 2p "$work/code")"
same "a URL that is none: exit code" "$(code_of desk code "$centre" --url ftp://x)" 2
same "nobody serves: check" "$(desk check)" ok

same "everybody's address needs TLS: exit code" "$(code_of desk serve --listen 0.0.0.0:0)" 2
same "no address: exit code" "$(code_of desk serve --listen here)" 2
same "TLS without a key: exit code" "$(code_of desk serve --listen 127.0.0.1:0 --tls)" 1

# ---- a kiosk ------------------------------------------------------------------------------

start
enrol one
same "a batch" "$(kiosk one send 30)" '200 {"seq":30,"signed":30}'
same "what nobody understands is parked" "$(desk list --json parked "$centre" | wc -l)" 30
same "parked still" "$(desk unpark "$centre")" "0 understood now"
day=$(desk list --json offers "$centre" | grep '"code":"B01"' | member date)
person=$(kiosk one person)
wish=$(kiosk one wish "$person" B01 "$day")
same "a wish is asked" "$(desk list --json wishes "$centre" | member state)" asked
desk wish confirm "$centre" "${wish:0:10}" >"$work/said" 2>&1 || true
verdict "a wish is confirmed, or its places are asked back" \
    "$(grep -q -e done -e 'last places' "$work/said" || cat "$work/said")"
lease=$(desk list --json leases "$centre" | grep B01 | grep -v -e returned -e revoked | member id | head -n 1)
if [ -n "$lease" ]; then
    same "a lease is recalled" "$(code_of desk lease recall "$centre" "$lease")" 0
    same "a lease is revoked" "$(code_of desk lease revoke "$centre" "$lease")" 0
fi
same "then it is confirmed" "$(desk list --json wishes "$centre" | member state)" confirmed
same "a reason that is none: exit code" \
    "$(code_of desk wish decline "$centre" "$wish" --reason dull)" 2
same "declined" "$(code_of desk wish decline "$centre" "$wish" --reason talk)" 0
same "declined: state" "$(desk list --json wishes "$centre" | member state)" declined
same "as its slip says: exit code" \
    "$(code_of desk wish decline "$centre" "${wish:1:4}-${wish:5:2}")" 0
same "yes after a no: exit code" "$(code_of desk wish confirm "$centre" "$wish")" 1
same "declined still" "$(desk list --json wishes "$centre" | member state)" declined
same "called off" "$(code_of desk call-off "$centre" B02)" 0
same "no such offer: exit code" "$(code_of desk call-off "$centre" XX99)" 1
same "tasks are listed" "$(code_of desk list tasks "$centre")" 0
same "no such task: exit code" "$(code_of desk task done "$centre" 0123456789ABCDEFGHJKMNPQRS)" 1
same "forgotten" "$(code_of desk forget "$centre" "$person")" 0
same "no wish of theirs stays" "$(desk list --json wishes "$centre" | wc -l)" 0
echo nothing >"$work/parcel"
same "no parcel: exit code" "$(code_of desk parcel "$work/parcel" "$work/answer")" 1

# ---- waiting pages ------------------------------------------------------------------------

auth=(-H "Authorization: Bearer $(token one)")
end_of_feed() { # the revision the feed has now
    local since=0 page
    while :; do
        page=$(curl -s -m 20 "${auth[@]}" "$url/v1/feed?since=$since" | tail -n 1)
        since=$(member to <<<"$page")
        [ "$(member more <<<"$page")" = 1 ] || break
    done
    echo "$since"
}
rev=$(end_of_feed)
same "an empty page comes at once" "$(ask "/v1/feed?since=$rev" "${auth[@]}")" 200
before=$(date +%s%N)
same "an empty page waits" "$(ask "/v1/feed?since=$rev&wait=2" "${auth[@]}")" 200
took=$((($(date +%s%N) - before) / 1000000))
verdict "about as long as it was told" "$([ $took -ge 1900 ] && [ $took -lt 3500 ] || echo "$took ms")"
curl -s -m 20 "${auth[@]}" "$url/v1/feed?since=$rev&wait=30" -o "$work/page" &
waiting=$!
desk call-off "$centre" B03 >/dev/null
wait $waiting
verdict "what staff do ends the waiting" "$(grep -q '"id":"B03","body":null' "$work/page" || tail -c 300 "$work/page")"

# ---- two at once, backup while writing, the end ---------------------------------------------

same "two servers on one folder: exit code" "$(code_of desk serve --listen 127.0.0.1:0)" 1
same "restore while it serves: exit code" "$(code_of desk restore "$work/seal")" 3
(for _ in 1 2 3 4 5 6 7 8; do kiosk one send 500 >>"$work/sends"; done) &
sending=$!
sleep 0.3
desk backup "$work/backup"
same "a backup is only its owner's" "$(stat -c %a "$work/backup")" 600
wait $sending
same "nothing went wrong meanwhile" "$(grep -vc '^200' "$work/sends" || true)" 0

rev=$(end_of_feed)
for i in 1 2 3; do
    (curl -s -m 20 "${auth[@]}" "$url/v1/feed?since=$rev&wait=60" -w '%{http_code}\n' -o /dev/null \
        >"$work/waited$i") &
done
sleep 0.5
before=$(date +%s%N)
stop
took=$((($(date +%s%N) - before) / 1000000))
same "ended: exit code" "$ended" 0
verdict "ended within 5 s" "$([ $took -lt 5000 ] || echo "$took ms")"
sleep 0.2
same "who waited was answered" "$(cat "$work"/waited?  | sort -u)" 200
same "all is stored" "$(desk list --json kiosks "$centre" | member events)" 4032
same "the data is whole" "$(desk check)" ok

same "no backup: exit code" "$(code_of desk restore "$work/seal")" 1
same "all is as before" "$(desk list --json kiosks "$centre" | member events)" 4032
desk forget "$centre" 7ZZZZZZZZZZZZZZZZZZZZZZZZZ >/dev/null
before=$(sha256sum <"$data/centre.db")
desk restore "$work/backup" >"$work/said"
same "who was forgotten since the backup is" \
    "$(sqlite3 "$data/centre.db" "SELECT body FROM feed WHERE kind = 'forgotten' AND id = '7ZZZZZZZZZZZZZZZZZZZZZZZZZ'")" "{}"
restored=$(desk list --json kiosks "$centre" | member events)
verdict "restored" "$([ "$restored" -lt 4032 ] && [ "$restored" -ge 32 ] || echo "$restored events")"
same "the state before is kept" "$(sha256sum <"$(sed -n 's/.* as //p' "$work/said")")" "$before"
same "what was put back is only its owner's" "$(stat -c %a "$data/centre.db")" 600
same "the data is whole" "$(desk check)" ok
generation=$(kiosk one generation)
start
kiosk one session >/dev/null
verdict "a new generation" "$([ "$(kiosk one generation)" != "$generation" ] || echo "$generation")"
stop INT
same "ended by Ctrl-C: exit code" "$ended" 0
same "another folder: restore" "$(data=$work/other; desk restore "$work/backup" && desk check)" ok

# ---- a full disk --------------------------------------------------------------------------

fill() { # fill NAME: batches until the disk is full, then with space again
    kiosk one rewind
    : >"$work/sends"
    for _ in {1..24}; do
        kiosk one send 400 >>"$work/sends" || true
        [ "$(grep -c '^503' "$work/sends")" -lt 3 ] || break
    done
    verdict "$1: 503" "$(grep -q '^503' "$work/sends" || cut -c1-20 "$work/sends" | sort | uniq -c)"
    verdict "$1: nothing else" "$(grep -v -e '^200' -e '^503' "$work/sends" || true)"
    make_space
    same "$1: with space again" "$(kiosk one send 400 | cut -d' ' -f1)" 200
    stop
    same "$1: nothing is lost" "$(desk list --json kiosks "$centre" | member events)" \
        $((restored + ($(grep -c '^200' "$work/sends" || true) + 1) * 400))
    same "$1: the data is whole" "$(desk check)" ok
    restored=$(desk list --json kiosks "$centre" | member events)
}

if mkdir "$work/small" && mount -t tmpfs -o size=100m tmpfs "$work/small" 2>/dev/null; then
    trap 'cleanup; umount "$work/small"; rm -rf "$work"' EXIT
    plenty=$data
    data=$work/small/data
    cp -a "$plenty" "$data"
    start
    kiosk one session >/dev/null
    mount -o remount,size=$(($(du -sk "$work/small" | cut -f1) + 1500))k "$work/small"
    make_space() { mount -o remount,size=100m "$work/small"; }
    fill "a full disk"
    rm -rf "$plenty"
    cp -a "$data" "$plenty"
    data=$plenty
else
    echo "ok - a full disk # SKIP no folder of a few megabytes can be mounted here"
fi

ulimit -Sf $(($(stat -c %s "$data/centre.db") / 1024 + 200))
start
ulimit -Sf unlimited
kiosk one session >/dev/null
make_space() {
    stop
    start
}
fill "files may not grow"
verdict "the log holds no token" "$(grep -F -e "$(token one)" "$work/log" || true)"
exit $status
