"""Here: keeping the standing flags of a project true. Not here: which rules stand (packs: standing = true)."""

from organizations import clock
from projects.judgement import consider
from projects.models.flag import ProjectFlag
from projects.states import CLOSED


def refresh_flags(project) -> None:
    """Raise the flags that stand now, clear those that do not. A closed project keeps none open."""
    verdicts = () if project.state in CLOSED else consider(project, "standing").verdicts
    standing = {verdict.rule: verdict.reason for verdict in verdicts if verdict.outcome == "flags"}
    for flag in ProjectFlag.objects.filter(project=project, cleared_on=None):
        if flag.rule not in standing:
            flag.cleared_on = clock.today()
            flag.save(update_fields=["cleared_on"])
        elif flag.reason != standing.pop(flag.rule):
            flag.reason = next(verdict.reason for verdict in verdicts if verdict.rule == flag.rule)
            flag.save(update_fields=["reason"])
    ProjectFlag.objects.bulk_create(
        [
            ProjectFlag(project=project, rule=rule, reason=reason, since=clock.today())
            for rule, reason in standing.items()
        ]
    )
