#!/bin/sh
# Turns asset files into one C table: embed-assets.sh OUT_DIR FILE...
# Writes OUT_DIR/assets.h, which app/base/asset.c includes. FILE... must be sorted (C locale).
set -eu
export LC_ALL=C
out=$1
shift
{
    echo "/* Made from assets/ by image/embed-assets.sh. */"
    for file in "$@"; do
        id=$(printf '%s' "$file" | tr -c 'A-Za-z0-9' '_')
        echo "static const unsigned char ${id}[] = {"
        od -An -v -tx1 "$file" | sed 's/ \([0-9a-f][0-9a-f]\)/0x\1,/g'
        echo "0};"
    done
    echo "static const struct asset assets[] = {"
    for file in "$@"; do
        id=$(printf '%s' "$file" | tr -c 'A-Za-z0-9' '_')
        echo "{\"${file#assets/}\", ${id}, sizeof(${id}) - 1},"
    done
    echo "};"
} >"$out/assets.h.new"
mv "$out/assets.h.new" "$out/assets.h"
