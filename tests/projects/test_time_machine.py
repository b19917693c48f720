"""Here: every past decision comes out the same again, and every way of tampering with the ledger is found."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from organizations import clock
from projects import triggers
from projects.instruments import end_instrument
from projects.ledger import head, problems
from projects.models import PackVersion, Project
from projects.replay import replay
from projects.transitions import perform


@pytest.fixture
def project(city) -> Project:
    """Filed, recalled, filed again, endorsed: four passages."""
    project = city.project("filed")
    perform(project.pk, "recall", actor=city.applicant)
    project.refresh_from_db()
    return city.walker().walk_to(project, "endorsed")


def sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


@pytest.fixture
def unguarded(db):
    """The triggers are off, as for somebody who owns the database."""
    with connection.cursor() as cursor:
        for name, table, *_ in triggers.GUARDS:
            on = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")
    yield
    triggers.install()


def first(project):
    return project.passages.order_by("number").first()


def last(project):
    return project.passages.order_by("number").last()


def test_a_walked_life_replays_passage_by_passage(city):
    project = city.project("evaluated", "2000000.00")
    passages = list(project.passages.order_by("number"))
    assert [passage.target for passage in passages] == list(project.route[1:])
    assert {passage.number: replay(passage.pk) for passage in passages} == {n: [] for n in range(1, len(passages) + 1)}
    assert problems(project) == []


def test_a_filing_made_again_replays_with_the_date_of_the_filing_before(city, project):
    assert [replay(passage.pk) for passage in project.passages.all()] == [[], [], [], []]
    assert problems(project) == []


def test_a_decision_after_the_end_of_the_instrument_replays(city):
    project = city.draft()
    end_instrument("yueqing-2015", effective_to=date(2026, 3, 1), replaced_by="测试1号", actor=city.users["gov_office"])
    perform(project.pk, "file", actor=city.applicant)
    passage = last(Project.objects.get(pk=project.pk))
    assert "YQ-3.1-9" in [verdict["rule"] for verdict in passage.verdicts if verdict["outcome"] == "flags"]
    assert replay(passage.pk) == []


def test_an_end_registered_later_does_not_change_what_was_decided(city, project):
    with clock.at(date(2026, 3, 3)):
        end_instrument(
            "yueqing-2015", effective_to=date(2026, 3, 1), replaced_by="测试1号", actor=city.users["gov_office"]
        )
    assert problems(Project.objects.get(pk=project.pk)) == []


def test_a_decision_with_an_exception_replays(city):
    from projects.waivers import decide_waiver, request_waiver

    project = city.project("scheme_filed", "2000000.00", without=["expert_review"])
    waiver = request_waiver(project.pk, "YQ-3.4-11", actor=city.applicant, reason="应急", basis="会议纪要")
    decide_waiver(waiver.pk, actor=city.users["centre"], grant=True)
    project = city.walker(without=["expert_review"]).walk_to(project, "scheme_approved")
    assert [each["rule"] for each in last(project).waivers] == ["YQ-3.4-11"]
    assert replay(last(project).pk) == []


@pytest.mark.usefixtures("unguarded")
def test_a_changed_fact_gives_another_verdict(project):
    passage = last(project)
    fact = next(name for name, value in passage.facts.items() if value is True)
    sql("UPDATE projects_passage SET facts = %s WHERE id = %s", json_with(passage.facts, fact, False), passage.pk)
    assert replay(passage.pk) != []


def json_with(facts, name, value):
    import json

    return json.dumps(facts | {name: value}, ensure_ascii=False)


@pytest.mark.usefixtures("unguarded")
def test_a_pack_version_that_is_gone_or_changed_is_told(project):
    passage = last(project)
    PackVersion.objects.filter(digest=passage.pack_digest).update(text="[pack]")
    assert replay(passage.pk)[0].startswith(f"pack version {passage.pack_digest} cannot be read")
    PackVersion.objects.all().delete()
    assert replay(passage.pk) == [f"pack version {passage.pack_digest} is not on file"]
    assert any("is not what was judged by" in each for each in problems(project))


def edited(project):
    sql("UPDATE projects_passage SET note = 'x' WHERE id = %s", first(project).pk)


def deleted(project):
    sql("DELETE FROM projects_passage WHERE id = %s", project.passages.get(number=2).pk)


def inserted(project):
    """A made-up suspension at the end, with a right hash, and the project moved along."""
    row = last(project)
    columns = {each.attname: getattr(row, each.attname) for each in row._meta.concrete_fields if each.name != "id"}
    made_up = type(row)(
        **columns
        | {"number": 5, "move": "suspend", "source": "endorsed", "target": "suspended", "previous_hash": row.hash}
    )
    made_up.hash = made_up.computed_hash()
    made_up.save()
    set_head(project, made_up)


def reordered(project):
    one, two = project.passages.get(number=1), project.passages.get(number=2)
    sql("UPDATE projects_passage SET number = 99 WHERE id = %s", one.pk)
    sql("UPDATE projects_passage SET number = 1 WHERE id = %s", two.pk)
    sql("UPDATE projects_passage SET number = 2 WHERE id = %s", one.pk)


def truncated(project):
    """The newest passage is gone and the project set back as if it had never been."""
    sql("DELETE FROM projects_passage WHERE id = %s", last(project).pk)
    set_head(project, last(project))


def rewritten(project):
    """A note changed, and every hash from there on computed anew, the project's head too."""
    previous = ""
    for passage in project.passages.order_by("number"):
        if passage.number == 1:
            passage.note = "x"
        passage.previous_hash = previous
        previous = passage.computed_hash()
        sql(
            "UPDATE projects_passage SET note = %s, previous_hash = %s, hash = %s WHERE id = %s",
            passage.note, passage.previous_hash, previous, passage.pk,
        )  # fmt: skip
    set_head(project, last(project))


def set_head(project, passage):
    sql(
        "UPDATE projects_project SET state = %s, ledger_length = %s, ledger_head = %s WHERE id = %s",
        passage.target, passage.number, passage.hash, project.pk,
    )  # fmt: skip


TAMPERINGS = [edited, deleted, inserted, reordered, truncated, rewritten]


@pytest.mark.usefixtures("unguarded")
@pytest.mark.parametrize("tamper", TAMPERINGS)
def test_every_tampering_is_found(project, tamper):
    assert problems(project) == []
    tamper(project)
    found = problems(Project.objects.get(pk=project.pk))
    assert found != []
    with pytest.raises(CommandError) as error:
        call_command("ledger", "verify", project.number)
    assert str(error.value).splitlines() == [f"{project.number} {each}" for each in found]


@pytest.mark.usefixtures("unguarded")
@pytest.mark.parametrize("tamper", [truncated, rewritten])
def test_an_anchor_finds_what_the_audit_log_was_made_to_agree_with(project, tamper):
    from organizations.models import AuditEvent

    anchor = head(project)
    tamper(project)
    moves = AuditEvent.objects.filter(project_id=project.pk, action__startswith="move:").order_by("id")
    hashes = list(project.passages.order_by("number").values_list("hash", flat=True))
    for event, kept in zip(list(moves), [*hashes, None], strict=False):
        if kept:
            sql("UPDATE organizations_auditevent SET detail = %s WHERE id = %s", f'{{"hash": "{kept}"}}', event.pk)
        else:
            sql("DELETE FROM organizations_auditevent WHERE id = %s", event.pk)
    changed = Project.objects.get(pk=project.pk)
    assert problems(changed) == []
    assert problems(changed, anchor=anchor) == ["4: not the passage that was anchored"]


def test_the_command_verifies_all_and_one_and_against_anchors(city, project, tmp_path):
    out = StringIO()
    call_command("ledger", "anchor", stdout=out)
    anchors = tmp_path / "anchors.jsonl"
    anchors.write_text(out.getvalue())
    city.walker().walk_to(project, "budgeted")
    city.draft(name="另一个")
    for arguments, answer in (
        ([], "2 ledgers are sound\n"),
        (["--anchors", str(anchors)], "2 ledgers are sound\n"),
        ([project.number], "1 ledgers are sound\n"),
    ):
        out = StringIO()
        call_command("ledger", "verify", *arguments, stdout=out)
        assert out.getvalue() == answer


@pytest.mark.parametrize("text", ["{", "[]", '{"number": "YQ-1"}', "7"])
def test_the_command_tells_what_it_cannot_use(city, tmp_path, text):
    path = tmp_path / "anchors.jsonl"
    path.write_text(text)
    with pytest.raises(CommandError, match="not a list of anchors"):
        call_command("ledger", "verify", "--anchors", str(path))
    with pytest.raises(CommandError, match="no project YQ-0"):
        call_command("ledger", "verify", "YQ-0")
    path.write_text('{"number": "YQ-1", "length": 1, "head": "a"}')
    with pytest.raises(CommandError, match="YQ-1: anchored, but no longer there"):
        call_command("ledger", "verify", "--anchors", str(path))
