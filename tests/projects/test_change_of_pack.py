"""Here: another pack for a place while projects are open. Not here: the page's other checks (tests/organizations)."""

from organizations.models import AuditEvent, Jurisdiction, Post, User
from projects.models import Project


def test_open_projects_are_spoken_of_and_keep_their_instrument(city, client):
    project = city.project("filed")
    client.force_login(User.objects.create_user("root", password="x", post=Post.SYSTEM_ADMIN, display_name="root"))
    path = f"/system/places/{city.jurisdiction.pk}/"
    data = {"name": "乐清市", "parent": "", "pack": "taicang-2021"}
    refused = client.post(path, data)
    assert refused.status_code == 400
    assert "还有 1 个项目没有办结,请写明它们怎么办" in refused.content.decode()
    assert Jurisdiction.objects.get(pk=city.jurisdiction.pk).pack == "yueqing-2015"
    client.post(path, data | {"what_of_open": "继续按原文件办理。"})
    assert Jurisdiction.objects.get(pk=city.jurisdiction.pk).pack == "taicang-2021"
    assert Project.objects.get(pk=project.pk).pack_code == "yueqing-2015"
    detail = AuditEvent.objects.get(action="place.change").detail
    assert detail["before"]["pack"] == "yueqing-2015"
    assert detail["after"] == {"pack": "taicang-2021", "what_of_open": "继续按原文件办理。"}
