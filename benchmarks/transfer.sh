#!/bin/sh
# What pretraining brings: macro-F1 and median angular error of hidden hazards on the test split,
# for the SELD encoder that ships, the official DCASE 2024 checkpoint and one trained from scratch,
# over 100 to 1000 training scenarios of a `standard` data set and three seeds.
#
#   benchmarks/transfer.sh DATA TO [CHECKPOINT]
#
# DATA is what `./hearsight simulate --preset standard` wrote; TO takes the scores, one JSON file a
# run, and transfer.md; CHECKPOINT is the official model (.h5), needed for `official` alone. Trainings
# are those of `ablate`'s row `whole` with the epochs of `train`. A run whose scores are there is not
# run again, and a stopped one is gone on with by the same command; states and encoded data are
# deleted when they are no longer needed.
#
# ENCODERS, SIZES and SEEDS choose a part, as in ENCODERS=shipped SIZES="100 500" SEEDS=1. SHIPPED
# (default weights/seld) and RESNET50 (default: the one that ships) name other encoders, TRAIN holds
# more options of ablate, such as "--stage1-epochs 2" or "--threads 1".
set -eu
if [ $# -lt 2 ]; then
  sed -n '2,15s/^# \{0,1\}//p' "$0" >&2
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
checkpoint=${3:+$(absolute "$3")}
shipped=${SHIPPED:+$(absolute "$SHIPPED")}
resnet50=${RESNET50:+$(absolute "$RESNET50")}
cd "$(dirname "$0")/.."
shipped=${shipped:-$PWD/weights/seld}
encoders=${ENCODERS:-shipped official scratch}
sizes=${SIZES:-100 250 500 1000}
seeds=${SEEDS:-1 2 3}

for encoder in $encoders; do
  case $encoder in
    shipped | official | scratch) ;;
    *) echo "ENCODERS: $encoder; choose of shipped, official and scratch" >&2 && exit 2 ;;
  esac
  if [ "$encoder" = official ] && [ ! -f "$checkpoint" ]; then
    echo "CHECKPOINT: '$checkpoint' is not a file; name the official DCASE 2024 model, or leave" \
      "official out of ENCODERS" >&2
    exit 2
  fi
done
mkdir -p "$to/work"

# Trains and scores an encoder with so many scenes, all seeds: ENCODER SIZE.
run() {
  missing=
  for seed in $seeds; do
    [ -f "$to/$1-$2-seed$seed.json" ] || missing=yes
  done
  [ -n "$missing" ] || return 0
  echo "$1, $2 training scenarios" >&2
  rows=$to/work/$1-$2
  case $1 in
    shipped) set -- "$@" --seld "$shipped" ;;
    official) set -- "$@" --seld "$to/work/official" ;;
    scratch) set -- "$@" --set encoder.from_scratch=true ;;
  esac
  encoder=$1
  size=$2
  shift 2
  if [ -n "$resnet50" ]; then
    set -- "$@" --resnet50 "$resnet50"
  fi
  # shellcheck disable=SC2086  # the options are words on purpose
  ./hearsight ablate --rows whole --data "$data" --train-scenes "$size" \
    --seeds "$(echo $seeds | tr ' ' ',')" --stage1-epochs 10 --stage2-epochs 5 "$@" \
    --to "$rows" --cache "$to/work/cache" ${TRAIN:-}
  for seed in $seeds; do
    cp "$rows/rows/whole-seed$seed.json" "$to/$encoder-$size-seed$seed.json"
  done
  rm -rf "$rows"
}

for encoder in $encoders; do
  if [ "$encoder" = official ] && [ ! -f "$to/work/official/encoder.json" ]; then
    ./hearsight import seld "$checkpoint" --to "$to/work/official"
  fi
  for size in $sizes; do
    run "$encoder" "$size"
  done
  rm -rf "$to/work/cache"
done
rm -rf "$to/work"

{
  echo "<!-- benchmarks/transfer.sh, $(git rev-parse --short HEAD) -->"
  echo
  ./hearsight benchmark transfer "$to"
} >"$to/table"
mv "$to/table" "$to/transfer.md"
cat "$to/transfer.md"
