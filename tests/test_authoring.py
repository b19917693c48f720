"""Here: docs/authoring.md followed word by word, so that it cannot go stale. Not here: what the commands do (their own tests)."""

import re
import shlex
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from egov_projects import book_check
from policies import cases, coverage, loader, scenarios

GUIDE = settings.BASE_DIR / "docs/authoring.md"
CODE = "yunling-2026"
PACK = f"policies/packs/{CODE}.toml"
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
RULE_ID = re.compile(r'^id = "(.+)"$', re.MULTILINE)
MORE = "……"


def blocks() -> Iterator[tuple[str, str]]:
    """The fenced blocks of the guide: language and text."""
    yield from FENCE.findall(GUIDE.read_text(encoding="utf-8"))


class Reader:
    """Somebody who does what the guide says, in an empty folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.written: list[str] = []
        self.mistake = False

    def follow(self, language: str, text: str) -> None:
        """Do what one block says."""
        getattr(self, f"_{language}")(text)

    def _csv(self, text: str) -> None:
        (self.folder / "clauses.csv").write_text(text, encoding="utf-8")

    def _toml(self, text: str) -> None:
        """A file of its own, or the next piece of the pack: in the place of what `book new` had put there."""
        head, _, body = text.partition("\n")
        path = self.folder / head.removeprefix("# ")
        if path != self.folder / PACK:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(body, encoding="utf-8")
            return
        stubs = self.stubs(path) if not self.written else {}
        self.left = getattr(self, "left", stubs)
        self.written.append(body)
        done = set(RULE_ID.findall("\n".join(self.written)))
        self.put("\n".join([*self.written, *(stub for each, stub in self.left.items() if each not in done)]))
        if {"[moves", "[records"} <= {line.partition(".")[0] for line in path.read_text(encoding="utf-8").splitlines()}:
            assert book_check.problems([CODE]) == [], body

    def stubs(self, path: Path) -> dict[str, str]:
        """The rules that were put there to be replaced."""
        _, *rules = path.read_text(encoding="utf-8").split("\n[[rule]]\n")
        return {RULE_ID.search(each).group(1): f"[[rule]]\n{each}" for each in rules}

    def _diff(self, text: str) -> None:
        """A change of the pack, made in a copy, or as a mistake that the next command tells."""
        source, target, *changes = text.splitlines()
        self.sound = (self.folder / source.removeprefix("--- ")).read_text(encoding="utf-8")
        old, new = ("\n".join(line[1:] for line in changes if line.startswith(sign)) for sign in ("-", "+"))
        assert self.sound.count(old) == 1, old
        changed = self.sound.replace(old, new)
        self.mistake = target.removeprefix("+++ ") == PACK
        if self.mistake:
            self.put(changed)
        else:
            (self.folder / target.removeprefix("+++ ")).write_text(changed, encoding="utf-8")

    def _console(self, text: str) -> None:
        for asked in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
            command, _, told = asked.partition("\n")
            assert alike(told.splitlines(), run(command).splitlines()), f"{command}\n{run(command)}"
        if self.mistake:
            self.put(self.sound)
            self.mistake = False

    def put(self, text: str) -> None:
        """Write the pack as somebody would."""
        (self.folder / PACK).write_text(text, encoding="utf-8")
        loader.load.cache_clear()


def run(command: str) -> str:
    """What a command prints."""
    program, script, *given = shlex.split(command)
    assert (program, script) == ("python", "manage.py")
    out = StringIO()
    try:
        call_command(*given, stdout=out)
    except SystemExit:
        pass
    except CommandError as error:
        return f"CommandError: {error}"
    return out.getvalue()


def alike(told: list[str], printed: list[str]) -> bool:
    """Whether the lines are the same; …… stands for any lines that the guide leaves out."""
    pattern = "".join(r"(?:.*\n)*" if line == MORE else f"{re.escape(line)}\n" for line in told)
    return re.fullmatch(pattern, "".join(f"{line}\n" for line in printed)) is not None


@pytest.fixture
def reader(tmp_path, monkeypatch, settings) -> Iterator[Reader]:
    """A house without packs in an empty folder."""
    for module, name in ((loader, "packs"), (coverage, "registers"), (scenarios, "scenarios"), (cases, "scenarios")):
        (tmp_path / "policies" / name).mkdir(parents=True, exist_ok=True)
        monkeypatch.setattr(module, "FOLDER", tmp_path / "policies" / name)
    settings.BASE_DIR = tmp_path
    monkeypatch.chdir(tmp_path)
    loader.load.cache_clear()
    yield Reader(tmp_path)
    monkeypatch.undo()
    loader.load.cache_clear()


@pytest.mark.django_db
def test_whoever_follows_the_guide_has_a_running_pack(reader):
    for language, text in blocks():
        reader.follow(language, text)
    pack = loader.load(CODE)
    assert [rule.id for rule in pack.rules if rule.id not in coverage.register(CODE)] == []
    assert (len(pack.rules), len(scenarios.of(CODE))) == (15, 9)
