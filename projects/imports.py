"""Here: bringing past projects and estimate lines in from workbooks. Not here: their forms and what they mean."""

import json

from django.core.exceptions import ValidationError
from django.http import Http404, QueryDict
from django.urls import reverse

from exchange.imports.registry import Field, Import, importer
from organizations.models import Organization
from papers.excel import DAY, MONEY
from policies.loader import load
from projects.drafts import Stamp, save_section, typed_of
from projects.evidence import EVIDENCE
from projects.forms import FilingForm
from projects.models import EstimateLine, PastProject
from projects.past import PastProjectForm, keep, may_keep
from projects.permissions import may_record
from projects.scope import visible_projects
from projects.workspace import FILING, sections

ESTIMATE = "estimate"


@importer
class PastProjects(Import):
    """Projects finished before this software, for the search and for comparing new ones with them."""

    name = "past-projects"
    label = "历史项目"
    help = "历史项目是已经完成的项目的登记,不进入办理流程、不产生待办和时限,只供检索和查重对照。金额不知道的留空,不要填 0。"
    whose = "历史项目由{centre}导入。"

    def may(self, user, project=None) -> bool:
        """The centre of the place."""
        return user.is_active and may_keep(user)

    def fields(self, user, project=None) -> list[Field]:
        """Units by their full names."""
        place = user.organization.jurisdiction
        units = dict(Organization.objects.filter(jurisdiction=place).order_by("name").values_list("name", "pk"))
        kinds = tuple(load(place.pack).kinds)
        return [
            Field("建设单位", "department", True, "单位全称,须已在本系统登记。", next(iter(units), ""), choices=tuple(units),
                  value=units.get),
            Field("项目名称", "name", True, "", "智慧城管平台一期"),
            Field("原编号", "old_number", False, "当时的项目编号,可不填。", "2014-015"),
            Field("年度", "year", True, "项目立项或建设的年度,四位数字。", "2014"),
            Field("建设性质", "kind", False, "", kinds[0] if kinds else "", choices=kinds),
            Field("建设目标和内容", "objective", False, "查重时会与新项目的建设目标比对,请尽量填写。", "整合城市管理部件数据。"),
            Field("投资额(元)", "investment", False, "单位是元,不是万元;不知道的留空。", "1560000.00", MONEY),
            Field("合同金额(元)", "contracted", False, "单位是元;不知道的留空。", "1498000.00", MONEY),
            Field("承建单位", "contractor", False, "", ""),
            Field("验收日期", "accepted_on", False, "例如 2015-06-30。", "2015-06-30", DAY),
            Field("使用情况", "standing", True, "", PastProject.IN_USE, choices=tuple(dict(PastProject.STANDINGS))),
            Field("备注", "note", False, "", ""),
        ]  # fmt: skip

    def check(self, data, user, project=None) -> PastProjectForm:
        """The form of the register."""
        form = PastProjectForm(data, instance=PastProject(jurisdiction=user.organization.jurisdiction))
        form.is_valid()
        return form

    def save(self, forms, user, project=None) -> list[str]:
        """Add them to the register, each on record."""
        return [f"登记历史项目 {keep(form, actor=user)}" for form in forms]

    def done(self, project=None) -> str:
        """The register."""
        return reverse("projects:past")


@importer
class Estimate(Import):
    """The estimate of a draft: the rows take the place of those that are there."""

    name = ESTIMATE
    label = "概算明细"
    help = "导入的各行将替换这个项目草稿中现有的全部概算明细;金额应等于数量 × 单价。"
    whose = "概算明细由建设单位在填写申报时导入。"
    about_project, together = True, True

    def project(self, user, number: str):
        """A visible project. Raises Http404."""
        found = visible_projects(user).select_related("department", "jurisdiction").filter(number=number).first()
        if found is None:
            raise Http404
        return found

    def may(self, user, project=None) -> bool:
        """The unit, while its filing is open."""
        filing = EVIDENCE[FILING]
        return may_record(user, project, filing) and filing.is_open(project)

    def fields(self, user, project=None) -> list[Field]:
        """As in the table of the filing."""
        types = tuple(value for value, _ in EstimateLine.TYPES)
        return [
            Field("名称", "name", True, "", "应用软件开发"),
            Field("类型", "type", True, "", types[0], choices=types),
            Field("规格", "specification", False, "", "定制开发"),
            Field("单位", "unit", False, "计量单位。", "套"),
            Field("数量", "quantity", True, "", "1"),
            Field("单价(元)", "unit_price", True, "单位是元,不是万元。", "680000.00", MONEY),
            Field("金额(元)", "amount", True, "数量 × 单价,单位是元。", "680000.00", MONEY),
            Field("不用公共设施的理由", "own_built_reason", False, "自建服务器、网络、机房时填写。", ""),
        ]

    def check(self, data, user, project=None):
        """The row of the filing's table."""
        form = FilingForm.base_fields[ESTIMATE].row_form(data=data)
        form.is_valid()
        return form

    def save(self, forms, user, project=None) -> list[str]:
        """Save the table as its page does. Raises ValidationError with what the table says of itself."""
        section = next(each for each in sections() if ESTIMATE in each.fields)
        seen = typed_of(project).sections.get(section.code, {}).get("rev", 0)
        data = QueryDict(mutable=True)
        data[ESTIMATE] = json.dumps([form.data for form in forms], ensure_ascii=False)
        saved = save_section(project.pk, section, data, actor=user, stamp=Stamp(seen=seen))
        if saved.errors:
            raise ValidationError([words for said in saved.errors.values() for words in said])
        return [f"{form.cleaned_data['name']} {form.cleaned_data['amount']:,.2f} 元" for form in forms]

    def done(self, project=None) -> str:
        """The section of the filing."""
        section = next(each for each in sections() if ESTIMATE in each.fields)
        return reverse("projects:filing_section", args=[project.number, section.code])
