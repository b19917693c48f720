"""Here: playing scenarios from the command line. Not here: how they are played (egov_projects.scenarios)."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from egov_projects.scenarios.names import names, vocabulary
from egov_projects.scenarios.outcome import ScenarioOutcome, StepOutcome
from egov_projects.scenarios.runner import play_files
from policies.scenario_data import ScenarioError
from policies.scenarios import files


class Command(BaseCommand):
    help = "Play scenarios, each in a transaction that is rolled back. Exit status 0 only when all hold."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Files or folders, or --vocabulary."""
        parser.add_argument("paths", nargs="*", metavar="FILE_OR_FOLDER")
        parser.add_argument("--json", action="store_true", dest="as_json", help="print everything as JSON")
        parser.add_argument("--keep", action="store_true", help="keep the project, to look at in the browser")
        parser.add_argument("--vocabulary", action="store_true", help="print everything a scenario may name")

    def handle(self, *args: Any, paths: list[str], as_json: bool, keep: bool, **options: Any) -> None:
        """Play and print. Raises CommandError for paths without a scenario, SystemExit(1) when one does not hold."""
        if options["vocabulary"]:
            return self.print_vocabulary(as_json)
        if not paths:
            raise CommandError("name a scenario file or a folder, or ask for --vocabulary")
        try:
            found = files(paths)
        except ScenarioError as error:
            raise CommandError(str(error)) from None
        known = names()
        outcomes = []
        for outcome in play_files(found, known, keep=keep):
            outcomes.append(outcome)
            if not as_json:
                self.print_outcome(outcome)
        failed = [outcome for outcome in outcomes if not outcome.holds]
        if as_json:
            answer = {
                "holds": not failed,
                "scenarios": [each.as_json() for each in sorted(outcomes, key=lambda each: each.path)],
            }
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))
        else:
            self.stdout.write(f"{len(outcomes) - len(failed)} of {len(outcomes)} scenarios hold")
        if failed:
            raise SystemExit(1)

    def print_outcome(self, outcome: ScenarioOutcome) -> None:
        """One line for a scenario that holds; file, step, expected, got and verdicts for one that does not."""
        self.stdout.write(f"{'ok  ' if outcome.holds else 'FAIL'} {outcome.path}  {outcome.title}")
        if outcome.sign_in:
            self.stdout.write(f"     kept {outcome.project}; sign in as {json.dumps(outcome.sign_in)}")
        if outcome.error:
            self.stdout.write(f"     {outcome.error}")
        for step in outcome.steps:
            if not step.holds:
                self.print_step(step)

    def print_step(self, step: StepOutcome) -> None:
        """A step that does not hold."""
        self.stdout.write(f"     step {step.step} on {step.on} {step.title}".rstrip())
        for problem in step.problems:
            self.stdout.write(f"       {problem}")
        self.stdout.write(f"       expected {json.dumps(step.expected, ensure_ascii=False, default=str)}")
        if step.got:
            self.stdout.write(f"       got      {json.dumps(step.got, ensure_ascii=False)}")
        for verdict in step.verdicts:
            if verdict["outcome"] not in ("not_applicable", "allows"):
                figures = ";".join(verdict["figures"])
                self.stdout.write(f"       {verdict['outcome']} {verdict['rule']} {verdict['reason']} [{figures}]")

    def print_vocabulary(self, as_json: bool) -> None:
        """Everything a scenario may name, as JSON or as an outline."""
        words = vocabulary()
        if as_json:
            self.stdout.write(json.dumps(words, ensure_ascii=False, indent=2))
        else:
            self.outline(words, 0)

    def outline(self, value: Any, depth: int) -> None:
        """Nested names, one per line, lists and plain values behind them."""
        for name, inner in value.items():
            if isinstance(inner, dict) and inner:
                self.stdout.write("  " * depth + str(name))
                self.outline(inner, depth + 1)
            else:
                shown = ", ".join(map(str, inner)) if isinstance(inner, list) else inner
                self.stdout.write("  " * depth + f"{name}: {shown}")
