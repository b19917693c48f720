"""Here: whose opinion an evaluation waits for (YQ-3.8-1). Not here: the next move's duties (desk)."""

from desk.duties import duty
from organizations.models import Office
from performance.forms import newest_start
from performance.models import EvaluationOpinion
from projects.evidence import EVIDENCE

ASKED = ("centre", "gov_office", "planning", "tender", "audit")


def opinion_of(role: str):
    """The duty of one office that finance named as taking part."""

    @duty("evaluation_opinion", label="出具参评意见", role=role)
    def waits(project) -> bool:
        start = newest_start(project) if EVIDENCE["evaluation_opinion"].is_open(project) else None
        if start is None or not start.participants:
            return False
        offices = Office.objects.filter(jurisdiction=project.jurisdiction_id, role=role, active=True)
        units = set(offices.values_list("organization__name", flat=True)) & set(start.participants)
        given = EvaluationOpinion.objects.filter(evaluation=start, voided_at=None).values_list("unit", flat=True)
        return bool(units - set(given)) and not start.results.filter(voided_at=None).exists()

    return waits


for office in ASKED:
    opinion_of(office)
