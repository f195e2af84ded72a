#!/bin/bash
# A centre behind a TLS proxy with an ordinary certificate: kiosks trust what their system
# trusts, and nothing else. PROXY=nginx takes nginx with the configuration of sync/README.md.
set -euo pipefail
cd "$(dirname "$0")/../.."
work=$(mktemp -d -p /dev/shm 2>/dev/null || mktemp -d) # where syncs cost nothing
. tests/sync/centre.sh
trap end_all EXIT
trap 'exit 130' INT TERM
name=centre.example

# A system that knows the name and, if TRUST is so, the authority: only what runs in it does.
apart=(unshare -m)
[ "$(id -u)" -eq 0 ] || apart=(unshare -r -m)
inside='mount --bind "$0/hosts" /etc/hosts &&
    mount --bind "$0/$1.crt" /etc/ssl/certs/ca-certificates.crt && shift && exec "$@"'
in_system() { "${apart[@]}" bash -c "$inside" "$work" "$@"; } # in_system TRUST COMMAND...
make_certificates() { # an authority, one that nobody trusts, and the proxy's certificate
    local who
    for who in trusted other; do
        openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 \
            -subj "/CN=$who" -keyout "$work/$who.key" -out "$work/$who.crt"
    done
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$name" \
        -keyout "$work/centre.key" -out "$work/centre.csr"
    openssl x509 -req -in "$work/centre.csr" -CA "$work/trusted.crt" -days 2 \
        -CAkey "$work/trusted.key" -CAcreateserial -out "$work/centre.pem" \
        -extfile <(echo "subjectAltName=DNS:$name")
    echo "127.0.0.1 localhost $name" >"$work/hosts"
}
free_port() {
    node -e 'const s = require("net").createServer().listen(0, "127.0.0.1",
        () => { console.log(s.address().port); s.close(); })'
}
nginx_conf() { # the block of README.md, on ports and with files of this test
    echo "daemon off; pid $work/nginx.pid; error_log stderr; events {}"
    echo "http { access_log off; client_body_temp_path $work/body;"
    echo "proxy_temp_path $work/proxy; fastcgi_temp_path $work/f; uwsgi_temp_path $work/u;"
    echo "scgi_temp_path $work/s;"
    sed -n '/^or nginx:/,/^`/{s/^    //p}' sync/README.md |
        sed -e "s/listen 443/listen 127.0.0.1:$front/" -e "s|/etc/ssl/|$work/|" \
            -e "s/127.0.0.1:8600/127.0.0.1:$port/"
    echo "}"
}
start_proxy() {
    if [ "${PROXY:-}" = nginx ]; then
        nginx_conf >"$work/nginx.conf"
        nginx -p "$work" -c "$work/nginx.conf" 2>"$work/proxy.log" &
    else
        node tests/sync/tlsproxy.js "$work/centre.key" "$work/centre.pem" "$front" "$port" \
            >"$work/proxy.log" 2>&1 &
    fi
    proxy_pid=$!
    pids="$pids $proxy_pid "
    until_true 10 bash -c "exec 3<>/dev/tcp/127.0.0.1/$front"
}
here() { in_system trusted "$bin/anlauf-sync" --data "$work/kiosk" "$@"; }
put() { "$facts" "$work/kiosk" "$1" "$RANDOM" unfit >/dev/null; }
exits() { # exits CODE COMMAND...
    local wanted=$1 got=0
    shift
    "$@" || got=$?
    [ "$got" -eq "$wanted" ] || { echo "ended with $got, not $wanted" && return 1; }
}
all_sent() { [ "$(member written)" = "$(member acked)" ]; }
start_here() { # start_here TRUST: the client as it stays
    "${apart[@]}" bash -c "$inside" "$work" "$1" \
        "$bin/anlauf-sync" --data "$work/kiosk" 2>>"$work/client.log" &
    client_pid=$!
    pids="$pids $client_pid "
}
offer_is_here() {
    [ "$(sqlite3 "$work/kiosk/feed.db" "SELECT count(*) FROM feed_row WHERE kind = 'offer'")" -gt 0 ]
}

if ! "${apart[@]}" true 2>/dev/null; then
    echo "ok - a centre behind a proxy # SKIP not allowed to mount here"
    exit 0
fi
front=$(free_port)
make_certificates >"$work/openssl.log" 2>&1 || give_up "the certificates are made"
make_centre >/dev/null || give_up "the centre is made"
start_centre --url "https://$name:$front" || give_up "the centre starts"
start_proxy || give_up "the proxy starts: $(tail -n 1 "$work/proxy.log")"

put 2000
first=$(centre code "$haus" | sed -n 2p)
# The code vouches for both ends, whatever the way; from then on the certificate has to.
verdict "enrolled" in_system other "$bin/anlauf-sync" --data "$work/kiosk" --enrol "$first"
verdict "a certificate that nobody vouches for: nothing is sent" exits 1 \
    in_system other "$bin/anlauf-sync" --data "$work/kiosk" --once
verdict "none came there" test -z "$(centre_lines)"
verdict "no pin, as the certificate may be renewed" \
    test -z "$(sqlite3 "$work/kiosk/state.db" "SELECT pin FROM centre")"
verdict "all goes up" here --once
verdict "nothing lost, nothing twice" nothing_lost

# ---- one that stays
start_here trusted
verdict "it is current" until_true 10 lamp_is centre
sleep 1
verdict "an offer is posted" centre import "$haus" assets/demo/offers.json
verdict "and is at the kiosk: the page that waited came through" until_true 5 offer_is_here
put 1
verdict "and so is a fact at the centre" until_true 5 all_sent
end "$client_pid"

# ---- cut between kiosk and proxy: what had come counts
port_of_proxy=$front
"${BUILD:-build}/tests/sync/tool_faultproxy" --to "127.0.0.1:$port_of_proxy" --cut 12000 \
    --seconds 120 >"$work/cuts" 2>&1 &
pids="$pids $! "
until_true 10 grep -q listening "$work/cuts"
cuts=$(sed -n 's/.*:\([0-9]*\)$/\1/p' "$work/cuts" | head -n 1)
sqlite3 "$work/kiosk/state.db" "UPDATE centre SET url = 'https://$name:$cuts'"
put 3000
start_here trusted
verdict "3,000 facts over connections that die every 12,000 bytes" until_true 60 all_sent
verdict "nothing lost, nothing twice, after cuts" nothing_lost
end "$client_pid"

# ---- another certificate
sqlite3 "$work/kiosk/state.db" "UPDATE centre SET url = 'https://$name:$front'"
put 1
start_here other
verdict "the authority is trusted no more: the lamp asks for help" until_true 20 lamp_is help
verdict "as that is not its server" trouble_is server
end "$client_pid"
verdict "trusted again, all is well" here --once
verdict "and safe" lamp_is centre
exit "$status"
