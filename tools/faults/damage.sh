#!/bin/sh
# Damages files of every kind that Hearsight writes, one at a time, and lets the command that reads
# each of them read it: app's DamagedFilesIT, which the tests run with 100 damages, with many more.
#
#     tools/faults/damage.sh [DAMAGES] [SEED]
#
# Prints a table; fails where a file that we hold a checksum of was read as something else, or a
# refusal was not one line. 1000 damages take a quarter of an hour on two free cores.
set -eu
cd "$(dirname "$0")/../.."
./mvnw -B -pl app -am verify \
  -Dtest=None -Dsurefire.failIfNoSpecifiedTests=false \
  -Dit.test=DamagedFilesIT -Dfailsafe.failIfNoSpecifiedTests=false \
  -Dhearsight.damages="${1:-1000}" -Dhearsight.damages.seed="${2:-1}"
