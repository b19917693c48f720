"""Here: what a scenario asks of the book alone. Not here: any project or database."""

from egov_projects.scenarios.expectations import missing_obligations, unwanted_obligations
from egov_projects.scenarios.outcome import Got, StepOutcome, compare
from policies.engine import assess
from policies.obligations import obligations
from policies.pack import Pack
from policies.scenario_data import BookCheck, Step


def judge_book(pack: Pack, check: BookCheck) -> StepOutcome:
    """Ask for verdicts on an action, or for the obligations, on the day of the check."""
    found = StepOutcome(str(check), check.on.isoformat(), check.given.get("title", ""), dict(check.given))
    if "action" in check.given:
        got = _verdicts(pack, check)
        found.got, found.verdicts = got.as_json(), got.verdicts
        found.problems += compare(Step(check.number, "do", "", check.on, given=check.given), got)
    asked = obligations(pack, dict(check.facts), on=check.on)
    found.problems += missing_obligations(asked, check.given.get("obligations_include", ()))
    found.problems += unwanted_obligations(asked, check.given.get("obligations_exclude", ()))
    return found


def _verdicts(pack: Pack, check: BookCheck) -> Got:
    verdicts = assess(
        check.given["action"], pack, dict(check.facts), on=check.on, applies_on=check.given.get("filed_on", check.on)
    )
    blocking = frozenset(verdict.rule for verdict in verdicts if verdict.blocks)
    return Got("refused" if blocking else "done", rules=blocking, verdicts=[verdict.as_json() for verdict in verdicts])
