#!/bin/sh
# Turns asset files into one C table: embed-assets.sh OUT_DIR FILE...
# Writes OUT_DIR/assets.h, which app/base/asset.c includes. A file's name in the table is its
# path below assets/ or OUT_DIR/assets/ (what was made there); the table is sorted by it.
set -eu
export LC_ALL=C
out=$1
shift

named() { # lines of NAME FILE, sorted by name
    for file in "$@"; do
        name=${file#"$out"/}
        echo "${name#assets/} $file"
    done | sort
}

{
    echo "/* Made from assets/ by image/embed-assets.sh. */"
    named "$@" | while read -r name file; do
        id=$(printf '%s' "$name" | tr -c 'A-Za-z0-9' '_')
        echo "static const unsigned char asset_${id}[] = {"
        od -An -v -tx1 "$file" | sed 's/ \([0-9a-f][0-9a-f]\)/0x\1,/g'
        echo "0};"
    done
    echo "static const struct asset assets[] = {"
    named "$@" | while read -r name file; do
        id=$(printf '%s' "$name" | tr -c 'A-Za-z0-9' '_')
        echo "{\"$name\", asset_${id}, sizeof(asset_${id}) - 1},"
    done
    echo "};"
} >"$out/assets.h.new"
mv "$out/assets.h.new" "$out/assets.h"
