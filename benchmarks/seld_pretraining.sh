#!/bin/sh
# Compares a whole training step of `pretrain` with the same in eager PyTorch: 16 clips of 5 s,
# forward with head, ADPIT over 13 classes, backward, Adam.
#
#   benchmarks/seld_pretraining.sh [ROUNDS [THREADS [REPEATS]]]
#
# Ours also lays the targets' permutations out and carries features and targets from Java to
# libtorch, as it does in training; in PyTorch both lie ready as tensors.
exec "$(dirname "$0")/beside_pytorch.sh" seld_pretraining.py SeldPretrainingBenchmark \
  "pretraining step" "$@"
