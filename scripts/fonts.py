"""Here: putting the faces of official papers into var/fonts, once. Not here: which faces a paper uses (papers/fonts.py).

Usage: python scripts/fonts.py <folder with Fandol's files>    They are copied; the title's face is cut out of Noto.
"""

import shutil
import subprocess
import sys
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "var" / "fonts"
FANDOL = ("FandolFang-Regular.otf", "FandolKai-Regular.otf", "FandolHei-Regular.otf", "FandolSong-Regular.otf")
TITLE = "PaperTitle-Bold.otf"  # for 小标宋: the bold Noto Serif, with the 6,763 characters of GB 2312
FIGURES = "PaperFigures.otf"  # figures and letters of 宋, which go better with 仿宋 than its own


def main() -> None:
    """Copy what is there, cut what can be cut; a missing face is said and left to the faces behind it."""
    TARGET.mkdir(parents=True, exist_ok=True)
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    for name in FANDOL:
        if folder and (folder / name).is_file():
            shutil.copyfile(folder / name, TARGET / name)
    if not (TARGET / TITLE).is_file():
        path, index = noto()
        if path:
            cut(path, index, characters(), TARGET / TITLE)
        else:
            print("no Noto Serif CJK SC: titles are drawn with another face", file=sys.stderr)  # noqa: T201
    song = TARGET / "FandolSong-Regular.otf"
    if song.is_file() and not (TARGET / FIGURES).is_file():
        cut(str(song), 0, "".join(map(chr, range(0x21, 0x7F))), TARGET / FIGURES)


def cut(path: str, index: int, text: str, target: Path) -> None:
    """Write a font that has only these characters: a tenth of the file to read for every paper."""
    from fontTools import subset
    from fontTools.ttLib import TTFont

    font = TTFont(path, fontNumber=index, lazy=True)
    cutter = subset.Subsetter(subset.Options(layout_features=[], name_IDs=["*"], notdef_outline=True))
    cutter.populate(text=text)
    cutter.subset(font)
    font.save(target)


def noto() -> tuple[str | None, int]:
    """The file and the number in it of the bold simplified Chinese face."""
    found = subprocess.run(
        ["fc-match", "--format=%{file}\n%{index}\n%{family}", "Noto Serif CJK SC:bold"], capture_output=True, text=True
    )
    lines = found.stdout.splitlines()
    if found.returncode or len(lines) < 3 or "Noto Serif CJK SC" not in lines[2]:
        return None, 0
    return lines[0], int(lines[1])


def characters() -> str:
    """Everything GB 2312 can write, ASCII, and the brackets of numbers."""
    rows = range(0xA1, 0xF8)
    pairs = (bytes((high, low)).decode("gb2312", errors="ignore") for high in rows for low in range(0xA1, 0xFF))
    return "".join(pairs) + "".join(map(chr, range(0x20, 0x7F))) + "〔〕—·…“”‘’"


if __name__ == "__main__":
    main()
