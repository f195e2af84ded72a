#!/bin/bash
# A kiosk's folder was copied and both go on; an older copy was put back in place. Whatever
# anybody wrote is at the centre, once, and staff are told. Then the kiosk is revoked.
set -euo pipefail
cd "$(dirname "$0")/../.."
work=$(mktemp -d -p /dev/shm 2>/dev/null || mktemp -d) # where syncs cost nothing
. tests/sync/kiosks.sh
trap end_all EXIT
trap 'exit 130' INT TERM

hashes_here() { ask_store "$1" "SELECT hex(hash) FROM event"; }
hashes_there() { ask_centre "SELECT hex(hash) FROM event WHERE again = 0"; }
# all_of NAME...: what these wrote is at the centre, each line once, and nothing else.
all_of() {
    local name
    hashes_there | sort >"$work/theirs"
    for name; do
        hashes_here "$name"
    done | sort -u >"$work/ours"
    sort -u "$work/theirs" >"$work/once"
    same "lines" "$(cat "$work/once")" "$(cat "$work/theirs")" &&
        same "lines" "$(cat "$work/ours" ${kept:+"$kept"} | sort -u)" "$(cat "$work/once")"
}
epoch() { ask_store "$1" "SELECT epoch FROM device"; }
task() { centre list --json tasks | grep -c '"kind":"copy"'; }
copy() { # copy FROM TO: as a card is copied, with everything but the file itself
    cp -a "$work/$1" "$work/$2"
    cp "$work/$1.dev" "$work/$2.dev"
}
# put_back NAME FROM: what the files say is older, the files are the same.
put_back() {
    local file
    rm -f "$work/$1"/*-wal "$work/$1"/*-shm
    for file in state.db feed.db; do
        cat "$work/$2/$file" >"$work/$1/$file"
    done
}

make_centre >/dev/null || give_up "the centre is made"
start_centre || give_up "the centre starts"
centre import "$haus" assets/demo/offers.json >/dev/null || give_up "jobs are posted"
join one 40 || give_up "a kiosk"
write one 40
of one --once || give_up "it syncs"
kept=
verdict "one kiosk" all_of one
verdict "one epoch" [ "$(epoch one)" -eq 1 ]
verdict "no task" [ "$(task || true)" = 0 ]

# ---- copied, and both go on -------------------------------------------------------------
write one 30
copy one copy
write one 30
write copy 50
of one --once && of copy --once || give_up "both sync"
verdict "the copy is in an epoch of its own" [ "$(epoch copy)" -gt "$(epoch one)" ]
verdict "all of both is there, once" all_of one copy
verdict "both say so" all_there one copy

write one 500 unfit
write copy 500 unfit
start one
client_one=$pid
start copy
client_copy=$pid
write one 100 &
writer=$!
pids="$pids $writer "
write copy 100
wait "$writer"
verdict "both run at once" until_true 20 all_there one copy
verdict "all of both is there, once" all_of one copy
verdict "staff have a task, one" [ "$(task || true)" = 1 ]
end "$client_one" KILL
end "$client_copy" KILL

# ---- a copy of a copy, and one of both at the same moment -------------------------------
copy copy third
copy copy fourth
write third 20
write fourth 20
of third --once && of fourth --once && of copy --once || give_up "three sync"
write third 5
write fourth 5
of third --once && of fourth --once && of third --once || give_up "and again"
verdict "four of one: all is there, once" all_of one copy third fourth
verdict "and they say so" all_there one copy third fourth

# ---- an older copy of the files is put back in place ------------------------------------
copy one older
write one 60
of one --once || give_up "it goes on"
hashes_here one >"$work/lost" # what the centre alone has from now on
kept=$work/lost
put_back one older
before=$(epoch one)
write one 10
of one --once || give_up "it syncs after it was put back"
verdict "put back: a new epoch" [ "$(epoch one)" -gt "$before" ]
verdict "put back: all that anybody wrote is there, once" all_of one copy third fourth
verdict "put back: it says so" all_there one

# With more facts than the centre has of the same log.
copy one older2
write one 10
of one --once || give_up "it goes on"
hashes_here one >>"$work/lost"
put_back one older2
write one 80
of one --once || give_up "it syncs after it was put back again"
verdict "put back and ahead: all that anybody wrote is there, once" all_of one copy third fourth
verdict "the centre's data is whole" [ "$(centre check)" = ok ]

# ---- revoked ----------------------------------------------------------------------------
dev=$(centre list --json kiosks | sed -n '1s/.*"dev":"\([^"]*\)".*/\1/p')
start one
events=$(hashes_there | wc -l)
write copy 5
centre kiosk revoke "$haus" "$dev" >/dev/null || give_up "it is revoked"
revoked() { [ "$(number "$1" trouble)" = revoked ]; }
verdict "revoked: the one that runs is told at once" until_true 10 revoked one
end "$pid"
verdict "it shows that it is locked" grep -q "the centre has locked this kiosk" \
    <(of one --status)
verdict "and needs help" lamp one help
rows_at() { sqlite3 "$work/$1/feed.db" "SELECT count(*) FROM feed_row"; }
rc=0
of copy --once >"$work/said" 2>&1 || rc=$?
verdict "so does its copy" [ "$rc" -eq 1 ]
verdict "with the same word" revoked copy
verdict "it is said once and for all" bash -c "! '$bin/anlauf-sync' --data '$work/one' --once 2>'$work/said'"
verdict "they have nothing of the centre's any more" [ "$(rows_at one) $(rows_at copy)" = "0 0" ]
verdict "nothing was taken from them" [ "$(hashes_there | wc -l)" -eq "$events" ]
verdict "and nothing of theirs is gone" [ "$(hashes_here copy | wc -l)" -ge 5 ]
exit $status
