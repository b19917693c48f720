"""Here: 老项目老办法 or 新办法, decided and written down project by project. Not here: whose duties change (test_packs)."""

import pytest
from django.core.exceptions import PermissionDenied

from organizations.models import AuditEvent
from policies import loader
from projects.errors import Invalid
from projects.models import Project, TransitionalDecision
from projects.transitional import decide
from projects.transitions import perform

OLD, NEW = "yueqing-2015", "yueqing-2026"
WORDS = {"basis": "新办法第三十条", "reason": "尚未采购,按新办法办理"}


@pytest.fixture
def successor(tmp_path, monkeypatch):
    """乐清's pack and a successor of it that raises the line of expert review and drops operations."""
    text = (loader.FOLDER / f"{OLD}.toml").read_text(encoding="utf-8")
    (tmp_path / f"{OLD}.toml").write_text(text, encoding="utf-8")
    new = text.replace(f'code = "{OLD}"', f'code = "{NEW}"').replace("value = 2000000.00", "value = 3000000.00")
    new = new.replace('kinds = ["新建", "扩建", "升级改造", "运行维护"]', 'kinds = ["新建", "扩建", "升级改造"]')
    new = new.replace("effective_from = 2015-03-02", "effective_from = 2026-01-01")
    (tmp_path / f"{NEW}.toml").write_text(new, encoding="utf-8")
    monkeypatch.setattr(loader, "FOLDER", tmp_path)
    loader.load.cache_clear()
    yield
    monkeypatch.undo()
    loader.load.cache_clear()


def test_a_project_goes_on_under_the_new_instrument(successor, city):
    project = city.project("filed", "2500000.00")
    (made,) = decide([project], NEW, TransitionalDecision.CHANGES, actor=city.users["gov_office"], **WORDS)
    project = Project.objects.get(pk=project.pk)
    assert (made.from_pack, made.to_pack, project.pack_code, project.pack.code) == (OLD, NEW, NEW, NEW)
    city.walker().walk_to(project, "endorsed")
    assert [each.pack_code for each in project.passages.order_by("number")] == [OLD, NEW]
    assert AuditEvent.objects.filter(action="instrument.transition", project_id=project.pk).count() == 1


def test_what_stays_under_the_old_one_is_written_down_too(successor, city):
    project = city.project("filed")
    decide([project], NEW, TransitionalDecision.STAYS, actor=city.users["gov_office"], **WORDS)
    assert Project.objects.get(pk=project.pk).pack_code == OLD
    assert [each.choice for each in project.transitional_decisions.all()] == ["老办法"]


def test_a_project_that_has_no_place_there_stops_the_whole_decision(successor, city):
    fits, operations = city.project("filed"), city.project("filed", kind="运行维护", name="运维")
    with pytest.raises(Invalid) as error:
        decide([fits, operations], NEW, TransitionalDecision.CHANGES, actor=city.users["gov_office"], **WORDS)
    assert error.value.errors["projects"][0]["message"] == f"{operations.number}:新文件没有“运行维护”这一建设性质"
    assert not TransitionalDecision.objects.exists()
    assert set(Project.objects.values_list("pack_code", flat=True)) == {OLD}


@pytest.mark.parametrize("role", ["centre", "applicant", "finance"])
def test_only_the_governing_office_decides(successor, city, role):
    project = city.project("filed")
    with pytest.raises(PermissionDenied):
        decide([project], NEW, TransitionalDecision.STAYS, actor=city.users[role], **WORDS)


def test_it_is_decided_on_the_page_of_the_impact(successor, city, client):
    project = city.project("filed", "2500000.00")
    address = f"/packs/{OLD}/impact/?what=pack&other={NEW}"
    client.force_login(city.users["centre"])
    assert "登记决定" not in client.get(address).content.decode()
    assert client.post(address, {"projects": [project.number], "choice": "新办法", **WORDS}).status_code == 403
    client.force_login(city.users["gov_office"])
    wrong = client.post(address, {"projects": [project.number], "choice": "新办法", "basis": "新办法第三十条"})
    assert wrong.status_code == 400 and 'value="新办法第三十条"' in wrong.content.decode()
    done = client.post(address, {"projects": [project.number], "choice": "新办法", **WORDS})
    assert done.status_code == 302
    project = Project.objects.get(pk=project.pk)
    assert project.pack_code == NEW
    passage = perform(project.pk, "recall", actor=city.applicant)
    assert passage.pack_code == NEW
