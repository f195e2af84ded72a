#!/bin/bash
# The proxy that stands in for a bad line does what it says.
set -euo pipefail
cd "$(dirname "$0")/../.."
exec timeout 60 node tests/sync/faultproxy.js "${BUILD:-build}/tests/sync/tool_faultproxy"
