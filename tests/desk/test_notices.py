"""Who is told of what, once."""

from datetime import date

from deadlines.sweep import sweep
from desk.checks import problems
from desk.inbox import mark_read, notices, unread
from desk.models import Notice
from organizations import clock
from organizations.models import Delegation, Organization, User
from policies.loader import parse
from projects.filing import publish_batch
from projects.transitions import perform


def texts(user):
    return list(notices(User.objects.get(pk=user.pk)).values_list("text", flat=True))


def test_a_filing_notice_reaches_every_unit_even_one_that_comes_later(city):
    """YQ-3.1-1: the notice is listed with its window when any unit's user logs in."""
    publish_batch(
        actor=city.users["gov_office"], title="2016年度电子政务项目申报通知", doc_no="乐政办〔2015〕60号",
        calendar_year=2015, opens_on=date(2015, 8, 3), closes_on=date(2015, 9, 30),
    )  # fmt: skip
    newcomer = Organization.objects.create(jurisdiction=city.jurisdiction, name="市档案局")
    reader = User.objects.create_user("archive", password="x", organization=newcomer, display_name="档案")
    wanted = (
        "市府办发布《2016年度电子政务项目申报通知》乐政办〔2015〕60号,申报时间 2015-08-03 至 2015-09-30,请按要求申报。"
    )
    assert [texts(user)[0] for user in (city.applicant, city.users["other"], reader)] == [wanted] * 3


def test_the_unit_is_told_of_a_return_and_others_are_not(city):
    project = city.project("filed")
    before = texts(city.users["other"])
    city.walker().prepare(project, "return_filing")
    perform(project.pk, "return_filing", actor=city.users["centre"], note="请补正")
    assert texts(city.applicant)[0] == "“智慧城管平台”的申报已退回补正,请按意见修改后再次提交。"
    assert texts(city.users["other"]) == before


def test_finance_is_told_of_a_procurement_application(city):
    """YQ-2.1-4."""
    project = city.project("procuring")
    told = notices(city.users["finance"]).filter(project=project, event="record:procurement_application")
    assert [notice.text for notice in told] == ["有新的采购申请,请受理或退回。"]


def test_the_supervision_departments_that_a_plan_names_are_told(city):
    project = city.project("accepting")
    told = Notice.objects.filter(project=project, event="record:acceptance_plan").exclude(to__startswith="office:")
    text = told.get().text
    assert "{" not in text and "智慧城管平台" in text


def test_unread_counts_and_reading(city, django_assert_num_queries):
    user = User.objects.select_related("organization").get(username="applicant")
    assert unread(user) == 1
    with django_assert_num_queries(1):
        unread(user)
    other = city.users["other"]
    foreign = Notice.objects.create(to="user:0", event="x", text="x", created_at=clock.now(), key="x")
    assert mark_read(user, [foreign.pk]) == 0
    assert (mark_read(user), mark_read(user), unread(user), unread(other)) == (1, 0, 0, 1)


def test_a_stand_in_reads_what_the_principal_is_told(city):
    Notice.objects.create(
        to=f"user:{city.applicant.pk}",
        project=city.draft(),
        event="comment",
        text="给本人",
        created_at=clock.now(),
        key="k",
    )
    assert "给本人" not in texts(city.users["sibling"])
    Delegation.objects.create(
        principal=city.applicant, delegate=city.users["sibling"], reason="出差",
        starts_on=clock.today(), ends_on=clock.today(),
    )  # fmt: skip
    assert "给本人" in texts(city.users["sibling"])


def test_an_administrator_is_told_nothing(city):
    admin = User.objects.create_user("admin", password="x", post="system_admin", display_name="管理员")
    assert texts(admin) == [] and unread(admin) == 0


def test_tender_review_clock_tells_the_centre_before_and_after_its_last_day(city):
    """YQ-3.5-5: sent on Friday 2026-03-13, fifth working day 2026-03-20."""
    with clock.at(date(2026, 3, 13)):
        project = city.project("procuring")
        city.walker().record(project, "tender_document")
    deadline = project.deadlines.get(code="tender_review", status="open")
    assert (deadline.due_on, deadline.who, deadline.rule) == (date(2026, 3, 20), "centre", "YQ-3.5-5")

    def told():
        found = notices(city.users["centre"]).filter(event__startswith="deadline.", rule="YQ-3.5-5")
        return list(found.values_list("event", "text"))

    sweep(date(2026, 3, 18))
    assert told() == []
    sweep(date(2026, 3, 19))
    sweep(date(2026, 3, 20))
    assert told() == [("deadline.reminder", "“招标文件审查”(2026-03-20)即将到期,请及时办理")]
    sweep(date(2026, 3, 21))
    sweep(date(2026, 3, 21))
    assert told()[0] == ("deadline.late", "“招标文件审查”(2026-03-20)已超过期限,请尽快办理")
    assert len(told()) == 2
    assert type(project).objects.get(pk=project.pk).state == "procuring"


def test_a_new_version_restarts_the_tender_review_clock(city):
    """YQ-Q9: a returned document that comes back starts again."""
    with clock.at(date(2026, 3, 13)):
        project = city.project("procuring")
        city.walker().record(project, "tender_document")
    with clock.at(date(2026, 3, 17)):
        city.walker().record(project, "tender_document")
    runs = project.deadlines.filter(code="tender_review").order_by("id").values_list("status", "due_on")
    assert list(runs)[-2:] == [("voided", date(2026, 3, 20)), ("open", date(2026, 3, 24))]


def test_unknown_names_in_notices_are_found():
    pack = parse(
        '[pack]\ncode="x"\nprefix="X"\ntitle="t"\ndoc_no="d"\nissuer="i"\njurisdiction="j"\neffective_from=2015-01-01\n'
        '[[rule]]\nid="X-1"\nclause="一"\nsays="s"\n'
        '[[notice]]\ncode="n"\nrule="X-1"\nevent="move:fil"\nto=["nobody", "record.x"]\ntext="t"\n'
        '[[notice]]\ncode="b"\nrule="X-1"\nevent="batch"\nto=["applicant"]\ntext="t"\n'
    )
    found = problems(pack)
    assert found == [
        "notice n:没有事件“move:fil”(是不是“move:file”?)", "notice n:没有收件人“nobody”", "notice n:没有收件人“record.x”",
        "notice b:年度通知不针对某个“applicant”,请写 all_units",
    ]  # fmt: skip
