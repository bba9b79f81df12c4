#!/usr/bin/env bash
# Full load on a server of this checkout: LOAD_SECONDS (300) and LOAD_CLIENTS (8) of each kind, and what it
# cost: resident memory, and processor time since the server started. Then the server is killed while it is
# busy, started again, and asked to stop. usage: tools/load/run.sh FOA PICTURE DEPTH [MODEL]
set -euo pipefail
foa=$(realpath "$1") picture=$(realpath "$2") depth=$(realpath "$3") MODEL=${4:+$(realpath "$4")}
cd "$(dirname "$0")/../.."
seconds=${LOAD_SECONDS:-300} clients=${LOAD_CLIENTS:-8} port=${LOAD_PORT:-18099}
url=http://127.0.0.1:$port
log=$(mktemp)
server=

serve() {
  ${HEARSIGHT:-./hearsight} serve --port "$port" --no-access-log ${MODEL:+--model "$MODEL"} >"$log" 2>&1 &
  server=$!
  until curl -sf "$url/readyz" >/dev/null; do
    kill -0 "$server" || { cat "$log" >&2; exit 1; }
    sleep 0.2
  done
}

cost() {
  awk '/VmRSS/ { printf "{\"resident_mb\": %.0f, ", $2 / 1024 }' "/proc/$server/status"
  awk -v hz="$(getconf CLK_TCK)" '{ printf "\"processor_seconds\": %.1f}\n", ($14 + $15) / hz }' "/proc/$server/stat"
}

trap 'kill "$server" 2>/dev/null; rm -f "$log"' EXIT
serve
cost
for mode in new cached blind; do
  java tools/load/Load.java "$url" "$clients" "$seconds" "$mode" "$foa" "$picture" "$depth"
  cost
done

# Killed while it is busy: the next one answers.
java tools/load/Load.java "$url" "$clients" 10 new "$foa" "$picture" "$depth" >/dev/null 2>&1 &
load=$!
sleep 5
kill -9 "$server"
wait "$load" || true
serve
java tools/load/Load.java "$url" 1 5 new "$foa" "$picture" "$depth"
kill -TERM "$server"
wait "$server" && code=0 || code=$?
echo "{\"after_sigterm\": $code}"
