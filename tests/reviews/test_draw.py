"""Here: the draw of experts: repeatable, nobody excluded drawn, seats met or refused, replaced in order. Not here: its pages."""

import json
import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organizations import clock
from organizations.models import AuditEvent
from projects.errors import Closed, Forbidden, Invalid
from reviews import draw as arithmetic
from reviews import panel, scores
from reviews.exclusions import exclusions
from reviews.models import BaselineLocked, Expert, Recusal
from tests.reviews.experts import MANY, POOL, fill_pool

SCRIPT = Path(__file__).parents[2] / "scripts" / "verify_draw.py"
SPECIALTIES = ["网络安全", "数据共享", "软件工程"]

rows = st.lists(
    st.tuples(
        st.sampled_from([f"单位{at}" for at in range(8)]),
        st.lists(st.sampled_from(SPECIALTIES), unique=True).map(sorted),
    ),
    max_size=14,
).map(lambda found: [[at, f"专家{at}", employer, names] for at, (employer, names) in enumerate(found, start=1)])
strata = st.lists(
    st.tuples(st.sampled_from(SPECIALTIES), st.integers(1, 2)), max_size=3, unique_by=lambda pair: pair[0]
)


@given(
    pool=rows,
    kept=strata,
    free=st.integers(0, 3),
    spare=st.integers(0, 3),
    seed=st.text("0123456789abcdef", min_size=8),
    data=st.data(),
)
def test_whatever_the_pool(pool, kept, free, spare, seed, data):
    excluded = data.draw(st.sets(st.sampled_from([str(row[0]) for row in pool]))) if pool else set()
    members = sum(count for _, count in kept) + free
    seats = arithmetic.seats_of(members, spare, kept)
    assert len(seats) == members + spare
    order = arithmetic.ranked(pool, excluded, seed=seed, public="head|7")
    shuffled = data.draw(st.permutations(pool))
    assert arithmetic.ranked(shuffled, excluded, seed=seed, public="head|7") == order
    try:
        chosen = arithmetic.select(order, seats)
    except arithmetic.Unmet as lacking:
        assert not brute_force(order, seats) and "单位" in str(lacking)
        return
    assert chosen == arithmetic.select(order, seats)
    assert not {str(row[0]) for row in chosen} & excluded
    employers = [row[2] for row in chosen]
    assert len(set(employers)) == len(seats)
    assert all(not seat or seat in row[3] for row, seat in zip(chosen, seats, strict=True))
    for specialty, count in kept:
        assert sum(specialty in row[3] for row in chosen[:members]) >= count


def brute_force(pool, seats, used=frozenset()) -> bool:
    """Whether any choice fills the seats, tried one by one."""
    if not seats:
        return True
    return any(
        brute_force(pool, seats[1:], used | {row[2]})
        for row in pool
        if row[2] not in used and (not seats[0] or seats[0] in row[3])
    )


def test_the_first_in_rank_steps_aside_where_a_later_seat_needs_him():
    both, other = [1, "甲", "一院", ["网络安全", "数据共享"]], [2, "乙", "二院", ["网络安全"]]
    assert arithmetic.select([both, other], ["网络安全", "数据共享"]) == [other, both]


def test_another_seed_or_public_value_gives_another_order():
    pool = [[at, f"专家{at}", f"单位{at}", []] for at in range(1, 30)]
    one = arithmetic.ranked(pool, {}, seed="a", public="h|1")
    assert one != arithmetic.ranked(pool, {}, seed="b", public="h|1")
    assert one != arithmetic.ranked(pool, {}, seed="a", public="h|2")


def test_what_is_lacking_is_said():
    pool = [[1, "甲", "一院", ["造价"]], [2, "乙", "一院", ["造价"]]]
    with pytest.raises(arithmetic.Unmet) as error:
        arithmetic.select(pool, ["造价", "造价"])
    assert str(error.value) == "“造价”需 2 人(含候补),可抽取的专家只来自 1 个单位;每个单位至多抽取 1 人。"
    with pytest.raises(arithmetic.Unmet, match="共需 2 人"):
        arithmetic.select(pool, ["", ""])


@pytest.fixture
def drawn(city):
    """A project under review whose panel of three with two substitutes was drawn, from so many that no two draws agree."""
    fill_pool(city, POOL + MANY)
    project = city.project("scheme_filed", "2000000.00")
    seal(city, project)
    return project, panel.hold(project.pk, actor=city.users["centre"], on_site="8")


def seal(city, project, *, members=3, substitutes=2, reason="", **strata):
    return panel.seal(
        project.pk, actor=city.users["centre"], members=members, substitutes=substitutes, strata=strata, reason=reason
    )


def verify(tmp_path, told: dict) -> tuple[int, str]:
    """What the standalone script says."""
    file = tmp_path / "draw.json"
    file.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-I", str(SCRIPT), str(file)], capture_output=True, encoding="utf-8", check=False
    )
    return done.returncode, done.stdout.strip() + done.stderr.strip()


def test_the_script_is_short_and_needs_nobody():
    text = SCRIPT.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 60
    imports = [line for line in text.splitlines() if line.startswith(("import ", "from "))]
    assert imports == ["import hashlib", "import hmac", "import json", "import sys", "from pathlib import Path"]


def test_a_stranger_derives_the_same_panel(drawn, tmp_path):
    _, draw = drawn
    assert verify(tmp_path, panel.as_json(draw)) == (0, "一致")


@pytest.mark.parametrize(
    ("tamper", "said"),
    [
        (lambda told: told["drawn"].reverse(), "名单不一致"),
        (lambda told: told.update(on_site="9"), "名单不一致"),
        (lambda told: told.update(ledger_head="0"), "名单不一致"),
        (lambda told: told.update(seed="0" * 64), "种子承诺不一致"),
        (lambda told: told["setup"]["pool"].pop(), "专家库快照不一致"),
        (lambda told: told["setup"]["excluded"].update({"1": ["编造"]}), "抽取设定不一致"),
    ],
)
def test_a_stranger_sees_what_was_tampered_with(drawn, tmp_path, tamper, said):
    told = panel.as_json(drawn[1])
    tamper(told)
    code, words = verify(tmp_path, told)
    assert code == 1 and said in words and "一致" not in words.splitlines()


def test_strata_of_a_real_draw_are_met_and_repeatable(city, tmp_path):
    fill_pool(city)
    project = city.project("scheme_filed", "2000000.00")
    seal(city, project, members=4, substitutes=3, 网络安全=1, 造价=1)
    draw = panel.hold(project.pk, actor=city.users["centre"])
    seats = list(draw.seats.select_related("expert"))
    assert [seat.specialty for seat in seats] == ["网络安全", "造价", "", "", "网络安全", "造价", ""]
    assert [seat.substitute for seat in seats] == [False] * 4 + [True] * 3
    assert all(not seat.specialty or seat.specialty in seat.expert.specialties for seat in seats)
    assert verify(tmp_path, panel.as_json(draw)) == (0, "一致")


def test_the_commitment_is_on_record_before_the_draw(city):
    fill_pool(city)
    project = city.project("scheme_filed", "2000000.00")
    setup = seal(city, project)
    event = AuditEvent.objects.get(action="expert_draw.seal")
    assert event.target == setup.digest == arithmetic.digest(arithmetic.canonical(setup.setup))
    assert setup.seed not in json.dumps(setup.setup) and arithmetic.digest(setup.seed) == setup.setup["seed_sha256"]
    assert not AuditEvent.objects.filter(action="expert_draw.hold").exists()


def test_seats_that_cannot_be_filled_are_refused(city):
    fill_pool(city)
    project = city.project("scheme_filed", "2000000.00")
    with pytest.raises(Invalid) as error:
        seal(city, project, members=4, substitutes=2, 造价=2)
    assert error.value.errors["members"][0]["message"].startswith("“造价”需 3 人(含候补)")
    with pytest.raises(Invalid):
        seal(city, project, members=1, 造价=2)
    with pytest.raises(Invalid):
        seal(city, project, members=9, substitutes=0)


def test_who_may_and_when(city):
    fill_pool(city)
    early = city.project("budgeted")
    with pytest.raises(Closed):
        seal(city, early)
    project = city.project("scheme_filed", name="第二个平台")
    for role in ("applicant", "gov_office", "finance"):
        with pytest.raises(Forbidden):
            panel.seal(project.pk, actor=city.users[role], members=1, substitutes=0, strata={})


def test_nothing_is_drawn_twice_or_changed(city, drawn):
    project, draw = drawn
    with pytest.raises(Invalid):
        panel.hold(project.pk, actor=city.users["centre"])
    with pytest.raises(BaselineLocked):
        draw.save()
    with pytest.raises(BaselineLocked):
        draw.sealed.delete()


def test_a_new_draw_needs_a_reason_and_keeps_the_old_one(city, drawn):
    project, draw = drawn
    with pytest.raises(Invalid) as error:
        seal(city, project)
    assert list(error.value.errors) == ["reason"]
    again = seal(city, project, reason="两位专家同时出差")
    assert (again.number, again.reason, draw.sealed.number) == (2, "两位专家同时出差", 1)
    assert panel.latest_draw(project) is None
    panel.hold(project.pk, actor=city.users["centre"])
    assert panel.latest_draw(project).sealed == again and draw.seats.count() == 5


def test_exclusions_with_their_reasons(city):
    found = fill_pool(
        city,
        [
            *POOL,
            ("甲同志", "市城市管理局", []), ("市城市管理局经办", "别处", []), ("乙同志", "浙江测绘设计院", []),
            ("丙同志", "停用处", []), ("丁同志", "回避处", []),
        ],
    )  # fmt: skip
    Expert.objects.filter(name="丙同志").update(active=False, suspended_reason="退休")
    project = city.project(
        "scheme_filed", "1000000.00",
        fields={"design_commission": {"firm_name": "浙江测绘设计院"}, "scheme": {"firm_name": "浙江测绘设计院"}},
    )  # fmt: skip
    panel.step_back(project.pk, found["丁同志"].pk, actor=city.users["centre"], kind="回避", reason="与承建单位有亲属")
    told = exclusions(project, list(Expert.objects.all()), 3)
    assert {Expert.objects.get(pk=int(pk)).name: reasons for pk, reasons in told.items()} == {
        "甲同志": ["在本项目建设单位工作"],
        "市城市管理局经办": ["与本项目建设单位的用户同名"],
        "乙同志": ["工作单位是本项目的咨询设计单位"],
        "丙同志": ["已停用:退休"],
        "丁同志": ["回避:与承建单位有亲属"],
    }
    seal(city, project)
    draw = panel.hold(project.pk, actor=city.users["centre"])
    assert not {str(seat.expert_id) for seat in draw.seats.all()} & set(told)


@pytest.mark.parametrize(("day", "left_out"), [(date(2026, 6, 1), True), (date(2026, 6, 2), False)])
def test_an_expert_rests_for_three_months(city, drawn, day, left_out):
    _, draw = drawn
    other = city.project("scheme_filed", name="第二个平台")
    first = panel.members(draw)[0].expert
    with clock.at(day):
        told = exclusions(other, list(Expert.objects.all()), 3)
    assert (str(first.pk) in told) is left_out
    if left_out:
        assert told[str(first.pk)] == ["2026-03-02 参加过其他项目的评审,3 个月内不再抽取"]
        assert exclusions(other, list(Expert.objects.all()), 0) == {}


def test_names_on_an_opinion_count_as_service(city, desk):
    found = fill_pool(city)
    desk.record(city.project("scheme_filed"), "expert_review", experts=["李敏"])
    other = city.project("scheme_filed", name="第二个平台")
    assert list(exclusions(other, list(Expert.objects.all()), 3)) == [str(found["李敏"].pk)]


def test_the_first_substitute_takes_the_seat(city, drawn):
    project, draw = drawn
    before, spare = panel.members(draw), panel.waiting(draw)
    row = step_back(city, project, before[1].expert)
    assert row.replacement == spare[0].expert and row.vacates
    draw = panel.latest_draw(project)
    assert [each.expert for each in panel.members(draw)] == [before[0].expert, spare[0].expert, before[2].expert]
    assert panel.members(draw)[1].instead_of == before[1].expert
    assert [seat.expert for seat in panel.waiting(draw)] == [spare[1].expert]


def step_back(city, project, expert, kind=Recusal.CONFLICT) -> Recusal:
    return panel.step_back(project.pk, expert.pk, actor=city.users["centre"], kind=kind, reason="有利害关系")


def test_a_substitute_who_steps_back_is_passed_over(city, drawn):
    project, draw = drawn
    spare = panel.waiting(draw)
    assert not step_back(city, project, spare[0].expert).vacates
    assert step_back(city, project, panel.members(draw)[0].expert).replacement == spare[1].expert
    last = step_back(city, project, spare[1].expert)
    assert last.vacates and last.replacement is None
    assert len(panel.members(panel.latest_draw(project))) == 2


def test_a_kept_seat_goes_to_somebody_of_the_specialty(city):
    fill_pool(city)
    project = city.project("scheme_filed")
    seal(city, project, members=2, substitutes=2, 造价=1)
    draw = panel.hold(project.pk, actor=city.users["centre"])
    free = panel.members(draw)[1].expert
    step_back(city, project, free)
    kept = panel.members(panel.latest_draw(project))[0].expert
    row = step_back(city, project, kept)
    assert row.replacement is None or "造价" in row.replacement.specialties


def test_who_steps_back_between_sealing_and_drawing_is_never_drawn(city):
    found = fill_pool(city)
    project = city.project("scheme_filed")
    seal(city, project, members=5, substitutes=3)
    assert not step_back(city, project, found["李敏"]).vacates
    with pytest.raises(Invalid) as error:
        panel.hold(project.pk, actor=city.users["centre"])
    assert error.value.errors["on_site"][0]["message"] == "封存之后有专家登记了回避,请重新封存设定。"
    seal(city, project, members=5, substitutes=2, reason="有专家回避")
    draw = panel.hold(project.pk, actor=city.users["centre"])
    assert found["李敏"].pk not in {seat.expert_id for seat in draw.seats.all()}


def test_once_recused_never_again(city, drawn):
    project, draw = drawn
    gone = panel.members(draw)[0].expert
    step_back(city, project, gone)
    with pytest.raises(Invalid):
        step_back(city, project, gone)
    seal(city, project, reason="重新组织")
    again = panel.hold(project.pk, actor=city.users["centre"])
    assert gone.pk not in {seat.expert_id for seat in again.seats.all()}


def test_an_opinion_cannot_list_who_stepped_back(city, desk, drawn):
    project, draw = drawn
    gone = panel.members(draw)[0].expert
    step_back(city, project, gone)
    with pytest.raises(Invalid) as error:
        desk.record(project, "expert_review", experts=[gone.name])
    assert error.value.errors["experts"][0]["message"] == f"{gone.name}已登记回避或不能参加,不能列入名单。"
    assert desk.flags(project, "expert_review", experts=["某外人"]) == ["YQ-3.4-11"]
    names = [member.expert.name for member in panel.members(panel.latest_draw(project))]
    assert desk.flags(project, "expert_review", experts=names) == []


def test_scores_average_to_two_places_and_draft_the_opinion(city, drawn):
    project, draw = drawn
    sitting = [member.expert for member in panel.members(draw)]
    for expert, value, word in zip(sitting, ("90", "85.5", "80.33"), ("通过", "通过", "修改后再审"), strict=True):
        enter(city, project, expert, value, word)
    enter(city, project, sitting[2], "80.34", "修改后再审")
    found = scores.summary(panel.latest_draw(project))
    assert (found.average, found.majority, found.missing) == (Decimal("85.28"), "通过", 0)
    assert found.averages == {"4a": Decimal("85.28"), "4b": Decimal("85.28"), "4c": Decimal("85.28")}
    text = scores.draft(found)
    assert "平均得分 85.28 分" in text and "通过 2 人、修改后再审 1 人" in text and "1. 意见" in text
    prefilled = scores.prefilled(project)
    assert prefilled["experts"] == [each.name for each in sitting] and prefilled["conclusion"] == "通过"


def enter(city, project, expert, value, word):
    return scores.enter_opinion(
        project.pk, expert.pk, actor=city.users["centre"], scores=dict.fromkeys(("4a", "4b", "4c"), Decimal(value)),
        conclusion=word, text=f"意见{expert.name}",
    )  # fmt: skip


def test_half_is_no_majority_and_outsiders_do_not_score(city, drawn):
    project, draw = drawn
    sitting = [member.expert for member in panel.members(draw)]
    enter(city, project, sitting[0], "90", "通过")
    found = scores.summary(panel.latest_draw(project))
    assert (found.majority, found.missing) == (None, 2)
    outsider = panel.waiting(draw)[0].expert
    with pytest.raises(Invalid):
        enter(city, project, outsider, "90", "通过")
    step_back(city, project, sitting[0])
    assert scores.summary(panel.latest_draw(project)).average is None
