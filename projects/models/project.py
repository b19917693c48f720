"""Here: the project as a row, who it belongs to and what it is. Not here: its moves (lifecycle.py), later evidence (rooms)."""

from django.db import models
from django.db.models import Q

from policies.pack import Pack
from projects.models.lifecycle import Lifecycle
from projects.search import text_of
from projects.states import State


class ProjectQuerySet(models.QuerySet):
    """Refuses every bulk way of writing a state; the door is the only way (architecture: rings against bypass)."""

    def update(self, **fields):
        """As Django's, except that state and chain fields are refused with ValueError."""
        guarded = {"state", "ledger_head", "ledger_length"} & set(fields)
        if guarded:
            raise ValueError(f"{', '.join(sorted(guarded))} change only through projects.transitions.perform")
        return super().update(**fields)

    def bulk_update(self, objs, fields, batch_size=None):
        """As Django's, except that state and chain fields are refused with ValueError."""
        if {"state", "ledger_head", "ledger_length"} & set(fields):
            raise ValueError("state changes only through projects.transitions.perform")
        return super().bulk_update(objs, fields, batch_size)

    def bulk_create(self, objs, *args, **kwargs):
        """As Django's, except that every project starts as a draft, and can be found."""
        if any(each.state != State.DRAFT or each.ledger_length for each in objs):
            raise ValueError("a project begins as a draft without passages")
        for each in objs:
            each.be_found()
        return super().bulk_create(objs, *args, **kwargs)


class Project(Lifecycle):
    """One e-government project. Amounts in 元. `investment` is the latest lawfully approved total, else the estimate.

    Source: YQ-1.1-1 … YQ-1.2-11 for the filing fields; `investment` follows YQ-Q3 and is kept by effects.
    """

    jurisdiction = models.ForeignKey("organizations.Jurisdiction", models.PROTECT, verbose_name="辖区")
    department = models.ForeignKey("organizations.Organization", models.PROTECT, verbose_name="建设单位")
    created_by = models.ForeignKey("organizations.User", models.PROTECT, related_name="+", verbose_name="创建人")
    created_at = models.DateTimeField("创建时间")
    number = models.CharField("项目编号", max_length=40, unique=True)
    pack_code = models.CharField("适用文件", max_length=40)
    name = models.CharField("项目名称", max_length=200)
    kind = models.CharField("建设性质", max_length=20)
    origin = models.CharField("申报来源", max_length=20)
    batch = models.ForeignKey("projects.FilingBatch", models.PROTECT, null=True, blank=True, verbose_name="申报批次")
    plan_year = models.PositiveSmallIntegerField("计划年度", null=True, blank=True)
    categories = models.JSONField("项目类别", default=list, blank=True)
    category_note = models.CharField("其他类别说明", max_length=500, blank=True)
    ict_based = models.BooleanField("以计算机、通信技术为主要手段", null=True, blank=True)
    parent_name = models.CharField("所属基建项目", max_length=200, blank=True)
    parent_doc_no = models.CharField("基建项目立项文号", max_length=100, blank=True)
    serves = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="served_by", verbose_name="所服务的已建系统"
    )
    objective = models.TextField("建设目标(运维目标)", blank=True)
    business_need = models.TextField("业务需求", blank=True)
    shared_data_needed = models.TextField("需用的外部数据", blank=True)
    shared_data_offered = models.TextField("可提供的数据", blank=True)
    no_sharing_reason = models.TextField("无共享需求的理由", blank=True)
    public_facilities = models.JSONField("利用的公共基础设施", default=list, blank=True)
    declared_total = models.DecimalField("申报概算(元)", max_digits=16, decimal_places=2, null=True, blank=True)
    interim_superior_doc = models.CharField("上级明确要求的文件", max_length=200, blank=True)
    interim_government_doc = models.CharField("市政府明确认可的批示或纪要", max_length=200, blank=True)
    interim_fund_source = models.CharField("落实的资金来源", max_length=200, blank=True)
    interim_fund_amount = models.DecimalField(
        "落实的资金额(元)", max_digits=16, decimal_places=2, null=True, blank=True
    )

    investment = models.DecimalField(
        "投资额(元)", max_digits=16, decimal_places=2, null=True, blank=True, editable=False
    )
    investment_source = models.CharField("投资额来源", max_length=20, blank=True, editable=False)
    filed_on = models.DateField("申报日期", null=True, blank=True, editable=False)
    suspended_from = models.CharField(max_length=20, blank=True, editable=False)
    ledger_head = models.CharField(max_length=80, blank=True, editable=False)
    ledger_length = models.PositiveIntegerField(default=0, editable=False)
    search_text = models.TextField(blank=True, editable=False)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "项目"
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="project_known_state"),
            models.CheckConstraint(
                condition=Q(state=State.DRAFT) | Q(ledger_length__gt=0), name="project_state_has_passage"
            ),
            models.CheckConstraint(
                condition=Q(investment__isnull=True) | Q(investment__gte=0), name="project_investment_not_negative"
            ),
        ]
        indexes = [
            models.Index(fields=["jurisdiction", "-id"], name="project_page"),
            models.Index(fields=["department", "-id"], name="project_department_page"),
            models.Index(fields=["jurisdiction", "state", "-id"], name="project_state_page"),
            models.Index(fields=["jurisdiction", "plan_year", "-id"], name="project_year_page"),
            models.Index(fields=["jurisdiction", "investment", "-id"], name="project_investment_page"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"

    def save(self, *args, update_fields=None, **kwargs) -> None:
        """As Django's; what the project is found by follows its name, number and unit."""
        if update_fields is None or {"name", "number", "department"} & set(update_fields):
            self.be_found()
            update_fields = update_fields and {*update_fields, "search_text"}
        super().save(*args, update_fields=update_fields, **kwargs)

    def be_found(self) -> None:
        """Fill in the search text."""
        unit = self.department
        self.search_text = text_of(self.number, self.name, unit.name, unit.short_name)

    def refresh_from_db(self, using=None, fields=None, from_queryset=None) -> None:
        """As Django's; the protected state is re-read without ever opening the field to other threads."""
        self.__dict__["_refreshing"] = True
        self.__dict__.pop("_pack", None)
        try:
            super().refresh_from_db(using=using, fields=fields, from_queryset=from_queryset)
        finally:
            del self.__dict__["_refreshing"]

    def clean_fields(self, exclude=None) -> None:
        """As Django's, leaving the protected state out: validating would assign it."""
        super().clean_fields(exclude={*(exclude or ()), "state"})

    @property
    def pack(self) -> Pack:
        """The instrument this project is under, with an end date if one was registered; asked once per reading of the row."""
        from projects.instruments import pack_in_force

        if "_pack" not in self.__dict__:
            self.__dict__["_pack"] = pack_in_force(self.pack_code)
        return self.__dict__["_pack"]

    @property
    def route(self) -> tuple[str, ...]:
        """The ordered states of this project under its instrument."""
        return self.pack.route_for(self.kind, self.origin)

    @property
    def held_state(self) -> str:
        """The state that counts for stages: while suspended the one it was suspended in, else the present one."""
        return str(self.suspended_from if self.state == State.SUSPENDED else self.state)

    @property
    def previous_state(self) -> str:
        """The state before this one on the route; the state itself where there is none."""
        route = self.route
        at = route.index(self.state) if self.state in route else 0
        return route[max(at - 1, 0)]
