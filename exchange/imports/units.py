"""Here: bringing units in from a workbook, for the system administrator. Not here: the form and the page of units (organizations)."""

from django.urls import reverse

from exchange.imports.registry import Field, Import, importer
from organizations.forms_system import UnitForm
from organizations.models import Jurisdiction, OrganizationType, Post
from organizations.pages.tables import saved
from papers.excel import CODE

TYPES = {label: value for value, label in OrganizationType.choices}


@importer
class Units(Import):
    """New units; one that is there already, by name or by credit code, is an error and stays as it is."""

    name = "units"
    label = "单位"
    help = "已有的单位(同名或同信用代码)不会被改动,会作为错误指出;请在单位页面修改。"

    whose = "单位由系统管理员导入。"

    def may(self, user, project=None) -> bool:
        """The system administrator."""
        return user.is_active and user.post == Post.SYSTEM_ADMIN

    def fields(self, user, project=None) -> list[Field]:
        """As on the page of a unit; places by their names."""
        places = {place.name: place.pk for place in Jurisdiction.objects.all()}
        first = next(iter(places), "")
        return [
            Field("辖区", "jurisdiction", True, "单位所属的辖区。", first, choices=tuple(places), value=places.get),
            Field("名称", "name", True, "单位全称,同一辖区内不重复。", "市大数据发展管理局"),
            Field("简称", "short_name", False, "常用简称,可不填。", "市大数据局"),
            Field("类型", "type", True, "", "市直属单位", choices=tuple(TYPES), value=TYPES.get),
            Field("统一社会信用代码", "credit_code", False, "18 位;按文本填写。", "", CODE),
        ]

    def check(self, data, user, project=None) -> UnitForm:
        """The form of the page."""
        form = UnitForm(data)
        form.is_valid()
        return form

    def save(self, forms, user, project=None) -> list[str]:
        """Open the units, each on record."""
        return [f"新增单位 {saved(form, 'unit_opened', actor=user).name}" for form in forms]

    def done(self, project=None) -> str:
        """The list of units."""
        return reverse("organizations:system_units")
