"""Here: the yearly notice with its window, and the lines of a filing. Not here: the project itself (project.py)."""

from django.db import models


class FilingBatch(models.Model):
    """年度申报通知: a plan year, a window, requirements. Published by the governing office (YQ-3.1-1, YQ-3.1-2)."""

    jurisdiction = models.ForeignKey("organizations.Jurisdiction", models.PROTECT, verbose_name="辖区")
    title = models.CharField("通知标题", max_length=200)
    doc_no = models.CharField("文号", max_length=100, blank=True)
    calendar_year = models.PositiveSmallIntegerField("申报年度")
    opens_on = models.DateField("开始日期")
    closes_on = models.DateField("截止日期")
    requirements = models.TextField("申报要求", blank=True)
    published_on = models.DateField("发布日期")
    published_by = models.ForeignKey("organizations.User", models.PROTECT, related_name="+", verbose_name="发布人")

    class Meta:
        verbose_name = verbose_name_plural = "申报批次"
        ordering = ["-opens_on"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closes_on__gte=models.F("opens_on")), name="batch_window_in_order"
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def plan_year(self) -> int:
        """The year the projects of this batch are for: the one after (YQ-3.1-4)."""
        return self.calendar_year + 1

    def is_open(self, on) -> bool:
        """Whether a filing on this date is inside the window, both ends included (YQ-3.1-2)."""
        return self.published_on <= on and self.opens_on <= on <= self.closes_on


class FundingLine(models.Model):
    """Where money comes from: source, level and amount in 元 (YQ-1.1-1)."""

    SOURCES = [
        ("本级财政", "本级财政"),
        ("上级财政", "上级财政"),
        ("财政补助", "财政补助"),
        ("自筹", "自筹"),
        ("其他", "其他"),
    ]
    FISCAL = ("本级财政", "上级财政", "财政补助")
    OWN_LEVEL = "本级财政"

    project = models.ForeignKey("projects.Project", models.CASCADE, related_name="funding", verbose_name="项目")
    position = models.PositiveSmallIntegerField(default=0, editable=False)
    source = models.CharField("资金来源", max_length=20, choices=SOURCES)
    level = models.CharField("层级", max_length=50, blank=True)
    amount = models.DecimalField("金额(元)", max_digits=16, decimal_places=2)

    class Meta:
        verbose_name = verbose_name_plural = "资金来源"
        ordering = ["position", "id"]


class EstimateLine(models.Model):
    """概算明细: name, specification, quantity × unit price = amount, to the fen (YQ-1.2-11)."""

    TYPES = [
        ("软件开发", "软件开发"), ("软件采购", "软件采购"), ("硬件设备", "硬件设备"), ("服务器", "服务器"), ("网络", "网络"),
        ("机房", "机房"), ("运维服务", "运维服务"), ("设计费用", "设计费用"), ("监理费用", "监理费用"), ("其他", "其他"),
    ]  # fmt: skip
    OWN_BUILT = ("服务器", "网络", "机房")
    EQUIPMENT = ("硬件设备", "服务器")

    project = models.ForeignKey("projects.Project", models.CASCADE, related_name="estimate", verbose_name="项目")
    position = models.PositiveSmallIntegerField(default=0, editable=False)
    name = models.CharField("名称", max_length=200)
    type = models.CharField("类型", max_length=20, choices=TYPES)
    specification = models.CharField("规格", max_length=500, blank=True)
    unit = models.CharField("单位", max_length=20, blank=True)
    quantity = models.DecimalField("数量", max_digits=12, decimal_places=2)
    unit_price = models.DecimalField("单价(元)", max_digits=16, decimal_places=2)
    amount = models.DecimalField("金额(元)", max_digits=16, decimal_places=2)
    own_built_reason = models.CharField("不用公共设施的理由", max_length=500, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "概算明细"
        ordering = ["position", "id"]
