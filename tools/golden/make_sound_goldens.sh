#!/bin/bash
# Makes datasets/src/test/resources/golden/sounds: one short sound in every format that is read.
# Needs SoX 14.4, flac 1.4 and FFmpeg 5.1 with libmp3lame, libvorbis, libopus (Debian 12).
set -eu
cd "$(dirname "$0")/../../datasets/src/test/resources/golden/sounds"
rm -f ./*.*[a-z0-9]
ff() { ffmpeg -v error -y -bitexact -i "$@"; }

# 0.3 s of three sines that swell and fade, 24 kHz, 16 bits; and four channels of 0.05 s.
sox -D -n -r 24000 -b 16 -c 1 tone.wav synth 0.3 sine 440 sine 1250 sine 2900 remix 1-3 \
    fade h 0.05 0.3 0.1 gain -n -3
sox -D -n -r 24000 -b 16 -c 4 four.wav synth 0.05 sine 300 sine 500 sine 700 sine 900 gain -n -6

# Lossless
flac --silent --best --padding=0 tone.wav -o tone.flac
flac --silent --best --padding=0 four.wav -o four.flac
sox -D tone.wav -b 24 wide.wav gain -1 trim 0 0.2 # 24 bits in use
flac --silent --best --padding=0 wide.wav -o wide.flac
ff tone.wav -c:a pcm_s16be tone.aiff
ff four.wav -c:a pcm_f32be -f aiff four.aifc
ff tone.wav -c:a pcm_s16le tone.caf
ff tone.wav -c:a alac alac.caf
ff tone.wav -c:a alac alac.m4a
ff tone.wav -c:a pcm_s16be tone.au
ff tone.wav -c:a wavpack tone.wv
ff tone.wav -c:a flac flac.ogg

# Lossy
ff tone.wav -c:a libvorbis -q:a 6 tone.ogg
ff tone.wav -c:a libopus -b:a 64k tone.opus
ff tone.wav -c:a libmp3lame -b:a 64k tone.mp3
ff tone.wav -c:a libmp3lame -b:a 64k -write_xing 0 bare.mp3
ff tone.wav -c:a aac -b:a 64k tone.m4a
ff tone.wav -c:a aac -b:a 64k tone.aac
ff tone.wav -c:a pcm_mulaw -f wav mulaw.wav
ff tone.wav -c:a adpcm_ima_wav adpcm.wav

# Several streams, none, and a picture beside the sound
ff tone.wav -i four.wav -map 0 -map 1 -c:a flac two.mka
ffmpeg -v error -y -bitexact -f lavfi -i color=red:s=16x16:d=0.1:r=10 -c:v mjpeg silent.mov
ffmpeg -v error -y -bitexact -f lavfi -i color=red:s=16x16:d=0.1:r=10 -frames:v 1 cover.png
flac --silent --best --padding=0 --picture=cover.png tone.wav -o cover.flac
rm cover.png
