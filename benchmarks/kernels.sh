#!/bin/sh
# Times the kernels in which the time of whole commands goes, one by one, with JMH.
#
#   benchmarks/kernels.sh [JMH OPTION...]
#
# Options are JMH's, such as "Sound -f 1 -wi 2 -i 3"; -h lists them. Without any it is one process a
# kernel, 3 seconds of warm-up and 5 of measuring.
set -eu
cd "$(dirname "$0")/.."
[ $# -gt 0 ] || set -- -f 1 -wi 3 -w 1 -i 5 -r 1
classpath=$(mktemp)
trap 'rm -f "$classpath"' EXIT
./mvnw -q -pl benchmarks -am -DskipTests compile dependency:build-classpath \
  -Dmdep.outputFile="$classpath" >&2
# The collector of the launcher.
java -XX:+UseParallelGC -cp "benchmarks/target/classes:$(cat "$classpath")" \
  org.openjdk.jmh.Main "$@"
