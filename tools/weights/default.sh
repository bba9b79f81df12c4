#!/bin/sh
# The model that ships (docs/model-card.md): scenarios with procedural and permissive recorded sounds,
# training on the encoders in the tree, calibration, and the folder for answering alone. What was
# stopped goes on with the same command.
#
#   tools/weights/default.sh SOUNDS WORK
#
# SOUNDS is a folder of recordings with a SOURCES.csv (docs/datasets.md); WORK takes the data set
# (about 25 GB with its encodings) and the model, WORK/default. SCENES and SEED set other values, and
# MORE further options of train.
set -eu
if [ $# -ne 2 ]; then
  sed -n '2,11s/^# \{0,1\}//p' "$0" >&2
  exit 2
fi
sounds=$1
work=$2
hearsight=${HEARSIGHT:-$(dirname "$0")/../../hearsight}

"$hearsight" simulate --preset large --train "${SCENES:-10000}" --to "$work/scenes" \
  --sounds "$sounds" --sounds-use permissive --seed "${SEED:-21}"
resume=
if [ -e "$work/model/training/training.safetensors" ]; then
  resume=--resume
fi
# shellcheck disable=SC2086  # the options are words on purpose
"$hearsight" train --data "$work/scenes" --to "$work/model" --location map --int8 \
  --stage1-epochs 8 --stage2-epochs 4 --seed 1 \
  --set stage1.rate=0.0015 --set stage1.visual_projection_rate=0.0015 --set stage1.schedule=cosine \
  --set stage2.rate=0.0002 --set stage2.encoder_rate=0.00005 --set stage2.schedule=cosine \
  --set optimizer.average=1 --set optimizer.gradient_clip=1 --set optimizer.weight_decay=0.01 \
  $resume ${MORE:-}
"$hearsight" export --model "$work/model" --serving "$work/default"
