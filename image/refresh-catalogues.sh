#!/bin/bash
# Brings assets/i18n/*.po up to date with the German texts in the sources:
#   refresh-catalogues.sh           merges new texts in, takes old ones out
#   refresh-catalogues.sh --pot     writes the template to stdout and changes nothing
# Texts are what C code marks with tr, tr_n and N_, and the texts of rules, forms
# and fields.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The values of JSON keys, one a line, as marked C strings that keep file and line.
json_texts() { # json_texts FILE KEYS
    awk -v keys="$2" -v file="$1" '{
        rest = $0
        while (match(rest, "\"(" keys ")\"[ ]*:[ ]*\"([^\"\\\\]|\\\\.)*\"")) {
            text = substr(rest, RSTART, RLENGTH)
            rest = substr(rest, RSTART + RLENGTH)
            sub(/^"[^"]*"[ ]*:[ ]*/, "", text)
            if (text != "\"\"")
                printf "#line %d \"%s\"\nN_(%s)\n", NR, file, text
        }
    }' "$1"
}

# The same for the texts of lists that stand on one line: "steps": ["ja", "geht so"].
json_lists() { # json_lists FILE KEYS
    awk -v keys="$2" -v file="$1" '{
        rest = $0
        while (match(rest, "\"(" keys ")\"[ ]*:[ ]*\\[[^]]*\\]")) {
            list = substr(rest, RSTART, RLENGTH)
            rest = substr(rest, RSTART + RLENGTH)
            sub(/^"[^"]*"[ ]*:[ ]*/, "", list)
            while (match(list, /"([^"\\]|\\.)*"/)) {
                printf "#line %d \"%s\"\nN_(%s)\n", NR, file, substr(list, RSTART, RLENGTH)
                list = substr(list, RSTART + RLENGTH)
            }
        }
    }' "$1"
}

template() {
    local c=$work/data.c
    {
        for file in assets/rules/*.json; do
            json_texts "$file" 'text|instead'
        done
        for file in assets/forms/*.json; do
            json_texts "$file" 'name|self|site|you|text|ask'
            json_lists "$file" 'steps|next|tiles|you|skip|reasons'
        done
        json_texts assets/demo/fields.json name
    } >"$c"
    { find app -name '*.[ch]' | sort; echo "$c"; } >"$work/files"
    xgettext --files-from="$work/files" --from-code=UTF-8 --language=C --no-wrap \
        --keyword --keyword=tr:2 --keyword=ui_tr:2 --keyword=tr_n:2,3 --keyword=N_ \
        --add-comments --add-location=file --sort-by-file --foreign-user -o "$work/all.pot"
    sed -e "s|$c|assets|" -e '/^"POT-Creation-Date/d' "$work/all.pot" |
        grep -v '^#, c-format$'
}

template >"$work/new.pot"
if [ "${1:-}" = --pot ]; then
    cat "$work/new.pot"
    exit 0
fi
for po in assets/i18n/*.po; do
    msgmerge --quiet --no-fuzzy-matching --no-wrap --add-location=file \
        -o "$work/merged.po" "$po" "$work/new.pot"
    msgattrib --no-obsolete --no-wrap --add-location=file -o "$po" "$work/merged.po"
    echo "$po: $(LC_ALL=C msgfmt --statistics -o /dev/null "$po" 2>&1)"
done
