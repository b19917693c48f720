"""Here: the five review criteria and their eleven sub-items, as a table. Not here: what follows from a conclusion (packs).

Source: YQ-1.2-2 … YQ-1.2-12, in our own words.
"""

MET, UNMET, NOT_APPLICABLE = "符合", "不符合", "不适用"
CONCLUSIONS = [(MET, MET), (UNMET, UNMET), (NOT_APPLICABLE, NOT_APPLICABLE)]

ITEMS = {
    "1a": "第一条之一:与国家、省、温州的电子政务中长期规划相衔接",
    "1b": "第一条之二:满足本市电子政务工作的基本要求",
    "2a": "第二条之一:有利于职能转变和服务、管理、效能的提高",
    "2b": "第二条之二:目标清楚,业务需求充分",
    "3a": "第三条之一:一并考虑政务信息资源共享",
    "3b": "第三条之二:用足全市公共基础设施",
    "3c": "第三条之三:同类合并,不重复建设",
    "4a": "第四条之一:技术方案合理、可行",
    "4b": "第四条之二:符合国家和省的技术标准",
    "4c": "第四条之二:满足信息安全要求",
    "5": "第五条:资金预算编制详细、合理",
}
CRITERIA = {
    "1": "符合规划和基本要求",
    "2": "服务职能,目标清楚",
    "3": "共享共用,不重复建设",
    "4": "技术可行,标准与安全到位",
    "5": "预算详细合理",
}
CLAUSES = {
    "1a": "YQ-1.2-2", "1b": "YQ-1.2-3", "2a": "YQ-1.2-4", "2b": "YQ-1.2-5", "3a": "YQ-1.2-6", "3b": "YQ-1.2-7",
    "3c": "YQ-1.2-8", "4a": "YQ-1.2-9", "4b": "YQ-1.2-10", "4c": "YQ-1.2-10", "5": "YQ-1.2-11",
}  # fmt: skip
TECHNICAL = ("4a", "4b", "4c")
