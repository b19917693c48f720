"""Here: a draw as pure arithmetic that anybody can repeat. Not here: who is left out (exclusions.py), keeping it (panel.py).

Plain data only. A row of the pool is [id, name, employer, [specialties]]; a seat is the specialty it is kept for, or "".
`scripts/verify_draw.py` does the same without this code.
"""

import hashlib
import hmac
import json
from collections.abc import Collection, Sequence

FORMAT = "expert-draw/1"
Row = list


class Unmet(ValueError):
    """The seats cannot be filled from the pool; the message says in Chinese what is lacking."""


def canonical(data) -> str:
    """The one way to write data down before hashing it."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(text: str) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(text.encode()).hexdigest()


def pool_digest(pool: Sequence[Row]) -> str:
    """The hash of the pool: a canonical line per expert in the order of ids."""
    return digest("\n".join(canonical(row) for row in sorted(pool)))


def seats_of(members: int, substitutes: int, strata: Sequence[tuple[str, int]]) -> list[str]:
    """Seats in the order they are filled: those kept for a specialty, free ones; then substitutes, a specialty each first."""
    kept = [specialty for specialty, count in strata for _ in range(count)]
    spare = [specialty for specialty, count in strata if count][:substitutes]
    return kept + [""] * (members - len(kept)) + spare + [""] * (substitutes - len(spare))


def ranked(pool: Sequence[Row], excluded: Collection[str], *, seed: str, public: str) -> list[Row]:
    """Those who may be drawn, in the order that the seed and the public value give them: HMAC-SHA256 of their line."""
    key = digest(f"{seed}|{public}").encode()

    def rank(row: Row) -> str:
        return hmac.new(key, canonical(row).encode(), "sha256").hexdigest()

    return sorted((row for row in pool if str(row[0]) not in excluded), key=rank)


def fits(row: Row, seat: str) -> bool:
    """Whether the expert has the specialty of the seat."""
    return not seat or seat in row[3]


def fillable(seats: Sequence[str], rows: Sequence[Row], used: Collection[str] = ()) -> bool:
    """Whether all these seats can be filled with one expert per employer (a matching by augmenting paths)."""
    taken: dict[str, int] = {}

    def place(at: int, seen: set[str]) -> bool:
        for row in rows:
            employer = row[2]
            if employer in used or employer in seen or not fits(row, seats[at]):
                continue
            seen.add(employer)
            if employer not in taken or place(taken[employer], seen):
                taken[employer] = at
                return True
        return False

    return all(place(at, set()) for at in range(len(seats)))


def select(rows: Sequence[Row], seats: Sequence[str]) -> list[Row]:
    """Seat by seat the first in rank who fits, of an employer not drawn yet, and who leaves the other seats fillable.

    Raises Unmet where no choice of experts fills every seat.
    """
    if not fillable(seats, rows):
        raise Unmet(lacking(rows, seats))
    chosen: list[Row] = []
    for at, seat in enumerate(seats):
        used = {row[2] for row in chosen}
        following = seats[at + 1 :]
        chosen.append(
            next(
                row
                for row in rows
                if row[2] not in used and fits(row, seat) and fillable(following, rows, used | {row[2]})
            )
        )
    return chosen


def lacking(rows: Sequence[Row], seats: Sequence[str]) -> str:
    """Which specialty has too few experts, else that there are too few employers for all seats."""
    for specialty in dict.fromkeys(filter(None, seats)):
        there = len({row[2] for row in rows if fits(row, specialty)})
        wanted = seats.count(specialty)
        if there < wanted:
            return f"“{specialty}”需 {wanted} 人(含候补),可抽取的专家只来自 {there} 个单位;每个单位至多抽取 1 人。"
    there = len({row[2] for row in rows})
    return (
        f"共需 {len(seats)} 人(含候补),可抽取的专家来自 {there} 个单位;每个单位至多抽取 1 人,各专业凑不齐。"
        "请减少人数或候补,或者先充实专家库。"
    )
