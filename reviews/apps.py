"""Here: start-up of the reviews room. Not here: anything that runs per request."""

from django.apps import AppConfig

QUEUE_PAGES = ("reviews:review", "reviews:bulk", "reviews:bulk_confirm", "reviews:bulk_result", "reviews:phrases")
POOL_PAGES = ("reviews:experts", "reviews:expert", "reviews:expert_new", "reviews:expert_edit")
ACTIONS = {
    "expert.add": "专家入库", "expert.change": "修改专家", "expert.suspend": "停用专家", "expert.restore": "恢复专家",
    "expert_draw.seal": "封存抽取设定", "expert_draw.hold": "抽取专家", "expert_draw.recuse": "登记专家回避",
    "expert_draw.opinion": "登记专家意见", "bulk": "批量办理", "phrase.add": "登记审核用语", "phrase.end": "停用审核用语",
}  # fmt: skip


class ReviewsConfig(AppConfig):
    """预审 and 评审."""

    name = "reviews"
    verbose_name = "预审与评审"

    def ready(self) -> None:
        """Register forms, facts, effects, parties and papers."""
        from desk.saved import offer
        from organizations.audit import name_actions
        from organizations.navigation import enter, officers
        from reviews import (  # noqa: F401
            bulk,
            documents,
            documents_scheme,
            duties,
            effects,
            facts,
            facts_checklist,
            facts_filing,
            facts_scheme,
            forms,
            panels,
            panels_experts,
            party,
            workspace,
        )

        enter("reviews:queue", "审核", order=15, shown=officers("centre", "gov_office"), also=QUEUE_PAGES + POOL_PAGES)
        offer("reviews:queue")
        name_actions(ACTIONS)
