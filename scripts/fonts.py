"""Here: putting the faces of official papers into var/fonts, once. Not here: which faces a paper uses (papers/fonts.py).

Usage: python scripts/fonts.py <folder with Fandol's files>    They are copied; the title's face is cut out of Noto.
"""

import ctypes
import shutil
import subprocess
import sys
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "var" / "fonts"
FANDOL = ("FandolFang-Regular.otf", "FandolKai-Regular.otf", "FandolHei-Regular.otf", "FandolSong-Regular.otf")
TITLE = "PaperTitle-Bold.otf"  # for 小标宋: the bold Noto Serif, with the 6,763 characters of GB 2312
FIGURES = "PaperFigures.otf"  # figures and letters of 宋, which go better with 仿宋 than its own
POINTERS = ("hb_face_create", "hb_blob_create_from_file", "hb_face_reference_blob", "hb_blob_get_data")
SUBSET_POINTERS = ("hb_subset_input_create_or_fail", "hb_subset_input_unicode_set", "hb_subset_input_set", "hb_subset_or_fail")
DROPPED_TABLES = 3  # HB_SUBSET_SETS_DROP_TABLE_TAG


def main() -> int:
    """Copy what is there, cut what can be cut; 1 where a face is missing and left to the faces behind it."""
    TARGET.mkdir(parents=True, exist_ok=True)
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    for name in FANDOL:
        if folder and (folder / name).is_file():
            shutil.copyfile(folder / name, TARGET / name)
    if not (TARGET / TITLE).is_file():
        path, index = noto()
        if path:
            cut(path, index, characters(), TARGET / TITLE)
    song = TARGET / "FandolSong-Regular.otf"
    if song.is_file() and not (TARGET / FIGURES).is_file():
        cut(str(song), 0, "".join(map(chr, range(0x21, 0x7F))), TARGET / FIGURES)
    missing = [name for name in (*FANDOL, TITLE, FIGURES) if not (TARGET / name).is_file()]
    print("missing:", ", ".join(missing) or "none")  # noqa: T201
    return 1 if missing else 0


def cut(path: str, index: int, text: str, target: Path) -> None:
    """Write a font that has only these characters, with HarfBuzz, which WeasyPrint needs anyway: a tenth of the file to read."""
    plain, subset = (ctypes.CDLL(name) for name in ("libharfbuzz.so.0", "libharfbuzz-subset.so.0"))
    for library, names in ((plain, POINTERS), (subset, SUBSET_POINTERS)):
        for name in names:
            getattr(library, name).restype = ctypes.c_void_p
    face = ctypes.c_void_p(plain.hb_face_create(ctypes.c_void_p(plain.hb_blob_create_from_file(path.encode())), index))
    wanted = ctypes.c_void_p(subset.hb_subset_input_create_or_fail())
    characters_wanted = ctypes.c_void_p(subset.hb_subset_input_unicode_set(wanted))
    for character in text:
        plain.hb_set_add(characters_wanted, ord(character))
    dropped = ctypes.c_void_p(subset.hb_subset_input_set(wanted, DROPPED_TABLES))
    for tag in (b"GSUB", b"GPOS"):  # alternate forms, which would bring their glyphs along
        plain.hb_set_add(dropped, int.from_bytes(tag, "big"))
    made = ctypes.c_void_p(subset.hb_subset_or_fail(face, wanted))
    blob = ctypes.c_void_p(plain.hb_face_reference_blob(made))
    length = ctypes.c_uint()
    data = plain.hb_blob_get_data(blob, ctypes.byref(length))
    target.write_bytes(ctypes.string_at(data, length.value))


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
    sys.exit(main())
