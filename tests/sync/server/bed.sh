# A centre in a folder of its own, for the scripts beside this folder. Sourced.
build=${BUILD:-build}
work=$(mktemp -d)
data=$work/data
status=0
server_pid=

cleanup() {
    [ -z "$server_pid" ] || kill "$server_pid" 2>/dev/null || true
    server_pid=
    rm -rf "$work" 2>/dev/null || true
}
trap cleanup EXIT

verdict() { # verdict NAME WHAT-IS-WRONG
    echo "$([ -z "$2" ] && echo ok || echo not ok) - $1${2:+: ${2:0:300}}"
    [ -z "$2" ] || status=1
}

same() { # same NAME GOT WANTED
    verdict "$1" "$([ "$2" = "$3" ] || echo "got \"$2\", not \"$3\"")"
}

desk() { # desk SUBCOMMAND…
    timeout 60 "$build/bin/anlauf-server" --data "$data" "$@"
}

code_of() { # code_of COMMAND…: its exit code; what it says goes to $work/said
    local rc=0
    "$@" >"$work/said" 2>&1 || rc=$?
    echo $rc
}

kiosk() { # kiosk NAME VERB…
    local name=$1
    shift
    CENTRE=${url:-} timeout 30 node tests/sync/server/kiosk.js "$work/$name.json" "$@"
}

token() { # token NAME
    sed -nE 's/.*"token":"([^"]*)".*/\1/p' "$work/$1.json"
}

ask() { # ask PATH CURL-OPTIONS…: the status, the body is in $work/answer
    local path=$1
    shift
    curl -s -k -m 20 -o "$work/answer" -w '%{http_code}' "$@" "$url$path"
}

start() { # start SERVE-OPTIONS…: sets url and server_pid
    rm -f "$data/url"
    "$build/bin/anlauf-server" --data "$data" serve --listen 127.0.0.1:0 "$@" \
        2>>"$work/log" &
    server_pid=$!
    for _ in $(seq 200); do
        [ ! -s "$data/url" ] || break
        kill -0 "$server_pid" 2>/dev/null || break
        sleep 0.05
    done
    url=$(cat "$data/url" 2>/dev/null || true)
    [ -n "$url" ] || {
        echo "not ok - the server starts: $(tail -n 1 "$work/log")"
        exit 1
    }
}

stop() { # stop [SIGNAL]: sets ended to the exit code
    ended=0
    kill -"${1:-TERM}" "$server_pid" 2>/dev/null || true
    wait "$server_pid" || ended=$?
    server_pid=
}

found() { # found: a centre with offers, and a kiosk in it; sets organisation, centre
    desk init >/dev/null
    organisation=$(desk organisation add "Träger im Test")
    centre=$(desk centre add "$organisation" "Haus im Test")
    desk import "$centre" assets/demo/offers.json >/dev/null
}

enrol() { # enrol NAME
    kiosk "$1" enrol "$url" "$(desk code "$centre" | head -n 1)" >/dev/null
    kiosk "$1" session >/dev/null
}
