# Sourced by the window tests: goes the way of a played script again, with a real hand.

# Bytes as they were, in the same files: a copied folder would be noticed.
put_back() { # FROM TO
    local file
    for file in "$2"/*; do
        if [ -e "$1/${file##*/}" ]; then
            cat "$1/${file##*/}" >"$file"
        else
            rm "$file"
        fi
    done
}

# plays NAME SCRIPT [OPTIONS…]: for $work/NAME/trace and pictures; leaves the data as it was.
plays() {
    local name=$1 script=$2
    shift 2
    cp -r "$work/$name/data" "$work/$name/before"
    "$bin/anlauf-play" --data "$work/$name/data" --out "$work/$name/play" \
        --clock "$(TZ=Europe/Berlin date +%Y-%m-%dT%H:%M)" --trace "$work/$name/trace" \
        --headphones yes "$@" "$script" || return
    put_back "$work/$name/before" "$work/$name/data"
}

# One command of a trace; what only looks is not for the hand.
replay_command() {
    case $1 in
    tap) touch_at "$2" "$3" ;;
    type) xdotool type --delay 60 "$2" ;;
    scan) scan "${codes[${2#\$}]}" ;;
    set) [ "$3" != last-card ] || { wait_until "a card" paper_code >"$work/code" &&
        codes[$2]=$(tail -n 1 "$work/code"); } ;;
    esac
}

says() {
    [ "$(tail -n 1 "$here/speech.txt")" = "$1" ]
}

replay_shown() {
    wait_until "$1" looks_like "$here/play/$1" && return 0
    convert "$work/now.ppm" "$pictures/failed.png"
    cp "$here/play/$1" "$pictures/failed-expected.png"
    return 1
}

# replays NAME: stops at the first step that does not show what was played.
replays() {
    local words last=
    while read -r -u 4 -a words; do
        case ${words[0]} in
        said) wait_until "\"${words[*]:1}\" after $last" says "${words[*]:1}" || return 1 ;;
        shown) replay_shown "${words[1]}" || {
            echo "# after $last; see $pictures/failed.png"
            return 1
        } ;;
        shot)
            shots=$((shots + 1))
            convert "$work/now.ppm" "$(printf '%s/%02d-%s.png' "$pictures" "$shots" "${words[1]}")"
            ;;
        *)
            last=${words[*]}
            replay_command "${words[@]}" || return 1
            ;;
        esac
    done 4<"$here/trace"
}
