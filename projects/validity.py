"""Here: whether projects may be filed under an instrument at all. Not here: registering its end (instruments.py)."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from policies.pack import Pack

_comparing: ContextVar[bool] = ContextVar("comparing", default=False)


@contextmanager
def for_comparison() -> Iterator[None]:
    """Inside, projects can be opened and filed under an instrument that binds nobody, to see what it would point out.

    For scenarios and for entering projects of its time afterwards; never around what somebody asks for in a browser.
    """
    token = _comparing.set(True)
    try:
        yield
    finally:
        _comparing.reset(token)


def obstacle(pack: Pack) -> str:
    """Why no new project can be filed under this instrument; empty where it can."""
    if pack.binding or _comparing.get():
        return ""
    return f"《{pack.title}》{pack.validity_words},仅供对照,不能据此申报新项目。请联系系统管理员设置本地现行的文件。"
