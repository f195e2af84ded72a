#!/bin/bash
# The whole tree compiles with no warning by gcc and by clang, each in its own folder.
set -euo pipefail
cd "$(dirname "$0")/../.."
build=${BUILD:-build}
mkdir -p "$build"

status=0
for cc in gcc clang; do
    log=$build/warnings-$cc.log
    if env -u MAKEFLAGS make -k -j"$(nproc)" BUILD="$build/$cc" CC="$cc" WERROR=1 CFLAGS=-O1 \
        everything >"$log" 2>&1; then
        echo "ok - no warning by $cc"
    else
        echo "not ok - no warning by $cc"
        grep -E 'error|\*\*\*|undefined' "$log" | head -n 50 | sed 's/^/# /'
        status=1
    fi
done
exit $status
