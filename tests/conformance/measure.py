"""Measures official documents and bulletins from their PDF, without annals.

Positions come from PyMuPDF: of every character its origin (the baseline), of drawings
their edges. The numbers that are asked for are those of GB/T 9704-2012 and stand here
once more, so that a slip in templates/official.toml cannot hide itself.

usage: measure.py FILE.pdf…      every file must hold
       measure.py --bad FILE.pdf the file must be refused (a negative control)
"""

import sys

import pymupdf

MM = 72 / 25.4
TOP, BOTTOM, LEFT, RIGHT = 37 * MM, (297 - 35) * MM, 28 * MM, (210 - 26) * MM
SIZES = (15.75, 16.0)
RED = 0xC00000


def is_han(c):
    return "\u3400" <= c <= "\u4dbf" or "\u4e00" <= c <= "\u9fff"


class Page:
    """What stands on a page: lines of characters by baseline, and bars."""

    def __init__(self, page):
        self.number = page.number + 1
        lines = {}
        self.chars = []
        for block in page.get_text("rawdict")["blocks"]:
            for line in block.get("lines", []):
                for span in line["spans"]:
                    for char in span["chars"]:
                        if not char["c"].strip():
                            continue
                        found = (char["origin"][0], char["origin"][1], char["c"], span["size"], span["font"], span["color"], char["bbox"])
                        self.chars.append(found)
                        lines.setdefault(round(found[1], 2), []).append(found)
        self.lines = {y: sorted(chars) for y, chars in sorted(lines.items())}
        self.bars = []
        for drawing in page.get_drawings():
            fill = drawing.get("fill")
            self.bars.append((drawing["rect"], fill))

    def imprint(self):
        """The rules of the imprint: black bars as wide as the type area, at its foot."""
        bars = [
            rect for rect, fill in self.bars
            if fill is not None and max(fill) < 0.1 and rect.width > 150 * MM and rect.height < 0.6 * MM
        ]
        return sorted(bars, key=lambda rect: rect.y0)


def ink_top(document, page, chars):
    """The upper edge of ink, from a drawing of the page at 8 pixels a point."""
    box = pymupdf.Rect(
        min(c[0] for c in chars), min(c[1] for c in chars) - chars[0][3] * 1.1,
        max(c[0] for c in chars) + chars[0][3], max(c[1] for c in chars) + chars[0][3] * 0.3,
    )
    scale = 8
    drawn = document[page.number - 1].get_pixmap(matrix=pymupdf.Matrix(scale, scale), clip=box, colorspace=pymupdf.csGRAY)
    row = next(y for y in range(drawn.height) if min(drawn.samples[y * drawn.stride:(y + 1) * drawn.stride]) < 128)
    return (drawn.y + row) / scale


def measure(path):
    wrong, said = [], []
    document = pymupdf.open(path)
    pages = [Page(page) for page in document]
    if not pages or not any(page.chars for page in pages):
        return ["no text"], []

    def ask(what, found, wanted, tolerance):
        said.append(f"{what} {found:.2f}")
        if abs(found - wanted) > tolerance:
            wrong.append(f"{what}: {found:.3f}, wanted {wanted} ± {tolerance}")

    # The text: 3号, black, in the type area, and not between the rules of the imprint.
    def grid_chars(page):
        bars = page.imprint()
        foot = bars[0].y0 if bars else BOTTOM + 1
        return [
            c for c in page.chars
            if abs(c[3] - size) < 0.01 and c[5] >> 16 < 0x80 and TOP - 1 < c[1] < min(foot, BOTTOM + 1)
        ]

    counts = {size: sum(abs(c[3] - size) < 0.01 for page in pages for c in page.chars) for size in SIZES}
    size = max(SIZES, key=lambda known: counts[known])
    if counts[size] == 0:
        return [f"no text in 3号 ({SIZES} pt)"], []

    # One lattice through all baselines of all pages, titles of 2号 too; its distance is
    # what puts 22 lines on the type area, or 20 to 24 by 7.3.5.5.
    baselines = []
    for page in pages:
        bars = page.imprint()
        foot = bars[0].y0 if bars else BOTTOM + 1
        titles = [c for c in page.chars if abs(c[3] - 22) < 0.01 and c[5] >> 16 < 0x80]
        for c in grid_chars(page) + [c for c in titles if c[1] < foot]:
            baselines.append((c[1], page.number, c[2]))
    ys = sorted({round(y, 3) for y, *_ in baselines})
    best = None
    for rows in (22, 23, 24, 21, 20):
        pitch = (BOTTOM - TOP - size) / (rows - 1)
        origin = TOP + 0.88 * size
        worst = max(baselines, key=lambda b: abs(b[0] - origin - round((b[0] - origin) / pitch) * pitch))
        off = abs(worst[0] - origin - round((worst[0] - origin) / pitch) * pitch)
        if best is None or off < best[0]:
            best = (off, rows, pitch, worst)
    off, rows, pitch, worst = best
    ask("baselines off the lattice (pt)", off, 0, 0.1)
    if off > 0.1:
        wrong.append(f"  on page {worst[1]} at {worst[0]:.2f}: {worst[2]}; {len(ys)} baselines")
    said.append(f"{rows} lines")
    # Drawn together or apart, so that a signature or an imprint does not stand alone (7.3.5.5).
    drawn = "lonely" in path or "monthly" in path
    if rows != 22 and not drawn or rows == 22 and "lonely" in path:
        wrong.append(f"{rows} lines on a page")
    for page in pages:
        used = {round((c[1] - TOP) / pitch) for c in grid_chars(page)}
        if len(used) > rows:
            wrong.append(f"page {page.number} has {len(used)} lines")

    # Lines from edge to edge that are all Han: 28, or 26 after the indent.
    full = 0
    cell = (RIGHT - LEFT) / 28
    for page in pages:
        chars = grid_chars(page)
        for y in {c[1] for c in chars}:
            line = sorted(c for c in chars if c[1] == y)
            words = "".join(c[2] for c in line)
            end = line[-1][0] + line[-1][3]
            indent = round((line[0][0] - LEFT) / cell)
            if abs(end - RIGHT) < 1.5 and all(map(is_han, words)) and indent in (0, 2):
                full += 1
                if len(line) + indent != 28:
                    wrong.append(f"page {page.number}: {len(line)} characters: {words}")
            # An opening bracket or quote at the begin has half its width, and no ink there.
            begin = line[0][0] + (size / 2 if line[0][2] in "“‘（《〈「『〔" else 0)
            if begin < LEFT - 0.5 or end > RIGHT + size * 0.6:
                wrong.append(f"page {page.number}: outside the type area: {words}")
    said.append(f"{full} full Han lines of 28")

    # The mark, where there is one: red characters of more than 2号.
    marks = [c for c in pages[0].chars if c[5] >= RED and c[5] & 0xFFFF < 0x8000 and c[3] > 22]
    kind = next((k for k in ("letter", "minutes", "bulletin", "red-release", "monthly") if k in path), "document")
    if marks and kind in ("document", "minutes"):
        ask("mark (mm)", (ink_top(document, pages[0], marks) - TOP) / MM, 35, 0.2)
    elif marks and kind == "letter":
        ask("mark from the edge (mm)", ink_top(document, pages[0], marks) / MM, 30, 0.2)
        red = sorted((r for r, fill in pages[0].bars if fill and fill[0] > 0.7 and fill[1] < 0.3), key=lambda r: r.y0)
        if len(red) != 4:
            wrong.append(f"{len(red)} red bars, wanted two double rules")
        else:
            for rect in red:
                ask("red rule's length (mm)", rect.width / MM, 170, 0.2)
            ask("last red rule from the edge (mm)", 297 - red[-1].y1 / MM, 20, 0.2)

    # Page numbers: the dash 7 mm under the type area, outside, a character in.
    for page in pages:
        dashes = [c for c in page.chars if c[1] > BOTTOM + 2 * MM and c[2] == "—"]
        if kind == "letter" and page.number == 1:
            if dashes:
                wrong.append("the first page of a letter bears a number")
            continue
        if len(dashes) != 2:
            wrong.append(f"page {page.number} has no number with two dashes")
            continue
        ask(f"dash of page {page.number} (mm)", (ink_top(document, page, dashes[:1]) - BOTTOM) / MM, 7, 0.2)
        if page.number % 2:
            inset = RIGHT - (max(c[0] for c in dashes) + dashes[0][3])
        else:
            inset = min(c[0] for c in dashes) - LEFT
        ask(f"number of page {page.number} from the edge (pt)", inset, size, 1)

    # The imprint: its last rule on the lower edge of the type area of the last page.
    for page in pages[:-1]:
        if [rect for rect in page.imprint() if abs(rect.y1 - BOTTOM) < 1]:
            wrong.append(f"page {page.number} has an imprint, and is not the last")
    bars = pages[-1].imprint()
    if bars:
        ask("last rule of the imprint (mm)", (BOTTOM - bars[-1].y1) / MM, 0, 0.2)
        ask("its weight (mm)", bars[-1].height / MM, 0.35, 0.05)
    return wrong, said


def main():
    files = sys.argv[1:]
    bad = files[:1] == ["--bad"]
    failed = False
    for path in files[1:] if bad else files:
        wrong, said = measure(path)
        if bad:
            failed |= not wrong
            continue
        print(f"{path.rsplit('/', 1)[-1]}: {'; '.join(said)}")
        for line in wrong:
            print(f"  WRONG {line}")
        failed |= bool(wrong)
    sys.exit(failed)


if __name__ == "__main__":
    main()
