#!/bin/sh
# Rebuilds the shipped faces from the packages named in README.md and prints their checksums.
# Needs npm, apt-get, dpkg, zstd and Python 3 with fonttools 4.68.0; about 250 MB are fetched.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

for pair in serif:@expo-google-fonts/noto-serif-sc@0.4.3 sans:@expo-google-fonts/noto-sans-sc@0.4.3; do
    folder=${pair%%:*}
    mkdir "$folder"
    tar xzf "$(npm pack --silent "${pair#*:}")" -C "$folder"
done
mkdir debian
apt-get download fonts-lxgw-wenkai fonts-hanazono texlive-lang-chinese unicode-data
for package in *.deb; do dpkg -x "$package" debian; done

python3 "$here/make.py" "$work" "$work"
for face in song.ttf title.ttf hei.ttf kai.ttf fang.otf rare-a.ttf rare-b.ttf rare-g.ttf; do
    zstd -q -f -19 --no-progress "$face" -o "$here/$face.zst"
done
cd "$here" && sha256sum ./*.zst
