#!/bin/bash
# What app/ and sync/ must not hold: unsafe functions, mutable file-scope data, loose ends, and lines
# or paths that fit one machine or one screen only.
set -euo pipefail
cd "$(dirname "$0")/../.."
build=${BUILD:-build}
banned='strcpy strcat sprintf vsprintf strncpy strncat strtok atoi atol atof gets localtime
gmtime asctime ctime rand srand alloca'

verdict() { # verdict NAME FINDINGS
    if [ -z "$2" ]; then
        echo "ok - $1"
    else
        echo "not ok - $1"
        echo "$2" | head -n 40 | sed 's/^/# /'
        status=1
    fi
}

sources() {
    find app sync -name '*.[ch]' | sort
}

# Tables of pointers to constants lie in .data.rel.ro, which is read-only once running.
mutable_data() {
    if [ -z "$(find "$build/obj/app" "$build/obj/sync" -name '*.o' -print -quit)" ]; then
        echo "no objects in $build to look into: build first"
    fi
    find "$build/obj/app" "$build/obj/sync" -name '*.o' | sort | while read -r object; do
        objdump -t "$object" | awk -v o="$object" '
            $0 ~ / O / && /[ \t]\.(bss|data|tbss|tdata)|\*COM\*/ && !/\.data\.rel\.ro/ {
                print o ": " $NF
            }'
    done
}

tracked() {
    git ls-files --cached --others --exclude-standard 2>/dev/null || find . -type f
}

status=0
verdict "no banned function" \
    "$(sources | xargs grep -nE "(^|[^A-Za-z0-9_])($(echo $banned | tr ' ' '|'))[[:space:]]*\(" || true)"
verdict "no mutable file-scope data" "$(mutable_data)"
verdict "no loose ends" "$(sources | xargs grep -nwE 'TODO|FIXME|XXX|HACK' || true)"
verdict "no typedef of a struct or enum" \
    "$(sources | xargs grep -nE '^[[:space:]]*typedef[[:space:]]+(struct|enum|union)[^(]*;' || true)"
# The aim is 90 columns; a table row or a prototype may need a few more.
verdict "no line over 96 characters, tab or space at the end" \
    "$(sources | LC_ALL=C.UTF-8 xargs grep -nP '^.{97,}$|\t|[ ]+$' || true)"
verdict "no folder of one machine" "$(tracked | grep -E '\.([ch]|sh|json|md|txt|po|play)$|Makefile' |
    grep -v '^tests/checks/' |
    xargs -d '\n' grep -nE '(^|[^A-Za-z0-9_.~}-])/(home|root|mnt|work|workspace)/' || true)"
exit $status
