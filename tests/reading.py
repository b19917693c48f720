"""Here: reading what a paper says. Not here: how it looks."""

from papers.content import Annex, Content, Fields, Heading, Items, Para, Signatures, Table
from papers.registry import PAPERS


def write(name: str, source) -> Content:
    """The paper of this kind made from the source; it survives being frozen."""
    content = PAPERS[name].writer.content(source)
    assert Content.from_json(content.as_json()) == content
    return content


def paras(content: Content) -> list[str]:
    """The body text without headings, items, tables."""
    return [each.text for each in content.blocks if isinstance(each, Para)]


def headings(content: Content) -> list[str]:
    """The headings in their order."""
    return [each.text for each in content.blocks if isinstance(each, Heading)]


def items(content: Content) -> list[str]:
    """All numbered paragraphs."""
    return [text for each in content.blocks if isinstance(each, Items) for text in each.texts]


def tables(content: Content) -> list[Table]:
    """The tables in their order."""
    return [each for each in content.blocks if isinstance(each, Table)]


def fields(content: Content) -> dict[str, str]:
    """Label and value of every form row; of a label that stands twice the last."""
    return {label: value for each in content.blocks if isinstance(each, Fields) for label, value in each.pairs}


def to_sign(content: Content) -> list[tuple[tuple[str, ...], ...]]:
    """The rows of every table to sign in."""
    return [each.rows for each in content.blocks if isinstance(each, Signatures)]


def annexes(content: Content) -> list[str]:
    """The annexes in their order."""
    return [each.title for each in content.blocks if isinstance(each, Annex)]


def below(content: Content, heading: str) -> list[str]:
    """The paragraphs between this heading and the next."""
    at = next(n for n, each in enumerate(content.blocks) if isinstance(each, Heading) and each.text == heading)
    found = []
    for each in content.blocks[at + 1 :]:
        if isinstance(each, Heading | Annex):
            break
        if isinstance(each, Para):
            found.append(each.text)
    return found


def everything(content: Content) -> str:
    """Every word of it, for looking whether something stands anywhere."""
    return str(content.as_json())
