"""Here: the name under which reports know the writer of lists. Not here: the writer itself (papers/excel.py)."""

from papers.excel import download, workbook

__all__ = ["download", "workbook"]
