"""Here: 付款台账, the payments of visible projects as a workbook. Not here: recording a payment, writing Excel."""

from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Count, Q, Sum

from budget.models import Payment
from exchange.exports import export
from papers.excel import CODE, DAY, MONEY, NUMBER, Column, Sheet
from projects.scope import visible

AT_ONCE = 2_000
COLUMNS = [
    Column("序号", NUMBER), Column("项目编号", CODE), Column("项目名称", width=34), Column("建设单位", width=24),
    Column("拨付日期", DAY), Column("拨付类别"), Column("拨付金额(元)", MONEY, total=True), Column("收款单位", width=28),
    Column("合同编号", CODE), Column("合同付款条款"), Column("验收通过前拨付"), Column("验收前拨付的理由"), Column("说明"),
    Column("登记人"), Column("登记日期", DAY), Column("状态"), Column("作废金额(元)", MONEY, total=True), Column("作废原因"),
]  # fmt: skip
VALUES = (
    "project__number", "project__name", "project__department__name", "paid_on", "kind", "amount", "payee", "contract_ref",
    "contract_clause", "before_acceptance", "early_reason", "note", "recorded_by__display_name", "recorded_on",
    "voided_at", "void_reason",
)  # fmt: skip


class Asked(forms.Form):
    """Which payments: of a calendar year, of a unit, of a project."""

    year = forms.IntegerField(label="年度", min_value=2000, max_value=2100, required=False)
    unit = forms.IntegerField(label="建设单位", min_value=1, max_value=2**31, required=False)
    project = forms.CharField(label="项目编号", max_length=40, required=False)
    place = forms.SlugField(label="辖区", max_length=40, required=False)


@export("payments", label="付款台账")
def payments(user, asked):
    """Payments in the order they were made; a voided one stays, its amount in a column of its own."""
    form = Asked(asked)
    if not form.is_valid():
        raise ValidationError(form.errors.as_data())
    wanted = {
        "paid_on__year": form.cleaned_data["year"],
        "project__department": form.cleaned_data["unit"],
        "project__number": form.cleaned_data["project"],
        "project__jurisdiction__code": form.cleaned_data["place"],
    }
    found = visible(Payment, user).filter(**{name: value for name, value in wanted.items() if value})
    said = found.aggregate(
        size=Count("pk"), paid=Sum("amount", filter=Q(voided_at=None)), void=Sum("amount", filter=~Q(voided_at=None))
    )
    zero = Decimal("0.00")
    figures = {"拨付金额(元)": said["paid"] or zero, "作废金额(元)": said["void"] or zero}
    rows = found.order_by("paid_on", "id").values_list(*VALUES).iterator(AT_ONCE)
    return [Sheet("付款台账", COLUMNS, map(_line, enumerate(rows, start=1)), figures)], said["size"]


def _line(numbered: tuple[int, tuple]) -> list:
    at, (*project, paid_on, kind, amount, payee, contract, clause, early, reason, note, by, on, voided, why) = numbered
    stands = voided is None
    return [
        at, *project, paid_on, kind, amount if stands else None, payee, contract, clause, "是" if early else "否", reason,
        note, by, on, "有效" if stands else "已作废", None if stands else amount, why,
    ]  # fmt: skip
