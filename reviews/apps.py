"""Here: start-up of the reviews room. Not here: anything that runs per request."""

from django.apps import AppConfig

POOL_PAGES = ("reviews:expert", "reviews:expert_new", "reviews:expert_edit")
ACTIONS = {
    "expert.add": "专家入库", "expert.change": "修改专家", "expert.suspend": "停用专家", "expert.restore": "恢复专家",
    "expert_draw.seal": "封存抽取设定", "expert_draw.hold": "抽取专家", "expert_draw.recuse": "登记专家回避",
    "expert_draw.opinion": "登记专家意见",
}  # fmt: skip


class ReviewsConfig(AppConfig):
    """预审 and 评审."""

    name = "reviews"
    verbose_name = "预审与评审"

    def ready(self) -> None:
        """Register forms, facts, effects and parties."""
        from reviews import duties, effects, facts, facts_checklist, facts_scheme, forms, party  # noqa: F401
