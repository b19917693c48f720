"""Here: the faces of the standard and where their files lie. Not here: installing them (scripts/fonts.py), drawing with them.

A city that holds licences puts its own files into var/fonts under the first names; Debian's free fonts stand behind.
"""

from functools import cache
from pathlib import Path

from django.conf import settings

# our name: files in var/fonts, the best first; then families of the system
FACES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "Paper Fang": (("simfang.ttf", "FandolFang-Regular.otf"), ("FangSong_GB2312", "FangSong", "AR PL UMing CN")),
    "Paper Kai": (("simkai.ttf", "FandolKai-Regular.otf"), ("KaiTi_GB2312", "KaiTi", "AR PL UKai CN")),
    "Paper Hei": (("simhei.ttf", "FandolHei-Regular.otf"), ("SimHei", "Noto Sans CJK SC")),
    "Paper Song": (("simsun.ttf", "FandolSong-Regular.otf"), ("SimSun", "AR PL UMing CN")),
    "Paper Figures": (("times.ttf", "PaperFigures.otf"), ("Times New Roman",)),
    "Paper Title": (("FZXBSJW.TTF", "PaperTitle-Bold.otf"), ("FZXiaoBiaoSong-B05S", "Noto Serif CJK SC")),
}
LAST = ("AR PL UMing CN", "Noto Serif CJK SC")  # rare characters of names: 垚 堃 喆 昇 曌


def folder() -> Path:
    """Where set-up and operators put font files."""
    return settings.BASE_DIR / "var" / "fonts"


@cache
def files() -> dict[str, Path]:
    """The file of each face that has one here."""
    found = {}
    for family, (names, _) in FACES.items():
        path = next((folder() / name for name in names if (folder() / name).is_file()), None)
        if path:
            found[family] = path
    return found


def stack(family: str) -> str:
    """The face and what stands in for it, as CSS writes it; in body text figures and letters are those of 宋."""
    first = ("Paper Figures", family) if family == "Paper Fang" else (family,)
    return ",".join(f'"{name}"' for name in dict.fromkeys((*first, *FACES[family][1], *LAST)))


def css() -> str:
    """The faces as `@font-face` rules, to stand before the style sheet."""
    weight = {"Paper Title": "bold"}
    return "\n".join(
        f'@font-face{{font-family:"{family}";src:url("{path.as_uri()}");font-weight:{weight.get(family, "normal")}}}'
        for family, path in files().items()
    )
