"""Here: the evidence models of 绩效评价."""

from performance.models.evaluation import (
    DimensionFinding,
    EvaluationExpert,
    EvaluationOpinion,
    EvaluationResult,
    EvaluationStart,
)
from performance.models.promise import PerformanceTarget, PromiseLine

__all__ = [
    "DimensionFinding",
    "EvaluationExpert",
    "EvaluationOpinion",
    "EvaluationResult",
    "EvaluationStart",
    "PerformanceTarget",
    "PromiseLine",
]
