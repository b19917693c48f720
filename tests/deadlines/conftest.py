"""Here: the city's pack with clocks of every sort on events that need no room above. Not here: the real deadlines."""

import shutil

import pytest

from policies import loader

CLOCKS = """
[[deadline]]
code = "five"
rule = "YQ-3.1-6"
label = "五日办理"
start = "move:file"
until = ["move:endorse", "move:return_filing"]
stop = ["record:scope_decision"]
resume = ["record:interim_check"]
who = "centre"
within = 5

[[deadline]]
code = "waiting"
rule = "YQ-3.1-6"
label = "及时办理"
start = "move:file"
until = ["move:endorse"]
who = "centre"
parameter = "reminder_days"

[[deadline]]
code = "once"
rule = "YQ-3.1-6"
label = "核对"
start = "record:interim_check"
until = ["record:scope_decision"]
who = "centre"
within = 1
unit = "months"
restart = false
when = [{ fact = "interim_check.superior_verified", test = "yes" }]
met_when = [{ fact = "scope_decision.within", test = "yes" }]

[[parameter]]
name = "reminder_days"
kind = "number"
label = "催办天数"
default = 0
set_by = ["gov_office"]
rule = "YQ-3.1-6"

[[report]]
code = "progress"
rule = "YQ-3.1-6"
label = "进展报告"
every = "quarter"
who = ["centre"]
to = ["gov_office"]
from_state = "filed"
to_state = "endorsed"
record = "interim_check"
within = 15

[[report]]
code = "status"
rule = "YQ-3.1-6"
label = "情况报告"
every = "on_demand"
parameter = "status_period"
who = ["gov_office"]
from_state = "filed"
to_state = "filed"
record = "applicability_opinion"
within = 0
while_suspended = true

[[report]]
code = "overview"
rule = "YQ-3.1-6"
label = "全市情况"
every = "half_year"
who = ["centre", "audit"]
to = ["gov_office"]
within = 1
unit = "months"

[[parameter]]
name = "status_period"
kind = "choice"
label = "情况报告周期"
choices = ["每月", "每季度"]
set_by = ["gov_office"]
rule = "YQ-3.1-6"
"""


@pytest.fixture
def clocks(tmp_path, monkeypatch):
    """A copy of the packs with three clocks more."""
    folder = tmp_path / "packs"
    shutil.copytree(loader.FOLDER, folder)
    with (folder / "yueqing-2015.toml").open("a", encoding="utf-8") as pack:
        pack.write(CLOCKS)
    monkeypatch.setattr(loader, "FOLDER", folder)
    loader.load.cache_clear()
    yield loader.load("yueqing-2015")
    loader.load.cache_clear()
