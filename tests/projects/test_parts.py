"""Here: the parts of a filing that somebody can point at, and where each is mended. Not here: what differs (test_versions)."""

import pytest

from policies.loader import load
from projects import parts
from projects.evidence import address
from projects.models import Project

PACK = load("yueqing-2015")


@pytest.mark.parametrize(
    "part, label",
    [
        ("objective", "建设目标(运维目标)"),
        ("estimate", "概算明细"),
        ("material:construction_plan", "建设方案"),
        ("", ""),
        ("material:gone", "material:gone"),
    ],
)
def test_a_part_reads_in_words(part, label):
    assert parts.label(PACK, part) == label


def test_documents_are_those_a_filing_asks_for():
    groups = {name: dict(rows) for name, rows in parts.choices(PACK)[1:]}
    assert "material:construction_plan" in groups["材料"]
    assert {"objective", "funding", "estimate"} <= set(groups["申报内容"])
    assert parts.choices(PACK)[0] == ("", "整体")


@pytest.mark.parametrize(
    "part, place",
    [
        ("objective", "/projects/YQ-1/filing/content/#id_objective"),
        ("estimate", "/projects/YQ-1/filing/estimate/#table-estimate"),
        ("material:construction_plan", "/projects/YQ-1/filing/materials/#construction_plan"),
        ("", "/projects/YQ-1/filing/"),
    ],
)
def test_a_part_is_mended_in_its_section(part, place):
    assert parts.address(Project(number="YQ-1"), part) == place


def test_evidence_with_a_page_of_its_own_is_led_there():
    assert address("YQ-1", "defect_answer") == "/projects/YQ-1/corrections/"
    assert address("YQ-1", "tender_review") == "/projects/YQ-1/tender/"
    assert address("YQ-1", "filing_receipt") == "/projects/YQ-1/records/filing_receipt/"
