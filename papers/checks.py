"""Here: whether this machine can draw papers, said at start-up. Not here: the check of a drawn paper (structure.py)."""

import ctypes

from django.core.checks import Info, register

from papers.fonts import FACES, files

PANGO = "libpango-1.0.so.0"


@register()
def papers_can_be_drawn(app_configs=None, **kwargs):
    """Informs: without Pango there are Word files only; without its faces a PDF uses those of the system."""
    found = []
    try:
        ctypes.CDLL(PANGO)
    except OSError:
        found.append(Info("Pango is missing: papers are issued as Word files only", hint="make setup", id="papers.I001"))
    absent = [family for family in FACES if family not in files()]
    if absent:
        faces = ", ".join(absent)
        found.append(Info(f"var/fonts lacks {faces}: PDFs use other faces", hint="make setup", id="papers.I002"))
    return found
