#!/bin/bash
# The codes on the screens, photographed: at every size, blurred and from near and far.
set -euo pipefail
cd "$(dirname "$0")/../.."
play=${BUILD:-build}/bin/anlauf-play
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
status=0

# What a scanner needs of the smallest dark square: below it, dirt on a lens is larger.
module_least=3

reads() { # FILE TEXT
    [ "$(zbarimg -q --raw -Sdisable -Sqrcode.enable "$1" 2>/dev/null)" = "$2" ]
}

# The corner of a code is seven dark modules wide: tenths of a pixel for one.
module_tenths() { # PICTURE GEOMETRY
    local row
    row=$(convert "$1" -crop "$2" +repage -threshold 50% -trim +repage -crop x1+0+0 \
        +repage -depth 8 gray:- | od -An -v -tu1 | tr -s ' \n' '\n\n' | sed '/^$/d')
    echo $(($(sed '/^255$/q' <<<"$row" | grep -c '^0$') * 10 / 7))
}

result() { # NAME COMMAND…
    local name=$1
    shift
    if "$@"; then
        echo "ok - $name"
    else
        echo "not ok - $name"
        status=1
    fi
}

photographs() { # PICTURE TEXT GEOMETRY TENTHS
    local by
    convert "$1" -crop "$3" +repage -bordercolor white -border 20 "$work/code.png"
    convert "$work/code.png" -blur 0x1 "$work/blurred.png"
    reads "$work/blurred.png" "$2" || { echo "# not when blurred"; return 1; }
    for by in 60 75 90 110 130 150 180; do
        # Less than two pixels a module are beyond every camera.
        [ $(($4 * by)) -ge 2000 ] || continue
        convert "$work/code.png" -resize "$by%" "$work/scaled.png"
        reads "$work/scaled.png" "$2" || { echo "# not at $by %"; return 1; }
    done
}

photograph() { # FOLDER SCREEN NAME
    local picture line text geometry tenths
    picture=$(find "$1" -name "*-$2.png")
    line=$(grep -E '^ *qr ' "$1/$2.txt" || true)
    result "$3 is there" test -n "$line"
    [ -n "$line" ] || return 0
    text=$(sed 's/[^"]*"\([^"]*\)".*/\1/' <<<"$line")
    geometry=$(sed -E 's/^ *qr ([0-9]+),([0-9]+) ([0-9]+x[0-9]+).*/\3+\1+\2/' <<<"$line")
    tenths=$(module_tenths "$picture" "$geometry")
    echo "# $3: $((tenths / 10)).$((tenths % 10)) pixels a module"
    result "$3 is read from the screen" reads "$picture" "$text"
    result "$3 has modules of at least $module_least pixels" \
        test "$tenths" -ge $((module_least * 10))
    result "$3 is read blurred and scaled" photographs "$picture" "$text" "$geometry" "$tenths"
}

script() { # PERCENT: the text grows by a step with each touch
    case $1 in
    100) grep -v "Schrift größer" tests/screens/window/codes.play ;;
    150) cat tests/screens/window/codes.play ;;
    esac
}

for size in 1280x800 800x480 720x1280; do
    for percent in 100 150; do
        out=$work/$size-$percent
        script "$percent" >"$work/codes.play"
        result "$size at $percent % is played" "$play" --size "$size" --out "$out" \
            "$work/codes.play"
        [ "$percent" = 150 ] || photograph "$out" card "card $size"
        photograph "$out" saved "slip $size at $percent %"
    done
done
exit $status
