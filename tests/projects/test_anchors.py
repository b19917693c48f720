"""Here: anchors of the ledger: made once a day, chained, kept, proven offline. Not here: the ledger's own checks (test_time_machine)."""

import io
import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from organizations import clock
from organizations.models import AuditEvent, Post, User
from projects.anchors import trouble, write_anchor
from projects.models import LedgerAnchor
from projects.models.passage import AppendOnlyError
from projects.tasks import anchor as monthly
from projects.transitions import perform
from reports.volume.package import ledger_of

SCRIPT = Path(__file__).parents[2] / "scripts" / "verify_anchor.py"


def verify(*arguments: object) -> tuple[int, str]:
    run = subprocess.run(
        [sys.executable, "-I", "-S", str(SCRIPT), *map(str, arguments)], capture_output=True, text=True, cwd="/", check=False
    )
    assert run.stderr == ""
    return run.returncode, run.stdout


def saved(anchor: LedgerAnchor, folder: Path) -> Path:
    path = folder / f"{anchor.on}.json"
    with anchor.file.open("rb") as file:
        path.write_bytes(file.read())
    return path


def exported(project, folder: Path, change=lambda ledger: None) -> Path:
    ledger = ledger_of(project)
    change(ledger["passages"])
    path = folder / "ledger.json"
    path.write_text(json.dumps(ledger, ensure_ascii=False), encoding="utf-8")
    return path


def test_one_a_day_and_each_seals_the_one_before(city):
    project = city.project("filed")
    first = write_anchor()
    monthly.run()
    assert (LedgerAnchor.objects.count(), first.ledgers, first.passages, first.previous_root) == (1, 1, 1, "")
    with clock.at(date(2026, 4, 1)):
        perform(project.pk, "withdraw", actor=city.applicant, note="不再建设")
        out = io.StringIO()
        call_command("anchor", stdout=out)
    second = LedgerAnchor.objects.get(on=date(2026, 4, 1))
    assert (second.previous_root, second.passages) == (first.root, 2)
    assert f"2026-04-01 1 ledgers, root {second.algorithm} {second.root}" in out.getvalue()
    assert AuditEvent.objects.filter(action="anchor.write").count() == 2


def test_an_anchor_is_never_changed(city):
    anchor = write_anchor()
    with pytest.raises(AppendOnlyError):
        anchor.save()
    with pytest.raises(AppendOnlyError):
        anchor.delete()
    for change in (LedgerAnchor.objects.filter(pk=anchor.pk).delete, lambda: LedgerAnchor.objects.update(root="0")):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_a_ledger_is_proven_by_an_anchor_made_before(city, tmp_path):
    project = city.project("filed")
    anchor = write_anchor()
    with clock.at(date(2026, 4, 1)):
        perform(project.pk, "withdraw", actor=city.applicant, note="不再建设")
        later = write_anchor()
    paths = saved(anchor, tmp_path), exported(project, tmp_path)
    code, said = verify(*paths, "--root", anchor.root)
    assert (code, "2 步,锚定时 1 步" in said, "核对通过:2026-03-02 锚定的 1 本台账" in said) == (0, True, True)
    assert verify(saved(later, tmp_path), "--previous", paths[0])[0] == 0
    code, said = verify(paths[0], "--previous", saved(later, tmp_path))
    assert (code, "接的上一期是 无" in said) == (1, True)


def test_a_rewritten_ledger_does_not_fit(city, tmp_path):
    """Every hash recomputed, so that the chain holds in itself: only the anchor knows better."""
    from policies.digest import chain_digest

    def rewrite(passages: list[dict]) -> None:
        sealed = json.loads(passages[0]["sealed"]) | {"actor_name": "别人"}
        text = json.dumps(sealed, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        passages[0] |= {"sealed": text, "actor_name": "别人", "hash": chain_digest(passages[0]["algorithm"], text)}

    project = city.project("filed")
    path = saved(write_anchor(), tmp_path)
    code, said = verify(path, exported(project, tmp_path, rewrite))
    assert (code, f"项目 {project.pk}:第 1 步的哈希为" in said) == (1, True)
    code, said = verify(path, exported(project, tmp_path, lambda passages: passages.clear()))
    assert (code, f"项目 {project.pk}:锚定时有 1 步,现在只有 0 步" in said) == (1, True)


def test_an_edited_anchor_does_not_give_its_root(city, tmp_path):
    city.project("filed")
    path = saved(write_anchor(), tmp_path)
    anchor = json.loads(path.read_text(encoding="utf-8"))
    anchor["heads"][0][2] = "0" * 64
    path.write_text(json.dumps(anchor), encoding="utf-8")
    code, said = verify(path)
    assert (code, "内容推算的根哈希为" in said) == (1, True)
    path.write_text("not json", encoding="utf-8")
    assert verify(path)[0] == 2


def test_audit_reads_and_fetches_them(client, city):
    project = city.project("filed")
    anchor = write_anchor()
    auditor = User.objects.create_user("auditor", password="x", post=Post.AUDIT_ADMIN, display_name="安全审计员")
    client.force_login(auditor)
    page = client.get(reverse("projects:anchors")).content.decode()
    assert (anchor.root in page, "完好" in page, project.number in page) == (True, True, False)
    text = b"".join(client.get(reverse("projects:anchor_file", args=[anchor.pk, "txt"])).streaming_content).decode()
    assert f"{project.pk:<12}1       {project.ledger_head}" in text and anchor.root in text
    data = json.loads(b"".join(client.get(reverse("projects:anchor_file", args=[anchor.pk, "json"])).streaming_content))
    assert data["heads"] == [[project.pk, 1, project.ledger_head]]
    assert client.get(reverse("projects:anchor_file", args=[anchor.pk, "exe"])).status_code == 404
    client.force_login(city.applicant)
    assert client.get(reverse("projects:anchor_file", args=[anchor.pk, "txt"])).status_code == 403


def test_a_file_that_is_not_what_was_written_is_said_so(client, city):
    anchor = write_anchor()
    with anchor.file.storage.open(anchor.file.name, "ab") as file:
        file.write(b" ")
    assert trouble(anchor) == "文件内容与登记的哈希不符"
    anchor.file.storage.delete(anchor.file.name)
    assert trouble(anchor) == "文件不在了"
    client.force_login(city.users["audit"])
    assert "文件不在了" in client.get(reverse("projects:anchors")).content.decode()


def test_asking_costs_the_same_for_one_anchor_and_many(client, city):
    client.force_login(city.users["audit"])
    client.get(reverse("projects:anchors"))

    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("projects:anchors"))
        return len(asked)

    write_anchor()
    one = count()
    for month in range(4, 9):
        with clock.at(date(2026, month, 1)):
            write_anchor()
    assert count() == one


def test_rest_lists_anchors_for_audit_and_hands_them_out(client, city):
    city.project("filed")
    anchor = write_anchor()
    client.force_login(city.users["audit"])
    (row,) = client.get("/api/v1/anchors/").json()["results"]
    assert (row["root"], row["ledgers"], row["trouble"]) == (anchor.root, 1, "")
    got = json.loads(b"".join(client.get(f"/api/v1/anchors/{anchor.pk}/json/").streaming_content))
    assert got["root"] == anchor.root
    client.force_login(city.applicant)
    assert client.get("/api/v1/anchors/").status_code == 403
