#!/bin/bash
# Runs test suites one by one: run-tests.sh LOG_DIR SUITE...
# A suite is a program or script that prints a line "ok ..." or "not ok ..." for each case
# (TAP; cmocka does it when asked). One that ends badly, takes too long or prints no case
# counts as one more failed. The last line is "N passed, N failed".
set -euo pipefail

logs=$1
shift
limit_s=${TEST_SECONDS:-600}
passed=0
failed=0
mkdir -p "$logs"
export CMOCKA_MESSAGE_OUTPUT=TAP
export ASAN_OPTIONS=${ASAN_OPTIONS:-abort_on_error=0:detect_stack_use_after_return=1}
export UBSAN_OPTIONS=${UBSAN_OPTIONS:-print_stacktrace=1}

run_suite() {
    local suite=$1 log status=0 ok bad why=
    log=$logs/$(echo "${suite#./}" | tr '/' '-').log
    local start=$SECONDS
    timeout --kill-after=5 "$limit_s" "$suite" >"$log" 2>&1 </dev/null &
    running=$!
    wait "$running" || status=$?
    running=
    ok=$(grep -c '^ok\b' "$log" || true)
    bad=$(grep -c '^not ok\b' "$log" || true)
    if [ "$status" -eq 124 ] || [ "$status" -eq 137 ]; then
        why=" (took longer than $limit_s s)"
        bad=$((bad + 1))
    elif [ "$status" -ne 0 ] && [ "$bad" -eq 0 ]; then
        why=" (ended with $status)"
        bad=1
    elif [ "$((ok + bad))" -eq 0 ]; then
        why=" (ran no case)"
        bad=1
    fi
    passed=$((passed + ok))
    failed=$((failed + bad))
    printf '%-52s %4d passed, %d failed, %d s%s\n' "${suite#./}:" "$ok" "$bad" \
        "$((SECONDS - start))" "$why"
    if [ "$bad" -ne 0 ]; then
        sed 's/^/    /' "$log" | tail -n 200
    fi
}

running=
trap '[ -z "$running" ] || kill "$running" 2>/dev/null' EXIT
trap 'exit 130' INT TERM
for suite in "$@"; do
    run_suite "$suite"
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -ne 0 ]
