#!/bin/sh
# What changed since REF (a tag, a branch, a commit) in what users of the library compile against: the
# classes of core and inference that the profile api of pom.xml lists. Fails on a change that breaks
# them; with --list it only prints. Needs git and about two minutes.
#
#   tools/api/check.sh [--list] REF
set -eu
break=true
if [ "${1:-}" = --list ]; then
  break=false
  shift
fi
if [ $# -ne 1 ]; then
  sed -n '2,6s/^# \{0,1\}//p' "$0" >&2
  exit 2
fi
ref=$1
home=$(CDPATH='' cd "$(dirname "$0")/../.." && pwd -P)
work=$(mktemp -d)
trap 'git -C "$home" worktree remove --force "$work/old" >/dev/null 2>&1; rm -rf "$work"' EXIT
git -C "$home" worktree add -q --detach "$work/old" "$ref"

quick="-B -q -pl core,inference -DskipTests -Dspotless.check.skip=true"
# shellcheck disable=SC2086  # the options are words on purpose
(cd "$work/old" && ./mvnw $quick package)
mkdir "$work/jars"
for module in core inference; do
  cp "$work/old/$module/target/hearsight-$module"-*.jar "$work/jars/hearsight-$module.jar"
done
# shellcheck disable=SC2086
(cd "$home" && ./mvnw $quick -Papi "-Dapi.baseline=$work/jars" "-Dapi.break=$break" verify)
for module in core inference; do
  cat "$home/$module/target/japicmp/api.diff"
done
