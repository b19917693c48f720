"""Here: the filing workspace: saving sections, typed text, duties while typing, rehearsal, filing. Not here: a browser's side."""

import threading
from decimal import Decimal

import pytest
from django.db import connection
from django.http import QueryDict
from django.urls import reverse

from egov_projects.walk import sample_file, submit
from organizations import clock
from organizations.models import AuditEvent
from policies.lines import lines
from projects.drafts import Overtaken, Stamp, hand_in, reviewed, save_section, typed_of
from projects.duties import duties, facts
from projects.errors import Closed, Forbidden, Stale
from projects.filing import open_draft
from projects.models import EstimateLine, FilingDraft, Material, Project
from projects.paste import pasted
from projects.rehearsal import rehearse
from projects.transitions import perform
from projects.workspace import holder, open_points, place, sections
from tests.conftest import TODAY, build_city

COLUMNS = ["name", "type", "specification", "unit", "quantity", "unit_price", "amount", "own_built_reason"]


def draft_of(city, **more) -> Project:
    return open_draft(actor=city.applicant, name="智慧停车平台", kind="新建", origin="年度申报", **more)


def posted(section: str, **fields) -> QueryDict:
    data = QueryDict(mutable=True)
    data["section"] = section
    for name, value in fields.items():
        data.setlist(name.replace("__", "-"), value if isinstance(value, list) else [value])
    return data


def rows(*lines_: tuple) -> dict:
    """Estimate rows as a browser names them: (name, type, quantity, unit_price, amount)."""
    keys = ("name", "type", "quantity", "unit_price", "amount")
    return {
        f"estimate-{at}-{key}": value for at, line in enumerate(lines_) for key, value in zip(keys, line, strict=True)
    }


def save(project, code: str, data: QueryDict, *, actor, **stamp):
    section = next(each for each in sections() if each.code == code)
    return save_section(project.pk, section, data, actor=actor, stamp=Stamp(**stamp))


def url(project, section: str) -> str:
    return reverse("projects:filing_section", args=[project.number, section])


# --- what is saved


def test_every_field_of_the_filing_stands_in_exactly_one_section():
    from projects.forms import FilingForm

    held = [name for section in sections() for name in section.fields]
    assert sorted(held) == sorted(FilingForm.base_fields)


def test_a_section_saves_what_it_holds_and_nothing_else(city):
    project = draft_of(city)
    data = posted(
        "content", objective="少跑腿", business_need="", name="别的名字", public_facilities=["政务外网", "政务云平台"]
    )
    assert save(project, "content", data, actor=city.applicant).errors == {}
    project.refresh_from_db()
    assert (project.objective, project.name) == ("少跑腿", "智慧停车平台")
    assert project.public_facilities == ["政务外网", "政务云平台"]


def test_unticked_boxes_count_only_where_the_page_says_it_is_whole(city):
    project = city.draft()
    bare = QueryDict(mutable=True)
    save(project, "content", bare, actor=city.applicant)
    project.refresh_from_db()
    assert project.public_facilities == ["政务外网", "政务云平台"]
    save(project, "content", posted("content"), actor=city.applicant, tab="a", typed_at=1, seen=1)
    project.refresh_from_db()
    assert project.public_facilities == []


def test_a_bare_post_empties_no_table(city):
    project = city.draft("500000.00")
    save(project, "estimate", posted("estimate"), actor=city.applicant)
    assert project.estimate.count() == 2


def test_what_did_not_change_is_not_recorded_again(city):
    project = city.draft()
    before = AuditEvent.objects.filter(action="record:filing").count()
    save(project, "content", posted("content", objective=project.objective, public_facilities=["政务外网", "政务云平台"]),
         actor=city.applicant)  # fmt: skip
    assert AuditEvent.objects.filter(action="record:filing").count() == before


@pytest.mark.parametrize("text", ["1百万", "abc", "1,000,000.005", "NaN", "-5", "100万"])
def test_an_amount_that_cannot_be_read_is_kept_as_typed_and_never_zero(city, client, text):
    project = draft_of(city)
    save(project, "estimate", posted("estimate", declared_total="800000"), actor=city.applicant)
    saved = save(project, "estimate", posted("estimate", declared_total=text), actor=city.applicant, seen=1)
    assert list(saved.errors) == ["declared_total"]
    project.refresh_from_db()
    assert project.declared_total == Decimal("800000.00")
    assert typed_of(project).typed == {"declared_total": [text]}
    client.force_login(city.users["sibling"])
    page = client.get(url(project, "estimate")).content.decode()
    assert f'value="{text}"' in page
    assert "上次看得懂的是:800,000.00" in page


def test_full_width_and_grouped_digits_are_read(city):
    project = draft_of(city)
    assert (
        save(project, "estimate", posted("estimate", declared_total="1,560,000.00"), actor=city.applicant).errors == {}
    )
    project.refresh_from_db()
    assert project.declared_total == Decimal("1560000.00")


def test_a_mended_field_leaves_the_typed_text_behind(city):
    project = draft_of(city)
    save(project, "estimate", posted("estimate", declared_total="1百万"), actor=city.applicant)
    save(project, "estimate", posted("estimate", declared_total="1000000"), actor=city.applicant, seen=1)
    project.refresh_from_db()
    assert (project.declared_total, typed_of(project).typed) == (Decimal("1000000.00"), {})


def test_one_bad_cell_keeps_the_whole_table_as_typed_with_the_error_at_the_cell(city, client):
    project = draft_of(city)
    data = posted(
        "estimate",
        **rows(("软件", "软件开发", "1", "500000", "500000"), ("", "", "", "", ""), ("等保", "其他", "1", "12万", "")),
    )
    saved = save(project, "estimate", data, actor=city.applicant)
    assert {name: len(found) for name, found in saved.errors.items()} == {
        "estimate-2-unit_price": 1,
        "estimate-2-amount": 1,
    }
    assert project.estimate.count() == 0
    client.force_login(city.applicant)
    page = client.get(url(project, "estimate")).content.decode()
    assert 'value="12万"' in page
    assert 'href="#id_estimate-1-unit_price"' in page
    assert '合计 <b class="num">500,000.00</b>' in page


def test_a_complete_table_is_saved_and_its_difference_shown_to_the_fen(city, client):
    project = draft_of(city)
    data = posted(
        "estimate", declared_total="2,000,000.00", **rows(("软件", "软件开发", "1", "1,999,999.99", "1,999,999.99"))
    )
    save(project, "estimate", data, actor=city.applicant)
    assert list(project.estimate.values_list("amount", flat=True)) == [Decimal("1999999.99")]
    client.force_login(city.applicant)
    assert '与申报概算相差 <b class="num">0.01</b> 元' in client.get(url(project, "estimate")).content.decode()


# --- who, when, in which order


def test_others_do_not_write_the_filing(city, client):
    project = draft_of(city)
    with pytest.raises(Project.DoesNotExist):
        save(project, "content", posted("content", objective="改"), actor=city.users["other"])
    with pytest.raises(Forbidden):
        save(project, "content", posted("content", objective="改"), actor=city.users["gov_office"])
    client.force_login(city.users["gov_office"])
    assert client.get(url(project, "content")).status_code == 403


def test_an_older_save_of_the_same_page_changes_nothing(city):
    project = draft_of(city)
    save(project, "content", posted("content", objective="新的"), actor=city.applicant, tab="a", typed_at=20)
    late = save(project, "content", posted("content", objective="旧的"), actor=city.applicant, tab="a", typed_at=10)
    project.refresh_from_db()
    assert (late.dropped, project.objective) == (True, "新的")


def test_a_page_that_missed_a_colleague_is_told_and_overwrites_nothing(city, client):
    project = draft_of(city)
    save(project, "content", posted("content", objective="同事写的"), actor=city.users["sibling"], tab="b", typed_at=1)
    with pytest.raises(Overtaken, match=r"市城市管理局经办 .* 保存过“建设内容”"):
        save(project, "content", posted("content", objective="我写的"), actor=city.applicant, tab="a", typed_at=2)
    client.force_login(city.applicant)
    answer = client.post(url(project, "content"), {"section": "content", "objective": "我写的", "seen": "0"})
    project.refresh_from_db()
    assert (answer.status_code, project.objective) == (409, "同事写的")
    assert "我写的" in answer.content.decode()
    assert "对方保存的是:同事写的" in answer.content.decode()
    answer = client.post(
        url(project, "content"), {"section": "content", "objective": "我写的", "seen": answer.context["seen"]}
    )
    project.refresh_from_db()
    assert (answer.status_code, project.objective) == (302, "我写的")


def complete(city) -> Project:
    """A draft that can be filed."""
    project = city.draft()
    city.walker().prepare(project, "file")
    return project


def test_a_save_that_comes_after_filing_is_kept_aside_and_offered_when_the_filing_comes_back(city, client):
    project = complete(city)
    hand_in(project.pk, actor=city.applicant, seen="draft", mark=reviewed(project))
    with pytest.raises(Closed, match="刚才输入的内容已另行保留"):
        save(project, "content", posted("content", objective="提交时还在写"), actor=city.applicant, tab="a", typed_at=9)
    project.refresh_from_db()
    assert project.objective == "业务全程网上办理,群众少跑腿。"
    perform(project.pk, "recall", actor=city.applicant)
    client.force_login(city.applicant)
    page = client.get(url(project, "content")).content.decode()
    assert "提交时还在写" in page
    assert "提交后另行保留的内容" in page


def test_a_save_between_reviewing_and_filing_stops_the_filing(city):
    project = complete(city)
    mark = reviewed(project)
    save(project, "content", posted("content", objective="最后一句"), actor=city.applicant, tab="a", typed_at=9)
    with pytest.raises(Stale, match="核对以后,内容又有改动"):
        hand_in(project.pk, actor=city.applicant, seen="draft", mark=mark)
    project.refresh_from_db()
    assert (str(project.state), project.objective) == ("draft", "最后一句")


def test_text_that_is_not_read_yet_stops_the_filing(city):
    project = complete(city)
    save(project, "estimate", posted("estimate", declared_total="1百万"), actor=city.applicant)
    with pytest.raises(Stale, match="还有没读懂的内容"):
        hand_in(project.pk, actor=city.applicant, seen="draft", mark=reviewed(project))
    assert typed_of(project).typed == {"declared_total": ["1百万"]}


def test_filing_clears_the_draft(city):
    project = complete(city)
    save(project, "content", posted("content", objective="改一句"), actor=city.applicant)
    assert FilingDraft.objects.filter(project=project).count() == 1
    hand_in(project.pk, actor=city.applicant, seen="draft", mark=reviewed(project))
    assert FilingDraft.objects.filter(project=project).count() == 0


@pytest.mark.django_db(transaction=True)
def test_filing_and_saving_at_the_same_moment_lose_nothing():
    with clock.at(TODAY):
        city = build_city()
        project = complete(city)
    mark, start, outcome = reviewed(project), threading.Barrier(2), {}

    def run(name: str, act) -> None:
        try:
            with clock.at(TODAY):
                start.wait()
                act()
            outcome[name] = "done"
        except (Stale, Closed) as error:
            outcome[name] = type(error).__name__
        finally:
            connection.close()

    text = "提交的同时写下的"
    acts = {
        "file": lambda: hand_in(project.pk, actor=city.applicant, seen="draft", mark=mark),
        "save": lambda: save(
            project, "content", posted("content", objective=text), actor=city.applicant, tab="a", typed_at=1
        ),
    }
    threads = [threading.Thread(target=run, args=item) for item in acts.items()]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    project.refresh_from_db()
    if outcome == {"file": "done", "save": "Closed"}:
        assert (str(project.state), typed_of(project).typed["objective"]) == ("filed", [text])
    else:
        assert outcome == {"file": "Stale", "save": "done"}
        assert (str(project.state), project.objective) == ("draft", text)


# --- pages


def test_saving_leads_to_the_next_section_and_an_error_stays_with_its_message(city, client):
    project = draft_of(city)
    client.force_login(city.applicant)
    answer = client.post(url(project, "content"), {"section": "content", "objective": "目标"})
    assert (answer.status_code, answer.url) == (302, url(project, "sharing"))
    answer = client.post(url(project, "estimate"), {"section": "estimate", "declared_total": "1百万"})
    assert answer.status_code == 400
    assert 'href="#id_declared_total"' in answer.content.decode()


def test_an_automatic_save_answers_with_time_errors_and_open_points(city, client):
    project = draft_of(city)
    client.force_login(city.applicant)
    data = {"section": "estimate", "declared_total": "1百万", "autosave": "1", "tab": "a", "typed_at": "5"}
    told = client.post(url(project, "estimate"), data).json()
    assert list(told["errors"]) == ["declared_total"]
    assert len(told["saved"]) == 5
    assert (told["points"]["content"], told["points"]["estimate"], told["points"]["similar"]) == ("1", "4", None)


def test_rows_are_added_deleted_and_pasted_without_a_script(city, client):
    project = draft_of(city)
    client.force_login(city.applicant)
    text = "名称\t类型\t数量\t单价(万元)\t金额(万元)\n平台软件\t软件开发\t1\t156\t156\n云租用\t运维服务\t2\t18\t36\n合计\t\t\t\t192"
    answer = client.post(
        url(project, "estimate"), {"section": "estimate", "paste_into": "estimate", "paste_estimate": text}
    )
    assert answer.url == f"{url(project, 'estimate')}#table-estimate"
    assert list(project.estimate.values_list("name", "amount")) == [
        ("平台软件", Decimal("1560000.00")), ("云租用", Decimal("360000.00")),
    ]  # fmt: skip
    page = client.get(f"{url(project, 'estimate')}?blank=3").content.decode()
    assert page.count('data-column="name"') == 2 + 3 + 1  # rows, blank ones, the one to copy
    data = rows(*EstimateLine.objects.values_list("name", "type", "quantity", "unit_price", "amount"))
    client.post(url(project, "estimate"), {"section": "estimate", "drop": "estimate-0", "seen": "1", **data})
    assert list(project.estimate.values_list("name", flat=True)) == ["云租用"]


def test_a_document_is_handed_in_and_its_versions_are_listed(city, client):
    project = draft_of(city)
    client.force_login(city.applicant)
    for name in ("方案一", "方案二"):
        data = {"code": "construction_plan", "status": "定稿", "file": sample_file(name)}
        assert client.post(url(project, "materials"), data).status_code == 302
    assert Material.objects.filter(project=project, code="construction_plan").count() == 2
    page = client.get(url(project, "materials")).content.decode()
    assert "方案一.pdf" in page
    assert "第 2 版" in page
    refused = client.post(url(project, "materials"), {"code": "construction_plan", "status": "定稿"})
    assert (refused.status_code, "请选择要上传的文件。" in refused.content.decode()) == (400, True)


def test_the_record_page_of_the_filing_leads_to_the_first_open_section(city, client):
    project = draft_of(city)
    client.force_login(city.applicant)
    page = client.get(reverse("projects:record", args=[project.number, "filing"]))
    assert page.url == reverse("projects:filing", args=[project.number])
    assert client.get(page.url).url == url(project, "basics")
    submit(project, "filing", {"objective": "仍可用 REST 登记"}, actor=city.applicant)
    project.refresh_from_db()
    assert project.objective == "仍可用 REST 登记"


def test_the_review_page_files_through_the_door(city, client):
    project = complete(city)
    client.force_login(city.applicant)
    page = client.get(reverse("projects:filing_check", args=[project.number]))
    assert "业务全程网上办理" in page.content.decode()
    data = {"seen": "draft", "mark": page.context["mark"]}
    answer = client.post(reverse("projects:filing_check", args=[project.number]), data)
    project.refresh_from_db()
    assert (answer.status_code, str(project.state), project.passages.count()) == (302, "filed", 1)


def test_sections_take_a_constant_number_of_queries_however_many_lines(city, client, django_assert_max_num_queries):
    from django.test.utils import CaptureQueriesContext

    project = draft_of(city)
    client.force_login(city.applicant)
    counted = []
    for number in (2, 20):
        EstimateLine.objects.filter(project=project).delete()
        EstimateLine.objects.bulk_create(
            EstimateLine(project=project, name=f"第{at}项", type="其他", quantity=1, unit_price=10, amount=10)
            for at in range(number)
        )
        client.get(url(project, "estimate"))
        with CaptureQueriesContext(connection) as queries:
            client.get(url(project, "estimate"))
        counted.append(len(queries))
    assert counted[0] == counted[1]


def test_the_list_and_the_project_page_lead_on_with_a_draft(city, client):
    project, filed = draft_of(city), city.project(name="已申报的平台")
    client.force_login(city.applicant)
    go_on = 'href="/projects/{}/filing/"'
    page = client.get(reverse("projects:list")).content.decode()
    assert (go_on.format(project.number) in page, go_on.format(filed.number) in page) == (True, False)
    assert go_on.format(project.number) in client.get(reverse("projects:project", args=[project.number])).content.decode()
    client.force_login(city.users["gov_office"])
    assert go_on.format(project.number) not in client.get(reverse("projects:list")).content.decode()


# --- duties, points, rehearsal


def test_lines_are_read_from_the_pack(city):
    assert [(line.bound, line.test) for line in lines(draft_of(city).pack)] == [
        (Decimal("1000000.00"), "at_least"), (Decimal("2000000.00"), "at_least"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("amount", "fresh"),
    [("999999.99", []), ("1000000.00", ["达到 100 万元"]), ("1999999.99", ["达到 100 万元"]),
     ("2000000.00", ["达到 200 万元", "达到 100 万元"])],
)  # fmt: skip
def test_duties_appear_as_the_amount_passes_a_line(city, amount, fresh):
    pack = draft_of(city).pack
    before = facts("新建", "年度申报", Decimal("500000.00"))
    found = duties(pack, facts("新建", "年度申报", Decimal(amount)), before)
    assert [step.line.words for step in found.steps if step.fresh] == fresh
    assert found.news == [step.heading for step in found.steps if step.fresh]


def test_what_was_asked_when_the_page_was_opened_is_not_news(city):
    known = facts("新建", "年度申报", Decimal("2000000.00"))
    found = duties(draft_of(city).pack, known, known)
    assert (found.news, [step.fresh for step in found.steps]) == ([], [False, False])


def test_the_fragment_follows_what_is_typed(city, client):
    project = draft_of(city)
    client.force_login(city.applicant)
    address = reverse("projects:filing_duties", args=[project.number])
    page = client.get(address, {"declared_total": "2,000,000", "before": "500000.00"}).content.decode()
    assert "达到 200 万元,新增" in page
    page = client.get(address, {"declared_total": "2百万", "before": "500000.00"}).content.decode()
    assert "金额“2百万”还看不懂" in page
    page = client.get(address, {"kind": "运行维护", "declared_total": "500000", "before": "500000"}).content.decode()
    assert "往年运维服务合同" in page


def test_every_blocking_verdict_of_filing_has_its_place(city):
    from projects.judgement import judge

    project = draft_of(city)
    blocking = [verdict for verdict in judge(project, "file") if verdict.blocks]
    assert [verdict.rule for verdict in blocking if place(verdict) is None] == []
    assert open_points(project, blocking, {"declared_total": ["1百万"]})["estimate"] == 4
    assert holder("estimate").code == "estimate"


def test_the_rehearsal_says_what_filing_and_the_reviewer_would_say_and_records_nothing(city, client):
    project = draft_of(city)
    before = AuditEvent.objects.count()
    found = rehearse(project, city.applicant)
    assert {"YQ-1.1-2", "YQ-1.2-5", "YQ-3.1-10"} <= {each.verdict.rule for each in found.blocking}
    assert {each.asked_at for each in found.blocking} == {"提交时"}
    assert "YQ-1.2-8" in {each.verdict.rule for each in found.by_reviewer}
    client.force_login(city.applicant)
    page = client.get(reverse("projects:filing_rehearsal", args=[project.number])).content.decode()
    assert "#id_categories" in page
    assert AuditEvent.objects.exclude(action__startswith="login").count() - before in (0, 1)  # signing in
    assert not project.passages.exists()


def test_the_rehearsal_of_an_interim_filing_asks_for_the_proofs_the_reviewer_wants(city):
    project = open_draft(actor=city.applicant, name="应急指挥", kind="新建", origin="临时申报")
    found = rehearse(project, city.applicant)
    asked = {(each.verdict.rule, each.asked_at) for each in found.blocking}
    assert ("YQ-3.1-7", "预审时") in asked


# --- from a spreadsheet


def test_a_header_places_the_columns_and_ten_thousands_become_yuan():
    text = "序号\t名称\t金额(万元)\t数量\n1\t服务器\t12.5\t2\n2\t存储\t1,234.56789\t1"
    assert pasted(text, COLUMNS) == [
        {"name": "服务器", "amount": "125,000.00", "quantity": "2"},
        {"name": "存储", "amount": "12,345,678.90", "quantity": "1"},
    ]


@pytest.mark.parametrize(
    ("cell", "kept"),
    [("12万", "12万"), ("1,23,4", "1,23,4"), ("约100", "约100"), ("", ""), ("1,234.50", "1,234.50"), ("¥1,234.5元", "1,234.50"),
     ("680000", "680,000.00"), ("1.005", "1.005")],
)  # fmt: skip
def test_a_pasted_amount_is_read_or_left_as_it_was(cell, kept):
    (row,) = pasted(f"名称\t金额\n甲\t{cell}", COLUMNS)
    assert row["amount"] == kept


def test_without_a_header_five_columns_are_name_specification_quantity_price_amount():
    assert pasted("开发\t定制\t1\t100\t100\n\n", COLUMNS) == [
        {"name": "开发", "specification": "定制", "quantity": "1", "unit_price": "100.00", "amount": "100.00"}
    ]
