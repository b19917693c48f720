"""Here: lists that come in from workbooks: every error by its cell, nothing half written, nothing twice."""

from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from exchange.models import ImportRun
from jobs import running
from jobs.models import Job
from organizations.models import AuditEvent, Organization, Post
from projects.models import PastProject
from reviews.models import Expert
from tests.exchange.workbooks import FIRST, filled, saved

pytestmark = pytest.mark.django_db
PAST, EXPERTS, UNITS = "/imports/past-projects/", "/imports/experts/", "/imports/units/"
UNIT = "市综合行政执法局"
UNKNOWN = "数字超过 15 位,Excel 会改动末几位;请先把单元格设为文本格式再填写。"


@pytest.fixture
def centre(city, client):
    """The browser of the centre."""
    client.force_login(city.users["centre"])
    return client


def send(client, address: str, rows: list[dict], mode: str = "all"):
    """Fill the template in, hand it in; the import it leads to."""
    upload = filled(client.get(f"{address}template.xlsx").content, rows)
    answer = client.post(address, {"file": upload, "mode": mode})
    assert answer.status_code == 302, answer.content.decode()
    return ImportRun.objects.get(pk=answer.url.split("/")[-2])


def cells(run: ImportRun) -> list[tuple[int, str]]:
    return [(error["row"], error["column"]) for error in run.errors]


def project(**fields) -> dict:
    return {"建设单位": UNIT, "项目名称": "数字城管一期", "年度": 2014, "使用情况": "在用"} | fields


def planted(unit: str) -> list[tuple[dict, list[str]]]:
    """Rows with their wrong columns: 30 errors in all."""

    def row(at: int, **fields) -> dict:
        return project(建设单位=unit, 项目名称=f"平台{at}", **fields)

    wrong = [
        ({"建设单位": "没有这个局"}, ["建设单位"]), ({"建设单位": ""}, ["建设单位"]), ({"项目名称": ""}, ["项目名称"]),
        ({"年度": ""}, ["年度"]), ({"年度": "二〇一四"}, ["年度"]), ({"年度": 1889}, ["年度"]), ({"年度": 2099}, ["年度"]),
        ({"建设性质": "翻新"}, ["建设性质"]), ({"投资额(元)": "156万"}, ["投资额(元)"]), ({"投资额(元)": -1}, ["投资额(元)"]),
        ({"投资额(元)": 1.005}, ["投资额(元)"]), ({"投资额(元)": "1,56,000"}, ["投资额(元)"]),
        ({"投资额(元)": 10**16}, ["投资额(元)"]), ({"合同金额(元)": "未知"}, ["合同金额(元)"]),
        ({"合同金额(元)": "12 000"}, ["合同金额(元)"]), ({"验收日期": "2015.6.30"}, ["验收日期"]),
        ({"验收日期": date(2031, 1, 1)}, ["验收日期"]), ({"验收日期": date(2013, 1, 1)}, ["验收日期"]),
        ({"使用情况": ""}, ["使用情况"]), ({"使用情况": "坏了"}, ["使用情况"]), ({"备注": "长" * 501}, ["备注"]),
        ({"承建单位": "长" * 201}, ["承建单位"]), ({"原编号": "9" * 61}, ["原编号"]), ({"原编号": 10**17 + 1}, ["原编号"]),
        ({"项目名称": "长" * 201}, ["项目名称"]), ({"项目名称": "平台1"}, ["整行"]),
        ({"年度": "20 14", "投资额(元)": "很多", "使用情况": "?"}, ["年度", "投资额(元)", "使用情况"]),
        ({"验收日期": "昨天"}, ["验收日期"]),
    ]  # fmt: skip
    return [(row(1), []), *((row(at) | fields, columns) for at, (fields, columns) in enumerate(wrong, start=2))]


def test_thirty_planted_errors_are_all_found_by_cell_and_nothing_is_written(city, centre):
    rows = planted(city.applicant.organization.name)
    expected = [(at, column) for at, (_, columns) in enumerate(rows, start=FIRST) for column in columns]
    assert len(expected) == 30
    run = send(centre, PAST, [row for row, _ in rows])
    assert sorted(cells(run)) == sorted(expected)
    assert (run.status, run.good, run.may_write) == (ImportRun.CHECKED, 1, False)
    assert PastProject.objects.count() == 0
    page = centre.get(f"/imports/runs/{run.pk}/").content.decode()
    assert page.count("<b>第 <span") == 30
    assert "没有“没有这个局”这个选项" in page and UNKNOWN in page
    centre.post(f"/imports/runs/{run.pk}/")
    assert PastProject.objects.count() == 0
    assert not AuditEvent.objects.filter(action__in=("past.add", "import.write")).exists()


def test_the_errors_are_marked_in_the_workbook_that_comes_back(city, centre):
    rows = planted(city.applicant.organization.name)
    run = send(centre, PAST, [row for row, _ in rows])
    page = load_workbook(BytesIO(centre.get(f"/imports/runs/{run.pk}/errors.xlsx").content)).active
    headers = [cell.value for cell in page[1]]
    marked = {
        (cell.row, headers[cell.column - 1])
        for line in page.iter_rows(min_row=2) for cell in line if cell.fill.fgColor.rgb == "00F8D7DA"
    }  # fmt: skip
    assert marked == {(row, "问题" if column == "整行" else column) for row, column in cells(run)}
    assert page.cell(12, len(headers)).value.startswith("投资额(元):请填写金额数字(元)")
    mended = SimpleUploadedFile("again.xlsx", centre.get(f"/imports/runs/{run.pk}/errors.xlsx").content)
    again = ImportRun.objects.get(pk=centre.post(PAST, {"file": mended, "mode": "all"}).url.split("/")[-2])
    assert cells(again) == cells(run)


def test_row_by_row_writes_what_is_right_and_only_that(city, centre):
    rows = planted(city.applicant.organization.name)
    run = send(centre, PAST, [row for row, _ in rows[:4]], mode="each")
    assert (len(run.errors), run.good, run.may_write) == (3, 1, True)
    centre.post(f"/imports/runs/{run.pk}/")
    assert [past.name for past in PastProject.objects.all()] == ["平台1"]
    assert "已写入 <b" in centre.get(f"/imports/runs/{run.pk}/").content.decode()


def test_a_second_press_writes_nothing_twice(city, centre):
    unit = city.applicant.organization
    day = datetime(2015, 6, 30)
    run = send(
        centre, PAST, [project(建设单位=unit.name, **{"投资额(元)": 1560000.1, "验收日期": day, "合同金额(元)": None})]
    )
    for _ in range(2):
        assert centre.post(f"/imports/runs/{run.pk}/").status_code == 302
    past = PastProject.objects.get()
    assert (past.department, past.investment, past.contracted, past.accepted_on, past.added_by) == (
        unit, Decimal("1560000.10"), None, date(2015, 6, 30), city.users["centre"],
    )  # fmt: skip
    again = send(centre, PAST, [project(建设单位=unit.name)])
    assert [(error["column"], error["words"]) for error in again.errors] == [
        ("整行", "历史项目中已有这个单位同一年度的同名项目。")
    ]
    assert [event.detail["rows"] for event in AuditEvent.objects.filter(action="import.write")] == [1]


def test_a_long_list_is_checked_and_written_in_the_background(city, centre, monkeypatch):
    monkeypatch.setattr(ImportRun, "QUICK", 1)
    unit = city.applicant.organization.name
    run = send(centre, PAST, [project(建设单位=unit, 项目名称=name) for name in ("甲平台", "乙平台")])
    assert (run.status, run.said) == (ImportRun.CHECKING, [])
    assert "正在检查" in centre.get(f"/imports/runs/{run.pk}/").content.decode()
    for status, work in ((ImportRun.CHECKED, "exchange.check"), (ImportRun.WRITTEN, "exchange.write")):
        for _ in range(2):
            centre.post(f"/imports/runs/{run.pk}/")  # before the check nothing, after it once
        job = Job.objects.get(kind=work)
        assert PastProject.objects.count() == 0
        assert running.run(str(job.pk))
        run.refresh_from_db()
        assert run.status == status
    assert {past.name for past in PastProject.objects.all()} == {"甲平台", "乙平台"}


def test_what_changes_between_check_and_writing_stops_it(city, centre):
    unit = city.applicant.organization.name
    first, second = (
        send(centre, PAST, [project(建设单位=unit), project(建设单位=unit, 项目名称=name)]) for name in "甲乙"
    )
    centre.post(f"/imports/runs/{first.pk}/")
    centre.post(f"/imports/runs/{second.pk}/")
    second.refresh_from_db()
    assert (second.status, cells(second)) == (ImportRun.CHECKED, [(FIRST, "整行")])
    assert {past.name for past in PastProject.objects.all()} == {"数字城管一期", "甲"}


def test_past_projects_are_seen_by_their_unit_and_the_offices(city, centre, client):
    run = send(centre, PAST, [project(建设单位=city.applicant.organization.name, 原编号="2014-015")])
    centre.post(f"/imports/runs/{run.pk}/")
    seen = {}
    for who in ("applicant", "sibling", "other", "audit", "centre"):
        client.force_login(city.users[who])
        seen[who] = [
            "2014-015" in client.get(address).content.decode()
            for address in ("/history/", "/history/?q=szcg", "/history/?q=无")
        ]
    assert seen == {who: [True, True, False] for who in ("applicant", "sibling", "audit", "centre")} | {
        "other": [False] * 3
    }


def test_past_projects_are_found_and_shown_beside_new_ones_that_look_like_them(city, centre):
    new = city.project("filed", name="数字城管平台")
    unit = city.applicant.organization.name
    rows = [project(建设单位=unit, 项目名称="数字城管平台二期"), project(建设单位=unit, 项目名称="档案数字化")]
    run = send(centre, PAST, rows)
    centre.post(f"/imports/runs/{run.pk}/")
    assert "档案数字化" in centre.get("/search/?q=档案").content.decode()
    page = centre.get(f"/projects/{new.number}/duplicates/").content.decode()
    assert "数字城管平台二期" in page and "100% <span" in page
    assert "档案数字化" not in page


def test_experts_come_in_by_the_form_of_the_pool(city, centre):
    rows = [{"姓名": "王 磊", "工作单位": "温州大学", "专业": "网络安全、软件工程", "联系电话": "057761880000"},
            {"姓名": "王磊", "工作单位": "温州大学", "专业": "网络"}, {"姓名": "", "工作单位": "浙江大学", "专业": "网络"}]  # fmt: skip
    run = send(centre, EXPERTS, rows, mode="each")
    assert [(error["row"], error["column"], error["words"]) for error in run.errors] == [
        (4, "整行", "专家库中已有这位专家。"), (5, "姓名", "该字段是必填项。"),
    ]  # fmt: skip
    centre.post(f"/imports/runs/{run.pk}/")
    expert = Expert.objects.get(name="王磊")
    assert (expert.specialties, expert.phone, expert.jurisdiction) == (
        ["网络安全", "软件工程"],
        "057761880000",
        city.jurisdiction,
    )


def test_units_come_in_by_the_form_of_the_administrator(city, client, django_user_model):
    admin = django_user_model.objects.create_user(
        "system", password="x" * 12, display_name="管理员", post=Post.SYSTEM_ADMIN
    )
    client.force_login(admin)
    place = city.jurisdiction.name
    good = {"辖区": place, "名称": "市林业局", "类型": "市直属单位", "统一社会信用代码": "91330382MA2AXXXX00"}
    run = send(
        client,
        UNITS,
        [good, good | {"统一社会信用代码": "", "名称": "市园林局"}, good | {"类型": "局", "统一社会信用代码": ""}],
    )
    assert [(error["row"], error["column"]) for error in run.errors] == [(3, "统一社会信用代码"), (5, "类型")]
    run = send(client, UNITS, [good | {"统一社会信用代码": ""}])
    client.post(f"/imports/runs/{run.pk}/")
    assert Organization.objects.get(name="市林业局").jurisdiction == city.jurisdiction
    assert AuditEvent.objects.filter(action="unit_opened", actor=admin).count() == 1


def test_the_estimate_of_a_draft_is_replaced_as_a_whole(city, client):
    draft = city.draft()
    client.force_login(city.applicant)
    address = f"/projects/{draft.number}/imports/estimate/"
    line = {"名称": "应用开发", "类型": "软件开发", "数量": 2, "单价(元)": 100000.05, "金额(元)": 200000.1}
    wrong = send(client, address, [line, line | {"类型": "别的", "单价(元)": "10万"}])
    assert cells(wrong) == [(4, "类型"), (4, "单价(元)")]
    before = list(draft.estimate.values_list("name", flat=True))
    run = send(client, address, [line, line | {"名称": "培训", "数量": 1, "金额(元)": 100000.05}])
    assert (run.errors, list(draft.estimate.values_list("name", flat=True))) == ([], before)
    for _ in range(2):
        client.post(f"/imports/runs/{run.pk}/")
    assert list(draft.estimate.values_list("name", "quantity", "amount")) == [
        ("应用开发", Decimal("2.00"), Decimal("200000.10")), ("培训", Decimal("1.00"), Decimal("100000.05")),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "who, status",
    [("applicant", 403), ("audit", 403), ("finance", 403), ("centre", 200)],
)
def test_only_whose_list_it_is_brings_it_in(city, client, who, status):
    client.force_login(city.users[who])
    assert [client.get(address).status_code for address in (PAST, f"{PAST}template.xlsx", EXPERTS)] == [status] * 3
    assert client.get(UNITS).status_code == 403


def test_an_import_is_its_makers_alone(city, centre, client):
    run = send(centre, PAST, [project(建设单位=city.applicant.organization.name)])
    client.force_login(city.users["audit"])
    for address in (f"/imports/runs/{run.pk}/", f"/imports/runs/{run.pk}/errors.xlsx"):
        assert client.get(address).status_code == 404
    assert client.post(f"/imports/runs/{run.pk}/").status_code == 404
    filed = city.project("filed")
    client.force_login(city.applicant)
    assert client.get(f"/projects/{filed.number}/imports/estimate/").status_code == 403
    client.force_login(city.users["other"])
    assert client.get(f"/projects/{filed.number}/imports/estimate/").status_code == 404


def test_the_template_explains_itself_and_its_example_is_not_imported(city, centre):
    content = centre.get(f"{PAST}template.xlsx").content
    book = load_workbook(BytesIO(content))
    page = book.worksheets[0]
    assert book.sheetnames == ["历史项目", "选项", "填写说明"]
    assert [cell.value for cell in page[1]][:4] == ["序号", "建设单位*", "项目名称*", "原编号"]
    assert {str(rule.sqref)[:1] for rule in page.data_validations.dataValidation} == {"B", "F", "L"}
    assert page["G2"].number_format in ("General", "@")
    assert all(cell.data_type != "f" for sheet in book for line in sheet.iter_rows() for cell in line)
    answer = centre.post(PAST, {"file": SimpleUploadedFile("空.xlsx", content), "mode": "all"})
    assert (answer.status_code, "没有填写任何一行" in answer.content.decode()) == (400, True)


def sheet(*rows) -> SimpleUploadedFile:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    return saved(book)


def far() -> SimpleUploadedFile:
    """A small file that would be read as a table of 17 thousand million cells."""
    book = Workbook()
    book.active["A1"], book.active["XFD1048576"] = "项目名称", 1
    return saved(book)


def twisted() -> SimpleUploadedFile:
    """A packed file that says it is a workbook and makes the reader fail."""
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook><sheets><sheet name='a' r:id='x'/>" + "<" * 1000)
    return SimpleUploadedFile("表.xlsx", out.getvalue())


@pytest.mark.parametrize(
    "upload, said",
    [
        (twisted, "打不开或内容异常"),
        (lambda: SimpleUploadedFile("表.xls", b"\xd0\xcf"), "请上传 .xlsx 文件"),
        (lambda: SimpleUploadedFile("表.xlsx", b"PK\x03\x04 broken"), "已损坏"),
        (lambda: SimpleUploadedFile("表.xlsx", b"0" * (5 * 1024 * 1024 + 1)), "超过 5 MB"),
        (lambda: sheet(["建设单位", "项目名称", "密码"], ["a", "b", "c"]), "没有“密码”这一列"),
        (lambda: sheet(["项目名称"], ["a"]), "缺少“建设单位”列"),
        (lambda: sheet(["项目名称", "项目名称"], ["a", "b"]), "出现了两次"),
        (lambda: sheet(*([["建设单位"]] * 2_010)), "一次最多 2000 行"),
        (far, "一次最多 2000 行"),
    ],
)
def test_what_is_no_such_workbook_is_refused_in_words(city, centre, upload, said):
    answer = centre.post(PAST, {"file": upload(), "mode": "all"})
    assert (answer.status_code, said in answer.content.decode()) == (400, True)
    assert ImportRun.objects.count() == 0
