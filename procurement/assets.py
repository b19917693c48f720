"""Here: equipment lines with both sides of their registration, side by side. Not here: the records (models/assets.py)."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Prefetch, QuerySet

from procurement.models import AssetConfirmation, AssetRegistration, Contract, ContractLine
from projects.judgement import once
from projects.on_file import nothing_on_file

UNIT_MISSING, FINANCE_MISSING = "单位侧未登记", "财政侧未登记"
QUANTITY_DIFFERS, VALUE_DIFFERS = "数量不一致", "价值不一致"
REGISTERED = "已登记"


@dataclass(frozen=True)
class Side:
    """What one side has on file for a line: quantity and value in 元 together."""

    quantity: Decimal
    value: Decimal


@dataclass(frozen=True)
class AssetRow:
    """An equipment line of a contract with both sides; a side without a record is None. No value is too small (YQ-3.5-12)."""

    line: ContractLine
    unit: Side | None
    finance: Side | None

    @property
    def differences(self) -> tuple[str, ...]:
        """Quantity against the contract and between the sides, value between the sides (YQ-3.5-11)."""
        sides = [side for side in (self.unit, self.finance) if side]
        found = []
        if any(side.quantity != self.line.quantity for side in sides):
            found.append(QUANTITY_DIFFERS)
        if len({side.value for side in sides}) > 1:
            found.append(VALUE_DIFFERS)
        return tuple(found)

    @property
    def status(self) -> str:
        """For people: 已登记 only when both sides are on file and agree, else everything that is open."""
        open_ = [UNIT_MISSING] if self.unit is None else []
        open_ += [FINANCE_MISSING] if self.finance is None else []
        return "、".join([*open_, *self.differences]) or REGISTERED


def equipment(project) -> QuerySet[ContractLine]:
    """Every equipment line of every valid contract of the project."""
    lines = ContractLine.objects.filter(record__project=project, record__voided_at=None, is_equipment=True)
    return lines.select_related("record").order_by("record_id", "position", "id")


def asset_rows(project) -> list[AssetRow]:
    """Equipment lines in contract order, each with what both sides have on file (YQ-3.5-10, YQ-3.5-11)."""
    return [] if nothing_on_file(project, Contract) else once(project, "asset rows", _rows)


def _rows(project) -> list[AssetRow]:
    lines = equipment(project).prefetch_related(
        Prefetch("registrations", AssetRegistration.objects.filter(voided_at=None)),
        Prefetch("confirmations", AssetConfirmation.objects.filter(voided_at=None)),
    )
    return [AssetRow(line, _side(line.registrations.all()), _side(line.confirmations.all())) for line in lines]


def _side(records) -> Side | None:
    found = list(records)
    if not found:
        return None
    return Side(sum(each.quantity for each in found), sum(each.value for each in found))
