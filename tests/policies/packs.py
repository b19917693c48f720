"""Here: a small invented pack for tests of the book. Not here: any real regulation."""

from policies.loader import parse
from policies.pack import Pack

HEAD = """
[pack]
code = "probe"
prefix = "P"
title = "试行办法"
doc_no = "试〔2020〕1号"
issuer = "某市"
jurisdiction = "probe"
effective_from = 2020-06-01
effective_to = 2025-12-31
kinds = ["新建", "运维"]
origins = ["年度"]
scope = [{ fact = "project.in_scope", test = "yes" }]

[offices]
centre = "中心"

[[route]]
states = ["draft", "filed"]

[moves.file]
by = ["applicant"]
"""
RULE = """
[[rule]]
id = "P-1"
clause = "第一条"
says = "达到金额的应有专家意见。"
basis = "duty"
stage = "申报"
"""


def pack(rules: str = "", head: str = HEAD) -> Pack:
    """The small pack with these rules."""
    return parse(head + rules)


def rule(body: str) -> Pack:
    """The small pack with one rule P-1 that has this check."""
    return pack(f'{RULE}moves = ["file"]\n{body}')
