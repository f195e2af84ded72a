#!/bin/bash
# The words: catalogues fit the German texts in the sources, and these are plain and warm.
# When texts have changed: image/refresh-catalogues.sh, then fill in what is empty.
set -euo pipefail
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Words that promise or judge too much, or that only offices use.
banned='Lohn|Gehalt|Verdienst|Zeugnis|Bewerbung|Vermittlung|Leichte Sprache|Fehlercode|ungültig|User|Login|Account|[Nn]och nie|niemals|cool|krass'

verdict() { # verdict NAME FINDINGS
    if [ -z "$2" ]; then
        echo "ok - $1"
    else
        echo "not ok - $1"
        echo "$2" | head -n 40 | sed 's/^/# /'
        status=1
    fi
}

# Entries as lines of FILES <tab> MSGID <tab> MSGID_PLURAL <tab> MSGSTR...
entries() {
    msgattrib --no-obsolete --no-wrap --add-location=file "$1" | awk '
        function flush() {
            if (id != "") printf "%s\t%s\t%s%s\n", files, id, plural, strings
            files = id = plural = strings = where = ""
        }
        function text() { sub(/^[^"]*"/, ""); sub(/"$/, ""); return $0 }
        /^$/ { flush(); next }
        /^#: / { files = files (files == "" ? "" : " ") substr($0, 4); next }
        /^#/ { next }
        /^msgid_plural/ { where = "plural"; plural = text(); next }
        /^msgid/ { where = "id"; id = text(); next }
        /^msgstr/ { where = "string"; strings = strings "\t" text(); next }
        where == "id" { id = id text() }
        where == "plural" { plural = plural text() }
        where == "string" { strings = strings text() }
        END { flush() }'
}

# Each translation has the places of its source. A plural form may leave {n} out, as
# Arabic does for one and two.
check_places() {
    entries "$1" | awk -F'\t' '
        function places(text, set,    name) {
            delete set
            while (match(text, /\{[a-z_]*\}/)) {
                name = substr(text, RSTART, RLENGTH)
                set[name] = 1
                text = substr(text, RSTART + RLENGTH)
            }
        }
        {
            places($2 $3, known)
            for (i = 4; i <= NF; i++) {
                if ($i == "") continue
                places($i, used)
                for (p in used) if (!(p in known)) print $2 ": " p " is not in the source"
                for (p in known)
                    if (!(p in used) && !($3 != "" && p == "{n}"))
                        print $2 ": " p " is missing"
            }
        }'
}

untranslated() {
    entries "$1" |
        awk -F'\t' '{ for (i = 4; i <= NF; i++) if ($i == "") { print $1 ": " $2; next } }'
}

# The German texts, one a line; not the comma that joins a date and a time.
german() {
    entries "$work/new.pot" | awk -F'\t' '$2 != ", " { print $2; if ($3 != "") print $3 }'
}

german_with() { # german_with NAME PCRE
    verdict "German texts: $1" "$(german | LC_ALL=C.UTF-8 grep -P "$2" || true)"
}

status=0
image/refresh-catalogues.sh --pot >"$work/new.pot"
for po in assets/i18n/*.po; do
    code=$(basename "$po" .po)
    msgmerge --quiet --no-fuzzy-matching --no-wrap --add-location=file \
        -o "$work/$code.po" "$po" "$work/new.pot"
    verdict "$code: msgfmt takes it" \
        "$(log=$(msgfmt -c -o /dev/null "$po" 2>&1) || echo "$log")"
    verdict "$code: places of values fit" "$(check_places "$po")"
    verdict "$code: no text that the program has not" \
        "$(msgattrib --only-obsolete "$work/$code.po" | sed -n 's/^#~ msgid "\(..*\)"/\1/p')"
    verdict "$code: everything is translated" "$(untranslated "$work/$code.po")"
done
german_with "no banned word" "(?<![\\p{L}])($banned)(?![\\p{L}])"
german_with "you is du" '(?<![\p{L}])(Sie|Ihnen|Ihr|Ihre[nmrs]?)(?![\p{L}])'
german_with "„quotes“ and … are typographic" "\\\\\"|[\"']|\\.\\.\\."
german_with "ranges have an en dash" '[0-9] ?- ?[0-9]| - '
german_with "no space at an edge, no double space" '^ | $|  '
exit $status
