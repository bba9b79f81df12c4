#!/bin/sh
# Times a network on libtorch through DJL beside the same one in eager PyTorch. The benchmarks named
# after what they time call this:
#
#   benchmarks/beside_pytorch.sh SCRIPT CLASS ROWS [ROUNDS [THREADS [REPEATS]]]
#
# SCRIPT lies in benchmarks/pytorch and CLASS in the tests of learning; both take THREADS and REPEATS
# and print one line, the median milliseconds of each of ROWS (names between commas). They run in
# turn, so that whatever else the machine does falls on both. PYTHON names the interpreter that has
# PyTorch (default python3).
#
# The JVM runs with MALLOC_ARENA_MAX=1, as ./hearsight sets it: its main thread otherwise sits in a
# second malloc arena, where libtorch's large blocks are mapped anew at every step. Python's main
# thread sits in the first arena anyway.
set -eu
cd "$(dirname "$0")/.."
script=$1
class=$2
rows=$3
rounds=${4:-5}
threads=${5:-2}
repeats=${6:-15}
python=${PYTHON:-python3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

./mvnw -q -pl learning -am test-compile dependency:build-classpath \
  -Dmdep.outputFile="$work/classpath" -Djacoco.skip >&2
classpath="learning/target/test-classes:learning/target/classes:$(cat "$work/classpath")"

round=1
while [ "$round" -le "$rounds" ]; do
  echo "round $round of $rounds" >&2
  "$python" "benchmarks/pytorch/$script" "$threads" "$repeats" >>"$work/pytorch"
  MALLOC_ARENA_MAX=1 java -cp "$classpath" "org.hearsight.learning.$class" "$threads" "$repeats" \
    2>>"$work/log" >>"$work/hearsight" || { cat "$work/log" >&2; exit 1; }
  round=$((round + 1))
done

"$python" - "$work" "$threads" "$rows" <<'PYTHON'
import statistics
import sys

import torch

folder, threads, names = sys.argv[1:]
read = lambda name: [[float(v) for v in line.split()] for line in open(f"{folder}/{name}")]
theirs, ours = read("pytorch"), read("hearsight")
print(f"16 clips of 5 s, {threads} threads, PyTorch {torch.__version__}; medians of {len(ours)} rounds")
print(f"{'':24}{'PyTorch':>12}{'Hearsight':>12}{'ratio':>8}  of rounds")
for i, what in enumerate(names.split(",")):
    a, b = [r[i] for r in theirs], [r[i] for r in ours]
    ratios = [x / y for x, y in zip(a, b)]
    print(
        f"{what:24}{statistics.median(a):9.1f} ms{statistics.median(b):9.1f} ms"
        f"{statistics.median(ratios):8.2f}  {min(ratios):.2f}–{max(ratios):.2f}"
    )
PYTHON
