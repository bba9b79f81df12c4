#!/bin/sh
# Compares the SELD network on libtorch through DJL with eager PyTorch: 16 clips of 5 s.
#
#   benchmarks/seld_encoder.sh [ROUNDS [THREADS [REPEATS]]]
#
# Both run in turn, so that whatever else the machine does falls on both. PYTHON names the
# interpreter that has PyTorch (default python3).
set -eu
cd "$(dirname "$0")/.."
rounds=${1:-5}
threads=${2:-2}
repeats=${3:-15}
python=${PYTHON:-python3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

./mvnw -q -pl learning -am test-compile dependency:build-classpath \
  -Dmdep.outputFile="$work/classpath" -Djacoco.skip >&2
classpath="learning/target/test-classes:learning/target/classes:$(cat "$work/classpath")"

round=1
while [ "$round" -le "$rounds" ]; do
  echo "round $round of $rounds" >&2
  "$python" benchmarks/pytorch/seld_encoder.py "$threads" "$repeats" >>"$work/pytorch"
  java -cp "$classpath" org.hearsight.learning.SeldEncoderBenchmark "$threads" "$repeats" \
    2>>"$work/log" >>"$work/hearsight" || { cat "$work/log" >&2; exit 1; }
  round=$((round + 1))
done

"$python" - "$work" "$threads" <<'PYTHON'
import statistics
import sys

folder, threads = sys.argv[1:]
rows = {}
for name in ("pytorch", "hearsight"):
    lines = [[float(v) for v in line.split()] for line in open(f"{folder}/{name}")]
    rows[name] = [statistics.median(column) for column in zip(*lines)]
print(f"16 clips of 5 s, {threads} threads, median of {len(lines)} rounds")
print(f"{'':16}{'PyTorch':>12}{'Hearsight':>12}{'ratio':>8}")
for i, what in enumerate(("inference", "training step")):
    a, b = rows["pytorch"][i], rows["hearsight"][i]
    print(f"{what:16}{a:9.1f} ms{b:9.1f} ms{a / b:8.2f}")
PYTHON
