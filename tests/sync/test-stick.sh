#!/bin/bash
# A kiosk and a centre between which there is only a stick: files there and back, twice, in
# the wrong order, cut, changed, for another, lost; and sometimes a line after all.
set -euo pipefail
cd "$(dirname "$0")/../.."
work=$(mktemp -d -p /dev/shm 2>/dev/null || mktemp -d) # where syncs cost nothing
. tests/sync/kiosks.sh
trap end_all EXIT
trap 'exit 130' INT TERM
mkdir "$work/stick"
cd_stick=$work/stick

refuses() { # refuses COMMAND...: with an answer, not with a crash
    local rc=0
    "$@" || rc=$?
    [ "$rc" -eq 1 ] || { echo "ended with $rc" && return 1; }
}
up() { of "$1" --export "$cd_stick/$2"; }       # up KIOSK FILE
down() { of "$1" --import "$cd_stick/$2"; }     # down KIOSK FILE
take() { centre parcel "$cd_stick/$1" "$cd_stick/$2"; } # take FILE ANSWER
changed() { # changed FILE TO OFFSET: one bit is wrong
    local byte
    cp "$cd_stick/$1" "$cd_stick/$2"
    byte=$(od -An -tu1 -j "$3" -N 1 "$cd_stick/$1")
    printf "\\x$(printf %02x $((byte ^ 1)))" |
        dd of="$cd_stick/$2" bs=1 seek="$3" conv=notrunc status=none
}
state_of() { # all that a file could have changed
    lines_there one
    lines_there two
    centre list --json wishes
    centre list --json kiosks | sed -E 's/"last_ms":[0-9]+//'
    for name in one two; do
        ask_store "$name" "SELECT epoch, seq, hex(head) FROM receipt"
        lines_here "$name"
        sqlite3 "$work/$name/feed.db" "SELECT kind, id, rev FROM feed_row ORDER BY 1, 2"
    done
}
nothing_changed() { same "states" "$before" "$(state_of)"; }
job_here() { [ "$(sqlite3 "$work/$1/feed.db" "SELECT count(*) FROM offer WHERE code = '$2'")" = 1 ]; }

make_centre >/dev/null || give_up "the centre is made"
start_centre || give_up "the centre starts"
join one 20 && join two 20 || give_up "two kiosks"
end "$centre_pid" # no line from here on

# ---- there and back ---------------------------------------------------------------------
centre import "$haus" assets/demo/offers.json >/dev/null || give_up "jobs are posted"
write one 40
verdict "onto the stick" up one a.up
verdict "into the centre" take a.up a.down
verdict "back into the kiosk" down one a.down
verdict "safe at the centre" lamp one centre
verdict "nothing lost, nothing twice, chains equal" equal one
verdict "the jobs came with it" job_here one B01

# ---- a coach's decision goes by stick ---------------------------------------------------
wish=$(centre list --json wishes | grep '"state":"asked"' | sed -n '1s/.*"id":"\([^"]*\)".*/\1/p')
[ -n "$wish" ] || give_up "there is a wish"
centre wish decline "$haus" "$wish" --reason none >/dev/null || give_up "it is declined"
up one b.up && take b.up b.down && down one b.down || give_up "there and back"
verdict "a decision comes by stick" \
    [ "$(ask_store one "SELECT count(*) FROM wish WHERE state = 'declined'")" -eq 1 ]
verdict "which the kiosk will tell" lamp one here

# ---- twice, and in the wrong order ------------------------------------------------------
write one 5
up one c.up && write one 5 && up one d.up || give_up "two files"
verdict "the later file first" take d.up d.down
before=$(state_of)
verdict "then the earlier one" take c.up c.down
verdict "and the later one again" take d.up d2.down
verdict "nothing is there twice" nothing_changed
verdict "the later answer first" down one d.down
before=$(state_of)
verdict "then the earlier ones" down one c.down
verdict "and the first of all" down one a.down
verdict "and the later one again" down one d2.down
verdict "no receipt goes back, no row either" nothing_changed
verdict "nothing lost, nothing twice, chains equal" equal one

# ---- what is not whole, not true or not for us ------------------------------------------
write one 10
write two 10
up one e.up && up two f.up && take f.up f.down || give_up "files"
size=$(stat -c %s "$cd_stick/e.up")
before=$(state_of)
for part in 0 1 15 16 17 48 64 $((size / 2)) $((size - 1)); do
    head -c "$part" "$cd_stick/e.up" >"$cd_stick/cut.up"
    refuses take cut.up no.down >"$work/out" 2>&1 || give_up "cut to $part bytes is refused"
done
verdict "cut anywhere is refused" [ ! -e "$cd_stick/no.down" ]
for at in 0 15 16 40 70 $((size / 2)) $((size - 1)); do
    changed e.up changed.up "$at"
    refuses take changed.up no.down >"$work/out" 2>&1 || give_up "changed at $at is refused"
done
verdict "one wrong bit is refused" [ ! -e "$cd_stick/no.down" ]
verdict "an answer is no question" refuses take f.down no.down
verdict "an answer for another kiosk is refused" refuses down one f.down
verdict "a file of a kiosk is no answer" refuses down one e.up
size=$(stat -c %s "$cd_stick/f.down")
for part in 0 16 48 200 $((size / 2)) $((size - 1)); do
    head -c "$part" "$cd_stick/f.down" >"$cd_stick/cut.down"
    refuses down two cut.down >"$work/out" 2>&1 || give_up "an answer cut to $part is refused"
done
for at in 0 20 100 $((size / 2)) $((size - 1)); do
    changed f.down changed.down "$at"
    refuses down two changed.down >"$work/out" 2>&1 || give_up "an answer changed at $at is refused"
done
verdict "nor is anything else that is not whole" nothing_changed
"$bin/anlauf-server" --data "$work/other" init >/dev/null || give_up "another centre"
verdict "another centre cannot read it" refuses "$bin/anlauf-server" \
    --data "$work/other" parcel "$cd_stick/e.up" "$cd_stick/no.down"

# ---- lost -------------------------------------------------------------------------------
rm "$cd_stick/e.up"
write one 7
verdict "a stick was lost: the next one has it all" up one g.up
take g.up g.down || give_up "it is taken"
rm "$cd_stick/g.down"
verdict "its answer was lost: the kiosk knows no better" lamp one here
write one 7
up one h.up && take h.up h.down && down one h.down || give_up "the next one"
verdict "nothing lost, nothing twice, chains equal" equal one
verdict "the other one's answer was only late" down two f.down
verdict "nothing lost, nothing twice, chains equal: the other" equal two

# ---- a line after all -------------------------------------------------------------------
write one 30
up one i.up || give_up "a file"
start_centre || give_up "there is a line"
verdict "the line was faster than the stick" of one --once
verdict "the stick comes late, while the centre serves" take i.up i.down
verdict "its answer too" down one i.down
write one 30
up one j.up && take j.up j.down || give_up "the stick is faster"
verdict "the line finds out" of one --once
verdict "the answer comes late" down one j.down
write one 300 unfit
up one k.up || give_up "a file"
start one
take k.up k.down || give_up "both at once"
verdict "stick and line at once" until_true 20 all_there one
end "$pid"
of one --once || give_up "once more"
verdict "nothing lost, nothing twice, chains equal" equal one two

# ---- a centre that was put back, and only the stick to say so ---------------------------
end "$centre_pid"
centre backup "$work/backup" || give_up "a backup"
write one 50
up one m.up && take m.up m.down && down one m.down || give_up "there and back"
write one 5
up one n.up || give_up "a file from before"
centre restore "$work/backup" >/dev/null || give_up "the centre is put back"
take n.up n.down >"$work/out" 2>&1 || true
if [ -e "$cd_stick/n.down" ]; then
    verdict "its answer says so" down one n.down
fi
verdict "a late answer of the centre as it was" down one m.down
up one o.up && take o.up o.down && down one o.down || give_up "and the next one"
up one p.up && take p.up p.down && down one p.down || give_up "and one more"
verdict "put back: nothing lost, nothing twice, chains equal" equal one
start_centre || give_up "there is a line"
verdict "and the line sees it so" of one --once
verdict "still" equal one

# ---- revoked ----------------------------------------------------------------------------
dev=$(centre list --json kiosks | sed -n '2s/.*"dev":"\([^"]*\)".*/\1/p')
write two 3
write one 3
up one l1.up && up two l2.up || give_up "files"
centre kiosk revoke "$haus" "$dev" >/dev/null || give_up "one is revoked"
taken=0
for file in l1 l2; do
    ! take $file.up $file.down >/dev/null 2>&1 || taken=$((taken + 1))
done
verdict "nothing is taken from a kiosk that was revoked" [ "$taken" -eq 1 ]
verdict "the centre's data is whole" [ "$(centre check)" = ok ]
exit $status
