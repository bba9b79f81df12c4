#!/bin/bash
# Tries the download where there is no Java: unpacked in a folder with a difficult name, with a PATH
# that holds no JDK; and, as root and with debootstrap, in a bare Debian, as a user who may not write
# where it is installed. Simulates, trains, answers and listens with it, and both have to answer the
# same. Run by ./mvnw -Pdist verify.
#
#   tools/dist/check.sh TO
#
# TO holds the archive (dist/target). BARE: a folder with a bare Debian to copy, to save fetching one.
set -euo pipefail
if [ $# -ne 1 ]; then
  sed -n '2,9s/^# \{0,1\}//p' "$0" >&2
  exit 2
fi
here=$(cd "$(dirname "$0")" && pwd -P)
archive=$(find "$1" -maxdepth 1 -name 'hearsight-*.tar.gz')
if [ ! -f "$archive" ]; then
  echo "check.sh: $1: holds no archive, or more than one: $archive" >&2
  exit 1
fi
work=$(mktemp -d)
root=$work/root
end() {
  [ $? = 0 ] || cat "$work"/*/work/said "$root/home/someone/said" >&2 2>/dev/null || true
  mountpoint -q "$root/proc" 2>/dev/null && umount "$root/proc"
  rm -rf "$work"
}
trap end EXIT

# What is asked of an installation; it needs nothing but a shell and coreutils. Prints the answers.
cat >"$work/ask.sh" <<'ASK'
set -eu
hearsight=$1
cd "$2"
if command -v java >/dev/null 2>&1; then echo "there is a Java here" >&2; exit 1; fi
"$hearsight" --version >version
"$hearsight" doctor >doctor
grep -q 'PyTorch' doctor
"$hearsight" simulate --train 4 --validation 2 --test 2 --calibration 2 --seed 3 --to data 2>said
scene=$(find data -name '*.wav' | LC_ALL=C sort | head -n 1)
"$hearsight" imagine --audio "$scene" --json 2>>said >answer.json
"$hearsight" imagine --audio "$scene" --map map.png 2>>said >words
head -c 4 map.png | grep -q PNG
"$hearsight" doctor --audio four.flac 2>>said >flac # FFmpeg decodes it
"$hearsight" imagine --audio "$scene" --rgb picture.jpg --json 2>>said >picture.json
"$hearsight" listen --audio "$scene" --odas 2>>said >tracks
[ "$(wc -l <tracks)" -gt 10 ]
# libtorch learns and its model answers.
"$hearsight" train --data data --stage1-epochs 1 --stage2-epochs 0 --batch 4 --to model 2>>said >/dev/null
"$hearsight" imagine --model model --audio "$scene" 2>>said >own
if "$hearsight" imagine --audio none.wav 2>refused; then echo "no refusal" >&2; exit 1; fi
[ "$(wc -l <refused)" = 1 ]
cat answer.json flac picture.json tracks
ASK
sounds=$here/../../datasets/src/test/resources/golden/sounds/four.flac
picture=$(find "$here/../../core/src/test/resources/golden" -name '*.jpg' | LC_ALL=C sort | head -n 1)

echo "1. no JDK on the PATH"
mkdir -p "$work/home" "$work/a b+ü/work" "$work/path"
tar -xzf "$archive" -C "$work/a b+ü" --strip-components=1
for tool in sh ls readlink dirname cat rm mv mkdir ln cksum tr locale printf head find sort grep wc; do
  ln -s "$(command -v $tool)" "$work/path/$tool"
done
cp "$sounds" "$work/a b+ü/work/four.flac"
cp "$picture" "$work/a b+ü/work/picture.jpg"
env -i PATH="$work/path" HOME="$work/home" \
  sh "$work/ask.sh" "$work/a b+ü/bin/hearsight" "$work/a b+ü/work" >"$work/first"
mkdir "$work/a:b"
cp -R "$work/a b+ü/bin" "$work/a b+ü/runtime" "$work/a:b"
if "$work/a:b/bin/hearsight" --version 2>"$work/refused"; then exit 1; fi
grep -q "Java cannot start from there" "$work/refused"
for jar in "$work/a b+ü"/app/lib/*.jar; do
  name=$(basename "$jar" .jar)
  [[ $name == hearsight-* ]] || grep -qi "${name%%-[0-9]*}" "$work/a b+ü/licences/THIRD-PARTY.txt" ||
    { echo "check.sh: $name is not in licences/THIRD-PARTY.txt" >&2; exit 1; }
done
bash -c ". '$work/a b+ü/completions/hearsight.bash' && complete -p hearsight" >/dev/null

if [ "$(id -u)" != 0 ] || ! command -v debootstrap >/dev/null; then
  echo "2. in a bare Debian: left out, it needs root and debootstrap" >&2
  exit 0
fi
echo "2. in a bare Debian"
if [ -n "${BARE:-}" ]; then
  cp -a "$BARE" "$root"
else
  debootstrap --variant=minbase bookworm "$root" >"$work/debootstrap.log" || { cat "$work/debootstrap.log" >&2; exit 1; }
fi
cp "$archive" "$here/install.sh" "$work/ask.sh" "$root/tmp"
mount -t proc proc "$root/proc"
chroot "$root" sh "/tmp/install.sh" "/tmp/$(basename "$archive")" >/dev/null
chroot "$root" useradd --create-home someone
cp "$sounds" "$root/home/someone/four.flac"
cp "$picture" "$root/home/someone/picture.jpg"
chroot --userspec=someone "$root" env -i PATH=/usr/local/bin:/usr/bin:/bin HOME=/home/someone \
  sh /tmp/ask.sh hearsight /home/someone >"$work/second"
cmp "$work/first" "$work/second"
echo "both answer the same"
