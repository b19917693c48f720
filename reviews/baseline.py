"""Here: the approved items in force, and setting a new version. Not here: approving changes (construction)."""

from collections.abc import Iterable, Mapping
from typing import Any

from organizations import clock
from projects.judgement import once
from reviews.models import ApprovedItem, Baseline

COLUMNS = ("name", "specification", "quantity", "unit", "is_equipment", "amount")


def current_baseline(project) -> Baseline | None:
    """The newest version, or None before a scheme was approved."""
    return Baseline.objects.filter(project=project).order_by("-version").first()


def approved_items(project) -> list[ApprovedItem]:
    """The items in force: name, specification, quantity, unit, is_equipment, amount in 元. Empty before approval."""
    return once(project, "approved items", _approved_items)


def _approved_items(project) -> list[ApprovedItem]:
    baseline = current_baseline(project)
    return list(baseline.items.all()) if baseline else []


def set_baseline(project, items: Iterable[Any], source: str) -> Baseline:
    """Freeze a new version from mappings or rows with the columns of an item (YQ-3.4-10). Call inside a transaction."""
    last = current_baseline(project)
    baseline = Baseline.objects.create(
        project=project, version=(last.version if last else 0) + 1, source=source, set_on=clock.today()
    )
    ApprovedItem.objects.bulk_create(
        ApprovedItem(baseline=baseline, position=at, **_columns(item)) for at, item in enumerate(items)
    )
    return baseline


def _columns(item: Any) -> dict:
    if isinstance(item, Mapping):
        return {name: item[name] for name in COLUMNS if name in item}
    return {name: getattr(item, name) for name in COLUMNS}
