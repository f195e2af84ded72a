#!/bin/bash
# Thousands of runs of the whole net in one process (tests/sync/README.md): every seed holds,
# the same seed is the same run, and each fault that is planted in the code is found.
#   SIM_SEEDS=1-8500       which seeds, as long as their dice say
#   SIM_LONG_SEEDS=1-400   which seeds with 120 steps each
set -euo pipefail
cd "$(dirname "$0")/../.."
build=${BUILD:-build}
make=${MAKE:-make}
sim=$build/tests/sync/tool_sim
planted=$build/planted/tests/sync/tool_sim
seeds=${SIM_SEEDS:-1-8500}
long_seeds=${SIM_LONG_SEEDS:-1-400}
work=$(mktemp -d)
trap 'jobs -p | xargs -r kill 2>/dev/null; rm -rf "$work"' EXIT
status=0

told() { # told STATUS NAME [FILE]: one case; what went wrong goes beside it
    if [ "$1" -eq 0 ]; then
        echo "ok - $2"
    else
        echo "not ok - $2"
        status=1
        head -n 20 "${3:-/dev/null}" | sed 's/^/# /'
    fi
}

halve() { # halve RANGE: one for each of two processors
    local from=${1%-*} to=${1#*-}
    local middle=$(((from + to) / 2))
    first=$from-$middle
    second=$((middle + 1))-$to
}

all_hold() { # all_hold NAME RANGE [OPTION...]
    local name=$1 bad=0
    halve "$2"
    shift 2
    "$sim" --seeds "$first" "$@" >"$work/first" 2>&1 &
    "$sim" --seeds "$second" "$@" >"$work/second" 2>&1 || bad=1
    wait $! || bad=1
    sed 's/^/# /' <(tail -n 2 "$work/first") <(tail -n 2 "$work/second")
    cat "$work/first" "$work/second" >"$work/both"
    told "$bad" "$name" "$work/both"
}

kept_seeds() { # "SEED STEPS why"
    local seed steps why bad
    while read -r seed steps why; do
        case $seed in '' | '#'*) continue ;; esac
        bad=0
        "$sim" --seed "$seed" --steps "$steps" >"$work/kept" 2>&1 || bad=1
        told "$bad" "seed $seed: $why" "$work/kept"
    done <tests/sync/seeds.txt
}

runs_of() { # a trace without what the tool says of all runs
    sed '/^[0-9]* seeds,/d; /^steps /d' "$1"
}

same_twice() { # also if others ran before it
    "$sim" --seeds 20-23 --trace >"$work/a"
    "$sim" --seeds 20-23 --trace >"$work/b"
    "$sim" --seed 23 --trace >"$work/c"
    local bad=0
    cmp <(runs_of "$work/a") <(runs_of "$work/b") >"$work/cmp" 2>&1 || bad=1
    runs_of "$work/c" >"$work/alone"
    cmp <(runs_of "$work/a" | tail -n "$(wc -l <"$work/alone")") "$work/alone" \
        >>"$work/cmp" 2>&1 || bad=1
    told "$bad" "the same seed is the same run" "$work/cmp"
}

find_plant() {
    local bad=0
    "$planted" --plant "$1" --seeds 1-200 >"$work/plant-$1" 2>&1 || bad=1
    told "$bad" "planted $1: $(sed -n 's/^seed \([0-9]*\):.*/found at seed \1/p' \
        "$work/plant-$1" | head -n 1)" "$work/plant-$1"
}

all_plants() {
    local plant
    "$make" --no-print-directory BUILD="$build/planted" CFLAGS="-O2 -g -DANLAUF_PLANTS" \
        SAN= -j2 "$planted" >"$work/make" 2>&1 || {
        told 1 "the build with planted faults" "$work/make"
        return
    }
    for plant in $("$planted" --list-plants); do
        find_plant "$plant"
    done
}

all_hold "every seed of $seeds holds" "$seeds"
all_hold "every seed of $long_seeds holds with 120 steps" "$long_seeds" --steps 120
kept_seeds
same_twice
all_plants
exit $status
