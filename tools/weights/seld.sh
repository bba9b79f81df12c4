#!/bin/sh
# A further round of the SELD encoder: simulated clips with permissive recordings, then training that
# goes on from the weights in the tree (docs/weights.md, "Rounds that were tried"). What was stopped
# goes on with the same command.
#
#   tools/weights/seld.sh SOUNDS WORK
#
# SOUNDS is a folder of recordings with a SOURCES.csv (docs/datasets.md); WORK takes clips (about 2 MB
# each) and the encoder, WORK/seld. CLIPS, EPOCHS, SEED, RATE and FROM set other values, MORE
# further options of pretrain.
set -eu
if [ $# -ne 2 ]; then
  sed -n '2,11s/^# \{0,1\}//p' "$0" >&2
  exit 2
fi
sounds=$1
work=$2
hearsight=${HEARSIGHT:-$(dirname "$0")/../../hearsight}
from=${FROM:-$(dirname "$0")/../../weights/seld}
seed=${SEED:-7}

"$hearsight" simulate-seld --to "$work/clips" --sounds "$sounds" --sounds-use permissive \
  --test-sounds-use evaluation --train "${CLIPS:-8000}" --validation 400 --test 500 --seed "$seed"
resume=
if [ -e "$work/seld/pretraining.safetensors" ]; then
  resume=--resume
fi
# shellcheck disable=SC2086  # the options are words on purpose
"$hearsight" pretrain --data "$work/clips" --from "$from" --to "$work/seld" \
  --epochs "${EPOCHS:-14}" --batch 16 --learning-rate "${RATE:-0.001}" --cosine --distance log \
  --set augmentation.response=3 --set augmentation.gain=4 --set augmentation.masks=1 --set loss.tags=0.1 \
  --seed "$seed" $resume ${MORE:-}
