# Sourced by the window tests: a display without a screen, the kiosk in its window, and a
# hand that touches and types. Nothing here knows where a button is: a trace of the played
# script does.
#   DISPLAY     of the Xvfb        $work       files that are thrown away
#   $kiosk      its process        $rotate     as given to kiosk_open
work=$(mktemp -d)
build=${BUILD:-build}
bin=$build/bin
kiosk=
xvfb=
status=0

display_open() {
    local size=$1
    mkdir -p "$work/screen"
    rm -f "$work/screen/number"
    Xvfb -displayfd 3 -screen 0 "${size}x24" -fbdir "$work/screen" -nolisten tcp \
        3>"$work/screen/number" >"$work/screen/log" 2>&1 &
    xvfb=$!
    wait_until "the display" test -s "$work/screen/number"
    DISPLAY=:$(cat "$work/screen/number")
    export DISPLAY
}
export SDL_AUDIODRIVER=dummy # ALSA complains by itself where there is no sound card

display_close() {
    [ -z "$xvfb" ] || kill "$xvfb" 2>/dev/null || true
    [ -z "$xvfb" ] || wait "$xvfb" 2>/dev/null || true
    xvfb=
}

window_done() {
    [ -z "$kiosk" ] || kill "$kiosk" 2>/dev/null || true
    display_close
    rm -rf "$work"
}
trap window_done EXIT
trap 'exit 130' INT TERM

# Tries for about ten seconds; nothing here sleeps longer than it must.
wait_until() {
    local what=$1 i
    shift
    for ((i = 0; i < 400; i++)); do
        if "$@"; then
            return 0
        fi
        sleep 0.025
    done
    echo "# waited in vain for $what"
    return 1
}

check() {
    local name=$1
    shift
    if "$@"; then
        echo "ok - $name"
    else
        echo "not ok - $name"
        status=1
    fi
}

# kiosk_open NAME [OPTIONS…]: the real program on $work/NAME/data, its speech and slips
# beside it; returns when the first screen has been spoken.
kiosk_open() {
    local name=$1
    shift
    here=$work/$name
    mkdir -p "$here"
    : >"$here/speech.txt"
    "$bin/anlauf" --data "$here/data" --printer "dir:$here/slips" \
        --speech "text:$here/speech.txt" --headphones yes "$@" 2>"$here/err" &
    kiosk=$!
    wait_until "the first screen" spoken 1
}

spoken() {
    [ "$(wc -l <"$here/speech.txt")" -ge "$1" ]
}

# Ends it by a signal and answers how it ended.
kiosk_end() {
    local result=0
    [ "$1" = none ] || kill "-$1" "$kiosk"
    wait "$kiosk" || result=$?
    kiosk=
    return "$result"
}

shown_as() { # FILE: what is on the display now, as the kiosk's upright picture
    convert "xwd:$work/screen/Xvfb_screen0" -crop "${device}+0+0" +repage \
        -rotate "$(((360 - rotate) % 360))" "$1"
}

# looks_like PICTURE: up to a clock, a code and a pointer, it is on screen.
looks_like() {
    local differing pixels
    shown_as "$work/now.ppm"
    pixels=$((width * height))
    differing=$(compare -metric AE -fuzz 8% "$work/now.ppm" "$1" null: 2>&1 || true)
    differing=$(printf '%.0f' "${differing%% *}" 2>/dev/null || echo "$pixels")
    [ "$((differing * 100))" -le "$((pixels * 8))" ]
}

touch_at() {
    local x=$1 y=$2
    case $rotate in
    90) set -- "$((height - 1 - y))" "$x" ;;
    180) set -- "$((width - 1 - x))" "$((height - 1 - y))" ;;
    270) set -- "$y" "$((width - 1 - x))" ;;
    esac
    xdotool mousemove "$1" "$2" click 1
}

# A scanner is a keyboard that types fast and ends with Enter.
scan() {
    xdotool type --delay 5 --args 1 "$1" key Return
}

# Which code is on the newest piece of paper?
paper_code() {
    local newest
    newest=$(find "$here/slips" -name '*.png' | sort | tail -n 1)
    zbarimg -q --raw "$newest" 2>/dev/null | tail -n 1
}

size_of() { # WxH ROTATE
    width=${1%x*}
    height=${1#*x}
    rotate=$2
    device=$1
    case $rotate in 90 | 270) device=${height}x${width} ;; esac
}
