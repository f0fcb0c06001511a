"""Cut Noto Sans SC to the characters of GBK and write it beside the reports (run once; the result is committed).

Usage: python tools/cut_fonts.py FOLDER, where FOLDER is the unpacked npm package @expo-google-fonts/noto-sans-sc.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from fontTools import subset

FONTS = Path(__file__).parents[1] / "salesanalytics" / "reports" / "fonts"
CUTS = {
    "400Regular/NotoSansSC_400Regular.ttf": "NotoSansSC-Regular.ttf",
    "700Bold/NotoSansSC_700Bold.ttf": "NotoSansSC-Bold.ttf",
}
# Signs the documents draw that GBK lacks: minus, arrows, currency, marks.
SIGNS = "−–—…·•▲▼△▽◆●○★☆✓✕×±≤≥≈→←↑↓↗↘¥€£$％‰"


def gbk_characters() -> set[int]:
    """Return the code points that GBK can write, with Latin-1 and the signs above."""
    characters = {ord(sign) for sign in SIGNS} | set(range(0x20, 0x17F))
    for code in range(0x80, 0x10000):
        try:
            chr(code).encode("gbk")
        except UnicodeEncodeError:
            continue
        characters.add(code)
    return characters


def main(folder: Path) -> None:
    """Write the two cut fonts and their licence."""
    FONTS.mkdir(parents=True, exist_ok=True)
    for source, target in CUTS.items():
        options = subset.Options(layout_features=["*"], name_IDs=["*"], notdef_outline=True, glyph_names=False)
        font = subset.load_font(str(folder / source), options)
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=gbk_characters())
        cutter.subset(font)
        subset.save_font(font, str(FONTS / target), options)
        print(target, (FONTS / target).stat().st_size)
    shutil.copy(folder / "LICENSE_FONT", FONTS / "OFL.txt")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
