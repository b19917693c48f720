"""Here: what is read as JSON over REST. Not here: what the fields then mean (the forms)."""

import json
from typing import Any

from rest_framework.exceptions import ValidationError
from rest_framework.parsers import JSONParser


class WholeTextParser(JSONParser):
    """As the framework's, refusing halves of characters (a lone `\\ud800`), which no database can keep."""

    def parse(self, stream, media_type=None, parser_context=None) -> Any:
        """The data. Raises ParseError and ValidationError."""
        data = super().parse(stream, media_type, parser_context)
        try:
            json.dumps(data, ensure_ascii=False).encode()
        except UnicodeEncodeError as error:
            raise ValidationError({"__all__": ["文字中有不完整的字符编码,请检查后再提交。"]}) from error
        return data
