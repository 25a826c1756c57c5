"""The Typst binding, one process: binding.py FOLDER COUNT OUT FONTS."""
import sys
import typst

folder, count, out, faces = sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4]
fonts = typst.Fonts(include_system_fonts=False, font_paths=[faces])
for number in range(count):
    typst.compile(
        f"{folder}/{number:05}.typ",
        output=f"{out}/{number:05}.pdf",
        root=folder,
        font_paths=fonts,
        pdf_standards=["a-2a", "ua-1"],
    )
