"""The part of the SARIF 2.1.0 schema that our logs use; it allows nothing else.

Transcribed from section 3 of <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>.
"""

from typing import Any


def _object(required: list[str], **properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "required": required,
        "properties": properties,
        "additionalProperties": False,
    }


_TEXT = {"type": "string", "minLength": 1}
_URI = {"type": "string", "format": "uri-reference", "pattern": "^[^\\s\\\\]+$"}
_POSITIVE = {"type": "integer", "minimum": 1}
_MESSAGE = _object(["text"], text=_TEXT)
_MULTIFORMAT = _object(["text"], text=_TEXT, markdown=_TEXT)
_LEVEL = {"enum": ["none", "note", "warning", "error"]}

_RULE = _object(
    ["id"],
    id=_TEXT,
    name=_TEXT,
    shortDescription=_MESSAGE,
    fullDescription=_MESSAGE,
    help=_MULTIFORMAT,
    helpUri={"type": "string", "format": "uri", "pattern": "^https://"},
    defaultConfiguration=_object([], level=_LEVEL),
)
_DRIVER = _object(
    ["name"],
    name=_TEXT,
    semanticVersion={"type": "string", "pattern": r"^\d+\.\d+\.\d+"},
    rules={"type": "array", "uniqueItems": True, "items": _RULE},
)
_LOCATION = _object(
    [],
    physicalLocation=_object(
        ["artifactLocation"],
        artifactLocation=_object([], uri=_URI),
        region=_object([], startLine=_POSITIVE, startColumn=_POSITIVE),
    ),
)
_RESULT = _object(
    ["message"],
    ruleId=_TEXT,
    ruleIndex={"type": "integer", "minimum": -1},
    level=_LEVEL,
    message=_MESSAGE,
    locations={"type": "array", "items": _LOCATION},
)

SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    **_object(
        ["version", "runs"],
        **{"$schema": {"type": "string", "format": "uri"}},
        version={"enum": ["2.1.0"]},
        runs={
            "type": "array",
            "items": _object(
                ["tool"],
                tool=_object(["driver"], driver=_DRIVER),
                columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                results={"type": "array", "items": _RESULT},
            ),
        },
    ),
}
