"""Here: what the drawn PDF still needs for readers with a screen reader and for archives. Not here: drawing (pdf.py).

Page numbers become artifacts, header cells say what they head, and the metadata name PDF/UA-1 beside PDF/A-3a.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

UA = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI><pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>PDF/UA version</pdfaProperty:description></rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
</rdf:RDF>"""
MARKED = re.compile(rb"/\w+\s*<<\s*/MCID (\d+)\s*>>\s*BDC")
ARTIFACT = b"/Artifact\n<</Type /Pagination>>\nBDC"


def finish(data: bytes) -> bytes:
    """The same pages, completed; equal bytes for equal bytes."""
    import pikepdf

    with pikepdf.open(BytesIO(data)) as pdf:
        root = pdf.Root.StructTreeRoot
        told = set()
        for element in _elements(root):
            told.add(element.objgen)
            if element.get("/S") == "/TH":
                _say_scope(element)
        entries = root.ParentTree.Nums
        for page in pdf.pages:
            _mark_artifacts(pdf, page, entries, told)
        metadata = pdf.Root.Metadata
        metadata.write(metadata.read_bytes().replace(b"</rdf:RDF>", UA))
        out = BytesIO()
        pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def _elements(parent: Any) -> Iterator[Any]:
    from pikepdf import Dictionary

    for kid in parent.get("/K", ()):
        if isinstance(kid, Dictionary):
            yield kid
            yield from _elements(kid)


def _say_scope(cell: Any) -> None:
    """A cell of the head names its column, any other header cell its row."""
    from pikepdf import Name

    head = cell.P.get("/P")
    cell.A.Scope = Name.Column if head is not None and head.get("/S") == "/THead" else Name.Row


def _mark_artifacts(pdf: Any, page: Any, entries: Any, told: set) -> None:
    """What stands on the page outside the tree, which are the margins' page numbers, is no content."""
    at = int(page.StructParents)
    row = entries[next(i for i in range(0, len(entries), 2) if int(entries[i]) == at) + 1]
    strange = {number for number, element in enumerate(row) if element.objgen not in told}
    if not strange:
        return
    text = page.Contents.read_bytes()
    text = MARKED.sub(lambda found: ARTIFACT if int(found[1]) in strange else found[0], text)
    page.Contents = pdf.make_stream(text)
    for number in strange:
        row[number] = None
