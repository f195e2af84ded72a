#!/bin/sh
# Plays the whole main line on the real program by a scripted finger, with no display:
# run-tour.sh OUT_DIR [WIDTHxHEIGHT] gets each screen as NN-name.png, each slip as slip-NN.png and .escpos.
set -eu
out=$1
mkdir -p "$out"
# Numbers begin anew; only what an earlier tour left is taken away.
rm -f "$out"/[0-9][0-9]-*.png "$out"/slip-*.png "$out"/slip-*.escpos
"${BUILD:-build}/bin/anlauf-play" --out "$out" \
    --size "${2:-1280x800}" --centre "Blitzjobs im Brunnenviertel" tests/screens/tour.play
echo "The tour's pictures and slips lie in $out"
