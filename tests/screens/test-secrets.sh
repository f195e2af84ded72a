#!/bin/bash
# What young people entrust is nowhere in plain: not in the kiosk's files, not on slips, in no
# log; who has the centre's key reads it. After some days the rest is gone as well. And no
# kiosk knows what another one knows.
set -euo pipefail
cd "$(dirname "$0")/../.."
bin=${BUILD:-build}/bin
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
status=0

said=(Selbstgesagt Stellengesagt Coachgesagt Kiezgesagt)
alias=Markenname
out=$work/out
data=$work/data

result() { # NAME COMMAND…
    local name=$1
    shift
    if "$@" >"$work/why" 2>&1; then
        echo "ok - $name"
    else
        echo "not ok - $name"
        sed 's/^/# /' "$work/why"
        status=1
    fi
}

play() { # STDERR OPTIONS…
    local err=$1
    shift
    "$bin/anlauf-play" "$@" 2>"$err" || { cat "$err"; return 1; }
}

# Base 64 of it wherever it begins in a group of three.
base64_of() { # TEXT
    local i
    for i in '' x xx; do
        # Whole groups only: the letters before and after change the first and the last.
        printf '%s%s' "$i" "$1" | base64 -w0 | sed 's/^....//; s/....$//'
        echo
    done
}

# UTF-16 as bytes, for grep -P.
bytes_of() { # TEXT
    printf '%s' "$1" | iconv -t UTF-16LE | od -An -v -tx1 | tr -d '\n' | sed 's/ /\\x/g'
}

no_trace() { # TEXT PATH…: not as UTF-8 in any case, not as UTF-16, not in base 64
    local text=$1 bad=0
    shift
    if grep -rlaiF "$text" "$@" || LC_ALL=C grep -rlaP "$(bytes_of "$text")" "$@"; then
        bad=1
    fi
    if grep -rlaF -f <(base64_of "$text") "$@"; then
        bad=1
    fi
    return $bad
}

finds() { # TEXT PATH…: that no_trace would see it, in each form
    ! no_trace "$@" || return 1
    local form
    for form in 'iconv -t UTF-16LE' 'base64 -w0'; do
        printf 'x%sx' "$1" | $form >"$work/form"
        ! no_trace "$1" "$work/form" || { echo "$form"; return 1; }
    done
}

opened() { # WORDS: the centre reads them
    "$bin/anlauf" events --data "$data" |
        "$bin/anlauf" open --key "$work/centre.key" --passphrase "$work/passphrase" |
        grep -qF "\"$1\""
}

no_plain_view() { # PATH…: the answers as they were before they were sealed
    local view views
    views=$("$bin/anlauf" events --data "$data" |
        "$bin/anlauf" open --key "$work/centre.key" --passphrase "$work/passphrase" |
        sed -n 's/.*"view":"\([^"]*\)".*/\1/p')
    [ "$(wc -l <<<"$views")" = 2 ] || return 1
    for view in $views; do
        ! grep -rlaF "$view" "$@" || return 1
        view=$(base64 -d <<<"$view" | od -An -v -tx1 | tr -d '\n' | sed 's/ /\\x/g')
        ! LC_ALL=C grep -rlaP "$view" "$@" || return 1
    done
}

refuses_wrong_passphrase() {
    echo 'ein anderer Satz, aber lang' >"$work/wrong"
    ! "$bin/anlauf" events --data "$data" |
        "$bin/anlauf" open --key "$work/centre.key" --passphrase "$work/wrong" | grep .
}

forgotten() { # TEXT: nowhere in any file of the kiosk
    no_trace "$1" "$data"
}

# ---- the centre's key, and all that can be told -------------------------------------------
echo 'ein langer Satz nur für heute' >"$work/passphrase"
result "the centre makes its key" \
    "$bin/anlauf" centre-key make "$work/centre.key" <"$work/passphrase"
mkdir "$data"
result "it is trusted" "$bin/anlauf" centre-key trust "$work/centre.key.pub" --data "$data"
sed '/^cli centre-key/d' tests/screens/parts/team.play >"$work/team.play"
sed "s|tests/screens/parts/team.play|$work/team.play|" tests/screens/parts/told.play \
    >"$work/told.play"
printf 'say $FALKE\nsay $TEAM\nsay $SLIP\nset ORDER order:B03\nsay $ORDER\n' >>"$work/told.play"
if ! "$bin/anlauf-play" --data "$data" --out "$out" "$work/told.play" \
    >"$work/papers" 2>"$work/log"; then
    echo "not ok - everything is told"
    sed 's/^/# /' "$work/log"
    exit 1
fi
echo "ok - everything is told"

for words in "${said[@]}"; do
    result "$words: not in the files" no_trace "$words" "$data"
    result "$words: not in the files pulled out" no_trace "$words" "$out/stolen"
    result "$words: in no log, not spoken, on no slip" \
        no_trace "$words" "$work/log" "$out"/speech.txt "$out"/*.escpos
    result "$words: the centre reads it" opened "$words"
done
result "the answers: not in the files" no_plain_view "$data" "$out/stolen"
result "another passphrase opens nothing" refuses_wrong_passphrase
result "the alias: in no log, not spoken" no_trace "$alias" "$work/log" "$out/speech.txt"
result "the alias: in the files, and this test finds it" finds "$alias" "$data"
for card in $(head -n 2 "$work/papers"); do
    result "a card's secret: not in the files" no_trace "${card#AN}" "$data" "$out/stolen"
done

# ---- another kiosk -----------------------------------------------------------------------
read -r -d '' falke team slip order <"$work/papers" || true
{
    echo "set FIRST_CARD $falke"
    echo "set FIRST_TEAM $team"
    echo "set FIRST_SLIP $slip"
    echo "set FIRST_ORDER $order"
    echo "include tests/screens/parts/other-kiosk.play"
} >"$work/other.play"
result "another kiosk knows nothing of it" \
    play "$work/other.log" --seed 2 --data "$work/other" --out "$work/other-out" \
    "$work/other.play"
result "nothing of it comes there" no_trace "$alias" "$work/other" "$work/other.log"

# ---- afterwards --------------------------------------------------------------------------
result "many days go by" play "$work/later.log" --forget-days 3 --clock 2027-02-01T09:00 \
    --data "$data" --out "$work/later" tests/screens/parts/nobody.play
person=$(grep -aohm1 '[A-Z0-9]\{26\}","alias":"'$alias "$out"/stolen/* | sed '1s/".*//;q')
result "forgotten: the alias" forgotten "$alias"
result "forgotten: the person's number" forgotten "${person:?}"
result "forgotten: in no log" no_trace "$alias" "$work/later.log"
exit $status
