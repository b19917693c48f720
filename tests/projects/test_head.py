"""Here: what the head of a project's pages says of its money. Not here: what follows from it (scenarios)."""

import pytest
from django.urls import reverse

from projects.models import FundingLine


@pytest.mark.parametrize(
    "sources, said",
    [
        ([("自筹", "500000.00")], "非财政项目"),
        ([("自筹", "400000.00"), ("财政补助", "100000.00")], ""),
        ([("本级财政", "0.00"), ("其他", "500000.00")], "非财政项目"),
        ([], "资金来源:未知"),
    ],
)
def test_the_source_of_money_is_tagged(client, city, sources, said):
    project = city.draft()
    project.funding.all().delete()
    for source, amount in sources:
        FundingLine.objects.create(project=project, source=source, amount=amount)
    client.force_login(city.applicant)
    shown = client.get(reverse("projects:project", args=[project.number])).content.decode()
    tags = [tag for tag in ("非财政项目", "资金来源:未知") if f'<span class="tag">{tag}</span>' in shown]
    assert tags == ([said] if said else [])
