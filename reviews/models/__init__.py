"""Here: the evidence models of 受理, 预审 and 评审."""

from reviews.models.baseline import ApprovedItem, Baseline, BaselineLocked
from reviews.models.corrections import DefectAnswer, DefectVerdict
from reviews.models.desk import BulkHandling, OpinionPhrase
from reviews.models.draws import Draw, DrawSetup, MemberOpinion, MemberScore, Recusal, Seat
from reviews.models.duplicates import DuplicateCandidate, DuplicateJudgement, DuplicateSearch
from reviews.models.experts import Expert
from reviews.models.opinion import PreliminaryLine, PreliminaryOpinion
from reviews.models.receipt import Defect, FilingReceipt, ReturnLetter
from reviews.models.review import ExpertReview, OpinionItem, ReviewFee, ReviewPlan, SchemeLine, SchemeOpinion
from reviews.models.scheme import DesignCommission, Scheme

__all__ = [
    "ApprovedItem",
    "Baseline",
    "BaselineLocked",
    "BulkHandling",
    "Defect",
    "DefectAnswer",
    "DefectVerdict",
    "DesignCommission",
    "Draw",
    "DrawSetup",
    "DuplicateCandidate",
    "DuplicateJudgement",
    "DuplicateSearch",
    "Expert",
    "ExpertReview",
    "FilingReceipt",
    "MemberOpinion",
    "MemberScore",
    "OpinionItem",
    "OpinionPhrase",
    "PreliminaryLine",
    "PreliminaryOpinion",
    "Recusal",
    "ReturnLetter",
    "ReviewFee",
    "ReviewPlan",
    "Scheme",
    "SchemeLine",
    "SchemeOpinion",
    "Seat",
]
