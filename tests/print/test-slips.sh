#!/bin/bash
# Slips as bytes and as pictures, read back by programs that are not ours: npos parses the
# ESC/POS, zbar decodes every QR code, also blurred, scaled and faded.
set -euo pipefail
cd "$(dirname "$0")/../.."
build=${BUILD:-build}
here=tests/print
out=$build/test-slips
status=0

verdict() { # verdict NAME WHAT-IS-WRONG
    echo "$([ -z "$2" ] && echo ok || echo not ok) - $1${2:+: $2}"
    [ -z "$2" ] || status=1
}

if [ ! -x "$build/tests/print/make_slips" ]; then
    env -u MAKEFLAGS make -s BUILD="$build" "$build/tests/print/make_slips" >&2
fi
if [ ! -e $here/node_modules/npos ] &&
    ! (cd $here && npm ci --omit=optional --ignore-scripts --no-audit --no-fund) >&2; then
    echo "not ok - the parser npos cannot be installed: npm needs the network once"
    exit 1
fi

rm -rf "$out"
mkdir -p "$out"
"$build/tests/print/make_slips" "$out"
node $here/read-slips.js "$out" || status=1

decode() { # decode PICTURE: the text of its QR code
    zbarimg --quiet --raw -Sdisable -Sqrcode.enable "$1" 2>/dev/null || true
}

check_code() { # check_code NAME PICTURE TEXT
    local got
    got=$(decode "$2")
    verdict "$1" "$([ "$got" = "$3" ] || echo "read \"$got\"")"
}

# As a camera or a worn print head sees it.
check_worn() { # check_worn NAME PICTURE TEXT
    convert "$2" -bordercolor white -border 40 -blur 0x2 "$out/worn.png"
    check_code "$1, blurred" "$out/worn.png" "$3"
    convert "$2" -bordercolor white -border 40 -resize 60% "$out/worn.png"
    check_code "$1, at 60 %" "$out/worn.png" "$3"
    convert "$2" -bordercolor white -border 40 -resize 137% -rotate 7 -blur 0x1 "$out/worn.png"
    check_code "$1, at 137 %, turned and blurred" "$out/worn.png" "$3"
    convert "$2" -bordercolor white -border 40 +level 35%,85% "$out/worn.png"
    check_code "$1, faded" "$out/worn.png" "$3"
}

# The heading and the other raster lines are lower than the code: the greatest picture.
greatest() {
    { ls -S "$out/$1".*.pbm 2>/dev/null || true; } | head -n 1
}

while IFS=$'\t' read -r name profile dots qr lines; do
    picture=$(greatest "$name.$profile")
    if [ -n "$picture" ] && [[ $profile != epson* ]]; then
        convert "$picture" "$out/code.png"
        check_code "$name on $profile: the printed code" "$out/code.png" "$qr"
        [ "$name.$profile" = wish.generic-58 ] &&
            check_worn "$name on $profile" "$out/code.png" "$qr"
    fi
    if [ "$profile" = generic-58 ]; then
        for width in 384 576; do
            check_code "$name as a picture of $width" "$out/$name.$width.png" "$qr"
            [[ $name =~ ^(wish|card)$ ]] && check_worn "$name as a picture of $width" "$out/$name.$width.png" "$qr"
        done
    fi
done <"$out/slips.tsv"
exit $status
