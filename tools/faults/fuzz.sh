#!/usr/bin/env bash
# Sends damaged bodies to a server of this checkout (FaultsIT's, with another count):
# tools/faults/fuzz.sh [COUNT] [SEED]. Each must be answered or refused, and the next client answered right.
set -euo pipefail
cd "$(dirname "$0")/../.."
exec ./mvnw -B -q -pl server -am verify -DskipTests=false -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false \
  -Dit.test='FaultsIT#bodiesThatWereDamagedAnyhowAreRefusedOrAnswered' -Dfailsafe.failIfNoSpecifiedTests=false \
  -Dfuzz.bodies="${1:-10000}" -Dfuzz.seed="${2:-1}"
