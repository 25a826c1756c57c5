#!/usr/bin/env bash
# The one test command: installs what it needs on a fresh machine and runs everything.
# Tools are kept in $ANNALS_TOOLS (default: ~/.cache/annals-tools), outside the checkout.
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD
tools=${ANNALS_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/annals-tools}
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$tools/target}
mkdir -p "$tools"

step() { printf '\n== %s\n' "$1"; }

step "tools"
tests/conformance/install.sh "$tools"

step "format"
cargo fmt --check

step "lints"
cargo clippy --locked --workspace --all-targets -- -D warnings
cargo clippy --locked --no-default-features -- -D warnings

step "dependencies"
cargo fetch --locked
"$tools/cargo/bin/cargo-deny" --offline check bans licenses sources

step "tests"
cargo test --locked

step "documentation"
RUSTDOCFLAGS="-D warnings -A rustdoc::private_intra_doc_links" cargo doc --locked --no-deps --document-private-items

step "the sample press, twice, with equal bytes"
cargo build --locked --release
annals=$CARGO_TARGET_DIR/release/annals
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for run in one two; do
    mkdir "$work/$run"
    cp -r annals.toml content templates assets "$work/$run/"
done
"$annals" -C "$work/one" build --jobs 1
"$annals" -C "$work/two" build --jobs 2
diff -r -x .annals "$work/one/output" "$work/two/output"
"$annals" -C "$root" build
"$annals" -C "$root" check --fail-on warning

step "conformance of the sample press"
cp -r tests/conformance/press "$work/press"
cp -r templates/fonts "$work/press/templates/"
"$annals" -C "$work/press" build
"$annals" -C "$work/press" check --layout --fail-on warning >/dev/null
cp -r tests/projects/readers "$work/readers"
printf '\n[pdf]\nstandards = ["a-3a", "ua-1"]\n' >> "$work/readers/annals.toml"
"$annals" -C "$work/readers" build
# With an address of its own, so that there are feeds.
sed -i '1a base_url = "https://annals.example/press/"' "$work/one/annals.toml"
"$annals" -C "$work/one" build
tests/conformance/check.sh "$tools" "$work/one/output" "$work/press/output" "$work/readers/output"

step "a press of 1,000 publications in a browser"
python3 tests/conformance/thousand.py "$work/thousand"
"$annals" -C "$work/thousand" build
cp tests/conformance/walk.mjs tests/conformance/search.mjs "$tools/"
(cd "$tools" && node walk.mjs "$work/thousand/output" && node search.mjs "$work/thousand/output" thousand)

step "the preview in a browser"
mkdir "$work/preview"
cp -r annals.toml content templates assets "$work/preview/"
cp tests/conformance/preview.mjs "$tools/preview.mjs"
(cd "$tools" && node preview.mjs "$annals" "$work/preview")

echo
echo "everything passed"
