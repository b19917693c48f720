"""Here: strangers' files made fit to be bound, in a process of their own. Not here: whole volumes (tests/reports/volume)."""

import io
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from papers.binding.foreign import A4, DAMAGED, ENCRYPTED, MOST_PAGES, PICTURE, prepare

PDF, PNG, JPEG = "application/pdf", "image/png", "image/jpeg"


def pdf(*, pages: int = 1, size=A4, box=None, **saving) -> bytes:
    out = io.BytesIO()
    with pikepdf.Pdf.new() as made:
        for _ in range(pages):
            made.add_blank_page(page_size=size)
        if box:
            made.pages[0].obj.MediaBox = box
        script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
        made.pages[0].obj.AA = pikepdf.Dictionary(O=script)
        made.Root.OpenAction = script
        made.save(out, **saving)
    return out.getvalue()


def picture(kind: str, size=(80, 40), mode="RGB", turned: int = 0) -> bytes:
    out, image = io.BytesIO(), Image.new(mode, size)
    exif = image.getexif()
    if turned:
        exif[0x0112] = turned
    image.save(out, kind, exif=exif)
    return out.getvalue()


def prepared(folder: Path, *files: tuple[bytes, str], tell=lambda done: None):
    """Results and targets."""
    jobs = []
    for at, (content, kind) in enumerate(files):
        (folder / f"{at}.in").write_bytes(content)
        jobs.append((folder / f"{at}.in", folder / f"{at}.pdf", kind))
    return prepare(jobs, tell=tell), [target for _, target, _ in jobs]


def test_good_files_are_bound_and_bad_ones_explained_in_their_order(tmp_path):
    heard = []
    found, _ = prepared(
        tmp_path,
        (pdf(pages=3), PDF),
        (b"%PDF-1.4\nrubbish", PDF),
        (pdf(encryption=pikepdf.Encryption(user="secret", owner="secret")), PDF),
        (pdf(encryption=pikepdf.Encryption(user="", owner="owner")), PDF),
        (pdf(pages=MOST_PAGES + 1), PDF),
        (b"\xff\xd8\xff\xe0rest", JPEG),
        (picture("PNG", (9000, 9000), "1"), PNG),
        (picture("PNG", mode="RGBA"), PNG),
        tell=heard.append,
    )
    assert [each.pages for each in found] == [3, 0, 0, 1, 0, 0, 0, 1]
    assert [each.trouble for each in found] == [
        "", DAMAGED, ENCRYPTED, "", f"有 {MOST_PAGES + 1} 页,超过 {MOST_PAGES} 页", PICTURE, PICTURE, "",
    ]  # fmt: skip
    assert heard == [1, 2, 3, 4, 5, 6, 7, 8]


def test_nothing_active_is_left_and_odd_pages_become_printable(tmp_path):
    _, (own, huge) = prepared(tmp_path, (pdf(), PDF), (pdf(box=[0, 0, 2, 90_000]), PDF))
    with pikepdf.open(own) as bound:
        assert ("/AA" in bound.pages[0].obj, "/OpenAction" in bound.Root) == (False, False)
    with pikepdf.open(huge) as bound:
        assert [round(float(edge), 2) for edge in bound.pages[0].mediabox] == [0, 0, *A4]


def test_pictures_stand_upright_on_paper(tmp_path):
    """A photograph taken sideways is turned by the page; a wide one lies on a wide page."""
    _, (wide, sideways) = prepared(tmp_path, (picture("JPEG"), JPEG), (picture("JPEG", turned=6), JPEG))
    with pikepdf.open(wide) as bound:
        assert [round(float(edge)) for edge in bound.pages[0].mediabox[2:]] == [842, 595]
    with pikepdf.open(sideways) as bound:
        page = bound.pages[0]
        assert ([round(float(edge)) for edge in page.mediabox[2:]], page.obj.Rotate) == ([842, 595], 90)


def test_who_listens_may_stop_it(tmp_path):
    class Stop(Exception):
        pass

    def stop(done: int) -> None:
        raise Stop

    with pytest.raises(Stop):
        prepared(tmp_path, (pdf(), PDF), (pdf(), PDF), tell=stop)
