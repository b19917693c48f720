"""Here: the states a project can be in, in the order of the chain. Not here: moves (models/lifecycle.py), routes (packs)."""

from django.db import models


class State(models.TextChoices):
    """Few states for all regimes; a pack's route says which of them its projects go through."""

    DRAFT = "draft", "草稿"
    FILED = "filed", "已申报"
    ENDORSED = "endorsed", "预审通过"
    APPROVED = "approved", "已立项"
    BUDGETED = "budgeted", "已安排预算"
    SCHEME_FILED = "scheme_filed", "方案评审中"
    SCHEME_APPROVED = "scheme_approved", "方案通过"
    PROCURING = "procuring", "采购中"
    CONTRACTED = "contracted", "已签合同"
    BUILDING = "building", "建设中"
    TRIAL = "trial", "试运行"
    ACCEPTING = "accepting", "验收中"
    ACCEPTED = "accepted", "验收通过"
    IN_SERVICE = "in_service", "已交付使用"
    EVALUATED = "evaluated", "已评价"
    REJECTED = "rejected", "不予通过"
    WITHDRAWN = "withdrawn", "已撤回"
    SUSPENDED = "suspended", "已暂停"
    TERMINATED = "terminated", "已终止"


CHAIN = (
    State.DRAFT,
    State.FILED,
    State.ENDORSED,
    State.APPROVED,
    State.BUDGETED,
    State.SCHEME_FILED,
    State.SCHEME_APPROVED,
    State.PROCURING,
    State.CONTRACTED,
    State.BUILDING,
    State.TRIAL,
    State.ACCEPTING,
    State.ACCEPTED,
    State.IN_SERVICE,
    State.EVALUATED,
)
LIVE = CHAIN[1:-1]
CLOSED = (State.REJECTED, State.WITHDRAWN, State.TERMINATED)


def earlier(state: str) -> tuple[State, ...]:
    """The states of the chain before this one, draft left out."""
    return CHAIN[1 : CHAIN.index(State(state))]
