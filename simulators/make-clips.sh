#!/usr/bin/env bash
# Makes the recorded clips of the stand-ins: reads clips/index.tsv and writes LANGUAGE/NAME.ulaw
# beside it (raw G.711 mu-law, 8 kHz, mono). Needs espeak-ng and sox; run it again after a change
# of the index and commit what it writes. Nothing at build or run time needs the two programs.
#
# Every clip carries its own faint noise, 60 dB below full scale: it makes each stretch of 10 ms
# unlike any other of any clip, so that the recognizer can tell clips apart by exact comparison,
# and it is what a telephone line sounds like.
set -euo pipefail
cd "$(dirname "$0")/src/main/resources/centralita/simulators/speech/clips"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

sox -R -n -r 8000 -b 16 -c 1 "$work/noise.wav" synth 600 whitenoise vol 0.0012
number=0
while IFS=$'\t' read -r language speaker name text; do
  case "$language-$speaker" in
    \#*) continue ;;
    en-assistant) voice=en-us+f3 pace=165 ;;
    es-assistant) voice=es-419+f3 pace=165 ;;
    en-caller) voice=en-gb+m3 pace=170 ;;
    es-caller) voice=es+m3 pace=170 ;;
    *) echo "no voice for $language-$speaker" >&2; exit 1 ;;
  esac
  number=$((number + 1))
  mkdir -p "$language"
  espeak-ng -v "$voice" -s "$pace" -w "$work/said.wav" -- "$text" </dev/null
  # Telephone band, silence of both ends cut, 40 ms of room left at each.
  sox -D "$work/said.wav" -r 8000 -b 16 -c 1 "$work/said8.wav" highpass 250 lowpass 3400 \
    silence 1 0.01 0.5% reverse silence 1 0.01 0.5% reverse gain -n -5 pad 0.04 0.04
  seconds=$(soxi -D "$work/said8.wav")
  sox -D "$work/noise.wav" "$work/line.wav" trim "$number" "$seconds"
  sox -D -m -v 1 "$work/said8.wav" -v 1 "$work/line.wav" -t raw -e mu-law -b 8 -c 1 -r 8000 "$language/$name.ulaw"
done <index.tsv
