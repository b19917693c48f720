"""Here: bringing experts in from a workbook, for the centre. Not here: the form, keeping the pool (pool.py)."""

from django.urls import reverse

from exchange.imports.registry import Field, Import, importer
from papers.excel import CODE
from reviews.forms.experts import ExpertForm
from reviews.models import Expert
from reviews.pool import keep, may_keep


@importer
class Experts(Import):
    """New experts; one with the same name and employer is an error and stays as it is."""

    name = "experts"
    label = "专家"
    help = "专家库中已有的专家(姓名和工作单位都相同)不会被改动,会作为错误指出。"

    whose = "专家由{centre}导入。"

    def may(self, user, project=None) -> bool:
        """The centre, which keeps the pool of its place."""
        return user.is_active and user.is_business and may_keep(user)

    def fields(self, user, project=None) -> list[Field]:
        """As on the page of an expert."""
        return [
            Field("姓名", "name", True, "", "张明"),
            Field("工作单位", "employer", True, "请写全称:抽取时据此回避与建设单位有关的专家。", "温州大学"),
            Field("职称", "title", False, "", "高级工程师"),
            Field("专业", "specialties", True, "几项之间用顿号分开。", "网络安全、软件工程"),
            Field("联系电话", "phone", False, "", "0577-61880000", CODE),
        ]

    def check(self, data, user, project=None) -> ExpertForm:
        """The form of the page."""
        form = ExpertForm(data, instance=Expert(jurisdiction=user.organization.jurisdiction))
        form.is_valid()
        return form

    def save(self, forms, user, project=None) -> list[str]:
        """Take the experts into the pool, each on record."""
        return [f"入库专家 {keep(form, actor=user)}" for form in forms]

    def done(self, project=None) -> str:
        """The pool."""
        return reverse("reviews:experts")
