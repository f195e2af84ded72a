#!/bin/bash
# The centre is put back from an older backup while kiosks are ahead of it: one that runs, one
# whose folder was moved (two epochs), one that joined later. Nothing is lost, nobody
# contradicts.
set -euo pipefail
cd "$(dirname "$0")/../.."
work=$(mktemp -d -p /dev/shm 2>/dev/null || mktemp -d) # where syncs cost nothing
. tests/sync/kiosks.sh
trap end_all EXIT
trap 'exit 130' INT TERM

wish_in() { # wish_in STATE [N]: the id of the centre's Nth wish in that state
    centre list --json wishes | grep "\"state\":\"$1\"" | sed -n "${2:-1}s/.*\"id\":\"\([^\"]*\)\".*/\1/p"
}
# Every wish has one state, whoever is asked. One that waits is asked, for the kiosk.
no_contradiction() {
    local name
    for name; do
        same "$name: wishes" \
            "$(ask_store "$name" "SELECT hex(id), state FROM wish ORDER BY id")" \
            "$(ask_centre "SELECT hex(id), CASE WHEN state IN ('wanted', 'waiting') THEN 'asked'
                ELSE state END FROM wish WHERE dev = x'$(device "$name")' ORDER BY id")" || return 1
    done
}
same_feed() { # same_feed NAME: cursor, and the rows that are alive
    same "revisions" "$(sqlite3 "$work/$1/feed.db" "SELECT since FROM cursor")" \
        "$(ask_centre "SELECT rev FROM centre")" &&
        same "rows" "$(sqlite3 "$work/$1/feed.db" \
            "SELECT kind, id, rev FROM feed_row WHERE body IS NOT NULL ORDER BY kind, id")" \
            "$(ask_centre "SELECT kind, id, rev FROM feed WHERE body IS NOT NULL
                ORDER BY kind, id")"
}
revision() { ask_centre "SELECT rev FROM centre"; }
put_back() { # put_back BACKUP
    end "$centre_pid" "${2:-TERM}"
    centre restore "$1" >/dev/null && start_centre
}

make_centre >/dev/null || give_up "the centre is made"
start_centre || give_up "the centre starts"
start_proxy --rate 60000 || give_up "a line on which it takes a while"
centre import "$haus" assets/demo/offers.json >/dev/null || give_up "jobs are posted"
join one 60 && join moved 40 || give_up "kiosks"
write one 100 && write moved 20 || give_up "facts that wait for the centre"
of one --once && of moved --once || give_up "they sync"
mv "$work/moved" "$work/old"
cp -a "$work/old" "$work/moved"
rm -r "$work/old"
write moved 20 unfit
of moved --once || give_up "the moved one syncs"
verdict "a folder that was moved is in its second epoch" \
    [ "$(ask_store moved "SELECT epoch FROM device")" -eq 2 ]

# ---- the backup, while facts go up ------------------------------------------------------
write one 3000 unfit
start one
client_one=$pid
some_there() { [ "$(number one acked)" -gt "${1:-500}" ]; }
verdict "facts go up" until_true 20 some_there
verdict "a backup meanwhile" centre backup "$work/backup"
in_backup=$(sqlite3 "$work/backup" "SELECT count(*) FROM event")
verdict "some are in it ($in_backup)" [ "$in_backup" -gt 500 ]
verdict "and not all" [ "$in_backup" -lt "$(number one written)" ]
verdict "it disturbed nobody" until_true 20 all_there one
start moved
client_moved=$pid

# ---- what happens after it --------------------------------------------------------------
asked=$(wish_in asked)
confirmed=$(wish_in confirmed)
[ -n "$asked" ] && [ -n "$confirmed" ] || give_up "there are wishes"
centre wish decline "$haus" "$asked" --reason none >/dev/null || give_up "one is declined"
centre wish decline "$haus" "$confirmed" --reason talk >/dev/null || give_up "another too"
centre call-off "$haus" B02 >/dev/null || give_up "a job is called off"
join later 30 || give_up "one more kiosk"
of later --once || give_up "it syncs"
write one 200
write moved 50
is_declined() {
    [ "$(ask_store one "SELECT count(*) FROM wish WHERE state = 'declined'")" -eq 2 ] ||
        [ "$(ask_store moved "SELECT count(*) FROM wish WHERE state = 'declined'")" -ge 1 ]
}
verdict "kiosks were told" until_true 10 is_declined
verdict "and sent all" until_true 10 all_there one moved later
before=$(revision)

# ---- put back ---------------------------------------------------------------------------
put_back "$work/backup" KILL || give_up "the centre is put back"
verdict "the backup is older" [ "$(lines_there one | wc -l)" -lt "$(lines_here one | wc -l)" ]
begun_anew() { [ "$(ask_store one "SELECT generation FROM centre")" -gt 1 ] && all_there one moved; }
verdict "running kiosks notice and send again" until_true 30 begun_anew
end "$client_one"
end "$client_moved"
of one --once && of moved --once || give_up "the kiosks go on"
verdict "nothing lost, nothing twice, chains equal" equal one moved
verdict "nothing is the centre's that kiosks do not know" not_ahead one moved
verdict "revisions are beyond all that was told" [ "$(revision)" -gt "$before" ]
verdict "the kiosk has the centre's rows, and no others" same_feed one
verdict "a job called off after the backup is there again" \
    [ "$(sqlite3 "$work/one/feed.db" "SELECT count(*) FROM offer WHERE code = 'B02'")" -eq 1 ]
verdict "no wish is this here and that there" no_contradiction one moved
state_now() { centre list --json wishes | grep "$1" | sed 's/.*"state":"\([^"]*\)".*/\1/'; }
verdict "the first answer to a wish came back with the kiosk that was told it" \
    [ "$(state_now "$asked")" = declined ]
verdict "one that overruled another is gone" [ "$(state_now "$confirmed")" = confirmed ]

# ---- who is unknown now -----------------------------------------------------------------
rc=0
of later --once >"$work/said" 2>&1 || rc=$?
verdict "a kiosk that joined after the backup is told no (code $rc)" [ "$rc" -ne 0 ]
verdict "and keeps what it has" [ "$(number later written)" -ge 30 ]
of later --enrol "$(code)" --server "$url" >/dev/null || give_up "it gets a new code"
verdict "with a new code" of later --once
verdict "nothing of it is lost" equal later

# ---- once more, with an older one still -------------------------------------------------
put_back "$work/backup" || give_up "the centre is put back once more"
of one --once && of moved --once || give_up "the kiosks go on"
verdict "once more: nothing lost, nothing twice, chains equal" equal one moved
verdict "once more: no wish is this here and that there" no_contradiction one moved
verdict "the centre's data is whole" [ "$(centre check)" = ok ]
exit $status
