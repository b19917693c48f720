"""Here: the errors that every API operation can answer, added to the OpenAPI document. Not here: the operations."""

from typing import Any

from egov_projects import problems

METHODS = {"get", "post", "put", "patch", "delete"}
ANYWHERE = (400, 401, 403, 404, 405, 406, 409, 415, 429, 503)
PROBLEM = {
    "type": "object",
    "description": "RFC 9457 problem details",
    "required": ["type", "title", "status", "detail", "instance"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {"type": "string"},
        "request_id": {"type": "string"},
        "errors": {"type": "array", "items": {"type": "object", "additionalProperties": True}},
        "verdicts": {"type": "array", "items": {"type": "object", "additionalProperties": True}},
    },
    "additionalProperties": True,
}


def document_problems(result: dict[str, Any], generator: Any, request: Any, public: bool) -> dict[str, Any]:
    """A drf-spectacular hook: name every status that the error handler can produce."""
    components = result.setdefault("components", {})
    components.setdefault("schemas", {})["Problem"] = PROBLEM
    content = {problems.MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for path in result["paths"].values():
        for method, operation in path.items():
            if method in METHODS:
                for status in ANYWHERE:
                    answer = {"description": problems.title(status), "content": content}
                    operation["responses"].setdefault(str(status), answer)
    return result
