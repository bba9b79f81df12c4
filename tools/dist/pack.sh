#!/bin/sh
# The download: one archive with the application, a Java made for it by jlink, the model and the
# encoders that ship, licences and shell completions. `./mvnw -Pdist package` calls it; so does the
# Dockerfile, through the same command.
#
#   tools/dist/pack.sh APP VERSION NOTICES TO
#
# APP is app/target after `package`, NOTICES the list of libraries and their licences; TO gets
# hearsight-VERSION-PLATFORM.tar.gz. Needs a JDK 17 or later with its jmods (JAVA_HOME, or on the PATH).
set -eu
if [ $# -ne 4 ]; then
  sed -n '2,9s/^# \{0,1\}//p' "$0" >&2
  exit 2
fi
app=$1 version=$2 notices=$3 to=$4
home=$(CDPATH='' cd "$(dirname "$0")/../.." && pwd -P)
jdk=${JAVA_HOME:-$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")}
system=$(uname -s | tr '[:upper:]' '[:lower:]')
name=hearsight-$version-$system-$(uname -m)
out=$to/$name
rm -rf "$out" "$to/$name.tar.gz"
mkdir -p "$out/bin" "$out/app" "$out/weights" "$out/completions" "$out/licences"

# The application, as app/target has it.
cp "$app/hearsight-app.jar" "$out/app"
cp -R "$app/lib" "$out/app/lib"
cp "$home/hearsight" "$out/bin/hearsight"
cp -R "$home/weights/default" "$home/weights/seld" "$home/weights/resnet50" "$out/weights"

# Its Java: the modules that the classes name, and those that are asked for by name alone: jars read
# in place, curves for TLS. Nothing here has a screen, so what needs X11 stays out.
libraries=$(printf '%s:' "$out"/app/lib/*.jar)
modules=$("$jdk/bin/jdeps" --multi-release 17 --ignore-missing-deps --recursive --print-module-deps \
  --class-path "${libraries%:}" "$out/app/hearsight-app.jar")
case $modules in
  *java.base*) ;;
  *) echo "pack.sh: jdeps named no modules: $modules" >&2 && exit 1 ;;
esac
"$jdk/bin/jlink" --add-modules "$modules,jdk.zipfs,jdk.crypto.ec,java.naming" --strip-java-debug-attributes \
  --compress=2 --no-header-files --no-man-pages --output "$out/runtime"
rm -f "$out"/runtime/lib/libawt_xawt.so "$out"/runtime/lib/libjawt.so "$out"/runtime/lib/libsplashscreen.so

# A distribution's JDK takes JPEG, colour and the like from the system's packages, which a bare machine
# does not have: they go beside the runtime's own libraries, where those look first. The C and C++
# libraries stay the machine's; so does ALSA, which is of no use without its settings.
if [ "$system" = linux ]; then
  find "$out/runtime" -name '*.so' -exec ldd {} + | sed -n 's/.* => \(\/[^ ]*\) .*/\1/p' | sort -u |
    grep -vE "^$out/|/(ld-linux.*|lib(c|m|dl|pthread|rt|gcc_s|stdc\+\+|asound))\.so" |
    while read -r library; do
      cp -L "$library" "$out/runtime/lib/"
      package=$(dpkg -S "*/${library##*/}" 2>/dev/null | head -n 1 | cut -d: -f1)
      if [ -z "$package" ] || [ ! -f "/usr/share/doc/$package/copyright" ]; then
        echo "pack.sh: $library: its licence is not known; build with a JDK that brings its own" >&2
        exit 1
      fi
      mkdir -p "$out/licences/runtime/$package"
      cp -L "/usr/share/doc/$package/copyright" "$out/licences/runtime/$package/"
    done
  find "$out/runtime" -name '*.so' -exec strip --strip-unneeded {} +
fi
chmod -R u+w "$out/runtime"
"$out/runtime/bin/java" -Xshare:dump >/dev/null

# Licences: ours, a list of the libraries, and what each carries itself. Java's lie in runtime/legal.
cp "$home/LICENSE" "$out/LICENSE"
cp "$notices" "$out/licences/THIRD-PARTY.txt"
for jar in "$out"/app/lib/*.jar; do
  case ${jar##*/} in hearsight-*) continue ;; esac
  "$jdk/bin/jar" --list --file "$jar" |
    grep -iE '^(META-INF/)?([^/]*/)?(licen[cs]e|notice|copying|copyright|thirdparty)[^/]*$' |
    grep -vE '\.class$' >"$to/licences.list" || continue
  mkdir -p "$out/licences/$(basename "$jar" .jar)"
  (cd "$out/licences/$(basename "$jar" .jar)" && xargs -d '\n' "$jdk/bin/jar" --extract --file "$jar") \
    <"$to/licences.list"
done
rm -f "$to/licences.list"

"$out/runtime/bin/java" -cp "$out/app/hearsight-app.jar" picocli.AutoComplete --force --name hearsight \
  --completionScript "$out/completions/hearsight.bash" org.hearsight.app.Hearsight
cat >"$out/README.txt" <<EOF
Hearsight $version: imagines the hazard that is heard but not seen.

bin/hearsight imagine --audio foa.wav --rgb view.png --depth depth.png
bin/hearsight --help

Nothing has to be installed, Java is here; bin/hearsight may be linked into a folder on the PATH.
Completions for bash and zsh: completions/hearsight.bash. Licences: LICENSE, licences, runtime/legal.
EOF

# The same files, the same bytes, whoever packs: names in order, no times, no owner.
(cd "$to" && find "$name" -type d -exec chmod 755 {} + && find "$name" -type f -perm -100 -exec chmod 755 {} + &&
  find "$name" -type f ! -perm -100 -exec chmod 644 {} + &&
  find "$name" ! -type d | LC_ALL=C sort |
  tar --create --mtime='2026-01-01 00:00Z' --owner=0 --group=0 --numeric-owner --files-from=- | gzip -9n >"$name.tar.gz")
echo "$to/$name.tar.gz: $(du -m "$to/$name.tar.gz" | cut -f1) MB, unpacked $(du -sm "$out" | cut -f1) MB"
