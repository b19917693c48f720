"""Here: giving WeasyPrint the faces where they lie. Not here: which faces (fonts.py).

WeasyPrint copies every face of an `@font-face` into a folder of its own, 28 MB for each process, which stays behind when
a worker is killed. Ours are files of this machine: fontconfig reads them where they are. It also copies each whole face
into memory for every document and then keeps a subset only: a sixth of the time and 28 MB of a short paper.
"""

from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from xml.sax.saxutils import escape

from papers import fonts

RULE = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd"><fontconfig><match target="scan">
<test name="file" compare="eq"><string>{path}</string></test>
<edit name="family" mode="prepend"><string>{family}</string></edit>{weight}</match></fontconfig>"""
BOLD = '<edit name="weight" mode="assign_replace"><int>200</int></edit>'


@cache
def kind_of_configuration() -> type[Any]:
    """The class, made when WeasyPrint is there. Raises OSError without Pango."""
    from weasyprint.text.ffi import ffi, fontconfig, pangoft2
    from weasyprint.text.fonts import FontConfiguration

    class InPlace(FontConfiguration):
        """Registers our own files; any other address is nobody's."""

        def add_font_face(self, rule_descriptors: dict, url_fetcher: Any) -> None:
            """Called by WeasyPrint for each `@font-face`."""
            for kind, address in rule_descriptors["src"]:
                path = Path(unquote(urlsplit(address or "").path))
                if kind == "external" and path in fonts.files().values():
                    self._register(path, rule_descriptors)

        def _register(self, path: Path, descriptors: dict) -> None:
            weight = BOLD if descriptors.get("font_weight") == "bold" else ""
            rule = RULE.format(path=escape(str(path)), family=escape(descriptors["font_family"]), weight=weight)
            fontconfig.FcConfigParseAndLoadFromMemory(self._config, rule.encode(), True)
            if fontconfig.FcConfigAppFontAddFile(self._config, str(path).encode()):
                pangoft2.pango_fc_font_map_config_changed(ffi.cast("PangoFcFontMap *", self.font_map))

    return InPlace


def configuration() -> Any:
    """A configuration for one or many drawings, to be kept while the process lives."""
    copy_when_asked()
    return kind_of_configuration()()


@cache
def copy_when_asked() -> None:
    """From now on the bytes of a face are copied when somebody reads them, which for a whole face nobody does."""
    from weasyprint.pdf import fonts as drawing

    copy = drawing.get_hb_object_data

    def read(font: Any) -> bytes:
        held = vars(font)["file_content"]
        if not isinstance(held, bytes):
            held = vars(font)["file_content"] = copy(held)
        return held

    def put(font: Any, content: Any) -> None:
        vars(font)["file_content"] = content

    drawing.get_hb_object_data = lambda face: face
    drawing.Font.file_content = property(read, put)
