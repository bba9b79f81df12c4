#!/bin/sh
# Installs the download: unpacks it below PREFIX, links its command into PREFIX/bin, and has it leave
# what makes later starts quicker. The Dockerfile's last step, and what check.sh does in a bare Debian.
#
#   tools/dist/install.sh ARCHIVE [PREFIX]
set -eu
if [ $# -lt 1 ] || [ $# -gt 2 ]; then
  sed -n '2,5s/^# \{0,1\}//p' "$0" >&2
  exit 2
fi
archive=$1 prefix=${2:-/usr/local}
mkdir -p "$prefix/lib/hearsight" "$prefix/bin"
tar --extract --gzip --file "$archive" --directory "$prefix/lib/hearsight" --strip-components=1 --no-same-owner
ln -sf ../lib/hearsight/bin/hearsight "$prefix/bin/hearsight"
"$prefix/bin/hearsight" --version
