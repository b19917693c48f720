"""Here: records as pages and volumes show them: in words. Not here: the pages."""

from datetime import date

from organizations import clock
from projects.evidence import EVIDENCE
from projects.models import StageRecord
from projects.presentation import label_of_field, records_on_file
from projects.templatetags.egov import day


def test_records_that_point_to_others_do_so_in_words():
    wrong = []
    for kind in EVIDENCE.values():
        if issubclass(kind.model, StageRecord):
            for each in kind.model._meta.concrete_fields:
                pointed = each.related_model if each.is_relation else None
                if pointed and issubclass(pointed, StageRecord):
                    wrong += [f"{kind.name}.{each.name}"] if label_of_field(each).isascii() else []
    assert wrong == []


def test_nothing_on_file_is_shown_as_an_object(city):
    project = city.project("scheme_approved")
    shown = [field["value"] for group in records_on_file(project) for each in group["rows"] for field in each["fields"]]
    assert not [value for value in shown if " object (" in value]
    opinion = next(group["rows"][0] for group in records_on_file(project) if group["kind"].name == "scheme_opinion")
    assert ("所审方案", "技术方案(2026-03-02)") in [(field["label"], field["value"]) for field in opinion["fields"]]


def test_a_day_of_another_year_is_shown_with_its_year():
    with clock.at(date(2026, 3, 2)):
        assert (day(date(2026, 3, 18)), day(date(2024, 3, 18))) == ("3月18日", "2024年3月18日")
