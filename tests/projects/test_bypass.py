"""Here: every way round the door that we know of, each tried and stopped, on every database."""

import copy
import pickle
import threading
from io import StringIO

import pytest
from django.core import serializers
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django_fsm import TransitionNotAllowed

from organizations.models import AuditEvent
from projects import governance
from projects.errors import Forbidden, NotOffered, Stale
from projects.models import Project
from projects.models.passage import AppendOnlyError, Passage
from projects.transitions import perform

pytestmark = [pytest.mark.lifecycle]
REFUSED = (DatabaseError, AttributeError, TransitionNotAllowed, ValueError, TypeError, AppendOnlyError, Forbidden)


def sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def forged(project, **changes):
    """A ledger row that looks right but was not made by the door."""
    last = Passage.objects.filter(project=project).order_by("-number").first()
    fields = {each.attname: getattr(last, each.attname) for each in Passage._meta.concrete_fields if each.name != "id"}
    return Passage(**(fields | {"number": last.number + 1, "previous_hash": last.hash} | changes))


def dict_write(project, city):
    project.__dict__["state"] = "accepted"
    project.save()


def dict_write_one_field(project, city):
    project.__dict__["state"] = "accepted"
    project.save(update_fields=["state"])


def deferred_write(project, city):
    loaded = Project.objects.defer("state").get(pk=project.pk)
    loaded.state = "accepted"
    loaded.save()


def only_write(project, city):
    loaded = Project.objects.only("id").get(pk=project.pk)
    loaded.state = "accepted"
    loaded.save(update_fields=["state"])


def construct_over_pk(project, city):
    fields = {each.attname: getattr(project, each.attname) for each in Project._meta.concrete_fields}
    Project(**(fields | {"state": "accepted"})).save(force_update=True)


def create_finished(project, city):
    fields = {each.attname: getattr(project, each.attname) for each in Project._meta.concrete_fields if each.name != "id"}
    Project.objects.create(**(fields | {"state": "accepted", "number": "X-1", "ledger_length": 0, "ledger_head": ""}))


def create_with_a_made_up_chain(project, city):
    fields = {each.attname: getattr(project, each.attname) for each in Project._meta.concrete_fields if each.name != "id"}
    Project.objects.create(**(fields | {"state": "accepted", "number": "X-2", "ledger_length": 3, "ledger_head": "abc"}))


def loaddata(project, city):
    data = serializers.serialize("json", [project]).replace(f'"state": "{project.state}"', '"state": "accepted"')
    for each in serializers.deserialize("json", data):
        each.save()


def pickled(project, city):
    state = project.__reduce_ex__(2)
    other = pickle.loads(pickle.dumps(project))
    other.__dict__["state"] = "accepted"
    assert state
    other.save()


def deepcopied(project, city):
    other = copy.deepcopy(project)
    other.__dict__["state"] = "accepted"
    other.save()


def refreshing_flag(project, city):
    project.__dict__["_refreshing"] = True
    project.state = "accepted"
    project.save()


def base_manager(project, city):
    Project._base_manager.filter(pk=project.pk).update(state="accepted")


def plain_queryset(project, city):
    from django.db.models import QuerySet

    QuerySet(Project).filter(pk=project.pk).update(state="accepted")


def forged_passage_and_state(project, city):
    row = forged(project, source=project.state, target="accepted", move="accept")
    row.hash = row.computed_hash()
    row.save()
    sql("UPDATE projects_project SET state = 'accepted' WHERE id = %s", project.pk)


def forged_passage_off_the_map(project, city):
    forged(project, source=project.state, target="accepted", move="endorse").save()


def forged_passage_wrong_chain(project, city):
    forged(project, source=project.state, target="endorsed", move="endorse", previous_hash="0" * 64).save()


def chain_head_moved(project, city):
    sql("UPDATE projects_project SET ledger_length = ledger_length + 1 WHERE id = %s", project.pk)


def on_conflict(project, city):
    columns = [each.column for each in Project._meta.concrete_fields]
    names = ", ".join(columns)
    chosen = ", ".join("'accepted'" if column == "state" else column for column in columns)
    sql(
        f"INSERT INTO projects_project ({names}) SELECT {chosen} FROM projects_project WHERE id = %s "
        "ON CONFLICT (id) DO UPDATE SET state = excluded.state",
        project.pk,
    )


def raw_reset_to_draft(project, city):
    sql("UPDATE projects_project SET state='draft', ledger_length=0, ledger_head='' WHERE id = %s", project.pk)


def door_without_office(project, city):
    perform(project.pk, "endorse", actor=city.users["finance"])


def door_as_superuser(project, city):
    boss = city.users["sibling"]
    boss.is_superuser = boss.is_staff = True
    boss.save()
    perform(project.pk, "endorse", actor=boss)


def judged_with_blocking_verdicts(project, city):
    verdicts = governance.governed_by("endorse").verdicts(project)
    with governance.judged(project, "endorse", verdicts):
        project.endorse()


WAYS = {
    "assignment": lambda project, city: setattr(project, "state", "accepted"),
    "transition method": lambda project, city: project.endorse(),
    "transition of another move": lambda project, city: project.accept(),
    "queryset.update": lambda project, city: Project.objects.filter(pk=project.pk).update(state="accepted"),
    "queryset.bulk_update": lambda project, city: Project.objects.bulk_update([project], ["state"]),
    "queryset.update_or_create": lambda project, city: Project.objects.update_or_create(
        pk=project.pk, defaults={"state": "accepted"}
    ),
    "base manager update": base_manager,
    "plain queryset update": plain_queryset,
    "instance dict + save": dict_write,
    "instance dict + save(update_fields)": dict_write_one_field,
    "defer()": deferred_write,
    "only()": only_write,
    "constructed over the key": construct_over_pk,
    "created finished": create_finished,
    "created with a made-up chain": create_with_a_made_up_chain,
    "bulk_create finished": lambda project, city: Project.objects.bulk_create([Project(state="accepted")]),
    "loaddata": loaddata,
    "pickle": pickled,
    "deepcopy": deepcopied,
    "refreshing flag": refreshing_flag,
    "raw SQL update": lambda project, city: sql("UPDATE projects_project SET state='accepted' WHERE id=%s", project.pk),
    "raw SQL back to draft": raw_reset_to_draft,
    "raw SQL upsert": on_conflict,
    "raw SQL chain head": chain_head_moved,
    "raw SQL delete of a project": lambda project, city: sql("DELETE FROM projects_project WHERE id=%s", project.pk),
    "forged passage, then state": forged_passage_and_state,
    "forged passage off the map": forged_passage_off_the_map,
    "forged passage, wrong chain": forged_passage_wrong_chain,
    "ledger row saved again": lambda project, city: Passage.objects.filter(project=project).first().save(),
    "ledger row deleted": lambda project, city: Passage.objects.filter(project=project).first().delete(),
    "ledger queryset update": lambda project, city: Passage.objects.filter(project=project).update(note="x"),
    "ledger queryset delete": lambda project, city: Passage.objects.filter(project=project).delete(),
    "raw SQL ledger update": lambda project, city: sql("UPDATE projects_passage SET note='x'"),
    "raw SQL ledger delete": lambda project, city: sql("DELETE FROM projects_passage"),
    "raw SQL audit update": lambda project, city: sql("UPDATE organizations_auditevent SET action='x'"),
    "raw SQL audit delete": lambda project, city: sql("DELETE FROM organizations_auditevent"),
    "door without the office": door_without_office,
    "door as superuser": door_as_superuser,
    "opened with blocking verdicts": judged_with_blocking_verdicts,
}


@pytest.mark.django_db
@pytest.mark.parametrize("way", WAYS)
def test_every_way_round_the_door_is_stopped(city, way):
    project = city.project("filed")
    before = ledger_and_state(project.pk)
    with pytest.raises(REFUSED), transaction.atomic():
        WAYS[way](Project.objects.get(pk=project.pk), city)
    assert ledger_and_state(project.pk) == before


@pytest.mark.postgres
@pytest.mark.django_db
@pytest.mark.parametrize("table", ["projects_passage", "organizations_auditevent", "projects_project"])
def test_truncate_is_stopped(city, table):
    project = city.project("filed")
    before = ledger_and_state(project.pk)
    with pytest.raises(DatabaseError), transaction.atomic():
        sql(f"TRUNCATE {table} CASCADE")
    assert ledger_and_state(project.pk) == before


def ledger_and_state(pk):
    with connection.cursor() as cursor:
        cursor.execute("SELECT state, ledger_length, ledger_head FROM projects_project WHERE id = %s", [pk])
        project = cursor.fetchall()
        cursor.execute("SELECT number, move, note, hash FROM projects_passage WHERE project_id = %s ORDER BY number", [pk])
        return project, cursor.fetchall(), AuditEvent.objects.count()


@pytest.mark.django_db(transaction=True)
def test_eight_threads_performing_one_move_make_one_passage(city):
    project = city.project("filed")
    city.walker().prepare(project, "endorse")
    barrier, answers = threading.Barrier(8), []

    def knock():
        barrier.wait()
        try:
            perform(project.pk, "endorse", actor=city.users["centre"], seen="filed")
            answers.append("made")
        except (Stale, NotOffered) as error:
            answers.append(type(error).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=knock) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == ["Stale"] * 7 + ["made"]
    assert Passage.objects.filter(project=project, move="endorse").count() == 1


@pytest.mark.django_db
def test_refreshing_reads_the_new_state_and_stays_protected(city):
    project = city.project("filed")
    stale = Project.objects.get(pk=project.pk)
    city.walker().step(project)
    stale.refresh_from_db()
    assert stale.state == "endorsed"
    with pytest.raises(AttributeError):
        stale.state = "filed"


@pytest.mark.django_db
def test_full_clean_does_not_trip_over_the_protected_state(city):
    city.project("filed").full_clean(exclude=["serves", "batch"])


@pytest.mark.django_db
def test_fixtures_of_the_ledger_do_not_load_over_it(city):
    project = city.project("filed")
    out = StringIO()
    call_command("dumpdata", "projects.passage", stdout=out)
    text = out.getvalue().replace('"note": ""', '"note": "x"')
    with pytest.raises(REFUSED), transaction.atomic():
        for each in serializers.deserialize("json", text):
            each.save()
    assert Passage.objects.get(project=project).note == ""
