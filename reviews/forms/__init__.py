"""Here: how evidence of 受理, 预审 and 评审 is put on file. Not here: what the regulation asks of it (packs)."""

from reviews.forms import corrections, duplicates, opinion, receipt, review, scheme

__all__ = ["corrections", "duplicates", "opinion", "receipt", "review", "scheme"]
