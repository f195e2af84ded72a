#!/bin/bash
# Each header compiles alone, with both compilers and no warning.
set -euo pipefail
cd "$(dirname "$0")/../.."
flags="-std=c17 -D_GNU_SOURCE -Wall -Wextra -Werror -fsyntax-only -x c -Iapp -Isync -Itests
$(pkg-config --cflags sdl2 SDL2_ttf sqlite3 libsodium jansson fribidi libpng libqrencode cmocka \
    libcurl libmicrohttpd libzstd gnutls)"
mapfile -t headers < <(find app sync tests -name node_modules -prune -o -name '*.h' -print | sort)
log=$(mktemp)
trap 'rm -f "$log"' EXIT

status=0
for cc in gcc clang; do
    printf '%s\n' "${headers[@]}" |
        xargs -P "$(nproc)" -I{} sh -c "echo '#include \"{}\"' | $cc $(echo $flags) -I. -" \
            >"$log" 2>&1 || true
    if [ -s "$log" ]; then
        echo "not ok - $cc: each header compiles alone"
        sed 's/^/# /' "$log"
        status=1
    else
        echo "ok - $cc: each of ${#headers[@]} headers compiles alone"
    fi
done
exit $status
