#!/bin/sh
# Compares the SELD network on libtorch through DJL with eager PyTorch: 16 clips of 5 s, inference
# and a training step of the network alone.
#
#   benchmarks/seld_encoder.sh [ROUNDS [THREADS [REPEATS]]]
exec "$(dirname "$0")/beside_pytorch.sh" seld_encoder.py SeldEncoderBenchmark \
  "inference,training step" "$@"
