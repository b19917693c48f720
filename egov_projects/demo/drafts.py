"""Here: a filing that somebody has begun: half filled, one cell not readable yet, alike to what the unit filed. Not here: the year."""

from django.http import QueryDict

from projects.drafts import Stamp, save_section
from projects.filing import open_draft
from projects.models import Project
from projects.workspace import sections

BEGUN = {
    "basics": {"kind": "扩建", "categories": "电子政务应用系统", "ict_based": "true"},
    "content": {
        "objective": "在一期基础上增加网上预约和电子票据,群众办事不再往返窗口。",
        "business_need": "年办理约九千件,现有系统不能预约,票据仍为手工开具。",
        "public_facilities": "政务外网",
    },
    "estimate": {
        "declared_total": "480,000.00",
        "estimate-0-name": "网上预约", "estimate-0-type": "软件开发", "estimate-0-unit": "项", "estimate-0-quantity": "1",
        "estimate-0-unit_price": "300000.00", "estimate-0-amount": "300,000.00",
        "estimate-1-name": "电子票据接口", "estimate-1-type": "软件开发", "estimate-1-unit": "项", "estimate-1-quantity": "1",
        "estimate-1-unit_price": "约18万", "estimate-1-amount": "180,000.00",
    },
}  # fmt: skip


def begin(clerk, like: Project) -> Project:
    """Open a draft beside a filed project and save three sections of it, as the clerk's browser does."""
    project = open_draft(actor=clerk, name=f"{like.name}(二期)", kind="扩建", origin="年度申报")
    for section in sections():
        if section.code in BEGUN:
            data = QueryDict(mutable=True)
            data.update(BEGUN[section.code] | {"section": section.code})
            save_section(project.pk, section, data, actor=clerk, stamp=Stamp())
    return project
