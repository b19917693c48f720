"""Here: 受理 and 一次性告知, the centre taking a filing in or sending it back. Not here: the review opinion."""

from django.db import models

from projects.models import Line
from reviews.models.rounds import FilingRecord


class FilingReceipt(FilingRecord):
    """受理登记: the centre accepts a filing or declines it; an interim one only with its three proofs (YQ-3.1-7, -8)."""

    ACCEPTED, DECLINED = "受理", "不予受理"
    OUTCOMES = [(ACCEPTED, ACCEPTED), (DECLINED, DECLINED)]

    outcome = models.CharField("受理结论", max_length=10, choices=OUTCOMES)
    remark = models.TextField("说明", blank=True)

    class Meta(FilingRecord.Meta):
        verbose_name = verbose_name_plural = "受理登记"


class ReturnLetter(FilingRecord):
    """一次性告知书: every defect of a filing, numbered, each with its clause."""

    text = models.TextField("说明", blank=True)
    reply_by = models.DateField("请于何日前补正", null=True, blank=True)

    class Meta(FilingRecord.Meta):
        verbose_name = verbose_name_plural = "一次性告知书"


class Defect(Line):
    """One numbered defect: clause, where, what is wrong, what is expected.

    `part` is a field, a table or a document of the filing (projects/parts.py). A second letter raises something new
    about a part that has not changed only with the reason why it comes late.
    """

    record = models.ForeignKey(ReturnLetter, models.CASCADE, related_name="defects")
    clause = models.CharField("依据条款", max_length=40)
    part = models.CharField("所在部分", max_length=80, blank=True)
    content = models.CharField("须补正的内容", max_length=500)
    expected = models.CharField("应当怎样补正", max_length=500, blank=True)
    late_reason = models.CharField("前次未提出的理由", max_length=300, blank=True)

    class Meta(Line.Meta):
        verbose_name = verbose_name_plural = "须补正事项"

    def __str__(self) -> str:
        return f"第{self.number}项({self.clause})"

    @property
    def number(self) -> int:
        """The defect's number in its letter, from 1."""
        return self.position + 1
