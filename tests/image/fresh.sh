#!/bin/bash
# Proves the two commands on clean machines: fresh.sh [SUITE...] (bookworm trixie).
# For each suite a minimal Debian is laid under build/fresh/ with only git and make, gets a
# clean clone of HEAD, and runs `make run` (no display there, so the tour) and `make test`.
# Everything in it runs in name-spaces of its own: when they end, so do its processes and
# mounts. The mirror is $DEBIAN_MIRROR or this machine's own. FRESH_TEST holds more
# arguments for `make test`, such as QUICK=1.
set -euo pipefail
cd "$(dirname "$0")/../.."
here=$PWD
fresh=$here/build/fresh
limit_s=${FRESH_SECONDS:-3600}
passed=0
failed=0

if [ "$(id -u)" -ne 0 ]; then
    echo "make fresh lays clean Debian roots and needs root: please call it with sudo" >&2
    exit 1
fi

mirror() {
    local found
    found=${DEBIAN_MIRROR:-$(cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list \
        /etc/apt/sources.list.d/*.sources 2>/dev/null |
        sed -nE 's/^(deb( \[[^]]*\])?|URIs:) +([^ ]*debian\/?)( .*)?$/\3/p' | head -n 1)}
    echo "${found:-http://deb.debian.org/debian}"
}

# This machine's road to the mirror: proxies, keys and certificates, if it has any. Only
# lent while a root is used, never kept in its tarball.
lend_road() {
    local root=$1 conf
    for conf in /etc/apt/apt.conf /etc/apt/apt.conf.d/* /etc/apt/auth.conf \
        /etc/apt/auth.conf.d/*; do
        if [ -f "$conf" ] && { [[ $conf == *auth.conf* ]] || grep -qE '^Acquire::' "$conf"; }; then
            install -D -m 644 "$conf" "$root$conf"
        fi
    done
    for conf in /etc/resolv.conf /etc/hosts /etc/ssl/certs/ca-certificates.crt; do
        if [ -f "$conf" ]; then
            install -D -m 644 "$conf" "$root$conf"
        fi
    done
}

lay_root() {
    local suite=$1 root=$2 tar=$fresh/$1.tar
    rm -rf "$root"
    mkdir -p "$root"
    if [ ! -f "$tar" ]; then
        rm -rf "$fresh/$suite.new"
        debootstrap --variant=minbase --include=git,make,ca-certificates \
            "$suite" "$fresh/$suite.new" "$(mirror)" || return 1
        tar -C "$fresh/$suite.new" -cf "$tar.part" . || return 1
        mv "$tar.part" "$tar"
        rm -rf "$fresh/$suite.new"
    fi
    tar -C "$root" -xf "$tar" && lend_road "$root" &&
        git clone -q "file://$here" "$root/srv/anlauf"
}

# inside ROOT COMMAND: own mounts and processes; both end with it. The root is a mount, as on
# a machine: network namespaces want that.
inside() {
    local root=$1
    shift
    timeout --kill-after=10 "$limit_s" \
        unshare --mount --pid --fork --kill-child sh -c '
            mount --bind "$1" "$1" &&
            mount -t proc proc "$1/proc" &&
            mount --rbind /dev "$1/dev" &&
            exec chroot "$1" /usr/bin/env -i HOME=/root LANG=C.UTF-8 TERM=dumb \
                PATH=/usr/sbin:/usr/bin:/sbin:/bin sh -c "cd /srv/anlauf && $2"' \
        inside "$root" "$*" </dev/null &
    running=$!
    local status=0
    wait "$running" || status=$?
    running=
    return "$status"
}

tell() { # tell STATUS NAME LOG
    if [ "$1" -eq 0 ]; then
        echo "ok - $2"
        passed=$((passed + 1))
    else
        echo "not ok - $2"
        tail -n 60 "$3" | sed 's/^/    /'
        failed=$((failed + 1))
    fi
}

prove() {
    local suite=$1 root=$fresh/$1 log=$fresh/$1.log status=0 sum
    : >"$log"
    lay_root "$suite" "$root" >>"$log" 2>&1 || status=$?
    tell "$status" "$suite: a clean root with only git and make" "$log"
    if [ "$status" -ne 0 ]; then
        return
    fi
    inside "$root" "make run" >>"$log" 2>&1 || status=$?
    tell "$status" "$suite: make run" "$log"
    status=0
    inside "$root" "make test ${FRESH_TEST:-}" >>"$log" 2>&1 || status=$?
    sum=$(grep -E '^[0-9]+ passed, [0-9]+ failed$' "$log" | tail -n 1)
    tell "$status" "$suite: make test (${sum:-no result})" "$log"
    rm -rf --one-file-system "$root"
}

# A run that is broken off takes its root's processes with it.
running=
trap '[ -z "$running" ] || kill "$running" 2>/dev/null' EXIT
trap 'exit 130' INT TERM
mkdir -p "$fresh"
if [ -n "$(git status --porcelain 2>/dev/null)" ]; then
    echo "# the clone holds HEAD only: what is not committed is not tried"
fi
for suite in ${*:-bookworm trixie}; do
    prove "$suite"
done
echo "# logs: build/fresh/*.log"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
