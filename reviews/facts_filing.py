"""Here: answers about the resource catalogue and about units that build together. Not here: their fields (policies/records)."""

from policies.vocabulary import answers
from projects.evidence import EVIDENCE

SHARE, OPEN = "共享", "开放"


def _rows(project, name: str, field: str) -> list[dict] | None:
    record = EVIDENCE[name].current(project)
    return getattr(record, field) if record else None


def _entries(project) -> list[dict]:
    return _rows(project, "resource_catalogue", "entries") or []


@answers("catalogue.entries", kind="number", label="资源目录条目数")
def entries(project) -> int:
    """How many rows the newest catalogue has; 0 without one (ZC-A6-5)."""
    return len(_entries(project))


@answers("catalogue.to_share", kind="number", label="应共享条目数")
def to_share(project) -> int:
    """Rows whose sharing is required (ZC-A12-2)."""
    return sum(row["sharing"] == SHARE for row in _entries(project))


@answers("catalogue.shared", kind="number", label="已共享条目数")
def shared(project) -> int:
    """Of these the rows with a day on which they were shared (ZC-A12-2)."""
    return sum(row["sharing"] == SHARE and row["shared_on"] is not None for row in _entries(project))


@answers("catalogue.unshared", kind="list", label="应共享未共享的资源")
def unshared(project) -> list[str]:
    """By name (ZC-A24-3)."""
    return [row["name"] for row in _entries(project) if row["sharing"] == SHARE and not row["shared_on"]]


@answers("catalogue.unopened", kind="list", label="应开放未开放的资源")
def unopened(project) -> list[str]:
    """By name; opening is another test than sharing (ZC-A24-3)."""
    return [row["name"] for row in _entries(project) if row["opening"] == OPEN and not row["opened_on"]]


@answers("catalogue.off_platform", kind="list", label="未纳入共享交换平台的资源")
def off_platform(project) -> list[str]:
    """Rows without a number on the platform, by name (ZC-A24-2)."""
    return [row["name"] for row in _entries(project) if not row["platform_number"]]


@answers("joint_building.unconfirmed", kind="list", label="尚未确认机制的参建部门")
def unconfirmed(project) -> list[str] | None:
    """By name; unknown before the mechanism is on file (ZC-A13-2)."""
    rows = _rows(project, "joint_building", "members")
    return None if rows is None else [row["unit"] for row in rows if not row["confirmed"]]


@answers("joint_building.without_need", kind="list", label="没有填写共享需求的参建部门")
def without_need(project) -> list[str] | None:
    """Members in no row of the needs and not marked as having none (ZC-A13-3)."""
    rows = _rows(project, "joint_building", "members")
    if rows is None:
        return None
    needs = _rows(project, "joint_building", "needs") or []
    named = {row[side] for row in needs for side in ("provider", "user")}
    return [row["unit"] for row in rows if row["unit"] not in named and not row["no_needs"]]


@answers("joint_building.without_duty", kind="list", label="没有写明建设范围和责任义务的参建部门")
def without_duty(project) -> list[str] | None:
    """By name (ZC-A13-4)."""
    rows = _rows(project, "joint_building", "members")
    return None if rows is None else [row["unit"] for row in rows if not (row["scope"] and row["duty"])]


@answers("township_participation.unguided", kind="list", label="没有指导记录的镇街(园区)")
def unguided(project) -> list[str] | None:
    """Participating towns that no guidance record names (ZC-A14-2)."""
    rows = _rows(project, "township_participation", "towns")
    guided = {each.town for each in EVIDENCE["guidance_record"].valid(project)}
    return None if rows is None else [row["name"] for row in rows if row["name"] not in guided]


@answers("township_participation.wrong_sources", kind="list", label="来源不是镇街同级财政的费用")
def wrong_sources(project) -> list[str] | None:
    """Costs borne by a town that another budget is to pay (ZC-A14-5)."""
    rows = _rows(project, "township_participation", "costs")
    return None if rows is None else [row["item"] for row in rows if row["source"] != "镇街同级财政"]
