"""Here: the firms of one project compared with one another. Not here: their records (rooms), the rule (packs)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from policies.vocabulary import answers
from projects.judgement import once

CONTRACTOR, SUPERVISOR, CONSULTANT, TESTER = "承建单位", "监理单位", "咨询设计单位", "检测机构"


@dataclass(frozen=True)
class Party:
    """A firm in a role: name, 统一社会信用代码 where known, declared parent or controlling firms."""

    role: str
    name: str
    credit_code: str = ""
    affiliates: tuple[str, ...] = ()

    def is_same_as(self, other: "Party") -> bool:
        """The same credit code, the same name, or one declared as the other's affiliate."""
        if self.credit_code and self.credit_code == other.credit_code:
            return True
        return (
            self.name == other.name
            or other.name in self.affiliates
            or self.name in other.affiliates
            or bool(other.credit_code and other.credit_code in self.affiliates)
            or bool(self.credit_code and self.credit_code in other.affiliates)
        )


_sources: list[Callable[..., Iterable[Party]]] = []


def party_source(function: Callable[..., Iterable[Party]]) -> Callable[..., Iterable[Party]]:
    """Register function(project) → parties that a room has on file."""
    _sources.append(function)
    return function


def parties(project) -> list[Party]:
    """All firms on file for the project, from every room."""
    return once(project, "parties", lambda each: [party for source in _sources for party in source(each)])


def conflicts(project, first: str, second: str) -> list[str]:
    """Names that stand in both roles, e.g. contractor and supervisor."""
    found = parties(project)
    return sorted(
        {
            one.name if one.name == other.name else f"{one.name}与{other.name}"
            for one in found
            for other in found
            if one.role == first and other.role == second and one.is_same_as(other)
        }
    )


@answers("parties.contractor_is_supervisor", kind="list", label="既承建又监理的单位")
def contractor_is_supervisor(project) -> list[str]:
    """Contractor (or subcontractor) and supervisor that are not independent (YQ-3.6-11)."""
    return conflicts(project, CONTRACTOR, SUPERVISOR)


@answers("parties.contractor_is_tester", kind="list", label="既承建又检测的单位")
def contractor_is_tester(project) -> list[str]:
    """Contractor and testing institution that are the same (YQ-3.7-4)."""
    return conflicts(project, CONTRACTOR, TESTER)
