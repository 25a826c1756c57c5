"""Moves every page of a PDF by half a millimetre: a file that measure.py must refuse.

usage: off.py FROM.pdf TO.pdf
"""

import sys

import pymupdf

source = pymupdf.open(sys.argv[1])
target = pymupdf.open()
for page in source:
    moved = target.new_page(width=page.rect.width, height=page.rect.height)
    moved.show_pdf_page(page.rect + (0, 1.4, 0, 1.4), source, page.number)
target.save(sys.argv[2])
