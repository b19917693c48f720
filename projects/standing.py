"""Here: keeping the standing flags of a project true. Not here: which rules stand (packs: standing = true)."""

from collections.abc import Collection, Iterator
from functools import cache

from django.db import transaction

from organizations import clock
from policies.loader import available, load
from policies.pack import Check, Pack
from policies.vocabulary import FACTS
from projects.judgement import consider
from projects.models import Project
from projects.models.flag import ProjectFlag
from projects.states import CLOSED

AT_ONCE = 500


def refresh_flags(project, *, only: Collection[str] | None = None) -> bool:
    """Raise the flags that stand now, clear those that do not; of all rules or `only` these. Whether anything changed.

    A closed project keeps none open.
    """
    raised = {flag.rule: flag for flag in ProjectFlag.objects.filter(project=project, cleared_on=None)}
    if only is not None:
        raised = {rule: flag for rule, flag in raised.items() if rule in only}
    standing = _standing(project, only)
    for rule, flag in raised.items():
        if rule not in standing:
            flag.cleared_on = clock.today()
            flag.save(update_fields=["cleared_on"])
        elif flag.reason != standing[rule]:
            flag.reason = standing[rule]
            flag.save(update_fields=["reason"])
    new = {rule: reason for rule, reason in standing.items() if rule not in raised}
    ProjectFlag.objects.bulk_create(
        [ProjectFlag(project=project, rule=rule, reason=reason, since=clock.today()) for rule, reason in new.items()]
    )
    return standing != {rule: flag.reason for rule, flag in raised.items() if not flag.cleared_on} or bool(new)


def _standing(project, only: Collection[str] | None) -> dict[str, str]:
    verdicts = () if project.state in CLOSED else consider(project, "standing", only=only).verdicts
    return {verdict.rule: verdict.reason for verdict in verdicts if verdict.outcome == "flags"}


def refresh_by_day() -> int:
    """Judge the flags anew that come and go with the date alone, of open projects; returns how many projects changed.

    Each in its own transaction, so that a round that was cut short goes on where it is run again.
    """
    changed = 0
    for code in available():
        rules = by_day(code)
        for key in _open_projects(code) if rules else ():
            with transaction.atomic():
                project = Project.objects.select_for_update(of=("self",)).select_related("department").get(pk=key)
                changed += refresh_flags(project, only=rules)
    return changed


def _open_projects(pack_code: str) -> Iterator[int]:
    """Their keys, some at a time: nothing is held while they are judged."""
    rows, last = Project.objects.filter(pack_code=pack_code).exclude(state__in=CLOSED).order_by("pk"), 0
    while keys := list(rows.filter(pk__gt=last).values_list("pk", flat=True)[:AT_ONCE]):
        yield from keys
        last = keys[-1]


@cache
def by_day(pack_code: str) -> frozenset[str]:
    """The standing rules of a pack that ask for a fact which changes with the date alone."""
    pack: Pack = load(pack_code)
    return frozenset(rule.id for rule, checks in pack.governing_checks("standing") if any(map(_hangs_on_the_day, checks)))


def _hangs_on_the_day(check: Check) -> bool:
    conditions = [each for one in (*check.when, *check.require) for each in (one, *one.any)]
    compared = [each for each in conditions if each.test not in ("present", "absent")]  # a day more changes neither
    named = {name for each in compared for name in (each.fact, each.other, each.of) if name in FACTS}
    return any(FACTS[name].by_day for name in named)
