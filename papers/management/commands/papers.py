"""Here: `manage.py papers check`: the newest paper of each kind drawn and compared, every paper's seal. Not here: the checks."""

import hashlib
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from papers import docx, pdf
from papers.content import Content
from papers.files import faults
from papers.layout import parts
from papers.measuring import faces, measure
from papers.models import Paper
from papers.reading import without_repeated_heads, words_of, words_of_docx, words_of_pdf
from papers.structure import faults as stumbling


class Command(BaseCommand):
    """Proves issued papers."""

    help = "检查公文:两种文件文字相同、版式、字体、结构、哈希、文号连续"

    def add_arguments(self, parser: CommandParser) -> None:
        """One action so far."""
        parser.add_argument("action", choices=["check"])
        parser.add_argument("--all", action="store_true", help="每一份都重新生成,不只每种最新的一份")

    def handle(self, *args: Any, **options: Any) -> None:
        """Prints a line for each paper drawn and one for each fault; exits with 1 when there is any."""
        found = [*self.numbers(), *(f"{paper}:{each}" for paper in Paper.objects.all() for each in faults(paper))]
        for paper in Paper.objects.order_by("-id") if options["all"] else newest():
            found += self.drawn(paper)
        for each in found:
            self.stdout.write(f"!! {each}")
        self.stdout.write(f"{Paper.objects.count()} 份公文,{len(found)} 处不符")
        if found:
            raise CommandError(f"{len(found)} 处不符")

    def drawn(self, paper: Paper) -> list[str]:
        """Draw it anew in both forms and compare words, structure and the bytes on file."""
        content = Content.from_json(paper.content)
        start = time.perf_counter()
        made = pdf.render(content, paper.number)
        took = time.perf_counter() - start
        word = docx.render(content, paper.number)
        got = measure(made.data)
        self.stdout.write(
            f"{paper} {made.pages}页 {took:.2f}秒 左{got.left}–右{got.right}毫米 上{got.top} 每页至多{got.lines}行 "
            f"每行至多{got.characters}字 {','.join(faces(made.data))}"
        )
        found = [f"{paper}:{each}" for each in stumbling(made.data)]
        if made.missing:
            found.append(f"{paper}:缺字 {made.missing}")
        of_parts = parts(content, paper.number)
        wanted = without_repeated_heads(words_of(of_parts), of_parts)
        for form, words in (("PDF", words_of_pdf(made.data)), ("Word", words_of_docx(word))):
            if without_repeated_heads(words, of_parts) != wanted:
                found.append(f"{paper}:{form} 的文字与内容不同")
        bytes_of = {"pdf": made.data, "docx": word}
        for kept in paper.files.all():
            if hashlib.sha256(bytes_of[kept.form]).hexdigest() != kept.sha256:
                found.append(f"{paper}:重新生成的 {kept.form} 与留存的不同")
        return found

    def numbers(self) -> list[str]:
        """Every series counts 1, 2, 3 … without gap or repeat."""
        series: dict[tuple, list[int]] = {}
        rows = Paper.objects.exclude(serial=None).order_by("serial")
        for issuer, name, year, serial in rows.values_list("issuer_id", "series", "year", "serial"):
            series.setdefault((issuer, name, year), []).append(serial)
        return [
            f"{name}〔{year}〕文号不连续:{found}"
            for (_, name, year), found in series.items()
            if found != list(range(1, len(found) + 1))
        ]


def newest() -> list[Paper]:
    """The newest paper of each kind."""
    found: dict[str, Paper] = {}
    for paper in Paper.objects.order_by("-id").iterator():
        found.setdefault(paper.kind, paper)
    return list(found.values())
