"""Here: every way the door says no, with what a person needs to go on. Not here: how a page or REST shows it."""

from policies.verdicts import Verdict


class ProjectError(Exception):
    """Base of all answers other than yes. `status` is the HTTP status that every door uses, `title` one line in Chinese."""

    status = 409
    code = "conflict"
    title = "现在不能办理"

    def __init__(self, detail: str, **extra) -> None:
        super().__init__(detail)
        self.detail = detail
        self.extra = extra


class NotOffered(ProjectError):
    """The move is not on the map from here, or not on this project's route."""

    code = "not_offered"
    title = "当前环节没有这一事项"


class Stale(ProjectError):
    """The actor saw an older state; nothing was done."""

    code = "stale"
    title = "项目状态已经变化,请刷新后再办"


class Forbidden(ProjectError):
    """This person may not; says which offices may and which clause gives it to them."""

    status = 403
    code = "forbidden"
    title = "您没有办理此事项的权限"


class Refused(ProjectError):
    """The law stands in the way: `verdicts` hold every rule that was asked, the blocking ones first."""

    code = "refused"
    title = "依照规定暂不能办理"

    def __init__(self, detail: str, verdicts: tuple[Verdict, ...], **extra) -> None:
        super().__init__(detail, **extra)
        self.verdicts = tuple(sorted(verdicts, key=lambda verdict: not verdict.blocks))

    @property
    def rules(self) -> list[str]:
        """Ids of the rules that block, in order."""
        return [verdict.rule for verdict in self.verdicts if verdict.blocks]


class Closed(ProjectError):
    """Evidence of a stage that is not open now; `rules` names the clause that closed it, where the pack gives one."""

    code = "closed"
    title = "这一环节的材料现在不能登记或更改"

    def __init__(self, detail: str, *, rules: list[str] | None = None, **extra) -> None:
        self.rules = rules or []
        super().__init__(detail, **({"rules": self.rules} if self.rules else {}), **extra)


class Invalid(ProjectError):
    """Input that cannot be read: `errors` maps field names to messages in Chinese."""

    status = 400
    code = "invalid"
    title = "填写有误"

    def __init__(self, detail: str, errors: dict[str, list], **extra) -> None:
        super().__init__(detail, **extra)
        self.errors = errors
