#!/bin/bash
# What strangers, thieves and broken lines send to the centre: it says no, stores nothing of
# it, and goes on serving the others.
set -euo pipefail
cd "$(dirname "$0")/../.."
. tests/sync/server/bed.sh

found
start --idle 2
enrol one
kiosk one send 10 >/dev/null
path=$(kiosk one path)
auth=(-H "Authorization: Bearer $(token one)")

alive() { # alive NAME
    same "$1: others are served" "$(ask "$path" "${auth[@]}")" 200
}

stored() {
    desk list --json kiosks "$centre" | sed -nE 's/.*"events":([0-9]+).*/\1/p' | head -n 1
}

refused() { # refused NAME STATUS PATH CURL-OPTIONS…
    local name=$1 wanted=$2
    shift 2
    same "$name" "$(ask "$@")" "$wanted"
}

# ---- paths, methods, tokens ---------------------------------------------------------------

refused "no such path" 404 /v1/logs
refused "a path that climbs" 404 /v1/log/../../etc/passwd --path-as-is "${auth[@]}"
refused "epoch 0" 404 /v1/log/0 "${auth[@]}"
refused "an epoch that is none" 404 /v1/log/1x "${auth[@]}"
refused "an epoch beyond numbers" 404 /v1/log/99999999999999999999 "${auth[@]}"
refused "another method" 405 /v1/feed -X DELETE "${auth[@]}"
refused "a feed of nothing" 400 /v1/feed "${auth[@]}"
refused "a feed from -1" 400 "/v1/feed?since=-1" "${auth[@]}"
refused "a wait that is none" 400 "/v1/feed?since=0&wait=long" "${auth[@]}"
refused "no token" 401 "$path"
refused "a wrong token" 401 "$path" -H "Authorization: Bearer AAAA"
refused "a token cut" 401 "$path" -H "Authorization: Bearer $(token one | cut -c1-48)"
refused "a token of 10 kB" 401 "$path" -H "Authorization: Bearer $(printf '%010000d' 7)"
verdict "heads of 100 kB are refused" "$([[ $(ask "$path" -H "X: $(printf '%0100000d' 7)" || true) \
    =~ ^(000|4..)$ ]] || echo served)"
printf 'GARBAGE\0\377\376 / HTTP/9\r\n\r\n' | timeout 5 bash -c \
    "exec 3<>/dev/tcp/127.0.0.1/${url##*:}; cat >&3; cat <&3" >"$work/answer" 2>/dev/null || true
alive "garbage"

# ---- bodies -------------------------------------------------------------------------------

post=(-X POST "${auth[@]}")
refused "an empty body" 400 "$path" "${post[@]}" --data-binary ""
head -c 50000 /dev/urandom >"$work/noise"
refused "noise" 400 "$path" "${post[@]}" --data-binary @"$work/noise"
refused "noise as zstd" 400 "$path" "${post[@]}" -H "Content-Encoding: zstd" \
    --data-binary @"$work/noise"
refused "a coding nobody knows" 400 "$path" "${post[@]}" -H "Content-Encoding: br" \
    --data-binary @"$work/noise"
refused "64 kB of JSON" 413 /v1/session -X POST --data-binary @"$work/noise"
refused "JSON that is none" 400 /v1/session -X POST --data-binary '{"dev":'
head -c 6000000 /dev/zero >"$work/zeros"
head -c 4000000 /dev/zero >"$work/many"
refused "6 MB announced" 413 "$path" "${post[@]}" --data-binary @"$work/zeros"
refused "4 MB without a token" 401 "$path" -X POST --data-binary @"$work/many"
refused "6 MB without a token" 413 "$path" -X POST --data-binary @"$work/zeros"
verdict "6 MB not announced are cut off" "$([[ $(ask "$path" "${post[@]}" \
    -H "Transfer-Encoding: chunked" --data-binary @"$work/zeros" || true) =~ ^(000|100)$ ]] || # a "continue", and then the end
    echo served)"
head -c 1000000000 /dev/zero | zstd -q -19 --long=20 >"$work/bomb"
refused "a bomb of 1 GB in $(stat -c %s "$work/bomb") bytes" 413 "$path" "${post[@]}" \
    -H "Content-Encoding: zstd" --data-binary @"$work/bomb"
{ kiosk one body 1 && head -c 100000000 /dev/zero | tr '\0' '\n'; } | zstd -q -3 >"$work/bomb"
refused "a bomb behind a good line" 400 "$path" "${post[@]}" -H "Content-Encoding: zstd" \
    --data-binary @"$work/bomb"
head -c 3000000 /dev/zero | zstd -q -3 --long=27 --zstd=wlog=27 >"$work/window"
refused "a window of 128 MB" 400 "$path" "${post[@]}" -H "Content-Encoding: zstd" \
    --data-binary @"$work/window"
rss=$(sed -nE 's/^VmHWM:\s*([0-9]+) kB/\1/p' "/proc/$server_pid/status")
verdict "at most 32 MB were needed" "$([ "$rss" -le 32768 ] || echo "$rss kB")"
alive "bodies"

# ---- signatures and chains ----------------------------------------------------------------

kiosk one rewind-to "$(curl -s "${auth[@]}" "$url$path")"
before=$(stored)
kiosk one body 10 >"$work/good"
sed 's/"sig":"..../"sig":"AAAA/' "$work/good" >"$work/forged"
refused "a wrong signature" 400 "$path" "${post[@]}" --data-binary @"$work/forged"
sed 's/xxxxx/xxxxy/' "$work/good" >"$work/changed"
refused "a changed line" 400 "$path" "${post[@]}" --data-binary @"$work/changed"
sed '3d' "$work/good" >"$work/short"
refused "a line left out" 400 "$path" "${post[@]}" --data-binary @"$work/short"
sed '1s/"check":"..../"check":"AAAA/' "$work/good" >"$work/fork"
refused "another chain" 409 "$path" "${post[@]}" --data-binary @"$work/fork"
same "nothing of it is stored" "$(stored)" "$before"

# ---- cut in the middle ----------------------------------------------------------------------

kiosk one body 60 >"$work/long"
size=$(stat -c %s "$work/long")
{
    printf 'POST %s HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer %s\r\nContent-Length: %d\r\n\r\n' \
        "$path" "$(token one)" "$size"
    head -c $((size * 3 / 4)) "$work/long"
} >"$work/cut"
timeout 5 bash -c "exec 3<>/dev/tcp/127.0.0.1/${url##*:}; cat '$work/cut' >&3; exec 3>&-"
for _ in $(seq 100); do
    [ "$(stored)" = "$before" ] || break
    sleep 0.05
done
same "a cut body counts up to its last check" "$(stored)" $((before + 40))

# ---- enrolment ----------------------------------------------------------------------------

code=$(desk code "$centre" | head -n 1)
kiosk two enrol "$url" "$code" >/dev/null
same "the same kiosk with the same code: the same answer" \
    "$(code_of kiosk two enrol "$url" "$code")" 0
same "another kiosk with that code" "$(code_of kiosk three enrol "$url" "$code")" 1
verdict "another kiosk with that code: 403" "$(grep -q ' 403 ' "$work/said" || cat "$work/said")"
same "a code that was never made" "$(code_of kiosk three enrol "$url" 0000-0000-0000-0000)" 1
kiosk two session >/dev/null
two=$(sed -nE 's/.*"dev":"([^"]*)".*/\1/p' "$work/two.json")
desk kiosk revoke "$centre" "$two" >/dev/null
same "a revoked kiosk" "$(ask "$path" -H "Authorization: Bearer $(token two)")" 403
verdict "a revoked kiosk gets its order" "$(grep -q '"order":{"dev":"' "$work/answer" || cat "$work/answer")"
same "a revoked kiosk gets no session" "$(code_of kiosk two session)" 1
alive "a revoked kiosk"

# ---- slow heads -----------------------------------------------------------------------------

mkfifo "$work/held"
node tests/sync/server/hold.js "$url" 200 4 >"$work/held" &
exec 4<"$work/held"
read -r -t 10 -u 4 said
same "200 connections are held" "$said" held
before=$(date +%s%N)
alive "200 slow heads"
took=$((($(date +%s%N) - before) / 1000000))
verdict "at once" "$([ $took -lt 1000 ] || echo "$took ms")"
read -r -t 10 -u 4 said
same "after 2 s and a bit all are shut, however they drip" "$said" "shut 200"
stop
start --per-address 20 --idle 2
node tests/sync/server/hold.js "$url" 60 1 >"$work/many"
same "of one address no more than told" "$(tail -n 1 "$work/many")" "shut 40"
stop

# ---- TLS ------------------------------------------------------------------------------------

pin=$(desk tls make)
same "the key is only its owner's" "$(stat -c %a "$data/tls.pem")" 600
same "it is made once: exit code" "$(code_of desk tls make)" 1
same "a certificate without its key: exit code" \
    "$(code_of desk serve --listen 127.0.0.1:0 --cert "$data/tls.pem")" 2
start --tls
same "the pin" "$(curl -s -k --pinnedpubkey "$pin" -o "$work/answer" -w '%{http_code}' "$url/")" 404
same "another pin: curl's exit code" "$(code_of curl -s -k --pinnedpubkey \
    "sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=" "$url/")" 90
enrol four
same "kiosks learn it" "$(sed -nE 's/.*"pin":"([^"]*)".*/\1/p' "$work/four.json")" "$pin"
same "a batch over TLS" "$(kiosk four send 100 | cut -d' ' -f1)" 200
sslscan --no-colour "${url#https://}" >"$work/scan" 2>&1
for version in SSLv2 SSLv3 TLSv1.0 TLSv1.1; do
    verdict "$version is not spoken" "$(grep -q "^$version *disabled" "$work/scan" ||
        grep "^$version" "$work/scan" || echo "no word of it")"
done
for version in TLSv1.2 TLSv1.3; do
    verdict "$version is spoken" "$(grep -q "^$version *enabled" "$work/scan" || echo no)"
done
verdict "no weak ciphers" "$(grep -iE '^(Accepted|Preferred).*(CBC|RC4|DES|NULL|MD5|EXP)' "$work/scan" || true)"
spent() { # hundredths of a second of all its threads
    awk '{ sum += $14 + $15 } END { print sum }' "/proc/$server_pid"/task/*/stat
}
exec 5<>"/dev/tcp/127.0.0.1/${url##*:}"
printf '\x16\x03\x01' >&5
before=$(spent)
sleep 1
verdict "a greeting that has only begun costs no time" \
    "$([ $(($(spent) - before)) -lt 20 ] || echo "$(($(spent) - before)) %")"
exec 5>&-
desk backup "$work/backup"
same "the key goes with the backup" "$(cmp "$data/tls.pem" "$work/backup.tls" && stat -c %a "$work/backup.tls")" 600
stop
same "ended: exit code" "$ended" 0
verdict "the log holds no token" "$(grep -F -e "$(token one)" "$work/log" || true)"
exit $status
