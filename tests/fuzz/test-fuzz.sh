#!/bin/bash
# Each fuzz_NAME.c for FUZZ_SECONDS on what lies in corpus/NAME and on what it finds from
# there, with clang's libFuzzer and sanitizers. A crash keeps its input in build/fuzz/found.
set -euo pipefail
cd "$(dirname "$0")/../.."
build=${BUILD:-build}/fuzz
seconds=${FUZZ_SECONDS:-3}
mkdir -p "$build/found"

shopt -s nullglob
targets=(tests/fuzz/fuzz_*.c)
if ! env -u MAKEFLAGS make -j"$(nproc)" BUILD="$build" CC=clang FUZZ=1 fuzzers \
    >"$build/build.log" 2>&1; then
    echo "not ok - fuzz targets build"
    tail -n 30 "$build/build.log" | sed 's/^/# /'
    exit 1
fi
echo "ok - ${#targets[@]} fuzz targets build"

status=0
for source in "${targets[@]}"; do
    name=$(basename "$source" .c)
    corpus=tests/fuzz/corpus/${name#fuzz_}
    work=$build/corpus/${name#fuzz_}
    log=$build/$name.log
    mkdir -p "$work"
    known=()
    [ -d "$corpus" ] && known=("$corpus")
    if "$build/tests/fuzz/$name" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=1024 \
        -print_final_stats=1 -artifact_prefix="$build/found/${name#fuzz_}-" \
        "$work" "${known[@]}" >"$log" 2>&1; then
        runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
        echo "ok - $name: ${runs:-?} inputs in $seconds s"
    else
        echo "not ok - $name"
        tail -n 40 "$log" | sed 's/^/# /'
        status=1
    fi
done
exit $status
