#!/usr/bin/env bash
# Makes the pictures of the README and the manual from the sample press: pages of its
# publications as they are printed. Run it when a layout changed.
# usage: tests/pictures.sh [ANNALS]   (needs poppler-utils; ANNALS is the built program)
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p content/manual/pictures
cp -r annals.toml content templates "$work/"
if [ $# -gt 0 ]; then
    "$1" -C "$work" build --format pdf
else
    cargo run --quiet -- -C "$work" build --format pdf
fi

# 260 pixels across: two stand on a page of the manual, and each is below 60 kB.
picture() {
    pdftoppm -png -singlefile -f "$2" -l "$2" -scale-to-x 260 -scale-to-y -1 \
        "$work/output/$1.pdf" "content/manual/pictures/$3"
}
picture baotou/2021/work-plan 1 plan
picture suzhou/2022/red-release 1 bulletin
picture baoji-federation/2018/year-summary 1 summary
picture shaanxi/2020/high-quality 1 feature
picture baoji/2020/ten-events 1 review-cover
picture baoji/2020/ten-events 3 review
ls -l content/manual/pictures
