"""Here: asking the book from the command line. Not here: what it answers (policies), how docs look (egov_projects.handbook)."""

import json
import re
from argparse import ArgumentParser
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from egov_projects import book_files
from egov_projects.book_begin import begin, begin_like, clauses_in, few
from egov_projects.book_check import hints, problems
from egov_projects.book_impact import impact_lines, write_impact
from egov_projects.book_words import shown, words_like
from egov_projects.handbook import write_pages
from egov_projects.scenarios.names import names
from organizations import clock
from policies import coverage as books
from policies.differences import differences, groups, heads, spans
from policies.loader import PackError, available, load, located, read_pack
from policies.obligations import obligations
from policies.pack import Pack
from policies.scenario_data import Scenario, ScenarioError
from policies.scenarios import of, read
from projects.impact import Candidate, Proposal, whole_impact
from projects.models import Project

ASKED = {"rule": "要求", "material": "材料", "deadline": "时限"}
CODE = re.compile(r"[a-z][a-z0-9-]*")


class Command(BaseCommand):
    help = "Check packs, print what they cover and ask, begin, compare and export them, write docs/rules."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One subcommand each."""
        actions = parser.add_subparsers(dest="action", required=True)
        checking = actions.add_parser("check", help="load packs and scenarios, and look up every name they use")
        checking.add_argument("code", nargs="?", default="", help="one pack only, with hints")
        actions.add_parser("docs", help="write the generated pages of docs/")
        for action, text in (
            ("coverage", "every clause: how it is enforced, by what, in how many scenarios; fails on a gap"),
            ("rules", "every rule with its clause, status and wording"),
            ("obligations", "everything a regime will ask of such a project"),
        ):
            asking = actions.add_parser(action, help=text)
            asking.add_argument("code", choices=available())
            asking.add_argument("--json", action="store_true", dest="as_json")
        asking.add_argument("--kind", required=True)
        asking.add_argument("--investment", required=True, help="元, e.g. 680000.00")
        asking.add_argument("--origin", default="")
        asking.add_argument("--on", type=date.fromisoformat, default=None)
        self.add_writing(actions)
        self.add_comparing(actions)

    def add_writing(self, actions: Any) -> None:
        """What helps to write a pack."""
        beginning = actions.add_parser(
            "new", help="begin a pack: a head to fill in, a rule for every id of its register"
        )
        beginning.add_argument("code")
        beginning.add_argument(
            "--clauses", type=Path, help="a table of its clauses (.csv, .xlsx): 编号、条款、规定、性质、阶段"
        )
        beginning.add_argument(
            "--like", default="", choices=available(), help="copy this pack, its register and scenarios"
        )
        finding = actions.add_parser("words", help="moves, evidence and facts by a word of their name or label")
        finding.add_argument("text")

    def add_comparing(self, actions: Any) -> None:
        """What helps to change one."""
        differing = actions.add_parser("diff", help="which duties come and go from one pack to another, and for whom")
        for side in ("before", "after"):
            differing.add_argument(side, help="the code of a pack, or the file of a draft")
        touching = actions.add_parser(
            "impact", help="live projects whose duties a change would touch, and what was decided"
        )
        touching.add_argument("code", choices=available())
        touching.add_argument("after", nargs="?", default="", help="the code of another pack, or the file of a draft")
        touching.add_argument("--line", help="a line of money as it is, in 元; with --to")
        touching.add_argument("--to", help="where the line would be, in 元")
        touching.add_argument("--set", dest="setting", help="a parameter, as name=value")
        touching.add_argument("--place", default="", help="the code of one jurisdiction")
        touching.add_argument("--excel", type=Path, help="also write the list to this file")
        exporting = actions.add_parser(
            "export", help="the rule list as Excel and Word, the conditions as decision tables"
        )
        exporting.add_argument("code", help="the code of a pack, or the file of a draft")
        exporting.add_argument("--to", type=Path, default=Path(), dest="folder")

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        """Run one subcommand."""
        getattr(self, f"answer_{action}")(**options)

    def answer_check(self, code: str = "", **options: Any) -> None:
        """Print everything that is unknown or cannot work. Raises SystemExit(1) when there is something."""
        codes = [code] if code else available()
        if found := problems(codes):
            self.stdout.write("\n".join([*found, f"共 {len(found)} 处要改。"]))
            raise SystemExit(1)
        for line in (line for each in codes if code for line in located(load(each), hints(load(each)))):
            self.stdout.write(f"提示 {line}")
        self.stdout.write(f"{len(codes)} 个规则包及其样例没有发现问题。")

    def answer_docs(self, **options: Any) -> None:
        """Write the generated pages."""
        for path in write_pages():
            self.stdout.write(str(path))

    def answer_new(self, code: str, clauses: Path | None, like: str, **options: Any) -> None:
        """Write the files. Raises CommandError for a code that is taken or cannot be one, and for a table of clauses."""
        if not CODE.fullmatch(code) or code in available():
            raise CommandError(f"代码“{code}”已经有了" if code in available() else "代码只用小写字母、数字和短横线")
        try:
            written = begin_like(code, like) if like else begin(code, clauses_in(clauses) if clauses else ())
        except (OSError, ValueError) as error:
            raise CommandError(str(error)) from None
        self.stdout.write(few([shown(path) for path in written]))
        self.stdout.write(f"接着填写文件头和规则;book check {code} 随时可以检查。")

    def answer_words(self, text: str, **options: Any) -> None:
        """Print what a pack may name that has this in its name or label. Raises CommandError for nothing."""
        found = list(words_like(text))
        if not found:
            raise CommandError(f"没有名称或标签里有“{text}”的动作、登记事项或事实,换一个词试试")
        self.stdout.write("\n".join(found))

    def answer_diff(self, before: str, after: str, **options: Any) -> None:
        """Print what the heads say differently, then every duty that comes (+) or goes (-) and for whom."""
        old, new = pack_or_draft(before), pack_or_draft(after)
        known, all_spans = groups(old, new), spans(old, new)
        for name, was, now in heads(old, new):
            self.stdout.write(f"{name}: {was} -> {now}")
        if not known:
            self.stdout.write("没有共同的建设性质和申报来源,不能逐项对照;请用“各地对照”页面。")
        for each in differences(old, new):
            duty = each.duty
            self.stdout.write(
                f"{each.sign} {duty.rule} {duty.clause} {duty.what}  【{each.words(len(known), len(all_spans))}】"
            )

    def answer_impact(self, code: str, place: str, excel: Path | None, **options: Any) -> None:
        """Print the counts that the page shows, then every project with what comes (+), goes (-) and was decided."""
        pack = load(code)
        projects = Project.objects.filter(jurisdiction__code=place) if place else Project.objects.all()
        report = whole_impact(projects, pack, proposal_of(pack, **options))
        self.stdout.write("\n".join(impact_lines(report)))
        if excel:
            with excel.open("wb") as out:
                write_impact(report, out)
            self.stdout.write(str(excel))

    def answer_export(self, code: str, folder: Path, **options: Any) -> None:
        """Write the files and print their paths."""
        for path in book_files.export(pack_or_draft(code), folder):
            self.stdout.write(str(path))

    def answer_coverage(self, code: str, as_json: bool, **options: Any) -> None:
        """Print the table and a summary. Raises SystemExit(1) on a gap."""
        pack = load(code)
        rows = books.coverage(pack, books.register(code), scenarios_of(pack))
        gaps = [row for row in rows if row.gaps]
        idle, strict = books.never_bite(pack, rows), books.never_pass(pack, rows)
        if as_json:
            answer = {"rows": [vars(row) for row in rows], "never_bite": idle, "never_pass": strict}
            self.stdout.write(json.dumps(answer | {"gaps": len(gaps)}, ensure_ascii=False, indent=2))
        else:
            self.print_coverage(pack, rows, idle, strict)
        if gaps:
            raise SystemExit(1)

    def print_coverage(self, pack: Pack, rows: list[books.Row], idle: list[str], strict: list[str]) -> None:
        """A line per clause, the rules no scenario sees both ways, the summary."""
        for row in rows:
            carried = ", ".join(row.carriers) or "-"
            gaps = f"  GAP: {'; '.join(row.gaps)}" if row.gaps else ""
            counts = f"scenarios {row.named} (bites {row.bites}, passes {row.passes})"
            self.stdout.write(f"{row.id:<11} {row.status:<16} {row.means:<10} {counts}  {carried}{gaps}")
        self.stdout.write(f"never refuse or flag in a scenario: {', '.join(idle) or 'none'}")
        self.stdout.write(f"never let anything through in a scenario: {', '.join(strict) or 'none'}")
        count = {
            status: sum(row.status == status for row in rows) for status in ("enforced", "shown", "not_enforceable")
        }
        self.stdout.write(
            f"{pack.code}: {len(rows)} clauses, {count['enforced']} enforced, {count['shown']} shown, "
            f"{count['not_enforceable']} not enforceable, {len(scenarios_of(pack))} scenarios, "
            f"{sum(bool(row.gaps) for row in rows)} gaps"
        )

    def answer_rules(self, code: str, as_json: bool, **options: Any) -> None:
        """Print every rule."""
        keys = ("id", "clause", "stage", "status", "means", "basis", "says")
        rows = [{key: getattr(rule, key) for key in keys} for rule in load(code).rules]
        if as_json:
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2))
        else:
            self.stdout.write("\n".join("  ".join(row.values()) for row in rows))

    def answer_obligations(self, code: str, as_json: bool, **options: Any) -> None:
        """Print what is asked of such a project. Raises CommandError for an unknown kind or origin, or a bad amount."""
        pack = load(code)
        found = obligations(pack, facts_of(pack, **options), on=options["on"] or clock.today())
        if as_json:
            self.stdout.write(json.dumps([each.as_json() for each in found], ensure_ascii=False, indent=2))
            return
        for each in found:
            sure = "" if each.applies else f"(视 {'、'.join(each.depends_on)} 而定)"
            what = "提示" if each.severity == "flag" else ASKED[each.what]
            self.stdout.write(
                "  ".join(filter(None, [each.stage, each.rule, what, each.material or each.due, each.says, sure]))
            )


def pack_or_draft(name: str) -> Pack:
    """The pack of a code, or the one in a file. Raises CommandError."""
    try:
        return read_pack([Path(name)]) if name.endswith(".toml") else load(name)
    except (OSError, PackError) as error:
        raise CommandError(str(error)) from None


def proposal_of(pack: Pack, *, after: str, line: str, to: str, setting: str, **options: Any) -> Proposal:
    """What is proposed: another pack, a line moved, or a parameter set. Raises CommandError unless it is one of them."""
    if sum(map(bool, (after, line, setting))) != 1:
        raise CommandError("要写且只写一种改动:另一规则包(代码或文件)、--line 和 --to、--set 参数=取值")
    if after:
        return Proposal(pack_or_draft(after))
    asked = Candidate({"what": "line" if line else "parameter", "line": line, "to": to, "setting": setting}, pack=pack)
    if not asked.is_valid():
        choices = "、".join(str(key) for key, _ in asked.fields["line" if line else "setting"].choices)
        raise CommandError(f"{asked.errors.as_text()}\n可以写的有:{choices or '无'}")
    return asked.proposal


def facts_of(pack: Pack, *, kind: str, investment: str, origin: str, **options: Any) -> dict[str, Any]:
    """The facts of a what-if. Raises CommandError."""
    for name, value, choices in (("kind", kind, pack.kinds), ("origin", origin, (*pack.origins, ""))):
        if value not in choices:
            raise CommandError(f"--{name} is one of {'、'.join(filter(None, choices))}")
    try:
        facts = {"project.kind": kind, "project.investment": Decimal(investment)}
    except InvalidOperation:
        raise CommandError("--investment is an amount in 元, e.g. 680000.00") from None
    return facts | ({"project.origin": origin} if origin else {})


def scenarios_of(pack: Pack) -> list[Scenario]:
    """Every scenario of a pack. Raises CommandError for one that cannot be read."""
    known = names()
    try:
        return [read(path, known) for path in of(pack.code)]
    except ScenarioError as error:
        raise CommandError(str(error)) from None
