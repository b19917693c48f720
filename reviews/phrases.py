"""Here: polite sentences for opinions, by clause: the house's own, the pack's, the office's. Not here: pages, the opinion."""

import re
from dataclasses import dataclass
from functools import lru_cache

from django.db import IntegrityError, transaction

from organizations import audit, clock
from organizations.naming import office_here
from organizations.roles import office_jurisdictions, office_roles
from policies.loader import load
from policies.pack import Check, Pack
from projects.errors import Forbidden, Invalid
from reviews.criteria import CLAUSES, ITEMS
from reviews.models import OpinionPhrase

OPINION, OPINION_RECORD = "YQ-3.2-3", "preliminary_opinion"
TEXT = "text"
MAINTAINER = "centre"
PLACEHOLDER = re.compile(r"\{.*?\}")
HOUSE = {
    "1a": ("经核对,项目与所列规划的任务相衔接。", "请补充说明项目与上位规划的对应关系。"),
    "1b": ("经核对,项目符合本市当前电子政务工作的要求。", "请说明项目与本市统一部署如何配合。"),
    "2a": ("项目有利于改进服务、提高效率。", "请补充建成后对服务和管理的改进,尽量写出可以衡量的指标。"),
    "2b": ("目标清楚,业务需求写得充分。", "业务需求请补充办件量、用户数等依据。"),
    "3a": ("已说明需用和可提供的数据,共享安排可行。", "请补充需要共享的数据目录和对接单位。"),
    "3b": ("拟利用全市公共基础设施,没有另建。", "自建部分请说明不用公共设施的理由,或调整为利用政务云。"),
    "3c": ("经查重,未见与在建、已建项目重复。", "与已有项目内容相近的部分,请说明区别或予以剔除。"),
    "4a": ("技术方案思路清楚,可以实施。", "请补充总体架构和实施步骤。"),
    "4b": ("所列技术标准适用。", "请写明采用的国家和省技术标准。"),
    "4c": ("安全设计与系统定级相称。", "请补充安全等级和相应的保护措施。"),
    "5": ("概算分项清楚,计算无误。", "概算请细化到品名、规格、数量和单价,并说明询价依据。"),
    TEXT: (
        "经对照审核标准逐项审核,同意报下一环节。",
        "经逐项审核,尚有需要补正的内容,请按清单修改后重新提交。",
        "经逐项审核,暂不具备实施条件,不予同意。",
    ),
}


@dataclass(frozen=True)
class Phrase:
    """A sentence with the clause it goes with, and where it comes from."""

    text: str
    clause: str
    source: str


def offered(project) -> dict[str, list[Phrase]]:
    """By checklist item, and under `text` for the opinion as a whole; one query."""
    own = OpinionPhrase.objects.filter(jurisdiction=project.jurisdiction_id, ended_on=None)
    kept: dict[str, list[str]] = {}
    for clause, text in own.values_list("clause", "text"):
        kept.setdefault(clause, []).append(text)
    pack = project.pack
    return {
        item: [
            *(Phrase(text, clause, "本单位") for text in kept.get(clause, [])),
            *(Phrase(text, clause, "常用") for text in HOUSE[item]),
            *(Phrase(text, clause, "条款") for text in from_pack(pack.code, item)),
        ]
        for item, clause in {**CLAUSES, TEXT: opinion_clause(pack)}.items()
    }


def opinion_clause(pack: Pack) -> str:
    """The clause that the opinion as a whole rests on in this place."""
    spec = pack.records.get(OPINION_RECORD)
    return OPINION if OPINION in pack.by_id or spec is None else spec.rule


@lru_cache(maxsize=256)
def from_pack(code: str, item: str) -> tuple[str, ...]:
    """What the instrument's rules say to an item: the clause itself, and what is asked for where it is not met."""
    pack = load(code)
    rule = pack.by_id.get(CLAUSES.get(item, ""))
    if rule is None:
        return ()
    asked = [check.message for check in rule.checks if _about(check, item)]
    return tuple(dict.fromkeys([f"对照要求:{rule.says}", *(text for text in asked if not PLACEHOLDER.search(text))]))


def _about(check: Check, item: str) -> bool:
    """Whether a check speaks of what the filing lacks, or of this very item."""
    facts = [each.fact for condition in check.require for each in (condition, *condition.any)]
    of_items = [fact for fact in facts if fact.startswith(("preliminary_opinion.", "scheme_opinion.", "reviews."))]
    return not of_items


def clauses(pack: Pack) -> list[tuple[str, str]]:
    """The clauses that phrases can be kept under, with what they are about."""
    about: dict[str, list[str]] = {}
    for item, clause in CLAUSES.items():
        about.setdefault(clause, []).append(ITEMS[item].partition(":")[2])
    named = {**{clause: ";".join(texts) for clause, texts in about.items()}, opinion_clause(pack): f"{_called(pack)}(整体)"}
    return [(clause, f"{clause} {text}") for clause, text in named.items() if clause in pack.by_id]


def _called(pack: Pack) -> str:
    spec = pack.records.get(OPINION_RECORD)
    return (spec and spec.label) or "预审意见"


def may_keep(user, jurisdiction_id: int) -> bool:
    """Phrases are kept by the centre."""
    return MAINTAINER in office_roles(user, jurisdiction_id)


def of_office(user):
    """The phrases in use in the jurisdictions where this person holds an office."""
    rows = OpinionPhrase.objects.filter(jurisdiction__in=office_jurisdictions(user), ended_on=None)
    return rows.select_related("added_by").order_by("clause", "id")


def add(jurisdiction, clause: str, text: str, *, actor) -> OpinionPhrase:
    """Offer a sentence from now on. Raises Forbidden, and Invalid per field."""
    _may(actor, jurisdiction.pk)
    text, errors = " ".join(text.split()), {}
    if clause not in dict(clauses(load(jurisdiction.pack))):
        errors["clause"] = "请选择条款。"
    if not text or len(text) > 200 or "\x00" in text:
        errors["text"] = "请填写用语(不超过200字)。"
    if errors:
        raise _invalid(errors)
    try:
        with transaction.atomic():
            row = OpinionPhrase.objects.create(
                jurisdiction=jurisdiction, clause=clause, text=text, added_by=actor, added_on=clock.today()
            )
            audit.record(actor, "phrase.add", target=f"{clause} {text}")
    except IntegrityError:
        raise _invalid({"text": "这一条款下已有同样的用语。"}) from None
    return row


@transaction.atomic
def end(phrase: OpinionPhrase, *, actor) -> None:
    """Offer it no more; what was written with it stays. Raises Forbidden."""
    _may(actor, phrase.jurisdiction_id)
    phrase.ended_on = clock.today()
    phrase.save(update_fields=["ended_on"])
    audit.record(actor, "phrase.end", target=f"{phrase.clause} {phrase.text}")


def _may(actor, jurisdiction_id: int) -> None:
    if not may_keep(actor, jurisdiction_id):
        raise Forbidden(f"审核用语由{office_here(actor, MAINTAINER)}维护。")


def _invalid(errors: dict[str, str]) -> Invalid:
    return Invalid("请按提示修改。", {key: [{"message": text, "code": "invalid"}] for key, text in errors.items()})
