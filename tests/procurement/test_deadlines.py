"""Here: the review clock of five working days, and the asset clocks that only wait."""

from datetime import date

from deadlines.timetable import timetable
from organizations import clock
from organizations.models import Jurisdiction
from projects.instruments import set_parameter


def row(purchase, code: str):
    return [each for each in timetable(purchase.project) if each.code == code][-1]


def test_five_working_days_after_receipt(accepted):
    with clock.at(date(2026, 3, 13)):
        accepted.put("tender_document")
        assert (row(accepted, "tender_review").due_on, row(accepted, "tender_review").status_label) == (
            date(2026, 3, 20), "办理中",
        )  # fmt: skip
    with clock.at(date(2026, 3, 20)):
        assert row(accepted, "tender_review").status_label == "办理中"
    with clock.at(date(2026, 3, 21)):
        assert row(accepted, "tender_review").status_label == "已超期"
        assert accepted.fact("procurement.passed_version") is None


def test_a_new_version_restarts_the_clock(accepted):
    with clock.at(date(2026, 3, 13)):
        accepted.put("tender_document")
    with clock.at(date(2026, 3, 17)):
        accepted.put("tender_review", conclusion="退回修改", opinion="补充")
        assert row(accepted, "tender_review").status_label == "已办结"
    with clock.at(date(2026, 3, 18)):
        accepted.put("tender_document")
        assert row(accepted, "tender_review").due_on == date(2026, 3, 25)


def test_assets_wait_without_a_figure(accepted):
    accepted.chain("tender_document", "tender_review", "tender_notice", "award", "contract")
    with clock.at(date(2026, 4, 1)):
        for code in ("asset_registration", "asset_confirmation"):
            assert (row(accepted, code).within, row(accepted, code).due_on, row(accepted, code).status_label) == (
                None, None, "已等待30天",
            )  # fmt: skip
        accepted.put("asset_registration")
        assert row(accepted, "asset_registration").status_label == "已等待30天"
        accepted.put("asset_registration")
        assert row(accepted, "asset_registration").status_label == "已办结"


def test_the_offices_own_reminder_is_no_statutory_period(accepted):
    accepted.chain("tender_document", "tender_review", "tender_notice", "award", "contract")
    set_parameter(
        accepted.project.pack, "asset_registration_reminder_days", 20, actor=accepted.city.users["finance"],
        jurisdiction_id=Jurisdiction.objects.get().pk, reason="内部管理",
    )  # fmt: skip
    with clock.at(date(2026, 3, 22)):
        assert row(accepted, "asset_registration").remark == ""
    with clock.at(date(2026, 3, 23)):
        assert row(accepted, "asset_registration").remark == "超过提醒天数(20天,非法定期限)"
