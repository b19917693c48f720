"""Here: asset registration on both sides, line by line."""

from datetime import timedelta

import pytest

from organizations import clock
from procurement.assets import asset_rows
from projects.errors import Invalid
from projects.evidence import void

FOUR = [
    {"name": f"交换机{n}", "unit": "台", "quantity": "1", "amount": "80.00", "is_equipment": True} for n in range(4)
]


@pytest.fixture
def contracted(approved):
    approved.put("procurement_application", method="询价")
    approved.city.walker().prepare(approved.project, "apply_procurement")
    approved.move("apply_procurement")
    approved.put("procurement_decision")
    return approved


def statuses(purchase) -> dict[str, str]:
    return {row.line.name: row.status for row in asset_rows(purchase.project)}


def test_every_equipment_line_waits_whatever_its_value(contracted):
    contracted.put("contract", number="HT-1")
    assert statuses(contracted) == {"服务器": "单位侧未登记、财政侧未登记", "标签打印机": "单位侧未登记、财政侧未登记"}
    assert contracted.flags()["YQ-3.5-10"] == "单位侧尚未登记固定资产的设备:服务器、标签打印机。"
    assert contracted.flags()["YQ-3.5-11"] == "财政侧尚未登记固定资产的设备:服务器、标签打印机。"
    assert [row.line.code for row in asset_rows(contracted.project)] == ["HT-1/1", "HT-1/3"]


def test_equipment_cannot_be_unticked(contracted):
    contracted.put("contract", items=[{"name": "服务器", "quantity": "4", "amount": "1.00", "is_equipment": False}])
    assert statuses(contracted) == {"服务器": "单位侧未登记、财政侧未登记"}


def test_a_contract_without_equipment_asks_for_nothing(contracted):
    contracted.put("contract", items=[{"name": "应用软件开发", "quantity": "1", "amount": "1.00"}])
    assert statuses(contracted) == {}
    assert not {"YQ-3.5-10", "YQ-3.5-11"} & set(contracted.flags())


def test_four_registered_three_confirmed(contracted):
    contracted.put("contract", items=FOUR)
    contracted.chain(*["asset_registration"] * 4, *["asset_confirmation"] * 3)
    assert statuses(contracted) == {
        "交换机0": "已登记", "交换机1": "已登记", "交换机2": "已登记", "交换机3": "财政侧未登记",
    }  # fmt: skip
    assert contracted.flags()["YQ-3.5-11"] == "财政侧尚未登记固定资产的设备:交换机3。"
    assert "YQ-3.5-10" not in contracted.flags()
    contracted.put("asset_confirmation")
    assert "YQ-3.5-11" not in contracted.flags()


def test_four_bought_three_confirmed(contracted):
    contracted.put("contract")
    contracted.chain("asset_registration", "asset_registration")
    three = contracted.put("asset_confirmation", quantity="3")
    assert statuses(contracted)["服务器"] == "数量不一致"
    assert contracted.flags()["YQ-3.5-11"] == "两侧固定资产登记不一致:服务器:数量不一致。"
    void(contracted.project.pk, "asset_confirmation", three.pk, actor=contracted.city.users["finance"], reason="漏点")
    contracted.put("asset_confirmation", quantity="4", value="199999.99")
    assert statuses(contracted)["服务器"] == "价值不一致"


def test_several_entries_make_up_a_line(contracted):
    contracted.put("contract", number="HT-1")
    half = {"line": "HT-1/1", "quantity": "2", "value": "100000.00"}
    contracted.put("asset_registration", **half, asset_number="ZC-1")
    assert statuses(contracted)["服务器"] == "财政侧未登记、数量不一致"
    contracted.put("asset_registration", **half, asset_number="ZC-2")
    contracted.put("asset_confirmation", line="HT-1/1")
    assert statuses(contracted)["服务器"] == "已登记"


def test_only_equipment_of_this_projects_contracts_is_registered(contracted):
    contracted.put("contract", number="HT-1")
    for line in ("HT-1/2", "HT-9/1"):
        with pytest.raises(Invalid) as error:
            contracted.put("asset_registration", line=line)
        assert list(error.value.errors) == ["line"]


def test_a_registration_in_the_future_is_an_error(contracted):
    contracted.put("contract")
    with pytest.raises(Invalid) as error:
        contracted.put("asset_registration", registered_on=(clock.today() + timedelta(days=1)).isoformat())
    assert list(error.value.errors) == ["registered_on"]


def test_a_voided_contract_takes_its_equipment_with_it(contracted):
    contract = contracted.put("contract")
    void(contracted.project.pk, "contract", contract.pk, actor=contracted.city.applicant, reason="填错")
    assert asset_rows(contracted.project) == []
    assert contracted.fact("procurement.assets_unregistered") == []


def test_the_rows_cost_the_same_for_one_and_for_four(contracted, django_assert_num_queries):
    contracted.put("contract", items=FOUR[:1])
    with django_assert_num_queries(3):
        asset_rows(contracted.project)
    contracted.put("contract", items=FOUR)
    contracted.chain("asset_registration", "asset_confirmation")
    with django_assert_num_queries(3):
        assert len(asset_rows(contracted.project)) == 5
