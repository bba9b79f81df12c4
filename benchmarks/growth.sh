#!/bin/sh
# How time and memory of training grow: encodes and trains 250, 500, 1000 and 2000 training
# scenarios of one data set, and prints a Markdown table.
#
#   benchmarks/growth.sh DATA TO
#
# DATA is what `./hearsight simulate` wrote, with as many training scenarios as the largest size
# (simulate --train 2000 --validation 200 --test 1); TO takes the numbers, one file a size, and
# growth.md. A size whose numbers are there is not run again, so a stopped benchmark is gone on with
# by the same command.
#
# `train --train-scenes N` on DATA itself would encode the whole of it at every size. So each size
# has a data set of its own, links to DATA's files: the first N training scenarios and all of the
# validation split, and its own empty cache. Peak memory is the process's VmHWM.
#
# SIZES chooses other sizes, TRAIN holds more options of train, such as "--threads 1".
set -eu
if [ $# -ne 2 ]; then
  sed -n '2,17s/^# \{0,1\}//p' "$0" >&2
  exit 2
fi
absolute() {
  case $1 in
    /*) echo "$1" ;;
    *) echo "$PWD/$1" ;;
  esac
}
data=$(absolute "$1")
to=$(absolute "$2")
cd "$(dirname "$0")/.."
sizes=${SIZES:-250 500 1000 2000}
if [ ! -f "$data/scenarios.jsonl" ]; then
  echo "DATA: $data is not a data set; give the folder that simulate wrote" >&2
  exit 2
fi
there=$(grep -c '"split":"train"' "$data/scenarios.jsonl" || true)
validation=$(grep -c '"split":"validation"' "$data/scenarios.jsonl" || true)
for size in $sizes; do
  if [ "$size" -gt "$there" ]; then
    echo "DATA: $data has $there training scenarios, expected $size; simulate more, or set SIZES" >&2
    exit 2
  fi
done
mkdir -p "$to"
./hearsight --version >&2 # builds where that is needed, outside of the time
training=
trap '[ -z "$training" ] || kill "$training" 2>/dev/null || true; rm -rf "$to/work"' EXIT
trap 'exit 130' INT TERM

# A data set of the first SIZE training scenarios and the validation split: SIZE. As docs/datasets.md
# says of sets changed by hand: the header has the new counts and no `files`, and files.sha256 is not
# there.
subset() {
  mkdir -p "$to/work/data"
  for file in "$data"/*; do
    case ${file##*/} in
      scenarios.jsonl | dataset.json | files.sha256 | encoded) ;;
      *) ln -s "$file" "$to/work/data/" ;;
    esac
  done
  awk -v most="$1" '
    /"split":"train"/ { if (n++ < most) print }
    /"split":"validation"/ { print }
  ' "$data/scenarios.jsonl" >"$to/work/data/scenarios.jsonl"
  awk -v train="$1" -v validation="$validation" '
    { text = text $0 "\n" }
    END {
      counts = "\"train\": " train ", \"validation\": " validation ", \"test\": 0"
      sub(/"counts" *: *[{][^}]*/, "\"counts\": {" counts, text)
      sub(/,[ \n]*"files" *: *[0-9]+/, "", text)
      printf "%s", text
    }
  ' "$data/dataset.json" >"$to/work/data/dataset.json"
}

for size in $sizes; do
  [ ! -f "$to/$size" ] || continue
  echo "$size training scenarios" >&2
  rm -rf "$to/work"
  subset "$size"
  # shellcheck disable=SC2086  # the options are words on purpose
  ./hearsight train --data "$to/work/data" --to "$to/work/model" --cache "$to/work/cache" \
    ${TRAIN:-} >"$to/work/printed" &
  training=$!
  peak=0
  # The launcher becomes the JVM, so the peak is the JVM's; it only grows until the process ends.
  while kill -0 "$training" 2>/dev/null; do
    now=$(sed -n 's/^VmHWM:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$training/status" 2>/dev/null || true)
    [ "${now:-0}" -le "$peak" ] || peak=$now
    sleep 0.2
  done
  wait "$training" || exit 1
  training=
  sed -n 's/.*encoding \([0-9]*\) s, training \([0-9]*\) s.*/\1 \2/p' "$to/work/printed" |
    awk -v peak="$peak" '{ print $1, $2, peak }' >"$to/work/numbers"
  [ -s "$to/work/numbers" ] || { cat "$to/work/printed" >&2 && exit 1; }
  mv "$to/work/numbers" "$to/$size"
  rm -rf "$to/work"
done

{
  echo "<!-- benchmarks/growth.sh, $(git rev-parse --short HEAD) -->"
  echo
  echo "Each also encodes the validation split of $validation scenarios, and every training" \
    "scenario a second time as in a mirror."
  [ -z "${TRAIN:-}" ] || echo "Trained with \`$TRAIN\`."
  echo
  echo "| training scenarios | encode | train | both, a scenario | peak memory |"
  echo "|---:|---:|---:|---:|---:|"
  for size in $sizes; do
    awk -v n="$size" '{
      printf "| %d | %d s | %d s | %.0f ms | %.2f GiB |\n", \
        n, $1, $2, ($1 + $2) * 1000 / n, $3 / 1048576
    }' "$to/$size"
  done
} >"$to/growth.md"
cat "$to/growth.md"
