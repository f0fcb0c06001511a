"""Cut Noto Sans SC to the characters of GBK and write it beside the reports (run once; the result is committed).

Usage: python tools/cut_fonts.py FOLDER, where FOLDER is the unpacked npm package @expo-google-fonts/noto-sans-sc.
Without FOLDER only coverage.txt is written anew from the fonts that are there: the characters both of them can print.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

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


def covered() -> list[int]:
    """Return the code points that every one of the cut fonts can print, ascending."""
    maps = [frozenset(TTFont(FONTS / name, lazy=True).getBestCmap()) for name in CUTS.values()]
    return sorted(frozenset.intersection(*maps))


def as_ranges(codes: list[int]) -> str:
    """Return code points in hexadecimal, one run of neighbours a line: ``41-5a``, a single one ``a7``."""
    runs: list[list[int]] = []
    for code in codes:
        if runs and runs[-1][1] == code - 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    return "".join(f"{first:x}-{last:x}\n" if first != last else f"{first:x}\n" for first, last in runs)


def write_coverage() -> None:
    """Write coverage.txt beside the fonts."""
    (FONTS / "coverage.txt").write_text(as_ranges(covered()), encoding="ascii")


def main(folder: Path) -> None:
    """Write the two cut fonts, their coverage and their licence."""
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
    write_coverage()


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]))
    else:
        write_coverage()
