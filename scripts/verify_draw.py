"""Here: re-deriving an expert draw from its exported JSON, with the standard library only. Not here: the house's code.

`python verify_draw.py draw.json` prints 一致 and exits 0, or prints what differs and exits 1.
"""

import hashlib
import hmac
import json
import sys
from pathlib import Path


def line(data):
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sha(text):
    return hashlib.sha256(text.encode()).hexdigest()


def fillable(seats, rows, used):
    taken = {}

    def place(at, seen):
        for row in rows:
            if row[2] not in used | seen and (not seats[at] or seats[at] in row[3]):
                seen.add(row[2])
                if row[2] not in taken or place(taken[row[2]], seen):
                    taken[row[2]] = at
                    return True
        return False

    return all(place(at, set()) for at in range(len(seats)))


def panel(setup, seed, public):
    key = sha(f"{seed}|{public}").encode()
    rows = [row for row in setup["pool"] if str(row[0]) not in setup["excluded"]]
    rows.sort(key=lambda row: hmac.new(key, line(row).encode(), "sha256").hexdigest())
    chosen, used = [], set()
    for at, seat in enumerate(setup["seats"]):
        free = (row for row in rows if row[2] not in used and (not seat or seat in row[3]))
        fit = (row for row in free if fillable(setup["seats"][at + 1 :], rows, used | {row[2]}))
        row = next(fit, [None, "", ""])
        chosen, used = [*chosen, [row[0], seat]], used | {row[2]}
    return chosen


def differences(draw):
    setup, seed, public = draw["setup"], draw["seed"], f"{draw['ledger_head']}|{draw['on_site']}"
    pool = sha("\n".join(line(row) for row in sorted(setup["pool"])))
    found = [("专家库快照", pool, setup["pool_sha256"]), ("种子承诺", sha(seed), setup["seed_sha256"])]
    found += [("抽取设定", sha(line(setup)), draw["setup_sha256"]), ("名单", panel(setup, seed, public), draw["drawn"])]
    return [f"{name}不一致:推算为 {mine},文件中为 {given}" for name, mine, given in found if mine != given]


if __name__ == "__main__":
    problems = differences(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
    sys.stdout.write("\n".join(problems or ["一致"]) + "\n")
    sys.exit(1 if problems else 0)
