"""Here: making strangers' PDFs and pictures fit to be bound, in a process of its own with bounded memory and time.

Not here: which files. Started as `python -m papers.binding.foreign`: one JSON line per file comes in, one goes out.
Nothing active survives: annotations (seals, too) become part of the page, scripts and actions are left behind.
"""

import json
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

MEMORY = 1536 * 1024**2
SECONDS = 60
MOST_PAGES = 2000
MOST_PIXELS = 60_000_000
A4 = (595.28, 841.89)
SMALLEST, LARGEST = 36, 14_400
TURNED = {3: 180, 6: 90, 8: 270}  # what a camera notes about how it was held

ENCRYPTED = "文件加了打开密码"
DAMAGED = "文件已损坏或不是规范的 PDF"
EMPTY = "文件里没有页"
PICTURE = "图片已损坏或尺寸过大"
EXHAUSTED = "处理时超出内存或时间限制"


@dataclass(frozen=True)
class Prepared:
    """What became of one file: its pages, or in words why it cannot be bound."""

    pages: int = 0
    trouble: str = ""


def prepare(
    files: list[tuple[Path, Path, str]], *, tell: Callable[[int], None] = lambda done: None
) -> list[Prepared]:
    """Turn (source, target, content type) into PDFs at the targets, in a child that a hostile file may only hurt itself.

    `tell` hears how many are done; whatever it raises stops the child.
    """
    done: list[Prepared] = []
    while len(done) < len(files):
        rest = files[len(done) :]
        before = len(done)
        for line in _child(rest):
            done.append(Prepared(**json.loads(line)))
            tell(len(done))
        if len(done) - before < len(rest):
            done.append(Prepared(trouble=EXHAUSTED))
            tell(len(done))
    return done


def _child(files: list[tuple[Path, Path, str]]) -> Iterator[str]:
    """The child's answers, until it has answered everything or died."""
    command = [sys.executable, "-m", "papers.binding.foreign"]
    asked = "".join(json.dumps([str(source), str(target), kind]) + "\n" for source, target, kind in files)
    house = Path(__file__).resolve().parents[2]
    child = subprocess.Popen(
        command, cwd=house, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    with child:
        try:
            with suppress(BrokenPipeError):
                child.stdin.write(asked)
                child.stdin.close()
            yield from child.stdout
        finally:
            child.kill()


def main() -> None:
    """Answer every line until the input ends or a limit is reached."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    for line in sys.stdin.read().splitlines():
        source, target, kind = json.loads(line)
        used = resource.getrusage(resource.RUSAGE_SELF)
        spent = int(used.ru_utime + used.ru_stime)
        resource.setrlimit(resource.RLIMIT_CPU, (spent + SECONDS, resource.RLIM_INFINITY))
        answer = _picture(source, target) if kind.startswith("image/") else _pdf(source, target)
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


def _pdf(source: str, target: str) -> dict:
    import pikepdf

    try:
        with pikepdf.open(source) as pdf, pikepdf.Pdf.new() as bound:
            count = len(pdf.pages)
            if not 0 < count <= MOST_PAGES:
                return {"trouble": f"有 {count} 页,超过 {MOST_PAGES} 页" if count else EMPTY}
            _flatten(pdf)
            for page in pdf.pages:
                _quiet(page)
            bound.pages.extend(pdf.pages)
            bound.save(target)
        return {"pages": count}
    except pikepdf.PasswordError:
        return {"trouble": ENCRYPTED}
    except MemoryError:
        return {"trouble": EXHAUSTED}
    except Exception:  # a hostile file may break the library anywhere
        return {"trouble": DAMAGED}


def _flatten(pdf) -> None:
    """What annotations show becomes part of the page; where that cannot be done they are only dropped."""
    try:
        pdf.flatten_annotations("print")
    except Exception:  # broken annotations are no reason to lose the page
        return


def _quiet(page) -> None:
    """A page without anything active, of a size that can be printed."""
    for name in ("/Annots", "/AA", "/Actions", "/B", "/StructParents", "/Metadata", "/PieceInfo", "/Thumb"):
        if name in page.obj:
            del page.obj[name]
    box = [float(edge) for edge in page.mediabox]
    sides = (abs(box[2] - box[0]), abs(box[3] - box[1]))
    if min(sides) < SMALLEST or max(sides) > LARGEST:
        page.obj.MediaBox = [0, 0, *A4]
        for name in ("/CropBox", "/TrimBox", "/BleedBox", "/ArtBox"):
            if name in page.obj:
                del page.obj[name]
    if "/UserUnit" in page.obj:
        del page.obj["/UserUnit"]


def _picture(source: str, target: str) -> dict:
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        with Image.open(source, formats=("JPEG", "PNG")) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                return {"trouble": PICTURE}
            picture.load()
            _place(picture, source, target)
        return {"pages": 1}
    except Exception:  # a hostile file may break the library anywhere
        return {"trouble": PICTURE}


def _place(picture, source: str, target: str) -> None:
    """One A4 page, lying down for a wide picture, with the picture as large as fits inside the margins."""
    import zlib

    import pikepdf

    turned = TURNED.get(picture.getexif().get(0x0112, 1), 0)
    wide = (picture.width > picture.height) != (turned in (90, 270))
    if picture.format == "JPEG" and picture.mode in ("L", "RGB"):
        data, code, gray = Path(source).read_bytes(), "/DCTDecode", picture.mode == "L"
    else:
        plain = picture.convert("RGBA")
        ground = plain.copy()
        ground.paste((255, 255, 255, 255), (0, 0, *plain.size))
        ground.alpha_composite(plain)
        data, code, gray = zlib.compress(ground.convert("RGB").tobytes()), "/FlateDecode", False
    width, height = (A4[1], A4[0]) if wide else A4
    if turned in (90, 270):
        width, height = height, width
    scale = min((width - 72) / picture.width, (height - 110) / picture.height, 1.0)
    shown = (picture.width * scale, picture.height * scale)
    with pikepdf.Pdf.new() as pdf:
        stream = pikepdf.Stream(pdf, data)
        stream.stream_dict = pikepdf.Dictionary(
            Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=picture.width, Height=picture.height,
            ColorSpace=pikepdf.Name.DeviceGray if gray else pikepdf.Name.DeviceRGB, BitsPerComponent=8,
            Filter=pikepdf.Name(code),
        )  # fmt: skip
        page = pdf.add_blank_page(page_size=(width, height))
        page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Picture=stream))
        at = ((width - shown[0]) / 2, (height - shown[1]) / 2)
        drawn = f"q {shown[0]:.2f} 0 0 {shown[1]:.2f} {at[0]:.2f} {at[1]:.2f} cm /Picture Do Q"
        page.obj.Contents = pikepdf.Stream(pdf, drawn.encode())
        if turned:
            page.obj.Rotate = turned
        pdf.save(target)


if __name__ == "__main__":
    main()
