# What both benches share: telling a figure, and ending what was started. To be sourced; uses
# $missed and $lines of who sources it.

end() {
    kill "$@" 2>/dev/null && wait "$@" 2>/dev/null || true
}

fail() {
    echo "${0##*/}: $1" >&2
    exit 1
}

# tell NAME VALUE RELATION [LIMIT]; RELATION is max or min, or - where nothing is asked.
tell() {
    [ -n "$2" ] || fail "$1 could not be measured"
    verdict=$(awk -v v="$2" -v r="$3" -v l="${4:-}" 'BEGIN {
        print r == "-" ? "-" : (r == "max" ? v + 0 <= l + 0 : v + 0 >= l + 0) ? "ok" : "MISSED" }')
    limit=- json_limit=null
    [ "$3" = - ] || limit="$3 $4" json_limit=$4
    printf '%-32s %12s  %-14s %s\n' "$1" "$2" "$limit" "$verdict"
    [ "$verdict" != MISSED ] || missed=1
    lines="$lines${lines:+,
}  {\"name\": \"$1\", \"value\": $2, \"relation\": \"$3\", \"limit\": $json_limit, \"verdict\": \"$verdict\"}"
}

ratio() {
    awk -v a="$1" -v b="$2" 'BEGIN { printf "%.1f", a / b }'
}

# The number after NAME= in a line of words.
word() {
    tr ' ' '\n' | sed -n "s/^$1=//p"
}
