#!/bin/sh
# Says where the simulator's time goes and how it grows with the order of reflections and the number
# of occluders, for sound and for the picture, and writes it to docs/simulator-speed.md.
#
#   benchmarks/simulator.sh [ROUNDS] [--standard]
#
# --standard also makes the whole `standard` data set in a temporary folder (TMPDIR, about 2 GB) with
# the command a user types, and adds its time, scenarios a second, peak memory and the statistics it
# prints: apparent directions, and what level alone would tell. Needs GNU time (Debian: time) for
# memory and processor time.
#
# SCENARIOS (default 200) sets the scenarios a round, REPORT another file.
set -eu
rounds=5
standard=
for argument in "$@"; do
  case $argument in
    --standard) standard=yes ;;
    *[!0-9]* | '') sed -n '2,13s/^# \{0,1\}//p' "$0" >&2 && exit 2 ;;
    *) rounds=$argument ;;
  esac
done
cd "$(dirname "$0")/.."
report=${REPORT:-docs/simulator-speed.md}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

./mvnw -q -pl benchmarks -am -DskipTests compile dependency:build-classpath \
  -Dmdep.outputFile="$work/classpath" -Djacoco.skip >&2
{
  echo "# The simulator's speed"
  echo
  echo "Written by \`benchmarks/simulator.sh $*\` at $(git rev-parse --short HEAD)."
  echo
  # The collector of the launcher.
  java -XX:+UseParallelGC \
    -cp "benchmarks/target/classes:$(cat "$work/classpath")" \
    org.hearsight.benchmarks.cost.SimulatorBenchmark "$rounds" "${SCENARIOS:-200}"
} >"$work/report"

if [ -n "$standard" ]; then
  ./hearsight --version >&2 # builds where that is needed, outside of the time
  timed=
  if [ -x /usr/bin/time ]; then
    timed="/usr/bin/time -v -o $work/time"
  fi
  start=$(date +%s)
  # shellcheck disable=SC2086  # a command and its options, or nothing
  $timed ./hearsight simulate --preset standard --to "$work/standard" >"$work/printed"
  seconds=$(($(date +%s) - start))
  scenarios=$(wc -l <"$work/standard/scenarios.jsonl")
  {
    printf '\n## The whole of `standard`\n\n'
    echo "\`./hearsight simulate --preset standard\`, from the start of the JVM to its end:" \
      "$scenarios scenarios in $seconds s," \
      "$(awk "BEGIN { printf \"%.1f\", $scenarios / $seconds }") a second."
    if [ -n "$timed" ]; then
      awk -F': ' '
        /Maximum resident set size/ { memory = $2 }
        /User time/ { user = $2 }
        /System time/ { system_ = $2 }
        END {
          printf "Peak memory %.2f GiB; processor time %.0f s user, %.0f s system.\n", \
            memory / 1048576, user, system_
        }' "$work/time"
    fi
    printf '\nWhat it prints:\n\n```text\n'
    sed '/^data set in /d' "$work/printed"
    printf '```\n'
  } >>"$work/report"
fi
mv "$work/report" "$report"
cat "$report"
