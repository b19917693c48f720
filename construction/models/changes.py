"""Here: a change of an approved scheme, from the request to its execution, a record for each step. Not here: who may, when."""

from django.db import models
from django.db.models import Q

from organizations.credit_codes import CreditCodeField
from projects.models import Line, StageRecord
from projects.models.material import Attachment, Material
from reviews.models.review import ItemColumns

OPEN, APPROVED, REJECTED, RETURNED, WITHDRAWN = "审批中", "已批准", "不予批准", "已退回", "已撤回"
AGREE, DISAGREE, RETURN = "同意", "不同意", "退回"
APPROVE, REFUSE = "批准", "不批准"


class ChangeRequest(StageRecord):
    """变更申请: why the approved scheme must change and what it is to be (YQ-3.4-13, -14). Numbered within the project.

    `new_total` is the project's whole investment afterwards in 元; the items, where given, the whole approved list.
    """

    number = models.PositiveSmallIntegerField("变更序号", editable=False)
    title = models.CharField("变更事项", max_length=200)
    necessity = models.TextField("必要性说明", blank=True)
    description = models.TextField("变更内容")
    changes_plan = models.BooleanField("改动技术方案", default=False)
    plan = models.ForeignKey(
        Attachment, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="变更后的技术方案"
    )
    total_before = models.DecimalField("变更前总投资(元)", max_digits=16, decimal_places=2, null=True, editable=False)
    new_total = models.DecimalField("变更后总投资(元)", max_digits=16, decimal_places=2, null=True, blank=True)

    class Meta(StageRecord.Meta):
        verbose_name = verbose_name_plural = "变更申请"
        constraints = [models.UniqueConstraint(fields=["project", "number"], name="change_number_once")]

    def __str__(self) -> str:
        return f"变更{self.number} {self.title}"

    @property
    def status(self) -> str:
        """Where the request stands: 审批中, 已批准, 不予批准, 已退回 or 已撤回."""
        if hasattr(self, "withdrawal"):
            return WITHDRAWN
        if hasattr(self, "decision"):
            return APPROVED if self.decision.outcome == APPROVE else REJECTED
        return RETURNED if self.reviews.filter(outcome=RETURN).exists() else OPEN

    @property
    def approved_on(self):
        """The day it was approved, or None."""
        return self.decision.recorded_on if self.status == APPROVED else None

    @property
    def touches_plan(self) -> bool:
        """Whether the scheme or the item list changes, so that a new opinion is due (YQ-3.4-14)."""
        return self.changes_plan or self.items.exists()


class ChangeItem(ItemColumns, Line):
    """One line of the item list as it is to be after the change."""

    record = models.ForeignKey(ChangeRequest, models.CASCADE, related_name="items")

    class Meta(Line.Meta):
        verbose_name = verbose_name_plural = "变更后的采购内容"


class ChangeMaterial(Line):
    """The answer to one slot of the filing's checklist: the paper on file still holds, a new one, or there is none."""

    KEPT, RENEWED, NONE = "沿用原件", "重新提交", Material.NONE
    ANSWERS = [(KEPT, KEPT), (RENEWED, RENEWED), (NONE, NONE)]

    record = models.ForeignKey(ChangeRequest, models.CASCADE, related_name="materials")
    code = models.CharField("材料", max_length=60)
    answer = models.CharField("答复", max_length=10, choices=ANSWERS)
    attachment = models.ForeignKey(
        Attachment, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="文件"
    )

    class Meta(Line.Meta):
        verbose_name = verbose_name_plural = "变更材料"


class ChangeReview(StageRecord):
    """变更审查: the centre's 预审 of a request, and its new opinion on a scheme that changes (YQ-3.4-14)."""

    PRELIMINARY, SCHEME = "预审", "技术方案审查"
    STEPS = [(PRELIMINARY, PRELIMINARY), (SCHEME, SCHEME)]
    OUTCOMES = [(AGREE, AGREE), (DISAGREE, DISAGREE), (RETURN, RETURN)]

    change = models.ForeignKey(ChangeRequest, models.PROTECT, related_name="reviews", verbose_name="变更申请")
    step = models.CharField("环节", max_length=10, choices=STEPS)
    outcome = models.CharField("结论", max_length=10, choices=OUTCOMES)
    opinion = models.TextField("意见")

    class Meta(StageRecord.Meta):
        verbose_name = verbose_name_plural = "变更审查"


class ChangeSignature(StageRecord):
    """变更会审: finance and the governing office, each for itself, where an amount changes (YQ-3.4-14)."""

    OUTCOMES = [(AGREE, AGREE), (DISAGREE, DISAGREE)]

    change = models.ForeignKey(ChangeRequest, models.PROTECT, related_name="signatures", verbose_name="变更申请")
    outcome = models.CharField("会审意见", max_length=10, choices=OUTCOMES)
    opinion = models.TextField("说明", blank=True)

    class Meta(StageRecord.Meta):
        verbose_name = verbose_name_plural = "变更会审"


class ChangeDecision(StageRecord):
    """变更决定: the end of the procedure, refused while a step of it is open (YQ-3.4-14)."""

    OUTCOMES = [(APPROVE, APPROVE), (REFUSE, REFUSE)]

    change = models.OneToOneField(ChangeRequest, models.PROTECT, related_name="decision", verbose_name="变更申请")
    outcome = models.CharField("决定", max_length=10, choices=OUTCOMES)
    doc_no = models.CharField("批复文号", max_length=100, blank=True)
    reason = models.TextField("理由", blank=True)

    class Meta(StageRecord.Meta):
        verbose_name = verbose_name_plural = "变更决定"
        constraints = [
            models.CheckConstraint(condition=Q(outcome=APPROVE) | ~Q(reason=""), name="change_refusal_has_reason")
        ]


class ChangeWithdrawal(StageRecord):
    """撤回变更: the unit gives a request up; it stays on file and is shown apart (YQ-3.4-16)."""

    change = models.OneToOneField(ChangeRequest, models.PROTECT, related_name="withdrawal", verbose_name="变更申请")
    reason = models.TextField("撤回原因")

    class Meta(StageRecord.Meta):
        verbose_name = verbose_name_plural = "撤回变更申请"


class ChangeExecution(StageRecord):
    """执行变更: from here on the changed scheme is what is built and bought (YQ-3.4-15)."""

    change = models.OneToOneField(
        ChangeRequest, models.PROTECT, related_name="execution", null=True, verbose_name="变更申请"
    )
    executed_on = models.DateField("执行日期")
    text = models.TextField("执行情况", blank=True)

    class Meta(StageRecord.Meta):
        verbose_name = verbose_name_plural = "执行变更"


class ContractAmendment(StageRecord):
    """合同变更: a supplementary agreement against an approved change (YQ-3.4-15). `amount` is the contract's new total in 元."""

    change = models.ForeignKey(
        ChangeRequest, models.PROTECT, related_name="amendments", null=True, verbose_name="变更申请"
    )
    contract = models.ForeignKey(
        "procurement.Contract", models.PROTECT, related_name="amendments", verbose_name="原合同"
    )
    amount = models.DecimalField("变更后合同金额(元)", max_digits=16, decimal_places=2)
    signed_on = models.DateField("补充协议签订日期")
    file = models.ForeignKey(Attachment, models.PROTECT, related_name="+", verbose_name="补充协议")
    firm_name = models.CharField("变更后的承建单位", max_length=200, blank=True)
    firm_credit_code = CreditCodeField("变更后承建单位的统一社会信用代码", null=True, blank=True)

    class Meta(StageRecord.Meta):
        verbose_name = verbose_name_plural = "合同变更"
