#!/bin/sh
# Installs what is missing of the groups named: install-packages.sh GROUP...
# The groups and packages are in packages.txt beside this file.
set -eu
export LC_ALL=C
list=$(dirname "$0")/packages.txt

say() {
    echo "install-packages: $*" >&2
}

# One line for each line of the list that nothing installed answers, by name or "Provides".
missing() {
    dpkg-query -W -f='${db:Status-Status} ${Package}, ${Provides}\n' |
        awk -v groups=" $* " '
            FILENAME == "-" {
                if (sub(/^installed /, "")) {
                    gsub(/\([^)]*\)|,/, " ")
                    for (i = 1; i <= NF; i++) { have[$i] = 1 }
                }
                next
            }
            /^#/ || !index(groups, " " $1 " ") { next }
            {
                n = split($2, names, "|")
                for (i = 1; i <= n; i++) { if (names[i] in have) { next } }
                print $2
            }' - "$list"
}

# The first of "a|b" that can be had.
available() {
    for name in $(echo "$1" | tr '|' ' '); do
        if apt-cache policy "$name" | grep -q 'Candidate: [^(]'; then
            echo "$name"
            return
        fi
    done
    say "no package $1 in the sources of this system"
}

for group in "$@"; do
    if ! grep -q "^$group " "$list"; then
        say "no group \"$group\" in $list"
        exit 2
    fi
done
if ! command -v dpkg-query >/dev/null; then
    say "this is no Debian; please install what $list names for: $*"
    exit 0
fi
wanted=$(missing "$@")
if [ -z "$wanted" ]; then
    exit 0
fi

as_root=
if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
        say "missing:" $wanted
        say "please run this as root, or install sudo"
        exit 1
    fi
    as_root=sudo
fi
$as_root apt-get -q update || say "the package lists could not be refreshed; trying the old ones"
names=$(for each in $wanted; do available "$each"; done)
say "installing" $names
$as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get -q -y install --no-install-recommends $names </dev/null
left=$(missing "$@")
if [ -n "$left" ]; then
    say "still missing:" $left
    exit 1
fi
