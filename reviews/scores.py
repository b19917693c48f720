"""Here: what the members of a panel found, summed up, and the opinion drafted from it. Not here: putting the opinion on file (forms)."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db import transaction

from organizations import audit, clock
from reviews.criteria import ITEMS, TECHNICAL
from reviews.models import Draw, MemberOpinion, MemberScore
from reviews.panel import entered, latest_draw, members, wrong

CENT = Decimal("0.01")


@dataclass(frozen=True)
class Summary:
    """The panel's findings so far; averages to two places, None while nobody has scored."""

    sheets: list[dict]
    averages: dict[str, Decimal | None]
    average: Decimal | None
    votes: list[tuple[str, int]]
    majority: str | None
    missing: int

    @property
    def named(self) -> list[tuple[str, Decimal | None]]:
        """The averages with the criteria in words."""
        return [(ITEMS[item][6:], value) for item, value in self.averages.items()]


@transaction.atomic
def enter_opinion(
    project_id: int, expert_id: int, *, actor, scores: Mapping[str, Decimal], conclusion: str, text: str
) -> MemberOpinion:
    """Put one member's signed sheet on file; a further one corrects it. Raises Invalid for whoever does not sit."""
    project = entered(actor, project_id)
    draw = latest_draw(project)
    sitting = {member.expert.pk: member.expert for member in members(draw)} if draw else {}
    if expert_id not in sitting:
        raise wrong("expert", "请选择评审组的专家。")
    row = MemberOpinion.objects.create(
        draw=draw, expert=sitting[expert_id], conclusion=conclusion, text=text, recorded_by=actor,
        recorded_at=clock.now(),
    )  # fmt: skip
    MemberScore.objects.bulk_create(
        MemberScore(record=row, position=at, item=item, score=scores[item]) for at, item in enumerate(TECHNICAL)
    )
    audit.record(actor, "expert_draw.opinion", target=str(expert_id), project_id=project.pk, conclusion=conclusion)
    return row


def mean(values: list[Decimal]) -> Decimal | None:
    """The average to two places, halves up."""
    return (sum(values) / len(values)).quantize(CENT, ROUND_HALF_UP) if values else None


def summary(draw: Draw) -> Summary:
    """One sheet per sitting member; only the newest counts, and none of those who stepped back."""
    newest = {row.expert_id: row for row in draw.opinions.prefetch_related("scores").order_by("id")}
    sheets = []
    for member in members(draw):
        row = newest.get(member.expert.pk)
        scores = {each.item: each.score for each in row.scores.all()} if row else {}
        sheets.append(
            {
                "member": member,
                "opinion": row,
                "scores": scores,
                "named": [(ITEMS[item][6:], score) for item, score in scores.items()],
                "average": mean(list(scores.values())),
            }
        )
    entered = [each for each in sheets if each["opinion"]]
    averages = {item: mean([each["scores"][item] for each in entered]) for item in TECHNICAL}
    votes = Counter(each["opinion"].conclusion for each in entered).most_common()
    most = votes[0] if votes else ("", 0)
    return Summary(
        sheets=sheets,
        averages=averages,
        average=mean([score for each in entered for score in each["scores"].values()]),
        votes=votes,
        majority=most[0] if 2 * most[1] > len(sheets) else None,
        missing=len(sheets) - len(entered),
    )


def draft(found: Summary) -> str:
    """The panel's opinion as a text to start from: who sat, the figures, what was said."""
    names = "、".join(each["member"].expert.name for each in found.sheets)
    lines = [f"评审组由 {len(found.sheets)} 位专家组成:{names}。"]
    figures = [f"{ITEMS[item][6:]} {value} 分" for item, value in found.averages.items() if value is not None]
    if figures:
        lines.append(f"平均得分 {found.average} 分,其中{';'.join(figures)}。")
    if found.votes:
        lines.append("结论:" + "、".join(f"{word} {count} 人" for word, count in found.votes) + "。")
    said = [each["opinion"].text.strip() for each in found.sheets if each["opinion"]]
    lines += [f"{at}. {text}" for at, text in enumerate(dict.fromkeys(filter(None, said)), start=1)]
    return "\n".join(lines)


def prefilled(project) -> dict:
    """What the form of 专家评审意见 starts from: names, majority and drafted text; empty without a draw."""
    draw = latest_draw(project)
    if draw is None:
        return {}
    found = summary(draw)
    names = [each["member"].expert.name for each in found.sheets]
    written = {"opinion": draft(found)} if found.votes else {}
    return {"experts": names, **written, **({"conclusion": found.majority} if found.majority else {})}
